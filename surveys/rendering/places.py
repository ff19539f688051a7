"""What stands at a place beside its answer: findings, the last value, the legal basis."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from surveys.engine import Finding, Indicator, Kind, Question, text_in, value_before
from surveys.rendering.controls import Drawing, value_text
from surveys.rendering.figures import show_change
from surveys.rendering.findings import FindingWriter, by_grade, worst
from surveys.rendering.messages import GRADES, missing_code_lacks
from surveys.rendering.page import Facts, FindingLine, html_id

_SAID_WITH: Final[Mapping[str, str]] = {"CCSL": "expected", "HC": "reason"}
NUMERIC_KINDS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE})


class Places:
    """Findings and facts of one section, by path."""

    def __init__(self, drawing: Drawing, findings: Iterable[Finding]) -> None:
        self.drawing = drawing
        self.state = drawing.state
        self.form = drawing.state.form
        self.language = drawing.language
        self.previous = self.state.context.previous
        self.writer = FindingWriter(drawing)
        self.indicators: Mapping[str, Indicator] = {
            indicator.code: indicator for indicator in self.form.definition.indicators
        }
        self.findings: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self.findings[finding.path].append(finding)

    def lines(self, paths: Iterable[str]) -> tuple[FindingLine, ...]:
        """The findings at the places, the worst first."""
        lines: list[FindingLine] = []
        for path in paths:
            asked = False
            for finding in self.findings.get(path, ()):
                line = self.writer.line(finding, ask=not asked)
                asked = asked or line.explanation is not None
                lines.append(line)
            if reminder := self._reminder(path):
                lines.append(reminder)
        return by_grade(lines)

    def grade(self, path: str) -> str:
        """The worst grade of what stands at a place, "" where nothing does: its lines unwritten."""
        grades = [GRADES[finding.grade] for finding in self.findings.get(path, ())]
        if self._lacks(path):
            grades.append("info")
        return worst(grades)

    def _lacks(self, path: str) -> str:
        """Which part of a missing code's remark is not given yet."""
        remark = self.state.remarks.get(path) or {}
        part = _SAID_WITH.get(remark.get("missing", ""), "")
        return "" if remark.get(part) else part

    def _reminder(self, path: str) -> FindingLine | None:
        """What a missing code still lacks: when the figure will be there, why it may not be told."""
        part = self._lacks(path)
        if not part:
            return None
        code = self.state.remarks[path]["missing"]
        return FindingLine(
            grade="info",
            code=f"{part}_missing",
            path=path,
            text=missing_code_lacks(code),
            place=self.writer.place(path),
            href=f"#c-{html_id(path)}",
        )

    def facts(self, question: Question, path: str) -> Facts:
        """What stands beside a question."""
        fed = [self.indicators[code] for code in question.indicators if code in self.indicators]
        before = value_before(self.previous, path)
        offered = self.form.choices_of(question) if before is not None else ()
        choices = {choice.name: choice for choice in offered}
        return Facts(
            previous=value_text(question, before, self.language, choices),
            change=self._change(question, before, path),
            guidance=self.drawing.say(path, question.guidance),
            indicator="; ".join(text_in(each.label, self.language) for each in fed),
            legal_basis="; ".join(
                dict.fromkeys(each.legal_basis for each in fed if each.legal_basis)
            ),
        )

    def warned_change(self, column: Question, path: str) -> str:
        """The change of a figure that is warned of; none where the figure itself is wrong."""
        if {GRADES[finding.grade] for finding in self.findings.get(path, ())} - {"info"} != {
            "warn"
        }:
            return ""
        return self._change(column, value_before(self.previous, path), path)

    def _change(self, question: Question, before: object, path: str) -> str:
        now = self.state.value(path)
        if question.kind not in NUMERIC_KINDS:
            return ""
        if not (isinstance(before, str) and isinstance(now, str)):
            return ""
        return show_change(before, now, self.language)
