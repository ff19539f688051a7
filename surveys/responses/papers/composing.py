"""Answers in words, section by section, in the order and with the numbers of the questionnaire."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.documents.response import (
    PaperAnswer,
    PaperColumn,
    PaperHeading,
    PaperItem,
    PaperPart,
    PaperRow,
    PaperTable,
)
from surveys.engine import (
    Document,
    Element,
    FormState,
    Group,
    Kind,
    Question,
    Repeat,
    Section,
    Table,
    text_in,
    walk,
)
from surveys.rendering import (
    Drawing,
    FindingWriter,
    missing_code_label,
    name_of,
    number_of,
    own_label,
    show_date,
    show_figure,
    value_text,
)
from surveys.responses.attached import FILE_KINDS
from surveys.responses.papers.frozen import Answers

FIGURES: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE})
UNSEEN: Final = frozenset({Kind.NOTE, Kind.HIDDEN})
CLOSED: Final = "\N{MULTIPLICATION SIGN}"
"""What stands in a cell to which nothing can be entered, as on paper."""
TAKEN_OVER: Final = frozenset({"kept", "carried"})
"""Origins of answers that stand as they did in the last round."""


@dataclass(frozen=True, slots=True)
class Composing:
    """Puts one response into words; the language is the active one."""

    answers: Answers
    drawing: Drawing

    @classmethod
    def of(cls, answers: Answers, language: str) -> "Composing":
        """The answers, in the words of a language."""
        return cls(answers, Drawing(answers.state, language))

    def parts(self) -> tuple[PaperPart, ...]:
        """The sections that concern the respondent, then all explanations and all evidence."""
        state = self.state
        sections = [each for each in state.form.sections if state.is_relevant(each.name)]
        parts = [self._section(section) for section in sections]
        return (*filter(None, parts), *self._explanations(), *self._evidence())

    @property
    def state(self) -> FormState:
        """The form state."""
        return self.answers.state

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.drawing.language

    def _section(self, section: Section) -> PaperPart | None:
        items = tuple(self._items(section.elements))
        label = self.drawing.say(section.name, section.label) or section.name
        title = f"{section.number}. {label}" if section.number else label
        return PaperPart(title, items) if items else None

    def _items(self, elements: Sequence[Element]) -> Iterator[PaperItem]:
        for element in elements:
            if not self.state.is_relevant(element.name):
                continue
            match element:
                case Group():
                    items = tuple(self._items(element.children))
                    label = self.drawing.say(element.name, element.label)
                    if items and label:
                        yield PaperHeading(label)
                    yield from items
                case Table():
                    yield self._table(element)
                case Repeat():
                    yield self._list(element)
                case Question() if element.kind not in UNSEEN and element.label:
                    yield self._answer(element)

    def _answer(self, question: Question) -> PaperAnswer:
        path = question.name
        text = self._text(question, path)
        if text and question.unit and path in self.answers.values:
            text = f"{text} {text_in(question.unit, self.language)}"
        return PaperAnswer(
            number=number_of(self.state.form, question),
            label=self._label(question),
            text=text or _("Not answered"),
            notes=tuple(self._notes(path)),
            is_blank=not text,
        )

    def _label(self, question: Question) -> str:
        """The label without number and group, which stand beside it and above."""
        label = own_label(self.state.form, question, self.language)
        return self.state.words(question.name, label)

    def _text(self, question: Question, path: str) -> str:
        """An answer in words; "" where there is none."""
        if path in self.answers.erased:
            return _("erased at the end of the retention period")
        cell = self.state.cell(path)
        if cell.typed:
            return _("“%(typed)s” cannot be read") % {"typed": cell.typed}
        if question.kind in FILE_KINDS:
            return self._file(path)
        choices = {choice.name: choice for choice in self.state.form.choices_of(question)}
        text = value_text(question, self.answers.values.get(path), self.language, choices)
        return text or (capfirst(missing_code_label(cell.missing)) if cell.missing else "")

    def _file(self, path: str) -> str:
        file = self.answers.files.get(path)
        if file is None:
            return ""
        return file.get("name") or _("erased at the end of the retention period")

    def _notes(self, path: str) -> Iterator[str]:
        remark = self.state.remarks.get(path, {})
        if reason := remark.get("reason"):
            yield _("Reason: %(reason)s") % {"reason": reason}
        if remark.get("missing") and (expected := remark.get("expected")):
            yield _("Expected on %(day)s") % {"day": show_date(expected)}
        if remark.get("origin") in TAKEN_OVER:
            yield _("Unchanged since the last round")
        if explanation := remark.get("explanation"):
            yield _("Explanation: %(explanation)s") % {"explanation": explanation}
        if any(f"{path}#{part}" in self.answers.erased for part in ("reason", "explanation")):
            yield _("What was said about it is erased at the end of the retention period.")
        if pieces := self.answers.evidence.get(path):
            names = "; ".join(piece_words(piece) for piece in pieces)
            yield _("Evidence: %(names)s") % {"names": names}

    def _table(self, table: Table) -> PaperTable:
        state = self.state
        codes, totals = state.rows(table.name), state.totals(table.name)
        labels = state.form.definition.lists[table.row_list].by_name()
        columns = [*map(self._column, table.columns)]
        rows = [
            PaperRow(
                self.drawing.say(table.name, labels[code].label) if code in labels else code,
                (
                    *(self._cell(table, code, column) for column in table.columns),
                    *([self._sum(totals.rows.get(code))] if totals.rows else ()),
                ),
            )
            for code in codes
        ]
        if totals.columns:
            sums = [
                self._sum(totals.columns[column.name]) if column.name in totals.columns else ""
                for column in table.columns
            ]
            sums += [self._sum(totals.grand)] if totals.rows else []
            rows.append(PaperRow(_("Total"), tuple(sums), is_total=True))
        if totals.rows:
            columns.append(PaperColumn(_("Total"), is_figure=True))
        return PaperTable(
            title=self._title(table),
            corner=_("Row"),
            columns=tuple(columns),
            rows=tuple(rows),
            notes=tuple(self._table_notes(table.name)),
        )

    def _list(self, repeat: Repeat) -> PaperTable:
        questions = [
            each
            for each in walk(repeat.children)
            if isinstance(each, Question) and each.kind not in UNSEEN and each.label
        ]
        rows = [
            PaperRow(
                str(place),
                tuple(self._in_row(each, f"{repeat.name}/{row}/{each.name}") for each in questions),
            )
            for place, row in enumerate(self.state.rows(repeat.name), start=1)
        ]
        count = ngettext("%(n)s row", "%(n)s rows", len(rows)) % {"n": len(rows)}
        return PaperTable(
            title=f"{self._title(repeat)} ({count if rows else _('No row')})",
            corner=_("Item no."),
            columns=tuple(map(self._column, questions)),
            rows=tuple(rows),
            notes=tuple(self._table_notes(repeat.name)),
        )

    def _title(self, element: Table | Repeat) -> str:
        return self.state.words(element.name, name_of(self.state.form, element, self.language))

    def _column(self, question: Question) -> PaperColumn:
        label = self.drawing.say(question.name, question.label) or question.name
        unit = text_in(question.unit, self.language)
        return PaperColumn(f"{label} ({unit})" if unit else label, question.kind in FIGURES)

    def _cell(self, table: Table, code: str, column: Question) -> str:
        path = f"{table.name}/{code}/{column.name}"
        return CLOSED if self.state.is_closed(path) else self._in_row(column, path)

    def _in_row(self, question: Question, path: str) -> str:
        """An answer in a cell; a missing one is its code, which a note says in words."""
        cell = self.state.cell(path)
        if cell.missing and path not in self.answers.values:
            return cell.missing
        return self._text(question, path)

    def _sum(self, figure: str | None) -> str:
        return "" if figure is None else show_figure(figure, self.language)

    def _table_notes(self, owner: str) -> Iterator[str]:
        """What was said about the table and its cells, each with its place."""
        writer = FindingWriter(self.drawing)
        paths = dict.fromkeys([*self.state.remarks, *self.answers.evidence])
        for path in paths:
            if path.partition("/")[0] != owner or not self._is_shown(path):
                continue
            notes = list(self._notes(path))
            code = self.state.remarks.get(path, {}).get("missing")
            said = [f"{code}, {missing_code_label(code)}"] if code else []
            if said or notes:
                place = f"{writer.place(path)}: " if "/" in path else ""
                yield place + ". ".join([*said, *notes])

    def _is_shown(self, path: str) -> bool:
        try:
            return self.state.is_relevant(path)
        except KeyError:
            return False

    def _explanations(self) -> Iterator[PaperPart]:
        writer = FindingWriter(self.drawing)
        found = [
            (writer.place(path), remark["explanation"])
            for path, remark in self.state.remarks.items()
            if remark.get("explanation") and self._is_shown(path)
        ]
        if found:
            columns = (PaperColumn(_("Question")), PaperColumn(_("Explanation")))
            yield _list_of(_("Explanations"), columns, found)

    def _evidence(self) -> Iterator[PaperPart]:
        writer = FindingWriter(self.drawing)
        found = [
            (writer.place(path), piece_words(piece), piece.get("file", {}).get("sha256", ""))
            for path, pieces in self.answers.evidence.items()
            if self._is_shown(path)
            for piece in pieces
        ]
        found += [
            (writer.place(path), file["name"], file.get("sha256", ""))
            for path, file in self.answers.files.items()
            if "name" in file and self._is_shown(path)
        ]
        if found:
            columns = (
                PaperColumn(_("Question")),
                PaperColumn(_("File or document")),
                PaperColumn("SHA-256"),
            )
            yield _list_of(_("Files and evidence"), columns, found)


def piece_words(piece: Document) -> str:
    """A piece of evidence on one line: file and page, or document, or address."""
    file = piece.get("file", {})
    day = piece.get("issued_on")
    page = piece.get("page")
    parts: list[Any] = [
        file.get("name"),
        piece.get("number"),
        show_date(day) if day else "",
        piece.get("issuer"),
        piece.get("abstract"),
        piece.get("url"),
        _("page %(page)s") % {"page": page} if page else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said or _("erased at the end of the retention period")


def _list_of(
    title: str, columns: tuple[PaperColumn, ...], found: Sequence[tuple[str, ...]]
) -> PaperPart:
    rows = tuple(PaperRow(str(place), cells) for place, cells in enumerate(found, start=1))
    return PaperPart(
        title, (PaperTable(title="", corner=_("Item no."), columns=columns, rows=rows),)
    )
