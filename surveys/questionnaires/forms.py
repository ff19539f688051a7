"""What a person gives to import a questionnaire."""

from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.engine.structure import TABLE_NAME
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person, owners_of

MAKERS: Final = (DepartmentRoleName.DESIGNER, DepartmentRoleName.ADMINISTRATOR)


class ImportForm(forms.Form):
    """A workbook, the code of its questionnaire, and one of the person's owners."""

    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("XLSForm as .xlsx, .xls or .csv, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[a-z0-9_-]+$",
        max_length=60,
        help_text=_(
            "Stays the same over all versions: small letters, digits and hyphens."
            " The code of an existing questionnaire makes its next version."
        ),
        error_messages={"invalid": _("Use small letters, digits and hyphens only.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Agency.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Agency.objects.filter(pk__in=owners_of(user, *MAKERS))
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = owners
        owner.initial = owners.first()
        for name, field in self.fields.items():
            look = "form-select" if name == "owner" else "form-control"
            field.widget.attrs["class"] = look


class TableForm(forms.Form):
    """A file with one lookup table, and the name that expressions call it by."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV in UTF-8 (cells parted by comma, semicolon or tab) or a workbook with one sheet,"
            " at most 10 MB and 50,000 rows."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.xlsx,.xlsm,.xls", "class": "form-control"}
        ),
    )
    name = forms.RegexField(
        label=_("Name"),
        regex=TABLE_NAME,
        max_length=24,
        required=False,
        help_text=_("As pulldata() calls it; without one, the name of the file."),
        error_messages={
            "invalid": _("Use letters without marks, digits, “_”, “-” and “.”, at most 24.")
        },
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def clean(self) -> dict[str, Any]:
        """A name for the table, the file's if none was given."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and "name" not in self.errors and not cleaned.get("name"):
            name = PurePath(file.name).stem
            if TABLE_NAME.fullmatch(name) is None:
                self.add_error("name", _("The file's name cannot be the table's. Give it a name."))
            cleaned["name"] = name
        return cleaned


class TranslationsForm(forms.Form):
    """A workbook of translations that came back."""

    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("The workbook that was exported here and filled in, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls", "class": "form-control"}),
    )
