"""The first sheet: whose form it is, what is done, how it is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.engine import Progress
from surveys.excelform import looks
from surveys.excelform.desk import Desk
from surveys.excelform.sections import footer
from surveys.excelform.sheet import LINE, Sheet, letters, lines_of, quoted

_FIRST, _TEXT, _ANSWERED, _OF, _STATE = 2, 3, 4, 5, 6
_WIDTHS = {1: 2.0, _FIRST: 22.0, _TEXT: 78.0, _ANSWERED: 14.0, _OF: 14.0, _STATE: 18.0}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the contents."""

    title: str
    sheet: str
    progress: Progress
    is_asked: bool


def guide_sheet(desk: Desk, chapters: Sequence[Chapter], *, name: str, title: str) -> Sheet:
    """The sheet of instructions and contents."""
    sheet = Sheet(
        name,
        desk.strings,
        widths=dict(_WIDTHS),
        footer=footer(desk),
        may_insert_rows=False,
    )
    writer = _GuideWriter(desk, sheet)
    writer.facts(title)
    writer.contents(chapters)
    writer.rules()
    return sheet


class _GuideWriter:
    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        self.desk = desk
        self.sheet = sheet
        self.words = desk.words

    def facts(self, title: str) -> None:
        """What, for whom, until when."""
        facts, words, sheet = self.desk.facts, self.words, self.sheet
        sheet.begin(height=30)
        sheet.text(_FIRST, looks.TITLE, title)
        sheet.begin(height=18)
        sheet.text(_FIRST, looks.KICKER, facts.campaign)
        sheet.begin(height=8)
        said = (
            (words.agency, facts.agency),
            (words.period, facts.period),
            (words.deadline, facts.deadline),
            (words.basis, facts.basis),
            (words.hand_in, facts.address),
            (
                words.version,
                f"{facts.questionnaire}, {words.version_number.format(number=facts.version)}",
            ),
            (words.made_at, f"{facts.made_at:%H:%M %d/%m/%Y}"),
        )
        for name, value in said:
            if value:
                self._pair(name, value)
        sheet.begin(height=8)

    def contents(self, chapters: Sequence[Chapter]) -> None:
        """A link to every sheet, with a live count of what is answered there."""
        sheet, words = self.sheet, self.words
        self._heading(words.contents)
        sheet.begin(height=22)
        sheet.text(_FIRST, looks.HEAD_LEFT, words.section)
        sheet.blank(_TEXT, looks.HEAD_LEFT)
        sheet.merge(_FIRST, _TEXT)
        for column, head in (
            (_ANSWERED, words.answered),
            (_OF, words.of),
            (_STATE, words.state),
        ):
            sheet.text(column, looks.HEAD, head)
        first = sheet.at + 1
        for chapter in chapters:
            self._chapter(chapter)
        self._sum(chapters, first)
        sheet.begin(height=8)

    def rules(self) -> None:
        """How it is filled in."""
        words, sheet = self.words, self.sheet
        self._heading(words.how)
        for number, text in enumerate((*self.desk.facts.guidance, *words.rules), start=1):
            self._paragraph(f"{number}. {text}")
        sheet.begin(height=8)
        self._heading(words.missing_title)
        for code, said in words.missing.items():
            self._pair(code, said)
        sheet.begin(height=8)
        self._heading(words.key)
        for style, said in (
            (looks.KEY_OPEN, words.key_open),
            (looks.KEY_READ, words.key_read),
            (looks.CLOSED, words.key_closed),
        ):
            sheet.begin(height=18)
            sheet.blank(_FIRST, style)
            sheet.text(_TEXT, looks.PARAGRAPH, said)

    def _chapter(self, chapter: Chapter) -> None:
        sheet, words = self.sheet, self.words
        width = _WIDTHS[_FIRST] + _WIDTHS[_TEXT]
        row = sheet.begin(height=lines_of(chapter.title, width) * LINE + 5)
        sheet.text(_FIRST, looks.CONTENTS, chapter.title)
        sheet.blank(_TEXT, looks.CONTENTS)
        sheet.merge(_FIRST, _TEXT)
        place = quoted(chapter.sheet)
        sheet.link(_FIRST, f"{place}!A1", chapter.title)
        answered, total = chapter.progress.answered, chapter.progress.total
        if not chapter.is_asked:
            sheet.blank(_ANSWERED, looks.COUNT)
            sheet.blank(_OF, looks.COUNT)
            sheet.text(_STATE, looks.STATE, words.not_asked)
            return
        sheet.formula(_ANSWERED, looks.COUNT, f"SUM({place}!$B:$B)", str(answered))
        sheet.formula(_OF, looks.COUNT, f"COUNT({place}!$B:$B)", str(total))
        self._state(row, answered, total)

    def _sum(self, chapters: Sequence[Chapter], first: int) -> None:
        sheet, words = self.sheet, self.words
        asked = [each.progress for each in chapters if each.is_asked]
        row = sheet.begin(height=20)
        sheet.text(_FIRST, looks.TOTAL_LABEL, words.all)
        sheet.blank(_TEXT, looks.TOTAL_LABEL)
        sheet.merge(_FIRST, _TEXT)
        answered = sum(each.answered for each in asked)
        total = sum(each.total for each in asked)
        for column, cached in ((_ANSWERED, answered), (_OF, total)):
            at = letters(column)
            formula = f"SUM({at}{first}:{at}{row - 1})"
            sheet.formula(column, looks.COUNT_TOTAL, formula, str(cached))
        self._state(row, answered, total)

    def _state(self, row: int, answered: int, total: int) -> None:
        words = self.words
        done, of = f"{letters(_ANSWERED)}{row}", f"{letters(_OF)}{row}"
        cached = "" if not answered else words.done if answered >= total else words.begun
        formula = f'IF({done}=0,"",IF({done}>={of},"{words.done}","{words.begun}"))'
        self.sheet.formula(_STATE, looks.STATE, formula, cached, is_text=True)

    def _heading(self, text: str) -> None:
        self.sheet.begin(height=20)
        self.sheet.text(_FIRST, looks.HEADING, text)

    def _paragraph(self, text: str) -> None:
        last = _STATE
        width = sum(_WIDTHS[each] for each in range(_FIRST, last + 1))
        self.sheet.begin(height=lines_of(text, width) * LINE + 3)
        self.sheet.text(_FIRST, looks.PARAGRAPH, text)
        self.sheet.merge(_FIRST, last)

    def _pair(self, name: str, value: str) -> None:
        width = sum(_WIDTHS[each] for each in range(_TEXT, _STATE + 1))
        self.sheet.begin(height=lines_of(value, width) * LINE + 3)
        self.sheet.text(_FIRST, looks.FACT, name)
        self.sheet.text(_TEXT, looks.FACT_VALUE, value)
        self.sheet.merge(_TEXT, _STATE)
