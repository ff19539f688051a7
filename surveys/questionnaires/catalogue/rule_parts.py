"""The parts of the editor of a scoring rule: one form for each kind of fields."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.questionnaires.catalogue.fields import FigureField


class PartForm(forms.Form):
    """A part of the editor, whose widgets look like all others; ``hint`` stands below its fields."""

    hint: ClassVar[str | Promise] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_box = isinstance(field.widget, forms.CheckboxInput)
            field.widget.attrs["class"] = "form-check-input" if is_box else "form-control"


class RowForm(PartForm):
    """A choice's code, or a threshold, with its points; both or neither."""

    key: forms.Field = forms.CharField(
        label=_("Code of the choice"), max_length=200, required=False
    )
    points = FigureField(label=_("Points"), required=False)

    def clean(self) -> dict[str, Any]:
        """Neither is a row that is not used."""
        cleaned: dict[str, Any] = super().clean() or {}
        has_key, has_points = (self[name].value() not in (None, "") for name in ("key", "points"))
        if has_points and not has_key:
            self.add_error("key", forms.ValidationError(_("Say what gives these points.")))
        if has_key and not has_points:
            self.add_error("points", forms.ValidationError(_("Write the points.")))
        return cleaned


class StepForm(RowForm):
    """A threshold with the points from there on."""

    key = FigureField(label=_("From"), required=False)


class NoDetails(PartForm):
    """Nothing to say."""


class MostForm(PartForm):
    """How many points several choices give together."""

    most = FigureField(
        label=_("At most"),
        required=False,
        help_text=_("Points of all choices together. Left blank, there is no limit."),
    )


class BelowForm(PartForm):
    """What stands under the lowest step."""

    below = FigureField(label=_("Points under the lowest step"), required=False)


class GoalpostsForm(PartForm):
    """Two figures and the points between them."""

    hint = _("Where less is better, all points stand at the smaller figure.")

    low = FigureField(label=_("No points at"))
    high = FigureField(label=_("All points at"))
    points = FigureField(label=_("Points at most"))


class RatioForm(GoalpostsForm):
    """Two questions besides."""

    numerator = forms.CharField(label=_("Question above the line"), max_length=100)
    denominator = forms.CharField(label=_("Question below the line"), max_length=100)
    field_order = ("numerator", "denominator", "low", "high", "points")


class EvidenceForm(PartForm):
    """Whether points count with the evidence, and how."""

    is_counted = forms.BooleanField(label=_("Count points with the evidence"), required=False)
    none = FigureField(label=_("Factor without evidence"), required=False)
    given = FigureField(label=_("Factor with evidence"), required=False)
    verified = FigureField(label=_("Factor with verified evidence"), required=False)
