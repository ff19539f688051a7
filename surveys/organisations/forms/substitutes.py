"""What is typed about a substitute."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import Capacity
from surveys.organisations.models import Agency, Membership, User
from surveys.organisations.services.substituting import StandIn

DAYS: Final = ("%d/%m/%Y", "%Y-%m-%d")


class MemberField(forms.ModelChoiceField[Membership]):
    """A member by name, role and position."""

    def label_from_instance(self, obj: Membership) -> str:
        """The member in words."""
        title = f", {obj.title}" if obj.title else ""
        return f"{obj.user} ({obj.get_role_display().lower()}{title})"


class DayField(forms.DateField):
    """A day, typed as day/month/year."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"})
        super().__init__(
            input_formats=DAYS,
            widget=widget,
            error_messages={"invalid": _("This is not a date. Write day/month/year.")},
            **kwargs,
        )


class SubstituteForm(forms.Form):
    """Who is absent, who stands in, from when to when, and by which document."""

    absent = MemberField(
        queryset=Membership.objects.none(), label=_("Who is absent"), empty_label=_("Choose")
    )
    substitute = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who stands in"), empty_label=_("Choose")
    )
    from_on = DayField(label=_("First day"))
    to_on = DayField(label=_("Last day"))
    capacity = forms.ChoiceField(
        required=False, choices=Capacity.choices, label=_("Signs in the capacity of")
    )
    signs_as = forms.CharField(
        required=False, max_length=120, label=_("Position over the signature")
    )
    document_number = forms.CharField(max_length=100, label=_("Number of the document"))
    document_on = DayField(label=_("Date of the document"))
    document_issuer = forms.CharField(max_length=200, label=_("Issued by"))
    document_abstract = forms.CharField(
        required=False, max_length=500, label=_("What the document is about")
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = agency.memberships.filter(user__is_active=True).select_related("user")
        people = User.objects.filter(memberships__agency=agency, is_active=True).distinct()
        self.fields["absent"].queryset = members.order_by("user__full_name")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["substitute"].queryset = people.order_by("full_name")  # type: ignore[attr-defined]  # a ModelChoiceField
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def stand_in(self) -> StandIn:
        """Who stands in; of a valid form."""
        return StandIn(**{k: v for k, v in self.cleaned_data.items() if k != "absent"})
