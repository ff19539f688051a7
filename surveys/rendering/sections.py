"""From definition and form state to the page of one section."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
from surveys.rendering.messages import GRADES, finding_text
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
from surveys.rendering.seen import seen_at, sign

NUMERIC_KINDS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE})


def section_page(drawing: Drawing, name: str, *, say_missing: bool = False) -> SectionPage:
    """The page of the section ``name``.

    Missing answers are findings only when ``say_missing`` is set, that is after an attempt to send:
    nobody is scolded for what they have not come to yet.
    """
    form = drawing.state.form
    section = next(section for section in form.sections if section.name == name)
    return _Builder(drawing, say_missing=say_missing).page(section)


def previous_value(previous: Mapping[str, Any] | None, path: str) -> Any:
    """The last round's answer at ``path``; ``None`` for rows of repeats, which have no counterpart."""
    here: Any = previous or {}
    for step in path.split("/"):
        if not isinstance(here, Mapping):
            return None
        here = here.get(step)
    return here


def element_label(element: Element, language: str) -> str:
    """An element's number and label on one line."""
    number = "" if isinstance(element, Group) else element.number
    label = text_in(element.label, language) or element.name
    return f"{number}. {label}" if number else label


class FindingWriter:
    """Puts findings into words and gives each its place."""

    def __init__(self, drawing: Drawing) -> None:
        self.state = drawing.state
        self.form = drawing.state.form
        self.language = drawing.language
        self.is_locked = drawing.is_locked

    def line(self, finding: Finding, *, ask: bool = True) -> FindingLine:
        """The finding as a line; ``ask`` for its explanation where the grade wants one."""
        grade = GRADES[finding.grade]
        name = finding.path.rsplit("/", 1)[-1]
        element = self.form.element(name)
        typed = self.state.cell(finding.path).typed if isinstance(element, Question) else ""
        is_answer = isinstance(element, Question) and element.is_answerable
        seen = seen_at(
            self.state, finding.path, self.state.cell(finding.path) if is_answer else None
        )
        wants_words = grade == "warn" and ask
        return FindingLine(
            grade=grade,
            code=finding.code,
            path=finding.path,
            text=finding_text(
                finding,
                self.language,
                kind=element.kind.value if isinstance(element, Question) else "",
                typed=typed,
            ),
            place=self.place(finding.path),
            href=f"#{self._anchor(finding.path, element)}",
            explanation=seen.explanation if wants_words else None,
            seen=sign(finding.path, seen) if wants_words else "",
            read_only=self.is_locked,
        )

    def place(self, path: str) -> str:
        """Where a path stands, in the words of the questionnaire."""
        first, *rest = path.split("/")
        element = self.form.element(first)
        label = element_label(element, self.language)
        if len(rest) != 2:
            return label
        row, name = rest
        question = text_in(self.form.question(name).label, self.language)
        head = element.number if isinstance(element, Table | Repeat) and element.number else label
        return f"{head}. {self._row_label(element, row)}, {question}"

    def _row_label(self, element: Element, row: str) -> str:
        if isinstance(element, Table):
            choice = self.form.definition.lists[element.row_list].by_name().get(row)
            return text_in(choice.label, self.language) if choice else row
        rows = self.state.rows(element.name)
        position = rows.index(row) + 1 if row in rows else 0
        return _("row %(position)s") % {"position": position}

    @staticmethod
    def _anchor(path: str, element: Element) -> str:
        is_field = isinstance(element, Question) and element.is_answerable
        return f"c-{html_id(path)}" if is_field else f"q-{html_id(path)}"


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

    def page(self, section: FormSection) -> SectionPage:
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
            blocks=self.blocks(section.elements),
            problems=_by_grade(
                self.writer.line(finding, ask=False)
                for finding in found
                if not (finding.explained and GRADES[finding.grade] == "warn")
            ),
        )

    def blocks(self, elements: Iterable[Element], prefix: str = "") -> tuple[Block, ...]:
        return tuple(
            self.block(element, prefix)
            for element in elements
            if not (isinstance(element, Question) and self._is_unseen(element))
        )

    def block(self, element: Element, prefix: str) -> Block:
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
                return self.question(element, path, hidden=hidden, in_row=bool(prefix))

    def group(self, group: Group, path: str, prefix: str, *, hidden: bool) -> GroupBlock:
        return GroupBlock(
            path=path,
            label=text_in(group.label, self.language),
            hint=text_in(group.hint, self.language),
            blocks=() if hidden else self.blocks(group.children, prefix),
            hidden=hidden,
        )

    def question(
        self, question: Question, path: str, *, hidden: bool, in_row: bool
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
            facts=Facts() if hidden or in_row else self.facts(question, path),
            hidden=hidden,
            in_row=in_row,
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
            blocks=self.blocks(repeat.children, f"{repeat.name}/{row_id}/"),
            is_first=position == 1,
            is_last=position == count,
        )

    def table(self, table: Table, *, hidden: bool) -> TableBlock:
        label = text_in(table.label, self.language) or table.name
        hint = text_in(table.hint, self.language)
        if hidden:
            return TableBlock(
                path=table.name, number=table.number, label=label, hint=hint, hidden=True
            )
        totals = self.state.totals(table.name)
        columns = tuple(self.column(column) for column in table.columns)
        codes = self.state.rows(table.name)
        grand = self._sum(table, "grand", _("Total"), _("Total"), totals.grand)
        return TableBlock(
            path=table.name,
            number=table.number,
            label=label,
            hint=hint,
            columns=columns,
            rows=tuple(self.table_row(table, code, totals.rows) for code in codes),
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

    def column(self, column: Question) -> Column:
        return Column(
            name=column.name,
            label=text_in(column.label, self.language) or column.name,
            unit=column.unit,
            numeric=column.kind in NUMERIC_KINDS,
            guidance=text_in(column.guidance, self.language),
        )

    def table_row(self, table: Table, code: str, row_totals: Mapping[str, str | None]) -> TableRow:
        choice = self.form.definition.lists[table.row_list].by_name()[code]
        label = text_in(choice.label, self.language)
        total = self._sum(
            table, f"row-{code}", f"{label}, {_('total')}", _("Total"), row_totals.get(code)
        )
        return TableRow(
            code=code,
            label=label,
            cells=tuple(
                self.table_cell(column, f"{table.name}/{code}/{column.name}", label)
                for column in table.columns
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
        grade = next(iter(_by_grade(self.lines([path]))), None)
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
        return _by_grade(lines)

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
            target=show_figure(indicator.target, self.language) if indicator else "",
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
                f"{_('Total')} {column.label}",
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


def _by_grade(lines: Iterable[FindingLine]) -> tuple[FindingLine, ...]:
    order = {"bad": 0, "warn": 1, "info": 2}
    return tuple(sorted(lines, key=lambda line: order[line.grade]))
