"""Whether a blank was asked at all: skip logic, as the engine reads it.

A frozen response holds what was answered; a question that it lacks was left blank or never shown. The
engine tells which. It is asked once for each combination of the answers that the conditions read, not
once for each response.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from analytics.dataset import Variable
from surveys.engine import Context, Form
from surveys.engine.documents import address
from surveys.engine.form import Part
from surveys.engine.reading import Reading

MOST_KEPT: Final = 50_000
"""Combinations kept for one condition; then it starts over, so that memory stays bounded."""

OTHER_SOURCES: Final = "previous("
"""What a frozen response does not hold: the answers of the round before."""

CLOCK: Final = ("today(", "now(")


class Condition:
    """What shows or hides one or more cells, and what the engine said of it so far."""

    def __init__(self, form: Form, path: str) -> None:
        self.path = path
        self._form = form
        rules = _rules(form.parts[path.rpartition("/")[2]])
        self._needs = _needed(form, {name for rule in rules for name in rule.references})
        self._holders = sorted({form.parts[name].owner or name for name in self._needs})
        texts = [rule.text for rule in rules]
        texts += [form.parts[n].rules[r].text for n in self._needs for r in form.parts[n].rules]
        self._reads_clock = any(word in text for text in texts for word in CLOCK)
        self.is_knowable = not any(OTHER_SOURCES in text for text in texts) and not any(
            _is_personal(form.parts[name]) for name in self._needs
        )
        self._known: dict[tuple[Any, ...], bool] = {}

    def holds(
        self, answers: Mapping[str, Any], codes: Mapping[str, str], response: "Responded"
    ) -> bool:
        """Whether the cell was shown and open. Where that cannot be known, it was."""
        key = self._key(answers, codes, response.at.date())
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            known = self._known[key] = response.is_asked(self.path)
        return known

    def _key(
        self, answers: Mapping[str, Any], codes: Mapping[str, str], day: date
    ) -> tuple[Any, ...]:
        read = tuple(_hashable(answers.get(name)) for name in self._holders)
        coded = tuple(
            sorted(item for item in codes.items() if item[0].rpartition("/")[2] in self._needs)
        )
        return (*read, coded, day if self._reads_clock else None)


class Responded:
    """One frozen response under its form; the engine looks at it only when it is asked."""

    def __init__(
        self, form: Form, answers: Mapping[str, Any], remarks: Mapping[str, Any], at: datetime
    ) -> None:
        self.at = at
        self._parts = form, answers, remarks
        self._reading: Reading | None = None

    def is_asked(self, path: str) -> bool:
        """Whether the cell at ``path`` was shown and open."""
        if self._reading is None:
            form, answers, remarks = self._parts
            self._reading = Reading(
                form,
                answers=dict(answers),
                remarks=dict(remarks),
                context=Context(today=self.at.date(), now=self.at),
            )
        form = self._parts[0]
        is_cell = address(form, path).row is not None
        shown = self._reading.is_relevant(path)
        return shown and not (is_cell and self._reading.is_closed(path))


def conditions_of(form: Form, variables: Iterable[Variable]) -> dict[str, Condition]:
    """By the name of a variable what shows it; those that are always shown are left out."""
    shared: dict[tuple[str, ...], Condition] = {}
    found = {}
    for variable in variables:
        part = form.parts[variable.path.rpartition("/")[2]]
        if not _rules(part):
            continue
        key = _sharing(part, variable.path)
        if key not in shared:
            shared[key] = Condition(form, variable.path)
        if shared[key].is_knowable:
            found[variable.name] = shared[key]
    return found


def _rules(part: Part) -> list[Any]:
    conditions = [guard.condition for guard in part.guards]
    return [*conditions, part.closed] if part.closed is not None else conditions


def _sharing(part: Part, path: str) -> tuple[str, ...]:
    """Cells with the same key are shown and hidden together."""
    if part.closed is not None or any(guard.is_in_row for guard in part.guards):
        return (path,)
    return ("", *(guard.name for guard in part.guards))


def _needed(form: Form, names: set[str]) -> set[str]:
    """Every name that decides the value of one of the names, themselves included."""
    found, waiting = set[str](), [name for name in names if name in form.parts]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(form.needs.get(name, ()))
            waiting.extend(form.columns.get(name, ()))
    return found


def _is_personal(part: Part) -> bool:
    """Whether the answer stands in a frozen response as a digest only."""
    return getattr(part.element, "personal_data", False)


def _hashable(value: Any) -> Any:
    return json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else value
