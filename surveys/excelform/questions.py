"""Single questions: a row each, and one for each choice where several may be chosen."""

from collections.abc import Mapping
from typing import Any, Final

from surveys.engine import Cell, Kind, MissingCode, Question, text_in
from surveys.excelform import codes, looks, rules
from surveys.excelform.answers import (
    EMPTY,
    Written,
    is_too_long,
    write_answer,
    written_cell,
    written_value,
)
from surveys.excelform.columns import CODE_COLUMN, DONE_COLUMN, Columns
from surveys.excelform.desk import Desk
from surveys.excelform.rows import paragraph, text_row
from surveys.excelform.sheet import Sheet, letters
from surveys.excelform.styles import Form, Variant

MOST_ROWS: Final = 40
"""Choices that get a row each; of longer lists several are typed into one cell."""

_SEVERAL: Final = {Kind.SELECT_MULTIPLE, Kind.RANK}
_ATTACHED: Final = {Kind.FILE, Kind.IMAGE}
_AFTER: Final = (codes.MISSING, codes.REASON, codes.EXPECTED, codes.EXPLANATION)


class QuestionWriter:
    """Writes the single questions of one sheet."""

    def __init__(self, desk: Desk, sheet: Sheet, columns: Columns) -> None:
        self.desk = desk
        self.sheet = sheet
        self.columns = columns
        self.words = desk.words

    def head(self) -> int:
        """The hidden codes of the columns, then what they are called; the row of the latter."""
        sheet, words = self.sheet, self.words
        sheet.begin(is_hidden=True)
        sheet.code(CODE_COLUMN, looks.CODE, codes.COLUMNS)
        sheet.code(DONE_COLUMN, looks.CODE, codes.DONE)
        for code, column in self.columns.places.items():
            sheet.code(column, looks.CODE, code)
        heads = {
            codes.NUMBER: words.number,
            codes.LABEL: words.question,
            codes.ANSWER: words.answer,
            codes.UNIT: words.unit,
            codes.PREVIOUS: self.desk.previous_head,
            codes.MISSING: words.missing_head,
            codes.REASON: words.reason,
            codes.EXPECTED: words.expected,
            codes.EXPLANATION: words.explanation,
        }
        row = text_row(sheet, height=32)
        for code, column in self.columns.places.items():
            style = looks.HEAD_LEFT if code == codes.LABEL else looks.HEAD
            sheet.text(column, style, heads[code])
        return row

    def question(self, question: Question) -> None:
        """All rows of a question; none for one that nobody sees."""
        if question.kind is Kind.HIDDEN or (question.kind is Kind.CALCULATE and not question.label):
            return
        if question.kind is Kind.NOTE:
            self._note(question)
        elif not self.desk.part(question.name).is_asked or question.kind in _ATTACHED:
            self._shown(question)
        else:
            self._asked(question)

    def _note(self, note: Question) -> None:
        text = "\n".join(
            filter(None, (self.desk.label(note, note.name), self.desk.hint(note, note.name)))
        )
        paragraph(self.sheet, text, looks.NOTE, last=self.columns.last)

    def _shown(self, question: Question) -> None:
        """What is worked out or attached: a row that is only read."""
        name = question.name
        is_attached = question.kind in _ATTACHED
        text_row(self.sheet)
        if is_attached and self.desk.is_counted(name):
            done = "1" if self.desk.is_done(name) else "0"
            self.sheet.number(DONE_COLUMN, looks.CODE, done)
        self._label(question, is_idle=False)
        answer = self.columns.at(codes.ANSWER)
        value = None if is_attached else self.desk.state.value(name)
        written = written_value(question, value, self.desk.choices(question))
        if written == EMPTY:
            said = self.words.on_page if is_attached else self.words.computed
            self.sheet.text(answer, looks.LOCKED, said)
        else:
            write_answer(self.sheet, answer, question, written, Variant.READ)
        self._beside(question)
        for code in _AFTER:
            self._blank(code)

    def _asked(self, question: Question) -> None:
        name, state = question.name, self.desk.state
        cell = state.cell(name)
        is_idle = bool(self.desk.part(name).guards) and not state.is_relevant(name)
        offered = self._ticked(question)
        row = self.sheet.begin()
        self.sheet.code(CODE_COLUMN, looks.CODE, f"{codes.QUESTION}{name}")
        if not is_idle:
            self._done(question, row)
        self._label(question, is_idle=is_idle)
        if offered is None:
            self._answer(question, cell, is_idle=is_idle)
        else:
            self._count(question, cell, row, len(offered))
        self._beside(question)
        self._remarks(question, cell)
        if offered is not None:
            self._choices(question, cell, offered)

    def _ticked(self, question: Question) -> Mapping[str, str] | None:
        """The choices that get a row each, where they do."""
        choices = self.desk.choices(question)
        if question.kind not in _SEVERAL or len(choices) > MOST_ROWS:
            return None
        if question.choice_filter:
            return None
        return choices

    def _done(self, question: Question, row: int) -> None:
        """Whether there is an answer or a code why there is none, as the contents count."""
        cells = [self.columns.at(codes.ANSWER)]
        if question.missing:
            cells.append(self.columns.at(codes.MISSING))
        filled = ",".join(f'{letters(column)}{row}<>""' for column in cells)
        done = "1" if self.desk.is_done(question.name) else "0"
        self.sheet.formula(DONE_COLUMN, looks.CODE, f"IF(OR({filled}),1,0)", done)

    def _label(self, question: Question, *, is_idle: bool) -> None:
        number, label = self.columns.at(codes.NUMBER), self.columns.at(codes.LABEL)
        self.sheet.text(number, looks.NUMBER, question.number)
        said = self.desk.label(question, question.name)
        if said.startswith(f"{question.number}.") and question.number:
            said = said.removeprefix(f"{question.number}.").strip()
        hint = "\n".join(
            filter(None, (self.desk.hint(question, question.name), self._how(question)))
        )
        style = looks.LABEL_IDLE if is_idle else looks.LABEL
        place = self.desk.with_hint(said, hint)
        self.sheet.string(label, style, place, f"{said}\n{hint}" if hint else said)

    def _how(self, question: Question) -> str:
        """How several choices are marked."""
        if self._ticked(question) is None:
            return self.words.several_hint if question.kind in _SEVERAL else ""
        is_rank = question.kind is Kind.RANK
        return self.words.rank_below if is_rank else self.words.tick_below

    def _answer(self, question: Question, cell: Cell, *, is_idle: bool) -> None:
        column, name = self.columns.at(codes.ANSWER), question.name
        written = written_cell(question, cell, self.desk.choices(question))
        if is_too_long(written):
            self.sheet.text(column, looks.LOCKED, self.words.too_long)
            return
        variant = Variant.IDLE if is_idle else Variant.OPEN
        if cell.typed:
            variant = Variant.UNREAD
        elif self.desk.state.is_read_only(name):
            variant = Variant.READ
        write_answer(self.sheet, column, question, written, variant)
        rules.allow_answers(
            self.desk, self.sheet, question, f"{letters(column)}{self.sheet.at}",
            offered=self._offered(question),
        )  # fmt: skip

    def _offered(self, question: Question) -> list[str] | None:
        if question.kind is not Kind.SELECT_ONE:
            return None
        words = self.desk.choices(question)
        if not question.choice_filter:
            return list(words.values())
        offered = self.desk.state.choices(question.name)
        # While nothing is chosen above, nothing is on offer: then the whole list is better than none.
        return [words[each.name] for each in offered] or list(words.values())

    def _count(self, question: Question, cell: Cell, row: int, number: int) -> None:
        """How many choices have a mark in the rows below."""
        column = self.columns.at(codes.ANSWER)
        cells = f"{letters(column)}{row + 1}:{letters(column)}{row + number}"
        words = self.words
        chosen = len(_chosen(cell))
        formula = f'IF(COUNTA({cells})=0,"",COUNTA({cells})&"/{number} {words.ticked}")'
        cached = f"{chosen}/{number} {words.ticked}" if chosen else ""
        self.sheet.formula(column, looks.LOCKED, formula, cached, is_text=True)

    def _choices(self, question: Question, cell: Cell, offered: Mapping[str, str]) -> None:
        chosen = _chosen(cell)
        column, first = self.columns.at(codes.ANSWER), self.sheet.at + 1
        is_rank = question.kind is Kind.RANK
        for code, text in offered.items():
            self.sheet.begin()
            self.sheet.code(CODE_COLUMN, looks.CODE, f"{codes.CHOICE}{question.name}/{code}")
            self.sheet.blank(self.columns.at(codes.NUMBER), looks.NUMBER)
            self.sheet.text(self.columns.at(codes.LABEL), looks.CHOICE, text)
            if code not in chosen:
                self.sheet.blank(column, looks.TICK)
            elif is_rank:
                self.sheet.number(column, looks.RANK, str(chosen.index(code) + 1))
            else:
                self.sheet.text(column, looks.TICK, codes.TICK)
        cells = f"{letters(column)}{first}:{letters(column)}{self.sheet.at}"
        if is_rank:
            rules.allow_rank(self.desk, self.sheet, cells, len(offered))
        else:
            rules.allow_tick(self.desk, self.sheet, cells)

    def _beside(self, question: Question) -> None:
        """Unit and last round, as far as the sheet has columns for them."""
        if unit := self.columns.at(codes.UNIT):
            self.sheet.text(unit, looks.UNIT, text_in(question.unit, self.desk.language))
        if previous := self.columns.at(codes.PREVIOUS):
            value = None
            if question.kind not in _ATTACHED:
                value = self.desk.previous.get(question.name)
            written = written_value(question, value, self.desk.choices(question))
            if is_too_long(written):
                written = Written(self.words.too_long)
            write_answer(self.sheet, previous, question, written, Variant.READ)

    def _remarks(self, question: Question, cell: Cell) -> None:
        """Missing code, its reason or day, and the explanation."""
        remark: Mapping[str, Any] = self.desk.state.remarks.get(question.name) or {}
        sheet, columns = self.sheet, self.columns
        if question.missing:
            column = columns.at(codes.MISSING)
            sheet.text(column, looks.CODE_FIELD, cell.missing)
            rules.allow_code(self.desk, sheet, question, f"{letters(column)}{sheet.at}")
            self._remark(codes.REASON, str(remark.get("reason", "")))
        else:
            self._blank(codes.MISSING)
            self._blank(codes.REASON)
        if MissingCode.NOT_YET in question.missing:
            self._expected(str(remark.get("expected", "")))
        else:
            self._blank(codes.EXPECTED)
        self._remark(codes.EXPLANATION, str(remark.get("explanation", "")))

    def _remark(self, code: str, text: str) -> None:
        written = Written(text)
        column = self.columns.at(code)
        if is_too_long(written):
            self.sheet.text(column, looks.LOCKED, self.words.too_long)
        else:
            self.sheet.text(column, looks.FIELDS[Form.TEXT, Variant.OPEN], text)

    def _expected(self, text: str) -> None:
        column = self.columns.at(codes.EXPECTED)
        day = Question(name=codes.EXPECTED, kind=Kind.DATE)
        written = written_value(day, text, {})
        write_answer(self.sheet, column, day, written, Variant.OPEN)
        rules.allow_date(self.desk, self.sheet, f"{letters(column)}{self.sheet.at}")

    def _blank(self, code: str) -> None:
        if column := self.columns.at(code):
            self.sheet.blank(column, looks.CLOSED)


def _chosen(cell: Cell) -> list[str]:
    """The codes of several choices, however they are stored."""
    if isinstance(cell.value, list):
        return [str(each) for each in cell.value]
    return cell.value.split() if isinstance(cell.value, str) else []
