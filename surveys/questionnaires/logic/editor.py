"""The editor of a condition: from its expression to what is chosen, and back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Text
from surveys.engine.sentences import (
    Comparison,
    Condition,
    Group,
    Joined,
    Term,
    normal,
    read,
    text_of_node,
    write,
)
from surveys.questionnaires.logic.drafted import Drafted, DraftedGroup, DraftedTerm, Path
from surveys.questionnaires.logic.referring import advice, called, resolved
from surveys.questionnaires.logic.spot import Spot, parsed
from surveys.questionnaires.logic.values import (
    ValueUnreadable,
    formula,
    is_formula,
    read_formula,
    read_value,
    written,
)
from surveys.questionnaires.logic.words import ANSWERED, OFFERED, Family, words_of

LISTED: Final = 100
"""A list with more choices is typed."""
SINGLE: Final = {Comparison.ONE_OF: Comparison.IS, Comparison.NONE_OF: Comparison.IS_NOT}
SEVERAL: Final = {single: several for several, single in SINGLE.items()}


@dataclass(frozen=True, slots=True)
class TermBox:
    """One comparison on the screen. ``options`` are (code, label, chosen) of choices to be ticked,
    ``boxes`` the texts of values to be typed.
    """

    path: str
    subject: str
    called: str
    comparisons: tuple[tuple[str, str | Promise, bool], ...]
    options: tuple[tuple[str, str, bool], ...]
    boxes: tuple[str, ...]
    takes_value: bool
    is_formula: bool
    problem: str


@dataclass(frozen=True, slots=True)
class GroupBox:
    """A group on the screen."""

    path: str
    kind: Joined
    parts: tuple["TermBox | GroupBox", ...]
    problem: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it holds others; templates ask."""
        return True


class Incomplete(Exception):
    """A part that no expression can be written of yet; its text is what to do."""


def drafted_of(spot: Spot, text: str) -> DraftedGroup | None:
    """The parts of an expression; None where no sentence says it."""
    if not text.strip():
        return DraftedGroup()
    node = parsed(text)
    condition = read(node) if node is not None else None
    if condition is None:
        return None
    part = _drafted(spot, condition)
    return part if isinstance(part, DraftedGroup) else DraftedGroup(Joined.ALL, (part,))


def fitted(spot: Spot, group: DraftedGroup) -> DraftedGroup:
    """The group with comparisons that suit subjects that have just been chosen.

    One that is not offered for the subject gives way to the first that is; "is", with which a
    comparison begins, would mean "this choice and no other" where several can be chosen.
    """
    parts = tuple(
        fitted(spot, part) if isinstance(part, DraftedGroup) else _fitted(spot, part)
        for part in group.parts
    )
    return replace(group, parts=parts)


def _fitted(spot: Spot, part: DraftedTerm) -> DraftedTerm:
    subject = resolved(spot, part.subject) if part.is_new else None
    if subject is None:
        return part
    family = spot.family(subject)
    suits = part.comparison in OFFERED[family] and not (
        family is Family.CHOICES and part.comparison is Comparison.IS
    )
    return part if suits else replace(part, comparison=OFFERED[family][0])


def text_of(spot: Spot, group: DraftedGroup) -> str:
    """The expression. Raises Incomplete while something is missing."""
    return write(normal(_condition(spot, group))) if group.parts else ""


def box_of(spot: Spot, group: DraftedGroup) -> GroupBox:
    """The group as it is shown, each part with what is wrong with it."""
    return _group_box(spot, group, ())


def _drafted(spot: Spot, condition: Condition) -> Drafted:
    if isinstance(condition, Group):
        return DraftedGroup(condition.kind, tuple(_drafted(spot, part) for part in condition.parts))
    subject, values = condition.subject, condition.values
    as_formula = is_formula(values)
    shown = tuple(
        formula(spot, value) if as_formula else written(spot, subject, value) for value in values
    )
    comparison = SINGLE.get(condition.comparison, condition.comparison)
    return DraftedTerm(text_of_node(subject), comparison, shown, as_formula)


def _condition(spot: Spot, part: Drafted) -> Condition:
    if isinstance(part, DraftedGroup):
        if not part.parts:
            raise Incomplete(_("Add a comparison, or remove the group."))
        return Group(part.kind, tuple(_condition(spot, each) for each in part.parts))
    subject = resolved(spot, part.subject)
    if subject is None:
        raise Incomplete(advice(spot, part.subject))
    return _term(spot, part, subject)


def _term(spot: Spot, part: DraftedTerm, subject: Node) -> Term:
    if part.comparison in ANSWERED:
        return Term(subject, part.comparison)
    try:
        values = tuple(_values(spot, part, subject))
    except ValueUnreadable as unreadable:
        raise Incomplete(str(unreadable)) from unreadable
    if not values:
        raise Incomplete(_("Choose a value."))
    if part.comparison is Comparison.BETWEEN and len(values) != len(("from", "to")):
        raise Incomplete(_("Type both ends."))
    comparison = (
        SEVERAL.get(part.comparison, part.comparison) if len(values) > 1 else part.comparison
    )
    return Term(subject, comparison, values)


def _values(spot: Spot, part: DraftedTerm, subject: Node) -> Iterator[Node]:
    for typed in part.values[: _most(spot, part, subject)]:
        if part.is_formula:
            yield read_formula(spot, typed)
        else:
            yield read_value(spot, subject, typed)


def _most(spot: Spot, part: DraftedTerm, subject: Node) -> int | None:
    """How many values count: those of a comparison with one or two; all of a list."""
    if part.comparison is Comparison.BETWEEN:
        return 2
    is_list = part.comparison in {*SEVERAL, *SINGLE} or spot.choices(subject)
    return None if is_list else 1


def _group_box(spot: Spot, group: DraftedGroup, path: Path) -> GroupBox:
    parts = tuple(
        _group_box(spot, part, (*path, index))
        if isinstance(part, DraftedGroup)
        else _term_box(spot, part, (*path, index))
        for index, part in enumerate(group.parts)
    )
    problem = "" if parts or not path else _("Add a comparison, or remove the group.")
    return GroupBox(_named(path), group.kind, parts, problem)


def _term_box(spot: Spot, part: DraftedTerm, path: Path) -> TermBox:
    subject = resolved(spot, part.subject)
    takes_value = part.comparison not in ANSWERED
    return TermBox(
        path=_named(path),
        subject=text_of_node(subject) if subject is not None else part.subject,
        called=called(spot, subject) if subject is not None else part.subject,
        comparisons=_comparisons(spot, subject, part),
        options=_options(spot, subject, part) if takes_value and not part.is_formula else (),
        boxes=_boxes(part) if takes_value else (),
        takes_value=takes_value,
        is_formula=part.is_formula,
        problem=_problem(spot, part),
    )


def _problem(spot: Spot, part: DraftedTerm) -> str:
    try:
        _condition(spot, part)
    except Incomplete as incomplete:
        return str(incomplete)
    return ""


def _comparisons(
    spot: Spot, subject: Node | None, part: DraftedTerm
) -> tuple[tuple[str, str | Promise, bool], ...]:
    """What can be chosen for the subject; what is chosen already is never lost."""
    family = spot.family(subject if subject is not None else Text("", 0))
    offered = OFFERED[family]
    if part.comparison not in offered:
        offered = (*offered, part.comparison)
    return tuple(
        (each.value, words_of(each, family, 1), each is part.comparison) for each in offered
    )


def _options(
    spot: Spot, subject: Node | None, part: DraftedTerm
) -> tuple[tuple[str, str, bool], ...]:
    choices = spot.choices(subject) if subject is not None else ()
    if not choices or len(choices) > LISTED:
        return ()
    known = [(code, label, code in part.values) for code, label in choices]
    codes = {code for code, _label in choices}
    return (*known, *((code, code, True) for code in part.values if code not in codes))


def _boxes(part: DraftedTerm) -> tuple[str, ...]:
    """At least one text; two between which something lies."""
    least = 2 if part.comparison is Comparison.BETWEEN else 1
    is_list = part.comparison in {*SEVERAL, *SINGLE}
    given = part.values if is_list else part.values[:least]
    return (*given, *[""] * (least - len(given)))


def _named(path: Path) -> str:
    return ".".join(str(step) for step in path)
