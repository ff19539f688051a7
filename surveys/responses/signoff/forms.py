"""As what a person signs, chosen or typed."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import Capacity
from surveys.responses.signoff.authority import OWN, Authority, line_over

TYPED: Final = "typed"
"""The choice of typing capacity and document."""

DAYS: Final = ("%d/%m/%Y", "%Y-%m-%d")


class AuthorityForm(forms.Form):
    """One of the recorded authorities by its key, or one with a document, typed."""

    authority = forms.CharField(required=False, max_length=20)
    capacity = forms.ChoiceField(required=False, choices=Capacity.choices)
    signs_as = forms.CharField(required=False, max_length=120)
    on_behalf_of = forms.CharField(required=False, max_length=200)
    document_number = forms.CharField(required=False, max_length=100)
    document_on = forms.DateField(
        required=False,
        input_formats=DAYS,
        error_messages={
            "invalid": _("The day of the document is not a date. Write day/month/year.")
        },
    )
    document_issuer = forms.CharField(required=False, max_length=200)

    def chosen(self, recorded: Mapping[str, Authority]) -> Authority:
        """What was chosen; of a valid form."""
        given: dict[str, Any] = self.cleaned_data
        if given["authority"] != TYPED:
            return recorded.get(given["authority"], OWN)
        words = line_over(given["capacity"], given["signs_as"])
        return Authority(
            capacity=given["capacity"],
            signs_as=words,
            on_behalf_of=given["on_behalf_of"],
            document_number=given["document_number"],
            document_on=given["document_on"],
            document_issuer=given["document_issuer"],
        )
