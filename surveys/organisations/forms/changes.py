"""What a person types to rename, move, merge or split an agency."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import Decision
from surveys.organisations.models import Agency, User
from surveys.organisations.queries import agencies_named
from surveys.organisations.rules import administers
from surveys.organisations.services.changes import Document, Name, NewUnit

NAME_LENGTH: Final = 200
CODE_LENGTH: Final = 40
DAY_HELP: Final = _("Day/month/year, for example 31/12/2026.")


class AgenciesField(forms.CharField):
    """Agencies by key or official code, one a line; ``user`` must administer each."""

    user: User
    widget: forms.Widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Agency]:
        """The agencies in the order of the lines."""
        words = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        found = agencies_named(words)
        if missing := [word for word in words if word.lower() not in found]:
            raise ValidationError(
                _("No existing agency has this code: %(codes)s"),
                params={"codes": ", ".join(missing)},
            )
        agencies = list({found[word.lower()].pk: found[word.lower()] for word in words}.values())
        if foreign := [each for each in agencies if not administers(self.user, each)]:
            raise ValidationError(
                _("You do not administer: %(names)s"),
                params={"names": ", ".join(each.localised_name for each in foreign)},
            )
        return agencies


class AgencyField(AgenciesField):
    """One agency by key or official code."""

    widget = forms.TextInput(attrs={"list": "agencies-nearby"})


class DocumentForm(forms.Form):
    """The document and the day that every change has."""

    on = forms.DateField(label=_("Takes effect on"), help_text=DAY_HELP)
    document_number = forms.CharField(label=_("Document: number and symbol"), max_length=120)
    document_on = forms.DateField(label=_("Document: date"), help_text=DAY_HELP)
    issuer = forms.CharField(label=_("Document: issued by"), max_length=NAME_LENGTH)

    def __init__(self, *args: Any, agency: Agency, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        last = list(DocumentForm.base_fields)
        self.order_fields([*(name for name in self.fields if name not in last), *last])
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-control"
            if isinstance(field, AgenciesField):
                field.user = user

    def document(self, decisions: dict[int, Decision]) -> Document:
        """The document, with what was decided on open tasks."""
        typed = self.cleaned_data
        return Document(
            number=typed["document_number"],
            dated=typed["document_on"],
            issuer=typed["issuer"],
            on=typed["on"],
            decisions=decisions,
        )

    def touched(self) -> list[Agency]:
        """The agencies whose open tasks are touched."""
        return [self.agency]


class RenameForm(DocumentForm):
    """Another name."""

    name = forms.CharField(label=_("New name"), max_length=NAME_LENGTH)
    name_en = forms.CharField(
        label=_("New name in English"), max_length=NAME_LENGTH, required=False
    )
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)

    def new_name(self) -> Name:
        """The name as typed."""
        typed = self.cleaned_data
        return Name(typed["name"], typed["name_en"], typed["short_name"])


class MoveForm(DocumentForm):
    """Another place in the tree."""

    parent = AgencyField(
        label=_("Belongs to"), help_text=_("Its code or key, as it stands in the agency's address.")
    )

    def clean_parent(self) -> Agency:
        """The one agency."""
        return _only(self.cleaned_data["parent"])


class MergeForm(DocumentForm):
    """What ends with the agency, and what takes their place."""

    others = AgenciesField(
        label=_("Other agencies that end with it"),
        required=False,
        help_text=_("Their codes, one a line."),
    )
    successor = AgencyField(
        label=_("They become part of"),
        required=False,
        help_text=_("The code of an existing agency; or leave it blank and name a new one."),
    )
    name = forms.CharField(
        label=_("Name of the new agency"), max_length=NAME_LENGTH, required=False
    )
    code = forms.CharField(
        label=_("Code of the new agency"), max_length=CODE_LENGTH, required=False
    )
    with_members = forms.BooleanField(
        label=_("Their members are members of the successor, too"), required=False
    )

    def clean_successor(self) -> Agency | None:
        """The one agency, if it exists already."""
        given = self.cleaned_data["successor"]
        return _only(given) if given else None

    def clean(self) -> dict[str, Any]:
        """Either an existing agency or a new name."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("successor")) == bool(cleaned.get("name")) and not self.errors:
            self.add_error("successor", _("Give an existing agency or the name of a new one."))
        return cleaned

    def touched(self) -> list[Agency]:
        """All that end."""
        others = {each.pk: each for each in self.cleaned_data["others"]}
        return list(({self.agency.pk: self.agency} | others).values())

    def into(self) -> Agency | NewUnit:
        """What takes their place."""
        typed = self.cleaned_data
        successor: Agency | None = typed["successor"]
        return successor or NewUnit(Name(typed["name"]), typed["code"])


class SplitForm(DocumentForm):
    """The agencies that come out of one."""

    units = forms.CharField(
        label=_("New agencies"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: the name; after a semicolon the official code, if there is one."),
    )
    goes_on = forms.BooleanField(label=_("The agency itself goes on beside them"), required=False)

    def clean_units(self) -> list[tuple[str, str]]:
        """Names and codes."""
        lines = [line.strip() for line in self.cleaned_data["units"].splitlines() if line.strip()]
        pairs = [tuple(part.strip() for part in line.partition(";")[::2]) for line in lines]
        if any(
            not name or len(name) > NAME_LENGTH or len(code) > CODE_LENGTH for name, code in pairs
        ):
            raise ValidationError(_("A name is missing, or a name or code is too long."))
        return [(name, code) for name, code in pairs]

    def new_units(self, children: dict[int, list[int]]) -> list[NewUnit]:
        """The agencies to be founded, with the children given to each by its position."""
        return [
            NewUnit(Name(name), code, tuple(children.get(position, ())))
            for position, (name, code) in enumerate(self.cleaned_data["units"])
        ]


def _only(agencies: list[Agency]) -> Agency:
    if len(agencies) != 1:
        raise ValidationError(_("Name one agency."))
    return agencies[0]
