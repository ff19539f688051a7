"""A section as a sheet."""

from collections.abc import Iterable, Iterator
from typing import Final

from surveys.engine import Element, Group, Kind, Question, Repeat, Section, Table, walk
from surveys.excelform import looks
from surveys.excelform.columns import (
    CODE_COLUMN,
    DONE_COLUMN,
    FIRST_FREE,
    LABEL_COLUMN,
    NUMBER_COLUMN,
    WIDTHS,
    columns_for,
)
from surveys.excelform.desk import Desk
from surveys.excelform.grids import GridColumn, grid_columns, width_of
from surveys.excelform.questions import QuestionWriter
from surveys.excelform.repeats import RepeatWriter, members_of
from surveys.excelform.rows import paragraph, space, text_row
from surveys.excelform.sheet import Sheet, quoted
from surveys.excelform.tables import TableWriter

_LONG: Final = 220
"""Characters of a hint above which it does not stay in sight."""
_PAGE: Final = 180
"""Characters that can be read on a printed page."""


def section_title(desk: Desk, section: Section) -> str:
    """What a section is called, with its number."""
    label = desk.say(section.name, section.label) or section.name
    if section.number and not label.startswith(f"{section.number}."):
        return f"{section.number}. {label}"
    return label


def section_sheet(desk: Desk, section: Section, *, name: str, guide: str) -> Sheet:
    """The sheet of a section."""
    sheet = Sheet(
        name,
        desk.strings,
        hidden_columns=frozenset({CODE_COLUMN, DONE_COLUMN}),
        footer=footer(desk),
    )
    _SectionWriter(desk, sheet, section).write(guide)
    return sheet


def footer(desk: Desk) -> str:
    """Whose form it is, of which round, and the page: at the foot of every printed page."""
    agency, round_ = (
        text.replace("&", "&&")[:90] for text in (desk.facts.agency, desk.facts.period)
    )
    return f'&L&"Arial"&8 {agency}&C&"Arial"&8 {round_}&R&"Arial"&8 {desk.words.page} &P/&N'


class _SectionWriter:
    def __init__(self, desk: Desk, sheet: Sheet, section: Section) -> None:
        self.desk = desk
        self.sheet = sheet
        self.section = section
        questions = list(_singles(section.elements))
        self.grids = [each for each in walk(section.elements) if isinstance(each, Table | Repeat)]
        self.columns = columns_for(questions, has_previous=bool(desk.previous))
        self.has_questions = bool(questions)
        self.questions = QuestionWriter(desk, sheet, self.columns)
        self.has_head = False
        self.heads: list[int] = []
        self.beside: set[str] = set()
        sheet.widths = self._widths()
        self.last = self.columns.last if self.has_questions else max(sheet.widths)

    def write(self, guide: str) -> None:
        """The title, then every element in its order."""
        desk, sheet, section = self.desk, self.sheet, self.section
        text_row(sheet, height=26)
        sheet.text(NUMBER_COLUMN, looks.TITLE, section_title(desk, section))
        top = text_row(sheet, height=18)
        sheet.text(NUMBER_COLUMN, looks.LINK, desk.words.back)
        sheet.link(NUMBER_COLUMN, f"{quoted(guide)}!A1", desk.words.back)
        intro = "\n".join(
            filter(None, (desk.say(section.name, section.hint), desk.only_if(section.name)))
        )
        if intro and not isinstance(section.elements[0], Table | Repeat):
            paragraph(sheet, intro, looks.HINT, last=self.last)
        if len(intro) <= _LONG:
            top = sheet.at
        self._elements(section.elements)
        sheet.end()
        head = self.heads[0] if len(self.heads) == 1 and self.heads[0] <= top + 6 else top
        columns = LABEL_COLUMN if self.has_questions or self._is_table else NUMBER_COLUMN
        sheet.frozen = (columns, head)
        if head != top:
            sheet.repeated_rows = (head, head)

    @property
    def _is_table(self) -> bool:
        return bool(self.grids) and isinstance(self.grids[0], Table)

    def _elements(self, elements: Iterable[Element]) -> None:
        for element in elements:
            match element:
                case Question():
                    self._question(element)
                case Group():
                    self._group(element)
                case Table():
                    is_beside = element.name in self.beside
                    self._grid(
                        TableWriter(self.desk, self.sheet, element, is_past_beside=is_beside)
                    )
                case Repeat():
                    self._grid(RepeatWriter(self.desk, self.sheet, element))

    def _question(self, question: Question) -> None:
        if not self.has_head:
            self.heads.append(self.questions.head())
            self.has_head = True
        self.questions.question(question)

    def _group(self, group: Group) -> None:
        first = next(iter(_leaves(group.children)), None)
        if isinstance(first, Question) and not self.has_head:
            self.heads.append(self.questions.head())
            self.has_head = True
        title = self.desk.say(group.name, group.label)
        said = [self.desk.say(group.name, group.hint), self.desk.only_if(group.name)]
        last = self.columns.last if self.has_questions else self.last
        if title:
            paragraph(self.sheet, title, looks.GROUP, last=last)
        for text in filter(None, said):
            paragraph(self.sheet, text, looks.HINT, last=last)
        self._elements(group.children)

    def _grid(self, writer: TableWriter | RepeatWriter) -> None:
        if self.has_head:
            space(self.sheet)
        self.heads.append(writer.write())
        self.has_head = False

    def _widths(self) -> dict[int, float]:
        """Every column wide enough for what stands in it; questions come first, grids widen."""
        places = self.columns.places if self.has_questions else {}
        widths = {place: WIDTHS[code] for code, place in places.items()}
        widths.setdefault(NUMBER_COLUMN, 6)
        if not self.has_questions and self._is_table:
            widths[LABEL_COLUMN] = 42
        for grid in self.grids:
            columns = _columns_of(self.desk, grid)
            for column in columns:
                wide = width_of(column, len(columns))
                widths[column.place] = max(widths.get(column.place, 0), wide)
            if isinstance(grid, Table) and self.desk.state.totals(grid.name).rows:
                total = FIRST_FREE + len(grid.columns)
                widths[total] = max(widths.get(total, 0), 14)
        for grid in self.grids:
            if isinstance(grid, Table) and self.desk.previous.get(grid.name):
                self._widen_past(widths, grid)
        return widths

    def _widen_past(self, widths: dict[int, float], table: Table) -> None:
        """Room for the last round's figures beside a table, where a page has it."""
        columns = _columns_of(self.desk, table)
        last = FIRST_FREE + len(columns) - 1 + bool(self.desk.state.totals(table.name).rows)
        wider = {last + 1: 2.0}
        wider |= {place: width_of(each) for place, each in enumerate(columns, start=last + 2)}
        wider = {place: max(width, widths.get(place, 0)) for place, width in wider.items()}
        if sum((widths | wider).values()) <= _PAGE:
            widths |= wider
            self.beside.add(table.name)


def _columns_of(desk: Desk, grid: Table | Repeat) -> tuple[GridColumn, ...]:
    if isinstance(grid, Table):
        return grid_columns(desk, grid.columns, FIRST_FREE)
    return grid_columns(desk, members_of(grid.children), LABEL_COLUMN)


def _singles(elements: Iterable[Element]) -> Iterator[Question]:
    """The questions outside grids that somebody sees."""
    return (
        each
        for each in _leaves(elements)
        if isinstance(each, Question)
        and each.kind is not Kind.HIDDEN
        and (each.label or each.kind is not Kind.CALCULATE)
    )


def _leaves(elements: Iterable[Element]) -> Iterator[Question | Table | Repeat]:
    for element in elements:
        if isinstance(element, Group):
            yield from _leaves(element.children)
        else:
            yield element
