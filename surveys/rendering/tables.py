"""From a table of the definition to its grid."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from surveys.engine import Kind, Question, Table, text_in
from surveys.rendering.controls import control_for
from surveys.rendering.figures import show_figure
from surveys.rendering.page import (
    Column,
    FindingLine,
    Sum,
    TableBlock,
    TableCell,
    TableRow,
    html_id,
)
from surveys.rendering.places import NUMERIC_KINDS, Places


class TableDrawer:
    """Draws tables; ``only`` names the cells that are wanted, all of them if ``None``."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.drawing = places.drawing
        self.state = places.state
        self.form = places.form
        self.language = places.language
        self.say = places.drawing.say

    def draw(self, table: Table, *, hidden: bool, only: frozenset[str] | None = None) -> TableBlock:
        """The grid with its totals and findings."""
        label = self.say(table.name, table.label) or table.name
        hint = self.say(table.name, table.hint)
        if hidden:
            return TableBlock(
                path=table.name, number=table.number, label=label, hint=hint, hidden=True
            )
        totals = self.state.totals(table.name)
        units = {text_in(column.unit, self.language) for column in table.columns}
        unit = units.pop() if len(units) == 1 else ""
        columns = tuple(self._column(table, column, has_unit=not unit) for column in table.columns)
        codes = self.state.rows(table.name)
        grand = self._sum(table, "grand", _("Total"), _("Total"), totals.grand)
        return TableBlock(
            path=table.name,
            number=table.number,
            label=label,
            hint=hint,
            unit=unit,
            answered_by=self.drawing.answered_by(table.name),
            columns=columns,
            scale=self._scale(table),
            rows=tuple(self._row(table, code, totals.rows, only) for code in codes),
            is_partial=only is not None,
            proposals=0
            if self.drawing.is_read_only(table.name)
            else len(self.state.proposals(table.name)),
            sums=self._column_sums(table, columns, totals.columns),
            row_totals=bool(totals.rows),
            grand=grand if totals.rows and totals.columns else None,
            unsaved=tuple(
                FindingLine(
                    grade="bad",
                    code="unsaved",
                    path=path,
                    text=text,
                    place=self.places.writer.place(path),
                    href=f"#c-{html_id(path)}",
                )
                for path, text in self.drawing.unsaved.items()
                if path.startswith(f"{table.name}/")
            ),
            findings=self.places.lines(
                [
                    table.name,
                    *(f"{table.name}/{c}/{q.name}" for c in codes for q in table.columns),
                ]
            ),
        )

    def _scale(self, table: Table) -> tuple[str, ...]:
        """The steps that every row is answered on, if the table is drawn as a scale."""
        if "likert" not in table.appearance.split() or len(table.columns) != 1:
            return ()
        (column,) = table.columns
        if column.kind is not Kind.SELECT_ONE or column.choice_filter:
            return ()
        choices = self.form.choices_of(column)
        return tuple(self.say(table.name, choice.label) for choice in choices)

    def _column(self, table: Table, column: Question, *, has_unit: bool) -> Column:
        return Column(
            name=column.name,
            label=self.say(table.name, column.label) or column.name,
            unit=text_in(column.unit, self.language) if has_unit else "",
            numeric=column.kind in NUMERIC_KINDS,
            guidance=self.say(table.name, column.guidance),
            hint=self.say(table.name, column.hint),
            codes=" ".join(column.missing) if column.is_answerable else "",
        )

    def _row(
        self,
        table: Table,
        code: str,
        row_totals: Mapping[str, str | None],
        only: frozenset[str] | None = None,
    ) -> TableRow:
        choice = self.form.definition.lists[table.row_list].by_name()[code]
        label = self.say(table.name, choice.label)
        total = self._sum(
            table,
            f"row-{code}",
            _("%(row)s, total") % {"row": label},
            _("Total"),
            row_totals.get(code),
        )
        return TableRow(
            code=code,
            label=label,
            cells=tuple(
                self._cell(column, path, label)
                for column in table.columns
                for path in [f"{table.name}/{code}/{column.name}"]
                if only is None or path in only
            ),
            total=total if row_totals else None,
        )

    def _cell(self, column: Question, path: str, row_label: str) -> TableCell:
        label = self.say(path, column.label) or column.name
        if self.state.is_closed(path) or not self.state.is_relevant(path):
            return TableCell(path=path, column=label, control=None)
        control = control_for(
            self.drawing, column, path, label=f"{row_label}, {label}", compact=True
        )
        return TableCell(
            path=path,
            column=label,
            control=control,
            grade=self.places.grade(path),
            mark=control.missing or self.places.warned_change(column, path),
        )

    def _column_sums(
        self, table: Table, columns: tuple[Column, ...], totals: Mapping[str, str | None]
    ) -> tuple[Sum | None, ...]:
        if not totals:
            return ()
        return tuple(
            self._sum(
                table,
                f"column-{column.name}",
                _("Total %(column)s") % {"column": column.label},
                column.label,
                totals[column.name],
            )
            if column.name in totals
            else None
            for column in columns
        )

    def _sum(self, table: Table, part: str, label: str, column: str, value: str | None) -> Sum:
        return Sum(
            id=f"sum-{html_id(table.name)}-{html_id(part)}",
            label=label,
            column=column,
            text=show_figure(value, self.language) if value is not None else "",
        )
