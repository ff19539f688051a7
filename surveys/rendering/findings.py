"""Findings with their places, in the words of the questionnaire."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.engine import Element, Finding, Question, Repeat, Table
from surveys.rendering.controls import Drawing
from surveys.rendering.messages import GRADES, finding_text
from surveys.rendering.naming import name_of, own_label
from surveys.rendering.page import FindingLine, html_id
from surveys.rendering.seen import seen_at, sign

_ORDER: Final = {"bad": 0, "warn": 1, "info": 2}


class FindingWriter:
    """Puts findings into words and gives each its place.

    What it has said of a finding, an element or a row it says again: the state stands still while it writes.
    """

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.state = drawing.state
        self.form = drawing.state.form
        self.language = drawing.language
        self._lines: dict[int, tuple[Finding, FindingLine]] = {}
        self._labels: dict[str, str] = {}
        self._rows: dict[tuple[str, str], str] = {}

    def line(self, finding: Finding, *, ask: bool = True) -> FindingLine:
        """The finding as a line; ``ask`` for its explanation where the grade wants one."""
        told = self._lines.get(id(finding))
        if told is None:
            # The finding is kept with its line: its id is its own as long as it lives.
            told = self._lines[id(finding)] = (finding, self._line(finding))
        line = told[1]
        if line.grade != "warn" or not ask:
            return line
        element = self.form.element(finding.path.rsplit("/", 1)[-1])
        is_answer = isinstance(element, Question) and element.is_answerable
        cell = self.state.cell(finding.path) if is_answer else None
        seen = seen_at(self.state, finding.path, cell)
        return replace(line, explanation=seen.explanation, seen=sign(finding.path, seen))

    def _line(self, finding: Finding) -> FindingLine:
        element = self.form.element(finding.path.rsplit("/", 1)[-1])
        is_question = isinstance(element, Question)
        return FindingLine(
            grade=GRADES[finding.grade],
            code=finding.code,
            path=finding.path,
            text=self.drawing.say(finding.path, finding.message)
            or finding_text(
                finding,
                kind=element.kind.value if isinstance(element, Question) else "",
                typed=self.state.cell(finding.path).typed if is_question else "",
                language=self.language,
            ),
            place=self.place(finding.path),
            href=f"#{self._anchor(finding.path, element)}",
            read_only=self.drawing.is_read_only(finding.path),
        )

    def place(self, path: str) -> str:
        """Where a path stands, in the words of the questionnaire."""
        first, *rest = path.split("/")
        element = self.form.element(first)
        label = self._label(element)
        if len(rest) != 2:
            return label
        row, name = rest
        question = own_label(self.form, self.form.question(name), self.language)
        if "${" in question:
            question = self.state.words(path, question)
        head = element.number if isinstance(element, Table | Repeat) and element.number else label
        if (first, row) not in self._rows:
            self._rows[first, row] = self._row_label(element, row)
        return f"{head}. {self._rows[first, row]}, {question}"

    def _label(self, element: Element) -> str:
        if element.name not in self._labels:
            name = name_of(self.form, element, self.language)
            self._labels[element.name] = self.state.words(element.name, name)
        return self._labels[element.name]

    def _row_label(self, element: Element, row: str) -> str:
        if isinstance(element, Table):
            choice = self.form.definition.lists[element.row_list].by_name().get(row)
            return self.drawing.say(element.name, choice.label) if choice else row
        rows = self.state.rows(element.name)
        position = rows.index(row) + 1 if row in rows else 0
        return _("row %(position)s") % {"position": position}

    @staticmethod
    def _anchor(path: str, element: Element) -> str:
        is_field = isinstance(element, Question) and element.is_answerable
        return f"c-{html_id(path)}" if is_field else f"q-{html_id(path)}"


def summary(writer: FindingWriter, findings: Iterable[Finding]) -> tuple[FindingLine, ...]:
    """The lines of an error summary, the worst first.

    Missing answers of one table or repeat make one line, and what is explained needs no look.
    """
    wanted = [finding for finding in findings if not finding.explained]
    missing = Counter(_owner(finding) for finding in wanted if _is_missing(finding))
    lines: list[FindingLine] = []
    told: set[str] = set()
    for finding in wanted:
        owner = _owner(finding)
        if not _is_missing(finding) or missing[owner] == 1:
            lines.append(writer.line(finding, ask=False))
        elif owner not in told:
            told.add(owner)
            lines.append(_together(writer, finding, missing[owner]))
    return by_grade(lines)


def by_grade(lines: Iterable[FindingLine]) -> tuple[FindingLine, ...]:
    """The worst first, else in their order."""
    return tuple(sorted(lines, key=lambda line: _ORDER[line.grade]))


def worst(grades: Iterable[str]) -> str:
    """The worst of the grades, "" of none."""
    return min(grades, key=_ORDER.__getitem__, default="")


def _is_missing(finding: Finding) -> bool:
    return finding.code == "required_missing"


def _owner(finding: Finding) -> str:
    return finding.path.split("/")[0]


def _together(writer: FindingWriter, finding: Finding, count: int) -> FindingLine:
    owner = _owner(finding)
    text = ngettext("%(n)s cell has no answer yet.", "%(n)s cells have no answer yet.", count)
    return FindingLine(
        grade=GRADES[finding.grade],
        code=finding.code,
        path=owner,
        text=text % {"n": count},
        place=writer.place(owner),
        href=f"#q-{html_id(owner)}",
    )
