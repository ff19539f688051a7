"""From definition and form state to the page of one section."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.engine import (
    Element,
    Finding,
    Group,
    Indicator,
    Kind,
    Question,
    Repeat,
    Table,
    text_in,
)
from surveys.engine import Section as FormSection
from surveys.rendering.controls import Drawing, control_for, value_text
from surveys.rendering.figures import show_change, show_figure
from surveys.rendering.findings import FindingWriter, by_grade, summary
from surveys.rendering.messages import GRADES
from surveys.rendering.page import (
    Block,
    Column,
    Facts,
    FindingLine,
    GroupBlock,
    NoteBlock,
    QuestionBlock,
    RepeatBlock,
    RepeatRow,
    SectionPage,
    Sum,
    TableBlock,
    TableCell,
    TableRow,
    html_id,
)

NUMERIC_KINDS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE})


def section_page(drawing: Drawing, name: str, *, say_missing: bool = False) -> SectionPage:
    """The page of the section ``name``.

    Missing answers are findings only when ``say_missing`` is set, that is after an attempt to send:
    nobody is scolded for what they have not come to yet.
    """
    form = drawing.state.form
    section = next(section for section in form.sections if section.name == name)
    return _Builder(drawing, say_missing=say_missing).page(section)


def changed_page(drawing: Drawing, name: str, changed: frozenset[str]) -> SectionPage:
    """The page of the section with those blocks only that show a place of ``changed``.

    A table of which single cells changed has those cells only, its totals and its findings.
    """
    form = drawing.state.form
    section = next(section for section in form.sections if section.name == name)
    return _Builder(drawing, say_missing=False).page(section, changed)


def previous_value(previous: Mapping[str, Any] | None, path: str) -> Any:
    """The last round's answer at ``path``; ``None`` for rows of repeats, which have no counterpart."""
    here: Any = previous or {}
    for step in path.split("/"):
        if not isinstance(here, Mapping):
            return None
        here = here.get(step)
    return here


class _Builder:
    def __init__(self, drawing: Drawing, *, say_missing: bool) -> None:
        self.drawing = drawing
        self.state = drawing.state
        self.form = drawing.state.form
        self.language = drawing.language
        self.say_missing = say_missing
        self.previous = self.state.context.previous
        self.writer = FindingWriter(drawing)
        self.indicators: Mapping[str, Indicator] = {
            indicator.code: indicator for indicator in self.form.definition.indicators
        }
        self.findings: Mapping[str, list[Finding]] = {}

    def page(self, section: FormSection, changed: frozenset[str] | None = None) -> SectionPage:
        found = [
            finding
            for finding in self.state.findings(section.name)
            if self.say_missing or finding.code != "required_missing"
        ]
        by_path: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in found:
            by_path[finding.path].append(finding)
        self.findings = by_path
        return SectionPage(
            name=section.name,
            number=section.number,
            title=text_in(section.label, self.language) or section.name,
            hint=text_in(section.hint, self.language),
            blocks=self.blocks(section.elements)
            if changed is None
            else tuple(self.changed(section.elements, changed)),
            problems=summary(self.writer, found),
        )

    def blocks(
        self, elements: Iterable[Element], prefix: str = "", *, as_fields: bool = False
    ) -> tuple[Block, ...]:
        return tuple(
            self.block(element, prefix, as_field=as_fields)
            for element in elements
            if not (isinstance(element, Question) and self._is_unseen(element))
        )

    def changed(
        self,
        elements: Iterable[Element],
        changed: frozenset[str],
        prefix: str = "",
        *,
        as_fields: bool = False,
    ) -> Iterator[Block]:
        """The smallest blocks that show all of ``changed``."""
        for element in elements:
            path = f"{prefix}{element.name}"
            if isinstance(element, Question) and self._is_unseen(element):
                continue
            if path in changed:
                yield self.block(element, prefix, as_field=as_fields)
            elif not isinstance(element, Question) and self.state.is_relevant(path):
                yield from self._changed_within(element, changed, prefix)

    def _changed_within(
        self, element: Group | Repeat | Table, changed: frozenset[str], prefix: str
    ) -> Iterator[Block]:
        match element:
            case Group():
                as_fields = _are_fields(element)
                inner = list(self.changed(element.children, changed, prefix, as_fields=as_fields))
                # Fields share the group's mark and facts, so the group goes as a whole.
                if inner and as_fields:
                    yield self.block(element, prefix, as_field=False)
                else:
                    yield from inner
            case Repeat():
                for row_id in self.state.rows(element.name):
                    row = f"{element.name}/{row_id}/"
                    if any(path.startswith(row) for path in changed):
                        yield from self.changed(element.children, changed, row, as_fields=True)
            case Table():
                if any(path.startswith(f"{element.name}/") for path in changed):
                    yield self.table(element, hidden=False, only=changed)

    def block(self, element: Element, prefix: str, *, as_field: bool) -> Block:
        path = f"{prefix}{element.name}"
        hidden = not self.state.is_relevant(path)
        match element:
            case Group():
                return self.group(element, path, prefix, hidden=hidden)
            case Repeat():
                return self.repeat(element, hidden=hidden)
            case Table():
                return self.table(element, hidden=hidden)
            case Question():
                return self.question(element, path, hidden=hidden, as_field=as_field)

    def group(self, group: Group, path: str, prefix: str, *, hidden: bool) -> GroupBlock:
        as_fields = _are_fields(group)
        return GroupBlock(
            path=path,
            label=text_in(group.label, self.language),
            hint=text_in(group.hint, self.language),
            blocks=() if hidden else self.blocks(group.children, prefix, as_fields=as_fields),
            hidden=hidden,
        )

    def question(
        self, question: Question, path: str, *, hidden: bool, as_field: bool
    ) -> QuestionBlock | NoteBlock:
        label = text_in(question.label, self.language) or question.name
        hint = text_in(question.hint, self.language)
        if question.kind is Kind.NOTE:
            return NoteBlock(path=path, label=label, hint=hint, hidden=hidden)
        return QuestionBlock(
            path=path,
            number=question.number,
            label=label,
            hint=hint,
            control=control_for(self.drawing, question, path, label=label, compact=False),
            findings=() if hidden else self.lines([path]),
            facts=Facts() if hidden else self.facts(question, path),
            hidden=hidden,
            is_field=as_field,
        )

    def repeat(self, repeat: Repeat, *, hidden: bool) -> RepeatBlock:
        row_ids = () if hidden else self.state.rows(repeat.name)
        return RepeatBlock(
            path=repeat.name,
            number=repeat.number,
            label=text_in(repeat.label, self.language) or repeat.name,
            hint=text_in(repeat.hint, self.language),
            rows=tuple(
                self.repeat_row(repeat, row_id, position, len(row_ids))
                for position, row_id in enumerate(row_ids, start=1)
            ),
            is_counted=bool(repeat.repeat_count),
            read_only=self.drawing.is_locked,
            findings=() if hidden else self.lines([repeat.name]),
            hidden=hidden,
        )

    def repeat_row(self, repeat: Repeat, row_id: str, position: int, count: int) -> RepeatRow:
        return RepeatRow(
            row_id=row_id,
            position=position,
            blocks=self.blocks(repeat.children, f"{repeat.name}/{row_id}/", as_fields=True),
            is_first=position == 1,
            is_last=position == count,
        )

    def table(
        self, table: Table, *, hidden: bool, only: frozenset[str] | None = None
    ) -> TableBlock:
        label = text_in(table.label, self.language) or table.name
        hint = text_in(table.hint, self.language)
        if hidden:
            return TableBlock(
                path=table.name, number=table.number, label=label, hint=hint, hidden=True
            )
        totals = self.state.totals(table.name)
        units = {column.unit for column in table.columns}
        unit = units.pop() if len(units) == 1 else ""
        columns = tuple(self.column(column, has_unit=not unit) for column in table.columns)
        codes = self.state.rows(table.name)
        grand = self._sum(table, "grand", _("Total"), _("Total"), totals.grand)
        return TableBlock(
            path=table.name,
            number=table.number,
            label=label,
            hint=hint,
            unit=unit,
            columns=columns,
            rows=tuple(self.table_row(table, code, totals.rows, only) for code in codes),
            is_partial=only is not None,
            sums=self._column_sums(table, columns, totals.columns),
            row_totals=bool(totals.rows),
            grand=grand if totals.rows and totals.columns else None,
            findings=self.lines(
                [
                    table.name,
                    *(f"{table.name}/{c}/{q.name}" for c in codes for q in table.columns),
                ]
            ),
        )

    def column(self, column: Question, *, has_unit: bool) -> Column:
        return Column(
            name=column.name,
            label=text_in(column.label, self.language) or column.name,
            unit=column.unit if has_unit else "",
            numeric=column.kind in NUMERIC_KINDS,
            guidance=text_in(column.guidance, self.language),
        )

    def table_row(
        self,
        table: Table,
        code: str,
        row_totals: Mapping[str, str | None],
        only: frozenset[str] | None = None,
    ) -> TableRow:
        choice = self.form.definition.lists[table.row_list].by_name()[code]
        label = text_in(choice.label, self.language)
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
                self.table_cell(column, path, label)
                for column in table.columns
                for path in [f"{table.name}/{code}/{column.name}"]
                if only is None or path in only
            ),
            total=total if row_totals else None,
        )

    def table_cell(self, column: Question, path: str, row_label: str) -> TableCell:
        label = text_in(column.label, self.language) or column.name
        if self.state.is_closed(path) or not self.state.is_relevant(path):
            return TableCell(path=path, column=label, control=None)
        control = control_for(
            self.drawing, column, path, label=f"{row_label}, {label}", compact=True
        )
        grade = next(iter(by_grade(self.lines([path]))), None)
        return TableCell(
            path=path,
            column=label,
            control=control,
            grade=grade.grade if grade else "",
            mark=control.missing or self._cell_change(column, path),
        )

    def lines(self, paths: Iterable[str]) -> tuple[FindingLine, ...]:
        lines: list[FindingLine] = []
        for path in paths:
            asked = False
            for finding in self.findings.get(path, ()):
                line = self.writer.line(finding, ask=not asked)
                asked = asked or line.explanation is not None
                lines.append(line)
        return by_grade(lines)

    def facts(self, question: Question, path: str) -> Facts:
        indicator = self.indicators.get(question.indicator)
        before = previous_value(self.previous, path)
        choices = (
            self.form.definition.lists[question.list_name].by_name() if question.list_name else {}
        )
        return Facts(
            previous=value_text(question, before, self.language, choices),
            change=self._change(question, before, path),
            guidance=text_in(question.guidance, self.language),
            indicator=text_in(indicator.label, self.language) if indicator else "",
            legal_basis=indicator.legal_basis if indicator else "",
        )

    def _change(self, question: Question, before: object, path: str) -> str:
        now = self.state.value(path)
        if question.kind not in NUMERIC_KINDS:
            return ""
        if not (isinstance(before, str) and isinstance(now, str)):
            return ""
        return show_change(before, now, self.language)

    def _cell_change(self, column: Question, path: str) -> str:
        if not any(GRADES[finding.grade] == "warn" for finding in self.findings.get(path, ())):
            return ""
        return self._change(column, previous_value(self.previous, path), path)

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

    @staticmethod
    def _is_unseen(question: Question) -> bool:
        return question.kind is Kind.HIDDEN or (
            question.kind is Kind.CALCULATE and not question.label
        )


def _are_fields(group: Group) -> bool:
    return all(isinstance(child, Question) for child in group.children)
