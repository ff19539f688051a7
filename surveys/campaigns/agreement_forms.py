"""What a person types to ask for more time, to give it, or to note a refusal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.forms import DayField, PlainForm
from surveys.campaigns.models import Extension
from surveys.campaigns.services import Grounds

REASON_LENGTH = 1000


class GroundsForm(PlainForm):
    """A reason, and the document of the agency where there is one."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    document_number = forms.CharField(
        label=_("Number and symbol of the document"), max_length=120, required=False
    )
    document_on = DayField(label=_("Date of the document"), required=False)

    def grounds(self) -> Grounds:
        """What the services take."""
        given = self.cleaned_data
        return Grounds(given["reason"], given["document_number"], given["document_on"])


class LaterForm(GroundsForm):
    """A day after the present deadline, with grounds."""

    until = DayField(
        label=_("New deadline"), help_text=_("Holds to 24:00 of this day, Viet Nam time.")
    )

    field_order = ("until", "reason", "document_number", "document_on")

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean_until(self) -> date:
        """Later than now."""
        until: date = self.cleaned_data["until"]
        if until <= self.after:
            due = f"{self.after.day}/{self.after.month}/{self.after.year}"
            raise forms.ValidationError(
                _("The new deadline must be after the present one, %(due)s.") % {"due": due}
            )
        return until


class ExtensionAskForm(LaterForm):
    """An agency asks."""


class ExtendForm(LaterForm):
    """The owner gives."""


class RefusalForm(GroundsForm):
    """An agency does not answer."""


class DecisionForm(PlainForm):
    """Yes, perhaps to another day, or no with a reason; one for each wish on the page."""

    until = DayField(label=_("New deadline"), required=False)
    note = forms.CharField(label=_("Note to the agency"), max_length=1000, required=False)
    decision = forms.ChoiceField(choices=[("grant", "grant"), ("deny", "deny")])

    def __init__(self, *args: Any, extension: Extension, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"wish-{extension.pk}-%s", **kwargs)
        self.fields["until"].initial = extension.until
