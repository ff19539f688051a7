"""What an administrator types: whom to find, and why their data are erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.forms import PlainForm

LEAST = 3


class PersonForm(PlainForm):
    """Whom to find."""

    q = forms.CharField(
        label=_("Name, telephone number or e-mail address"),
        min_length=LEAST,
        max_length=100,
        help_text=_("At least three characters; accents and capital letters do not matter."),
    )


class ErasureForm(PlainForm):
    """Why somebody's data are erased."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    document = forms.CharField(
        label=_("Number and date of the request"),
        max_length=200,
        help_text=_("The audit keeps reason and document. Do not name the person in them."),
    )
