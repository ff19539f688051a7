"""A version as a readable outline: sections, and in them questions with their checks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.engine import (
    Choice,
    Definition,
    Element,
    EvidenceNeed,
    Form,
    Group,
    Kind,
    Question,
    Repeat,
    Section,
    Table,
    Texts,
    Totals,
)

KINDS: Final[dict[Kind, Promise]] = {
    Kind.TEXT: _("Text"),
    Kind.INTEGER: _("Whole number"),
    Kind.DECIMAL: _("Decimal number"),
    Kind.DATE: _("Date"),
    Kind.TIME: _("Time"),
    Kind.DATETIME: _("Date and time"),
    Kind.SELECT_ONE: _("One choice"),
    Kind.SELECT_MULTIPLE: _("Several choices"),
    Kind.RANK: _("Ranking"),
    Kind.NOTE: _("Note"),
    Kind.CALCULATE: _("Calculated"),
    Kind.HIDDEN: _("Hidden value"),
    Kind.RANGE: _("Number in a range"),
    Kind.ACKNOWLEDGE: _("Acknowledgement"),
    Kind.FILE: _("File"),
    Kind.IMAGE: _("Picture"),
}
EVIDENCE: Final[dict[EvidenceNeed, Promise]] = {
    EvidenceNeed.OPTIONAL: _("Evidence may be attached"),
    EvidenceNeed.REQUIRED: _("Evidence required"),
}
TOTALS: Final[dict[Totals, Promise]] = {
    Totals.ROWS: _("Row totals"),
    Totals.COLUMNS: _("Column totals"),
    Totals.BOTH: _("Row and column totals"),
}
ALWAYS: Final = "true()"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a question: what it is, as an expression, and in the designer's words if any."""

    label: str | Promise
    expression: str = ""
    words: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the outline; ``depth`` counts the blocks it stands in."""

    name: str
    number: str
    label: Texts
    hint: Texts
    answer: str | Promise
    depth: int
    unit: Texts = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    remarks: tuple[str | Promise, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class SectionOutline:
    """A section with its lines; ``questions`` counts those that are answered."""

    name: str
    number: str
    label: Texts
    hint: Texts
    relevant: str
    entries: tuple[Entry, ...]
    questions: int


def outline(form: Form) -> tuple[SectionOutline, ...]:
    """The sections in their order."""
    return tuple(_section(section, form.definition) for section in form.sections)


def _section(section: Section, definition: Definition) -> SectionOutline:
    entries = tuple(_entries(section.elements, definition, 0))
    return SectionOutline(
        section.name,
        section.number,
        section.label,
        section.hint,
        section.relevant,
        entries,
        sum(not entry.is_block for entry in entries),
    )


def _entries(elements: Iterable[Element], definition: Definition, depth: int) -> Iterator[Entry]:
    for element in elements:
        match element:
            case Question():
                yield _question(element, definition, depth)
            case Group():
                yield _block(element, depth, "", _("Group"), ())
                yield from _entries(element.children, definition, depth + 1)
            case Repeat():
                rules = _rules((_("Number of rows"), element.repeat_count, {}))
                yield _block(element, depth, element.number, _("Repeat"), rules)
                yield from _entries(element.children, definition, depth + 1)
            case Table():
                yield _table(element, definition, depth)
                yield from _entries(element.columns, definition, depth + 1)


def _question(question: Question, definition: Definition, depth: int) -> Entry:
    choices = definition.lists.get(question.list_name)
    return Entry(
        name=question.name,
        number=question.number,
        label=question.label,
        hint=question.hint,
        answer=KINDS[question.kind],
        depth=depth,
        unit=question.unit,
        rules=_rules(
            (_("Shown if"), question.relevant, {}),
            (_("Required"), question.required, question.required_message),
            (_("Read-only"), question.read_only, {}),
            (_("Calculation"), question.calculation, {}),
            (_("Starts with"), question.default, {}),
            (_("Choices if"), question.choice_filter, {}),
            (_("Must hold"), question.constraint, question.constraint_message),
            (_("Warns unless"), question.warning, question.warning_message),
        ),
        remarks=_remarks(question),
        choices=choices.choices if choices else (),
    )


def _remarks(question: Question) -> tuple[str | Promise, ...]:
    remarks: list[str | Promise] = []
    if question.evidence in EVIDENCE:
        remarks.append(EVIDENCE[question.evidence])
    if question.personal_data:
        remarks.append(_("Personal data"))
    if question.missing:
        remarks.append(" · ".join(question.missing))
    if question.indicator:
        remarks.append(question.indicator)
    return tuple(remarks)


def _table(table: Table, definition: Definition, depth: int) -> Entry:
    rows = definition.lists.get(table.row_list)
    return Entry(
        name=table.name,
        number=table.number,
        label=table.label,
        hint=table.hint,
        answer=_("Table"),
        depth=depth,
        rules=_rules(
            (_("Shown if"), table.relevant, {}),
            (_("Greyed if"), table.closed, {}),
            (_("Must hold"), table.constraint, table.constraint_message),
            (_("Warns unless"), table.warning, table.warning_message),
        ),
        remarks=(TOTALS[table.totals],) if table.totals in TOTALS else (),
        choices=rows.choices if rows else (),
        is_block=True,
    )


def _block(
    element: Group | Repeat, depth: int, number: str, kind: Promise, rules: tuple[Rule, ...]
) -> Entry:
    return Entry(
        name=element.name,
        number=number,
        label=element.label,
        hint=element.hint,
        answer=kind,
        depth=depth,
        rules=(*_rules((_("Shown if"), element.relevant, {})), *rules),
        is_block=True,
    )


def _rules(*written: tuple[str | Promise, str, Texts]) -> tuple[Rule, ...]:
    """The rules that were written; what always holds needs no expression."""
    return tuple(
        Rule(label, "" if expression == ALWAYS else expression, words)
        for label, expression, words in written
        if expression
    )
