"""Repeats: a row for each stored entry, and blank ones for more."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from surveys.engine import Element, Group, Kind, Question, Repeat
from surveys.excelform import codes, looks
from surveys.excelform.answers import (
    FORMS,
    is_too_long,
    write_answer,
    written_cell,
    written_value,
)
from surveys.excelform.columns import CODE_COLUMN, LABEL_COLUMN, NUMBER_COLUMN
from surveys.excelform.desk import Desk
from surveys.excelform.grids import (
    GridColumn,
    allow_column,
    code_head,
    grid_columns,
    introduce,
    visible_head,
)
from surveys.excelform.rows import heading, space, text_row
from surveys.excelform.sheet import Sheet
from surveys.excelform.styles import Form, Variant

SPARE: Final = 20
"""Blank rows below the stored ones."""
_FILES: Final = {Kind.FILE, Kind.IMAGE}
MOST_PAST: Final = 50
"""Rows of the last round that are shown."""


class RepeatWriter:
    """Writes one repeat."""

    def __init__(self, desk: Desk, sheet: Sheet, repeat: Repeat) -> None:
        self.desk = desk
        self.sheet = sheet
        self.repeat = repeat
        self.columns = grid_columns(desk, members_of(repeat.children), LABEL_COLUMN)
        self.last = LABEL_COLUMN + len(self.columns) - 1

    def write(self) -> int:
        """The whole block; the row of its head."""
        desk, sheet, repeat = self.desk, self.sheet, self.repeat
        introduce(desk, sheet, repeat, self.columns, last=self.last)
        head = visible_head(desk, sheet, repeat, self.columns)
        rows = desk.state.rows(repeat.name)
        spare = 0 if repeat.repeat_count else SPARE
        first = sheet.at + 2
        last = first + len(rows) + spare - 1
        done = self._done(first, last)
        code_head(sheet, f"{codes.REPEAT}{repeat.name}", self.columns, done=done)
        stored = self._stored()
        for number, row_id in enumerate(rows, start=1):
            self._entry(number, row_id, stored.get(row_id, {}))
        for number in range(len(rows) + 1, len(rows) + spare + 1):
            self._blank(number)
        for column in self.columns:
            allow_column(desk, sheet, column, first, last)
        space(sheet)
        self._past()
        return head

    def _stored(self) -> Mapping[str, Mapping[str, Any]]:
        rows = self.desk.state.answers.get(self.repeat.name)
        listed = rows if isinstance(rows, list) else []
        return {str(row.get("_id")): row for row in listed if isinstance(row, Mapping)}

    def _entry(self, number: int, row_id: str, stored: Mapping[str, Any]) -> None:
        self.sheet.begin()
        self.sheet.code(CODE_COLUMN, looks.CODE, f"{codes.ENTRY}{self.repeat.name}/{row_id}")
        self.sheet.text(NUMBER_COLUMN, looks.NUMBER, str(number))
        for column in self.columns:
            self._cell(column, row_id, stored.get(column.name))

    def _cell(self, column: GridColumn, row_id: str, value: Any) -> None:
        state, part = self.desk.state, column.part
        path = f"{self.repeat.name}/{row_id}/{column.name}"
        variant = Variant.OPEN
        if part.calculation is not None:
            value, variant = state.value(path), Variant.READ
        elif not column.is_typed or ("read_only" in part.rules and state.is_read_only(path)):
            variant = Variant.READ
        elif part.guards and not state.is_relevant(path):
            variant = Variant.IDLE
        cell = state.cell(path)
        shown = cell.typed or cell.missing
        if cell.typed:
            variant = Variant.UNREAD
        elif self.desk.is_carried(path):
            variant = Variant.READ
        if part.is_asked and not column.is_typed:
            self.sheet.text(column.place, looks.LOCKED, self.desk.words.on_page)
            return
        question = column.question
        text = written_cell(question, type(cell)(value, typed=shown), column.choices)
        if is_too_long(text):
            self.sheet.text(column.place, looks.LOCKED, self.desk.words.too_long)
        else:
            write_answer(self.sheet, column.place, question, text, variant)

    def _blank(self, number: int) -> None:
        self.sheet.begin()
        self.sheet.code(CODE_COLUMN, looks.CODE, f"{codes.ENTRY}{self.repeat.name}/")
        self.sheet.text(NUMBER_COLUMN, looks.NUMBER, str(number))
        for column in self.columns:
            variant = Variant.OPEN if column.is_typed else Variant.READ
            form = FORMS.get(column.question.kind, Form.TEXT)
            self.sheet.blank(column.place, looks.FIELDS[form, variant])

    def _done(self, first: int, last: int) -> tuple[str, str] | None:
        """The formula that says whether the rows are answered, and what it gives now."""
        if not self.desk.is_counted(self.repeat.name) or last < first:
            return None
        asked = [each for each in self.columns if each.is_typed]
        counts = [f"COUNTA({each.cells(first, last)})" for each in asked]
        if not counts:
            return None
        most = f"MAX({','.join(counts)})" if len(counts) > 1 else counts[0]
        wanted = [
            f"{count}={most}"
            for each, count in zip(asked, counts, strict=True)
            if each.part.always_required
        ]
        done = "1" if self.desk.is_done(self.repeat.name) else "0"
        return f"IF(AND({','.join([f'{most}>0', *wanted])}),1,0)", done

    def _past(self) -> None:
        """The rows of the last round, to look at."""
        rows = self.desk.previous.get(self.repeat.name)
        listed: Sequence[Any] = rows if isinstance(rows, list) else ()
        if not listed:
            return
        sheet = self.sheet
        heading(sheet, self.desk.previous_head, looks.HINT_LINE)
        for number, row in enumerate(listed[:MOST_PAST], start=1):
            values = row if isinstance(row, Mapping) else {}
            text_row(sheet)
            sheet.text(NUMBER_COLUMN, looks.NUMBER, str(number))
            for column in self.columns:
                value = None if column.part.question.kind in _FILES else values.get(column.name)
                written = written_value(column.question, value, column.choices)
                if is_too_long(written):
                    sheet.text(column.place, looks.LOCKED, self.desk.words.too_long)
                else:
                    write_answer(sheet, column.place, column.question, written, Variant.READ)
        space(sheet)


def members_of(elements: Sequence[Element]) -> Iterator[Question]:
    """The questions of a repeat, those of its groups included."""
    for element in elements:
        match element:
            case Question():
                yield element
            case Group():
                yield from members_of(element.children)
