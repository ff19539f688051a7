"""The form of a column plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exporters.files import FORMATS
from exporters.raw.plans import (
    ColumnPlan,
    Grids,
    Header,
    Languages,
    Missing,
    Several,
    Values,
)
from exporters.registry import EXPORTERS
from surveys.campaigns.models import Round

Choices = list[tuple[str, str | Promise]]
LABELS = {
    "values": pgettext_lazy("of a column plan", "Choices"),
    "several": _("Several choices in one question"),
    "missing": _("Missing codes"),
    "grids": _("Tables of the questionnaire"),
    "header": _("Head of the columns"),
    "languages": _("Language of labels"),
}
SELECTS: dict[str, Choices] = {
    "values": [(Values.CODES, _("As their codes")), (Values.LABELS, _("As their labels"))],
    "several": [
        (Several.SPLIT, _("Joined, and a 0/1 column for each choice")),
        (Several.JOINED, _("Joined in one column")),
    ],
    "missing": [
        (Missing.CELL, _("In the cell of the figure")),
        (Missing.COLUMN, _("In a column beside it")),
    ],
    "grids": [
        (Grids.BOTH, _("A column for each cell, and a table of their own")),
        (Grids.WIDE, _("A column for each cell")),
        (Grids.LONG, _("A table of their own")),
    ],
    "header": [
        (Header.NAME, _("Name of the question")),
        (Header.LABEL, _("Label")),
        (Header.BOTH, _("Name and label")),
    ],
    "languages": [
        (Languages.VI, _("Vietnamese")),
        (Languages.EN, _("English")),
        (Languages.BOTH, _("Vietnamese and English")),
    ],
}
SWITCHES = {
    "remarks": _("Reasons and explanations, as a table"),
    "scores": _("Self-scores beside verified scores"),
    "not_asked": _("Tell questions that were not asked from blanks"),
}
CHOSEN = "chosen"
"""Stands in an address that tells a whole plan."""


def formats() -> tuple[str, ...]:
    """The formats that raw data can have."""
    return next(each.formats for each in EXPORTERS if each.name == "raw")


class PlanForm(forms.Form):
    """A column plan, the format, and further rounds of the same file."""

    format = forms.ChoiceField(label=_("Format"))
    rounds = forms.MultipleChoiceField(label=_("Further rounds in the same file"), required=False)
    questions = forms.MultipleChoiceField(label=_("Questions that go in"), required=False)

    def __init__(
        self, data: Any, *, rounds: Iterable[Round], questions: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        known = list(questions)
        self._questions = tuple(name for name, _label in known)
        self._field("format").choices = [(each, FORMATS[each].label) for each in formats()]
        self._field("rounds").choices = [(each.code, str(each)) for each in rounds]
        self._field("questions").choices = known
        for name, choices in SELECTS.items():
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=choices,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        for name, label in SWITCHES.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    @property
    def selects(self) -> list[forms.BoundField]:
        """What is chosen from lists."""
        return [self[name] for name in SELECTS]

    @property
    def switches(self) -> list[forms.BoundField]:
        """What is on or off."""
        return [self[name] for name in SWITCHES]

    def plan(self) -> ColumnPlan:
        """The plan of valid data. All questions, or none, are all questions."""
        told = self.cleaned_data
        chosen = tuple(told["questions"])
        is_all = not chosen or set(chosen) == set(self._questions)
        return ColumnPlan(
            values=Values(told["values"]),
            several=Several(told["several"]),
            missing=Missing(told["missing"]),
            grids=Grids(told["grids"]),
            header=Header(told["header"]),
            languages=Languages(told["languages"]),
            not_asked=told["not_asked"],
            remarks=told["remarks"],
            scores=told["scores"],
            questions=None if is_all else chosen,
        )


def data_of(plan: ColumnPlan, known: Iterable[str]) -> MultiValueDict[str, str]:
    """What the form would hold for a plan; of the plan's questions those that are ``known``."""
    names = list(known)
    data: MultiValueDict[str, str] = MultiValueDict()
    for name, value in plan.as_json().items():
        if name in SELECTS:
            data[name] = value
        elif name in SWITCHES and value:
            data[name] = "on"
    chosen = names if plan.questions is None else [n for n in names if n in plan.questions]
    data.setlist("questions", chosen)
    data["format"] = formats()[0]
    data[CHOSEN] = "1"
    return data
