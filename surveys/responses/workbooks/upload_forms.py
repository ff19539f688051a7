"""What people choose on the pages of the Excel questionnaire."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """A filled-in workbook."""

    file = forms.FileField(
        label=_("Filled-in workbook"),
        help_text=_("Excel (.xlsx), at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx", "class": "form-control"}),
    )


class ApplyForm(forms.Form):
    """How much of a workbook is taken over."""

    clear = forms.BooleanField(
        label=_("Clear what is empty in the workbook"),
        required=False,
    )
