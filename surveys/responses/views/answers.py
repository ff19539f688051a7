"""Answers for reading: section by section, with what is missing said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.engine import (
    Element,
    FormState,
    Group,
    Kind,
    Origin,
    Question,
    Repeat,
    Section,
    Table,
    text_in,
    value_before,
)
from surveys.rendering import (
    Drawing,
    FindingWriter,
    html_id,
    label_of,
    missing_code_label,
    number_of,
    show_change,
    show_date,
    show_figure,
    value_text,
)
from surveys.responses.attached import FILE_KINDS
from surveys.responses.views.tasks import TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One question with its answer in words; ``lines`` say more about it."""

    name: str
    number: str
    label: str
    text: str
    url: str
    is_blank: bool = False
    is_missing: bool = False
    is_unreadable: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSection:
    """A section with its answers."""

    task: TaskRow
    rows: tuple[AnswerRow, ...]


def answer_sections(
    sections: Iterable[Section], rows: tuple[TaskRow, ...], drawing: Drawing
) -> tuple[AnswerSection, ...]:
    """The sections with their answers; ``rows`` are theirs on the task list, which lead to them."""
    reader = _Reader(drawing)
    return tuple(
        AnswerSection(task=row, rows=tuple(reader.rows(section.elements, row.url)))
        for section, row in zip(sections, rows, strict=True)
    )


class _Reader:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.state: FormState = drawing.state
        self.language = drawing.language
        self.writer = FindingWriter(drawing)
        self.missing = {
            finding.path.split("/")[0]
            for finding in self.state.findings()
            if finding.code == "required_missing"
        }

    def rows(self, elements: tuple[Element, ...], page: str) -> Iterator[AnswerRow]:
        for element in elements:
            if not self.state.is_relevant(element.name):
                continue
            url = f"{page}?check=1#q-{html_id(element.name)}"
            match element:
                case Group():
                    yield from self.rows(element.children, page)
                case Table():
                    yield self.table(element, url)
                case Repeat():
                    yield self.repeat(element, url)
                case Question() if element.kind not in {Kind.NOTE, Kind.HIDDEN} and element.label:
                    yield self.question(element, url)

    def question(self, question: Question, url: str) -> AnswerRow:
        cell = self.state.cell(question.name)
        number = number_of(self.state.form, question)
        label = self.state.words(question.name, label_of(self.state.form, question, self.language))
        if cell.typed:
            text = _("“%(typed)s” cannot be read") % {"typed": cell.typed}
            return AnswerRow(
                name=question.name,
                number=number,
                label=label,
                text=text,
                url=url,
                is_unreadable=True,
            )
        file = self.drawing.file_at(cell.value)
        text = file.text if file else self.text(question, self.state.value(question.name))
        if not text and cell.missing:
            text = missing_code_label(cell.missing)
        if text and question.unit and not cell.missing:
            text = f"{text} {text_in(question.unit, self.language)}"
        is_blank = not text and question.is_answerable
        return AnswerRow(
            name=question.name,
            number=number,
            label=label,
            text=text or (_("Not answered") if is_blank else _("blank")),
            url=url,
            is_blank=is_blank,
            is_missing=question.name in self.missing,
            lines=tuple(self.remarks(question, question.name)),
        )

    def text(self, question: Question, value: object) -> str:
        choices = {choice.name: choice for choice in self.state.form.choices_of(question)}
        return value_text(question, value, self.language, choices)

    def remarks(self, question: Question, path: str) -> Iterator[str]:
        remark = self.state.remarks.get(path, {})
        if reason := remark.get("reason"):
            yield _("Reason: %(reason)s") % {"reason": reason}
        if remark.get("missing") and (expected := remark.get("expected")):
            yield _("Expected on %(day)s") % {"day": show_date(expected)}
        if explanation := remark.get("explanation"):
            yield _("Explanation: %(explanation)s") % {"explanation": explanation}
        if remark.get("origin") == Origin.KEPT:
            yield _("Unchanged since the last round, confirmed")
        if pieces := self.drawing.evidence.get(path):
            names = "; ".join(piece.text for piece in pieces)
            yield _("Evidence: %(names)s") % {"names": names}
        if question.kind in FILE_KINDS:
            return
        before = value_before(self.state.context.previous, path)
        if before is not None and before != self.state.value(path):
            shown = self.text(question, before)
            if shown:
                line = _("Last round: %(value)s") % {"value": shown}
                change = self.change(before, self.state.value(path))
                yield f"{line} ({change})" if change else line

    def change(self, before: object, now: object) -> str:
        """By how much a figure differs; "" for what is no figure."""
        if not isinstance(before, str) or not isinstance(now, str):
            return ""
        return show_change(before, now, self.language)

    def table(self, table: Table, url: str) -> AnswerRow:
        codes = self.state.rows(table.name)
        paths = [f"{table.name}/{code}/{column.name}" for code in codes for column in table.columns]
        filled = sum(self.state.value(path) is not None for path in paths)
        blank = sum(
            self.state.cell(path).is_empty and not self.state.is_closed(path) for path in paths
        )
        grand = self.state.totals(table.name).grand
        parts = [
            ngettext("Table of %(n)s row", "Table of %(n)s rows", len(codes)) % {"n": len(codes)}
        ]
        if grand is not None:
            parts.append(_("total %(total)s") % {"total": show_figure(grand, self.language)})
        lines = [
            f"{self.writer.place(path)}: {missing_code_label(remark['missing'])}. "
            + ". ".join(self.remarks(self.state.form.question(path.split("/")[2]), path))
            for path, remark in self.state.remarks.items()
            if remark.get("missing") and path.split("/")[0] == table.name and path.count("/") == 2
        ]
        lines += [
            _("Explanation: %(explanation)s") % {"explanation": remark["explanation"]}
            for path, remark in self.state.remarks.items()
            if remark.get("explanation") and path.split("/")[0] == table.name
        ]
        if filled and blank:
            lines.append(ngettext("%(n)s blank cell", "%(n)s blank cells", blank) % {"n": blank})
        return AnswerRow(
            name=table.name,
            number=table.number,
            label=self.drawing.say(table.name, table.label),
            text=", ".join(parts) if filled else _("Not answered"),
            url=url,
            is_blank=not filled,
            is_missing=not filled and table.name in self.missing,
            lines=tuple(lines),
        )

    def repeat(self, repeat: Repeat, url: str) -> AnswerRow:
        count = len(self.state.rows(repeat.name))
        return AnswerRow(
            name=repeat.name,
            number=repeat.number,
            label=self.drawing.say(repeat.name, repeat.label),
            text=ngettext("%(n)s row", "%(n)s rows", count) % {"n": count}
            if count
            else _("No row"),
            url=url,
            is_blank=not count,
            is_missing=repeat.name in self.missing,
        )
