"""What tables and repeats have in common: their head, their columns, the words about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.engine import Kind, Question, Repeat, Table, text_in
from surveys.engine.form import Part
from surveys.excelform import codes, looks, rules
from surveys.excelform.answers import FORMS, NUMERIC
from surveys.excelform.columns import CODE_COLUMN, DONE_COLUMN, NUMBER_COLUMN
from surveys.excelform.desk import Desk
from surveys.excelform.rows import heading, paragraph, text_row
from surveys.excelform.sheet import LINE, PADDING, Sheet, letters, lines_of

MOST_NAMED: Final = 25
"""Choices that are named above a grid; a longer list is in its dropdown only."""
MANY: Final = 9
"""Columns; where there are more, those of numbers are narrower."""
_FILES: Final = {Kind.FILE, Kind.IMAGE}
_SEVERAL: Final = {Kind.SELECT_MULTIPLE, Kind.RANK}
_UNSEEN: Final = {Kind.HIDDEN, Kind.NOTE}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A question as a column."""

    question: Question
    part: Part
    place: int
    choices: dict[str, str]

    @property
    def name(self) -> str:
        """The question's name."""
        return self.question.name

    @property
    def is_typed(self) -> bool:
        """Whether people type here."""
        return self.part.is_asked and self.question.kind not in _FILES

    @property
    def is_number(self) -> bool:
        """Whether it can be summed."""
        return self.part.is_numeric

    def cells(self, first: int, last: int) -> str:
        """The range of some rows."""
        at = letters(self.place)
        return f"{at}{first}:{at}{last}" if last > first else f"{at}{first}"


def grid_columns(desk: Desk, members: Iterable[Question], first: int) -> tuple[GridColumn, ...]:
    """The members that are seen, side by side from ``first``."""
    seen = [
        each
        for each in members
        if each.kind not in _UNSEEN and not (each.kind is Kind.CALCULATE and not each.label)
    ]
    return tuple(
        GridColumn(each, desk.part(each.name), place, desk.choices(each))
        for place, each in enumerate(seen, start=first)
    )


def width_of(column: GridColumn, beside: int = 1) -> float:
    """How wide one of ``beside`` columns should be, in characters."""
    question = column.question
    if question.kind in FORMS:
        return 14 if beside <= MANY else 11
    if question.kind is Kind.CALCULATE:
        return 15
    longest = max((len(each) for each in column.choices.values()), default=24)
    return min(max(longest + 3, 14), 30)


def introduce(
    desk: Desk, sheet: Sheet, owner: Table | Repeat, columns: Sequence[GridColumn], *, last: int
) -> None:
    """Heading, hint, when it is asked, and how its columns are filled in."""
    label = desk.say(owner.name, owner.label) or owner.name
    if owner.number and not label.startswith(f"{owner.number}."):
        label = f"{owner.number}. {label}"
    if desk.state.form.parts[owner.name].section != owner.name:
        heading(sheet, label, looks.HEADING)
    for text in _said_above(desk, owner, columns):
        paragraph(sheet, text, looks.HINT, last=last)


def _said_above(desk: Desk, owner: Table | Repeat, columns: Sequence[GridColumn]) -> Iterable[str]:
    words = desk.words
    yield from filter(None, [desk.say(owner.name, owner.hint), desk.only_if(owner.name)])
    if isinstance(owner, Repeat):
        yield words.rows_counted if owner.repeat_count else words.rows_hint
    for column in columns:
        label = desk.say(owner.name, column.question.label) or column.name
        for text in (column.question.guidance, column.question.hint):
            if said := desk.say(owner.name, text):
                yield f"{label}: {said}"
        named = column.choices.values()
        if column.question.kind in _SEVERAL and len(named) <= MOST_NAMED:
            yield words.choices_of.format(column=label, choices="; ".join(named))
    if any(column.question.kind in _SEVERAL for column in columns):
        yield words.several_hint
    missing = dict.fromkeys(code for column in columns for code in column.question.missing)
    if missing:
        yield words.missing_hint.format(codes=", ".join(missing))
    if isinstance(owner, Table) and owner.closed:
        yield words.closed_hint
    if unit := shared_unit(desk, columns):
        yield words.unit_of_table.format(unit=unit)


def shared_unit(desk: Desk, columns: Sequence[GridColumn]) -> str:
    """The unit of all columns, where there is one."""
    units = {text_in(column.question.unit, desk.language) for column in columns}
    return units.pop() if len(units) == 1 else ""


def column_label(
    desk: Desk, owner: str, column: GridColumn, *, has_unit: bool, is_past: bool = False
) -> str:
    """What stands above a column; a star where every row needs an answer in it."""
    label = desk.say(owner, column.question.label) or column.name
    unit = text_in(column.question.unit, desk.language) if has_unit else ""
    label = f"{label} ({unit})" if unit else label
    return f"{label} *" if column.part.always_required and not is_past else label


def head_height(labels: Iterable[tuple[str, float]]) -> float:
    """How high the row above the columns must be for texts of these widths."""
    most = max((lines_of(text, width - 1) for text, width in labels), default=1)
    return LINE * most + PADDING


def visible_head(
    desk: Desk,
    sheet: Sheet,
    owner: Table | Repeat,
    columns: Sequence[GridColumn],
    *,
    total: int = 0,
) -> int:
    """The row that says what the columns are; its number."""
    has_unit = not shared_unit(desk, columns)
    labels = [column_label(desk, owner.name, each, has_unit=has_unit) for each in columns]
    widths = [sheet.widths.get(each.place, 9) for each in columns]
    row = text_row(sheet, height=head_height(zip(labels, widths, strict=True)))
    sheet.text(NUMBER_COLUMN, looks.HEAD, desk.words.number)
    if isinstance(owner, Table):
        sheet.text(NUMBER_COLUMN + 1, looks.HEAD_LEFT, desk.words.item)
    for column, label in zip(columns, labels, strict=True):
        sheet.text(column.place, looks.HEAD, label)
    if total:
        sheet.text(total, looks.HEAD, desk.words.total)
    return row


def code_head(
    sheet: Sheet, code: str, columns: Sequence[GridColumn], *, label: int = 0, total: int = 0,
    done: tuple[str, str] | None = None,
) -> None:  # fmt: skip
    """The hidden row that says by codes what the columns are; ``done`` is formula and value."""
    sheet.begin(is_hidden=True)
    sheet.code(CODE_COLUMN, looks.CODE, code)
    if done is not None:
        sheet.formula(DONE_COLUMN, looks.CODE, *done)
    if label:
        sheet.code(label, looks.CODE, codes.LABEL)
    for column in columns:
        sheet.code(column.place, looks.CODE, f"{codes.COLUMN}{column.name}")
    if total:
        sheet.code(total, looks.CODE, codes.TOTAL)


def allow_column(desk: Desk, sheet: Sheet, column: GridColumn, first: int, last: int) -> None:
    """Say what may be typed into the rows of a column."""
    if column.is_typed and last >= first:
        question = column.question
        is_listed = question.kind is Kind.SELECT_ONE
        rules.allow_answers(
            desk,
            sheet,
            question,
            column.cells(first, last),
            offered=list(column.choices.values()) if is_listed else None,
            codes=question.missing,
        )


def is_summed(column: GridColumn) -> bool:
    """Whether sums across take the column: what is worked out is no part of them."""
    return column.is_number and column.part.calculation is None


def looks_numeric(column: GridColumn) -> bool:
    """Whether its cells are numbers."""
    return FORMS.get(column.question.kind) in NUMERIC
