"""What a person types to ask for microdata, and to decide."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exporters.portal.models import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH
from exporters.portal.services import Need
from exporters.portal.variables import requestable
from surveys.campaigns.forms import DayField, PlainForm
from surveys.campaigns.models import Round


class RequestForm(PlainForm):
    """A request for microdata."""

    institution = forms.CharField(label=_("Institution"), max_length=NAME_LENGTH)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Which questions you study, and why tables are not enough."),
    )
    safeguards = forms.CharField(
        label=_("How the data are kept"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where they lie, who has access, and when they are deleted."),
    )
    until = DayField(label=_("Last day of use"))
    variables = forms.MultipleChoiceField(
        label=_("Variables"),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("Only what the purpose needs. Several with Ctrl or Shift."),
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["variables"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = requestable(round_, get_language() or "vi")

    def need(self) -> Need:
        """What the service takes."""
        given = self.cleaned_data
        return Need(
            institution=given["institution"],
            purpose=given["purpose"],
            safeguards=given["safeguards"],
            variables=tuple(given["variables"]),
            until=given["until"],
        )


class ReasonForm(PlainForm):
    """Why a request is refused or ended."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("To refuse or to end; who has asked reads it."),
    )
