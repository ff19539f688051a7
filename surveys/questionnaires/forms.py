"""What a person gives to import a questionnaire."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

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
