"""What changed since the answers were returned, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.engine import Question
from surveys.rendering import Drawing, FindingWriter, missing_code_label, show_date, value_text
from surveys.responses.attached import FILE_KINDS
from surveys.responses.models import Response, ResponseReturn
from surveys.responses.signoff.differences import Difference, Part, last_resent
from surveys.responses.views.base import AssignmentMixin


@dataclass(frozen=True, slots=True)
class Line:
    """One change: what of the place, and the words before and after."""

    what: str
    old: str
    new: str


@dataclass(slots=True)
class Place:
    """A question, table or list that changed, or that was to be corrected and did not."""

    name: str
    label: str
    comment: str = ""
    is_cited: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came back, beside what was returned. ``others`` changed although nobody cited them."""

    returned: ResponseReturn
    cited: tuple[Place, ...]
    others: tuple[Place, ...]

    @property
    def count(self) -> int:
        """How many places changed."""
        return sum(bool(place.lines) for place in (*self.cited, *self.others))


class ResponseDifferences(AssignmentMixin, TemplateView):
    """What changed between the revision that was returned and the one sent since."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/differences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.require_response()
        compared = compared_with_returned(response, self.drawing(self.tasks.state))
        return super().get_context_data(**self.page_context(), compared=compared, **kwargs)


def compared_with_returned(response: Response, drawing: Drawing) -> Compared | None:
    """The differences by question, cited ones first with their comments; None without a return."""
    resent = last_resent(response, drawing.state.form)
    if resent is None:
        return None
    teller = _Teller(drawing)
    cited = {path.partition("/")[0]: comment for path, comment in resent.returned.cited.items()}
    places = {
        name: Place(name, teller.label(name), comment, is_cited=True)
        for name, comment in cited.items()
    }
    for difference in resent.differences:
        name = difference.path.partition("/")[0]
        if name not in places:
            places[name] = Place(name, teller.label(name))
        places[name].lines.append(teller.line(difference))
    return Compared(
        resent.returned,
        tuple(place for place in places.values() if place.is_cited),
        tuple(place for place in places.values() if not place.is_cited),
    )


class _Teller:
    """Puts differences into the questionnaire's words."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.form = drawing.state.form
        self.writer = FindingWriter(drawing)

    def label(self, path: str) -> str:
        """The words of a place; its name where the form has it no more."""
        try:
            return self.writer.place(path)
        except (KeyError, IndexError):
            return path

    def line(self, difference: Difference) -> Line:
        """One change in words."""
        return Line(
            self._what(difference),
            self._value(difference, difference.old),
            self._value(difference, difference.new),
        )

    def _what(self, difference: Difference) -> str:
        where = self.label(difference.path) if "/" in difference.path else ""
        words = {
            Part.ANSWER: "",
            Part.ROW: _("row"),
            Part.REMARK: _REMARKS.get(difference.kind, lambda: "")(),
            Part.FILE: _("file"),
            Part.EVIDENCE: _("evidence"),
        }[difference.part]
        return ", ".join(filter(None, [where, words]))

    def _value(self, difference: Difference, value: Any) -> str:
        if value is None or value == "":
            return ""
        if difference.is_personal:
            return _("personal data, not shown here")
        match difference.part:
            case Part.ANSWER:
                return self._answer(difference.path, value)
            case Part.ROW:
                return self._row(difference.path, value)
            case Part.REMARK:
                return _remark(difference.kind, str(value))
            case Part.FILE | Part.EVIDENCE:
                return _piece(value)

    def _answer(self, path: str, value: Any) -> str:
        question = self._question(path)
        if question is None:
            return str(value)
        if question.kind in FILE_KINDS:
            return _("a file")
        choices = {choice.name: choice for choice in self.form.choices_of(question)}
        return value_text(question, value, self.drawing.language, choices)

    def _row(self, path: str, value: Any) -> str:
        if not isinstance(value, Mapping):
            return _("in another order")
        cells = (
            _("personal data, not shown here")
            if isinstance(cell, dict)
            else self._answer(f"{path}/{name}", cell)
            for name, cell in value.items()
        )
        return "; ".join(filter(None, cells)) or _("an empty row")

    def _question(self, path: str) -> Question | None:
        try:
            return self.form.question(path.rpartition("/")[2])
        except KeyError:
            return None


def _remark(kind: str, text: str) -> str:
    if kind == "missing":
        return missing_code_label(text)
    return show_date(text) if kind == "expected" else text


def _piece(entry: Mapping[str, Any]) -> str:
    """A file or a piece of evidence by what it is called."""
    file = entry.get("file", entry)
    parts = [file.get("name"), entry.get("number"), entry.get("abstract"), entry.get("url")]
    return ", ".join(part for part in parts if part)


_REMARKS = {
    "missing": lambda: _("reason for a missing figure"),
    "reason": lambda: _("reason"),
    "expected": lambda: _("expected day"),
    "explanation": lambda: _("explanation"),
}
