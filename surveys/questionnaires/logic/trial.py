"""What comes of the rules with values that somebody tries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.engine import (
    Cell,
    Context,
    EvaluationError,
    Form,
    FormState,
    Question,
    Repeat,
    Table,
    format_value,
)
from surveys.engine.answers import stored_of
from surveys.engine.documents import path_of
from surveys.engine.expressions.closures import NOWHERE
from surveys.engine.expressions.values import truth_of
from surveys.engine.form import Part
from surveys.engine.structure import flag
from surveys.questionnaires.advice import advice_in_words
from surveys.questionnaires.logic.rules import Rule, RuleKind, problems_of, spot_of

ROW: Final = "row1"
"""The one row with which a repeat is tried."""
MOST_ROWS: Final = 100
"""Rows of a table that one rule is tried in."""

Typed = Mapping[str, str | list[str]]
"""What was typed, by path."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule gives. ``look`` is "bad" or "warn" for a check that fails; ``reason`` is set where
    nothing could be tried.
    """

    words: str
    look: str = ""
    reason: str = ""


class RuleLeftOut(Exception):
    """The form does without the rule: a mistake said elsewhere, such as a circle, forbids it."""


class Trial:
    """A form with test values in it."""

    def __init__(self, form: Form, typed: Typed, *, language: str, at: datetime) -> None:
        self.form = form
        self.language = language
        repeats = [each for each in form.definition.elements() if isinstance(each, Repeat)]
        self.state = FormState(
            form,
            answers={each.name: [{"_id": ROW}] for each in repeats},
            context=Context(today=at.date(), now=at, language=language),
        )
        self.typed = {path: text for path, text in typed.items() if text and self.takes(path)}
        self.unread = frozenset(path for path in self.typed if not self._put(path))

    def takes(self, path: str) -> bool:
        """Whether somebody could answer there."""
        part = self.form.parts.get(path.rpartition("/")[2])
        if part is None or not is_tried(part):
            return False
        return path in self.paths(part)

    def paths(self, part: Part) -> tuple[str, ...]:
        """Where an element is tried: in each row of its table, in the one row of its repeat."""
        owner = self.form.owner(part.name)
        if isinstance(owner, Table):
            codes = self.form.row_codes(owner.name)[:MOST_ROWS]
            return tuple(path_of(part, code) for code in codes)
        return (path_of(part, ROW if owner is not None else None),)

    def outcome(self, rule: Rule) -> Outcome:
        """What the rule gives with these values."""
        part = self.form.parts[rule.name]
        broken = [each for each in problems_of(self.form, rule) if each.look == "bad"]
        if broken:
            return cannot(broken[0].words)
        try:
            return OUTCOMES[rule.kind](self, part, rule)
        except EvaluationError as failure:
            return cannot(advice_in_words(failure.advice))
        except RuleLeftOut:
            return cannot(_("Another mistake keeps the form from using this rule."))

    def holds(self, part: Part, rule: Rule) -> list[bool]:
        """Whether the rule holds, in each of its places. Raises RuleLeftOut."""
        if rule.kind not in part.rules:
            # What always holds decides nothing, so the form has left it out.
            spot = spot_of(self.form, rule, self.language)
            compiled = flag(rule.text) or spot.compile(rule.text)
            if not compiled.constant:
                raise RuleLeftOut
            return [truth_of(compiled.run(NOWHERE))]
        return [truth_of(self.state.outcome(path, rule.kind)) for path in self.paths(part)]

    def _put(self, path: str) -> bool:
        """Whether what was typed could be read; it stands in the answers then."""
        cell = self.state.read_input(path, self.typed[path])
        self.state.put(path, cell if not cell.typed else Cell())
        return not cell.typed


def is_tried(part: Part) -> bool:
    """Whether values can be tried for an element: what people or the prefilling answer."""
    element = part.element
    if not isinstance(element, Question) or part.calculation is not None:
        return False
    return element.is_answerable or element.kind == "hidden"


def cannot(reason: str) -> Outcome:
    """Nothing could be tried."""
    return Outcome(_("Cannot be tried"), reason=reason)


def _condition(words: Mapping[bool, str], trial: Trial, part: Part, rule: Rule) -> Outcome:
    held = trial.holds(part, rule)
    if len(set(held)) == 1:
        return Outcome(words[held[0]])
    return Outcome(f"{words[True]}: {_rows(sum(held), len(held))}")


def _relevant(trial: Trial, part: Part, rule: Rule) -> Outcome:
    words = {True: pgettext("outcome", "Shown"), False: pgettext("outcome", "Hidden")}
    return _condition(words, trial, part, rule)


def _required(trial: Trial, part: Part, rule: Rule) -> Outcome:
    words = {True: pgettext("outcome", "Required"), False: pgettext("outcome", "Not required")}
    return _condition(words, trial, part, rule)


def _read_only(trial: Trial, part: Part, rule: Rule) -> Outcome:
    words = {True: pgettext("outcome", "Read only"), False: pgettext("outcome", "Open")}
    return _condition(words, trial, part, rule)


def _check(trial: Trial, part: Part, rule: Rule) -> Outcome:
    asked = [path for path in trial.paths(part) if _is_answered(trial, part, path)]
    if not asked:
        return Outcome(_("Nothing to check"))
    failed = [path for path in asked if not truth_of(trial.state.outcome(path, rule.kind))]
    if not failed:
        return Outcome(pgettext("outcome", "No report"))
    where = f": {_rows(len(failed), len(asked))}" if len(asked) > 1 else ""
    look = "bad" if rule.kind is RuleKind.CONSTRAINT else "warn"
    return Outcome(pgettext("outcome", "Reports") + where, look)


def _calculation(trial: Trial, part: Part, rule: Rule) -> Outcome:
    shown = []
    for path in trial.paths(part)[:3]:
        value = stored_of(trial.state.outcome(path, rule.kind))
        shown.append(format_value(part.question, value, language=trial.language))
    if not any(shown):
        return Outcome(pgettext("outcome", "Blank"))
    return Outcome("; ".join(each.replace("-", "\u2212", 1) or "…" for each in shown))


def _choice_filter(trial: Trial, part: Part, _rule: Rule) -> Outcome:
    path = trial.paths(part)[0]
    found, known = len(trial.state.choices(path)), len(trial.form.choices_of(part.question))
    words = _("%(found)s of %(known)s choices") % {"found": found, "known": known}
    return Outcome(words)


def _closed(trial: Trial, part: Part, _rule: Rule) -> Outcome:
    columns = trial.form.columns.get(part.name, ())
    paths = [path for name in columns for path in trial.paths(trial.form.parts[name])]
    closed = sum(trial.state.is_closed(path) for path in paths)
    words = _("%(found)s of %(known)s cells closed") % {"found": closed, "known": len(paths)}
    return Outcome(words)


def _repeat_count(trial: Trial, part: Part, rule: Rule) -> Outcome:
    value = stored_of(trial.state.outcome(part.name, rule.kind))
    return Outcome(str(value) if value is not None else pgettext("outcome", "Blank"))


def _is_answered(trial: Trial, part: Part, path: str) -> bool:
    if isinstance(part.element, Question):
        return trial.state.value(path) is not None
    return any(each.partition("/")[0] == part.name for each in trial.typed)


def _rows(found: int, known: int) -> str:
    return _("%(found)s of %(known)s rows") % {"found": found, "known": known}


OUTCOMES: Final = {
    RuleKind.RELEVANT: _relevant,
    RuleKind.REQUIRED: _required,
    RuleKind.READ_ONLY: _read_only,
    RuleKind.CONSTRAINT: _check,
    RuleKind.WARNING: _check,
    RuleKind.CALCULATION: _calculation,
    RuleKind.CHOICE_FILTER: _choice_filter,
    RuleKind.CLOSED: _closed,
    RuleKind.REPEAT_COUNT: _repeat_count,
}
