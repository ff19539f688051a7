"""Tables: a row for each choice of the row list, a column for each question.

The last round's figures stand beside a table where there is room on a page, else below it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.engine import Cell, MissingCode, Table
from surveys.excelform import codes, looks
from surveys.excelform.answers import is_too_long, write_answer, written_cell, written_value
from surveys.excelform.choices import choice_texts
from surveys.excelform.columns import (
    CODE_COLUMN,
    FIRST_FREE,
    LABEL_COLUMN,
    NUMBER_COLUMN,
)
from surveys.excelform.desk import Desk
from surveys.excelform.grids import (
    GridColumn,
    allow_column,
    code_head,
    column_label,
    grid_columns,
    head_height,
    introduce,
    is_summed,
    shared_unit,
    visible_head,
)
from surveys.excelform.rows import heading, space, text_row
from surveys.excelform.sheet import Sheet, letters
from surveys.excelform.styles import Variant


class TableWriter:
    """Writes one table."""

    def __init__(self, desk: Desk, sheet: Sheet, table: Table, *, is_past_beside: bool) -> None:
        self.desk = desk
        self.sheet = sheet
        self.table = table
        self.columns = grid_columns(desk, table.columns, FIRST_FREE)
        rows = desk.state.form.definition.lists[table.row_list].choices
        self.rows = choice_texts(rows, desk.language)
        self.totals = desk.state.totals(table.name)
        self.is_idle = not desk.state.is_relevant(table.name)
        last = FIRST_FREE + len(self.columns) - 1
        self.total = last + 1 if self.totals.rows else 0
        self.last = self.total or last
        past = desk.previous.get(table.name)
        self.past: Mapping[str, Any] = past if isinstance(past, Mapping) else {}
        self.beside = self.last + 2 if self.past and is_past_beside else 0
        self.closed: set[tuple[str, str]] = set()

    @property
    def rightmost(self) -> int:
        """The last column that is written into."""
        return self.beside + len(self.columns) - 1 if self.beside else self.last

    def write(self) -> int:
        """The whole block; the row of its head."""
        desk, sheet, table = self.desk, self.sheet, self.table
        introduce(desk, sheet, table, self.columns, last=self.rightmost)
        if self.beside:
            self._past_title()
        head = visible_head(desk, sheet, table, self.columns, total=self.total)
        if self.beside:
            self._past_head(self.beside)
        first = sheet.at + 2
        last = first + len(self.rows) - 1
        self.closed = self._closed_cells()
        code_head(
            sheet,
            f"{codes.TABLE}{table.name}",
            self.columns,
            label=LABEL_COLUMN,
            total=self.total,
            done=self._done(first, last),
        )
        for number, (code, text) in enumerate(self.rows.items(), start=1):
            self._row(number, code, text)
        if self.totals.columns:
            self._sums(first, last)
        for column in self.columns:
            allow_column(desk, sheet, column, first, last)
        space(sheet)
        if self.past and not self.beside:
            self._past_below()
        return head

    def _closed_cells(self) -> set[tuple[str, str]]:
        """The cells that take no answer: closed, or not asked in this row."""
        state, name = self.desk.state, self.table.name
        if self.is_idle:
            return set()
        found = set()
        for column in self.columns:
            part = column.part
            if part.closed is None and not part.guards:
                continue
            for row in self.rows:
                path = f"{name}/{row}/{column.name}"
                if state.is_closed(path) or not state.is_relevant(path):
                    found.add((row, column.name))
        return found

    def _row(self, number: int, code: str, text: str) -> None:
        sheet = self.sheet
        sheet.begin()
        sheet.code(CODE_COLUMN, looks.CODE, f"{codes.ROW}{self.table.name}/{code}")
        sheet.text(NUMBER_COLUMN, looks.NUMBER, str(number))
        sheet.text(LABEL_COLUMN, looks.LABEL_IDLE if self.is_idle else looks.LABEL, text)
        answers = self.desk.state.answers.get(self.table.name)
        cells = answers.get(code) if isinstance(answers, Mapping) else None
        stored = cells if isinstance(cells, Mapping) else {}
        for column in self.columns:
            self._cell(column, code, stored.get(column.name))
        if self.total:
            self._row_total(code)
        if self.beside:
            past = self.past.get(code)
            values = past if isinstance(past, Mapping) else {}
            for place, column in enumerate(self.columns, start=self.beside):
                self._past_cell(place, column, values.get(column.name))

    def _cell(self, column: GridColumn, row: str, value: Any) -> None:
        sheet, state = self.sheet, self.desk.state
        if (row, column.name) in self.closed:
            # What a later answer may open again stays unlocked.
            sheet.blank(column.place, looks.CLOSED_OPEN if self._may_open(column) else looks.CLOSED)
            return
        path = f"{self.table.name}/{row}/{column.name}"
        variant = Variant.IDLE if self.is_idle else Variant.OPEN
        if column.part.calculation is not None:
            value, variant = state.value(path), Variant.READ
        elif not column.is_typed or ("read_only" in column.part.rules and state.is_read_only(path)):
            variant = Variant.READ
        typed = state.typed.get(path, "") if state.typed else ""
        remark = state.remarks.get(path) if state.remarks else None
        missing = remark.get("missing", "") if remark else ""
        if typed:
            variant = Variant.UNREAD
        elif remark and self.desk.is_carried(path):
            variant = Variant.READ
        written = written_cell(column.question, Cell(value, typed=typed or missing), column.choices)
        if is_too_long(written):
            sheet.text(column.place, looks.LOCKED, self.desk.words.too_long)
        else:
            write_answer(sheet, column.place, column.question, written, variant)

    def _may_open(self, column: GridColumn) -> bool:
        closed = column.part.closed
        return bool(column.part.guards) or (closed is not None and bool(closed.references))

    def _row_total(self, row: str) -> None:
        summed = [each for each in self.columns if is_summed(each)]
        counted = sum((row, each.name) not in self.closed for each in summed)
        at = self.sheet.at
        runs = _runs([each.place for each in summed])
        ranges = [f"{letters(a)}{at}:{letters(b)}{at}" for a, b in runs]
        self._total(self.total, summed, ranges, counted, self.totals.rows.get(row))

    def _sums(self, first: int, last: int) -> None:
        sheet = self.sheet
        sheet.begin(height=20)
        sheet.code(CODE_COLUMN, looks.CODE, f"{codes.SUM}{self.table.name}")
        sheet.blank(NUMBER_COLUMN, looks.TOTAL_LABEL)
        sheet.text(LABEL_COLUMN, looks.TOTAL_LABEL, self.desk.words.total)
        for column in self.columns:
            if not column.is_number:
                sheet.blank(column.place, looks.TOTAL_LABEL)
                continue
            counted = sum((row, column.name) not in self.closed for row in self.rows)
            cached = self.totals.columns.get(column.name)
            self._total(column.place, [column], [column.cells(first, last)], counted, cached)
        if self.total:
            self._grand(first, last)

    def _grand(self, first: int, last: int) -> None:
        summed = [each for each in self.columns if is_summed(each)]
        counted = sum((row, each.name) not in self.closed for row in self.rows for each in summed)
        runs = _runs([each.place for each in summed])
        ranges = [f"{letters(a)}{first}:{letters(b)}{last}" for a, b in runs]
        self._total(self.total, summed, ranges, counted, self.totals.grand)

    def _total(
        self,
        place: int,
        columns: Sequence[GridColumn],
        ranges: Sequence[str],
        counted: int,
        cached: str | None,
    ) -> None:
        """A sum that shows once every cell has a number or the code "not applicable", as the page's."""
        if not counted:
            self.sheet.blank(place, looks.TOTAL)
            return
        code = MissingCode.NOT_APPLICABLE
        excused = ""
        if any(code in column.question.missing for column in columns):
            excused = "".join(f'+COUNTIF({each},"{code}")' for each in ranges)
        every = ",".join(ranges)
        formula = f'IF(COUNT({every}){excused}>={counted},SUM({every}),"")'
        self.sheet.formula(place, looks.TOTAL, formula, cached or "")

    def _done(self, first: int, last: int) -> tuple[str, str] | None:
        """The formula that says whether the table is answered, and what it gives now."""
        name = self.table.name
        if not self.desk.is_counted(name):
            return None
        asked = [each for each in self.columns if each.is_typed]
        ranges = ",".join(each.cells(first, last) for each in asked)
        conditions = [f"COUNTA({ranges})>0"]
        for each in asked:
            if each.part.always_required:
                wanted = sum((row, each.name) not in self.closed for row in self.rows)
                conditions.append(f"COUNTA({each.cells(first, last)})>={wanted}")
        done = "1" if self.desk.is_done(name) else "0"
        return f"IF(AND({','.join(conditions)}),1,0)", done

    def _past_title(self) -> None:
        """Above the figures of the last round: whose they are."""
        text_row(self.sheet)
        self.sheet.text(self.beside, looks.HINT_LINE, self.desk.previous_head)

    def _past_head(self, first: int) -> None:
        has_unit = not shared_unit(self.desk, self.columns)
        for place, column in enumerate(self.columns, start=first):
            label = column_label(
                self.desk, self.table.name, column, has_unit=has_unit, is_past=True
            )
            self.sheet.text(place, looks.HEAD_PAST, label)

    def _past_cell(self, place: int, column: GridColumn, value: Any) -> None:
        written = written_value(column.question, value, column.choices)
        if is_too_long(written):
            self.sheet.text(place, looks.LOCKED, self.desk.words.too_long)
        else:
            write_answer(self.sheet, place, column.question, written, Variant.READ)

    def _past_below(self) -> None:
        """The last round's figures under a wide table, column under column."""
        sheet = self.sheet
        heading(sheet, self.desk.previous_head, looks.HINT_LINE)
        has_unit = not shared_unit(self.desk, self.columns)
        labels = [
            column_label(self.desk, self.table.name, each, has_unit=has_unit)
            for each in self.columns
        ]
        widths = [sheet.widths.get(each.place, 9) for each in self.columns]
        text_row(sheet, height=head_height(zip(labels, widths, strict=True)))
        sheet.blank(NUMBER_COLUMN, looks.HEAD_PAST)
        sheet.blank(LABEL_COLUMN, looks.HEAD_PAST)
        self._past_head(FIRST_FREE)
        for number, (code, text) in enumerate(self.rows.items(), start=1):
            past = self.past.get(code)
            values = past if isinstance(past, Mapping) else {}
            text_row(sheet)
            sheet.text(NUMBER_COLUMN, looks.NUMBER, str(number))
            sheet.text(LABEL_COLUMN, looks.LABEL_IDLE, text)
            for column in self.columns:
                self._past_cell(column.place, column, values.get(column.name))
        space(sheet)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring columns taken together."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs
