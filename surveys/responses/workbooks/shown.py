"""An upload's lines in the words of the questionnaire."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.engine import Finding
from surveys.excelform.comparing import Line, Part
from surveys.rendering import Drawing, FindingWriter, html_id, label_of, show_date
from surveys.responses.views.conflicts import shown_cell
from surveys.responses.workbooks.words import ROW_GONE, ROW_NEW, TONES, VERDICTS, reason_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One answer of the workbook, to read; ``url`` is the question's page."""

    place: str
    url: str
    sheet: str
    cell: str
    old: str
    new: str
    verdict: str
    tone: str
    reason: str


class LineWriter:
    """Puts lines into words; ``drawing`` is that of the form with what would be taken over."""

    def __init__(self, drawing: Drawing, assignment_id: int) -> None:
        self.drawing = drawing
        self.form = drawing.state.form
        self.writer = FindingWriter(drawing)
        self.assignment_id = assignment_id

    def show(self, lines: Iterable[Line]) -> list[ShownLine]:
        """The lines as they stand on the page."""
        return [self.line(line) for line in lines]

    def line(self, line: Line) -> ShownLine:
        """One of them."""
        old, new = self._texts(line)
        return ShownLine(
            place=self.place(line.path),
            url=self.url(line.path),
            sheet=line.sheet,
            cell=line.cell,
            old=old,
            new=new,
            verdict=str(VERDICTS[line.verdict]),
            tone=TONES.get(line.verdict, ""),
            reason=reason_of(line),
        )

    def place(self, path: str) -> str:
        """What a path is called: a question, a table's cell, a row, a section."""
        steps = path.split("/")
        try:
            if len(steps) == 2:
                return self._row(steps)
            return self.writer.place(path)
        except KeyError:
            return self._section(path)

    def url(self, path: str) -> str:
        """Where the question stands; of a new row, the page that shows its list."""
        name = path.partition("/")[0]
        if name not in self.form.parts:
            return ""
        step = self.form.section_of(name)
        page = reverse("section", args=[self.assignment_id, step])
        return f"{page}#q-{html_id(name if '/+' in path else path)}"

    def _row(self, steps: Sequence[str]) -> str:
        repeat, row = steps
        label = label_of(self.form, self.form.element(repeat), self.drawing.language)
        rows = self.drawing.state.rows(repeat)
        if row not in rows:
            return label
        return _("%(list)s, row %(position)s") % {"list": label, "position": rows.index(row) + 1}

    def _section(self, path: str) -> str:
        for section in self.form.sections:
            if section.name == path:
                return section.label.get(self.drawing.language) or section.label.get("vi") or path
        return path

    def _texts(self, line: Line) -> tuple[str, str]:
        if line.part is Part.ROW:
            return "", str(ROW_NEW if line.sheet else ROW_GONE)
        if line.part is Part.EXPECTED:
            return show_date(line.old_text), show_date(line.new_text) or line.text
        if line.part is not Part.VALUE:
            return line.old_text, line.new_text or line.text
        old = "" if line.old.is_empty else shown_cell(self.drawing, line.path, line.old)
        if line.new.is_empty:
            return old, line.text
        return old, shown_cell(self.drawing, line.path, line.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """What would be wrong with an answer once it is taken over, and in which cell it stands."""

    place: str
    text: str
    grade: str
    sheet: str
    cell: str
    url: str


def shown_findings(
    writer: LineWriter, findings: Iterable[Finding], lines: Iterable[Line]
) -> list[ShownFinding]:
    """The findings in words."""
    words = FindingWriter(writer.drawing)
    cells = {line.path: (line.sheet, line.cell) for line in lines if line.cell}
    return [
        ShownFinding(
            place=line.place,
            text=line.text,
            grade=line.grade,
            sheet=cells.get(finding.path, ("", ""))[0],
            cell=cells.get(finding.path, ("", ""))[1],
            url=writer.url(finding.path),
        )
        for finding in findings
        for line in (words.line(finding, ask=False),)
    ]
