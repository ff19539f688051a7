"""What a change brings with it: looked for along the dependencies, stopped where nothing moved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.engine.checks import is_required, own_findings
from surveys.engine.documents import is_repeat, is_table, path_of
from surveys.engine.evaluation import Evaluation
from surveys.engine.form import Form, Part
from surveys.engine.model import Question
from surveys.engine.results import Consequences
from surveys.engine.totals import totals_of
from surveys.engine.wording import said_at

Place = tuple[str, str | None]
"""A name and the row it is asked of."""

NOTHING: Final = object()


@dataclass(slots=True)
class Comparison:
    """The same form before and after a change."""

    form: Form
    before: Evaluation
    after: Evaluation
    changed: set[str] = field(default_factory=set)
    redrawn: set[str] = field(default_factory=set)

    def follow(self, starts: Iterable[Place], *, redrawn: Iterable[str] = ()) -> Consequences:
        """Everything that changed, ``starts`` included."""
        self.redrawn.update(redrawn)
        waiting = list(dict.fromkeys(starts))
        seen = set(waiting)
        for name, row in waiting:
            self.changed.add(path_of(self.form.parts[name], row))
        forced = set(waiting)
        while waiting:
            place = waiting.pop()
            if not self.has_moved(place, is_start=place in forced):
                continue
            for dependent in self.dependents(place):
                if dependent not in seen:
                    seen.add(dependent)
                    waiting.append(dependent)
        return Consequences(
            changed=frozenset(self.changed),
            sections=frozenset(self.form.section_of(path) for path in self.changed),
            redrawn=frozenset(self.redrawn),
        )

    def has_moved(self, place: Place, *, is_start: bool) -> bool:
        """Note what changed about an element; whether others may follow it."""
        name, row = place
        part = self.form.parts[name]
        was, now = self.substance(self.before, part, row), self.substance(self.after, part, row)
        is_shown_otherwise = was[0] != now[0]
        if is_shown_otherwise or (is_repeat(part) and was != now):
            self.redrawn.add(path_of(part, row))
        if was != now or self.surface(self.before, part, row) != self.surface(
            self.after, part, row
        ):
            self.changed.add(path_of(part, row))
        return is_start or was != now

    def substance(self, state: Evaluation, part: Part, row: str | None) -> tuple[Any, ...]:
        """What others may hang on: whether it is shown, its value or rows."""
        is_shown = not part.guards or state.is_shown(part, row)
        if isinstance(part.element, Question):
            value = state.read(part.name, row)
            return is_shown, value, state.missing_code(part.name, row)
        if is_repeat(part):
            return is_shown, state.row_ids(part.name)
        return (is_shown,)

    def surface(self, state: Evaluation, part: Part, row: str | None) -> tuple[Any, ...]:
        """What only people see: words, choices, totals, findings, whether it may be edited."""
        findings = tuple(own_findings(state, part, row))
        said = said_at(state, part, row) if part.texts else ()
        if is_table(part):
            return findings, said, totals_of(state, part)
        if not isinstance(part.element, Question):
            return findings, said
        offered = state.choices(part, row) if "choice_filter" in part.rules else ()
        return (
            findings,
            said,
            is_required(state, part, row),
            state.is_true(part, "read_only", row),
            state.is_closed(part, row),
            offered,
        )

    def dependents(self, place: Place) -> Iterable[Place]:
        """What hangs on an element: in its own row, or in every row."""
        name, row = place
        for edge in self.form.edges.get(name, ()):
            dependent = self.form.parts[edge.dependent]
            if not dependent.owner:
                yield edge.dependent, None
            elif edge.is_same_row and row is not None:
                yield edge.dependent, row
            else:
                now = self.after.row_ids(dependent.owner)
                was = self.before.row_ids(dependent.owner)
                for each in dict.fromkeys(now + was):
                    yield edge.dependent, each
