"""The form by which a table is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PrefillFileForm(forms.Form):
    """A table as a file."""

    file = forms.FileField(
        label=_("Table of answers"),
        help_text=_("Excel (.xlsx) or CSV in UTF-8, at most 10 MB. Of a workbook the first sheet."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv", "class": "form-control"}),
    )
