"""Findings with their places, in the words of the questionnaire."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.engine import Element, Finding, Question, Repeat, Table
from surveys.rendering.controls import Drawing
from surveys.rendering.messages import GRADES, finding_text
from surveys.rendering.naming import name_of, own_label
from surveys.rendering.page import FindingLine, html_id
from surveys.rendering.seen import seen_at, sign


class FindingWriter:
    """Puts findings into words and gives each its place."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.state = drawing.state
        self.form = drawing.state.form
        self.language = drawing.language

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
            text=self.drawing.say(finding.path, finding.message)
            or finding_text(
                finding,
                kind=element.kind.value if isinstance(element, Question) else "",
                typed=typed,
                language=self.language,
            ),
            place=self.place(finding.path),
            href=f"#{self._anchor(finding.path, element)}",
            explanation=seen.explanation if wants_words else None,
            seen=sign(finding.path, seen) if wants_words else "",
            read_only=self.drawing.is_read_only(finding.path),
        )

    def place(self, path: str) -> str:
        """Where a path stands, in the words of the questionnaire."""
        first, *rest = path.split("/")
        element = self.form.element(first)
        label = self.state.words(first, name_of(self.form, element, self.language))
        if len(rest) != 2:
            return label
        row, name = rest
        question = self.state.words(
            path, own_label(self.form, self.form.question(name), self.language)
        )
        head = element.number if isinstance(element, Table | Repeat) and element.number else label
        return f"{head}. {self._row_label(element, row)}, {question}"

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
    order = {"bad": 0, "warn": 1, "info": 2}
    return tuple(sorted(lines, key=lambda line: order[line.grade]))


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
