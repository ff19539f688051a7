"""What people type about agencies and accounts."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import AgencyType, MembershipRole
from surveys.organisations.models import Agency, Membership

OFFICIAL, ALPHABETICAL = "official", "name"


class PasswordResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Asks for a link to set a new password; an unknown address gets the same answer and no mail."""

    def save(self, request: Any, **kwargs: Any) -> str:
        """Send the link if there is an account."""
        if self.users:
            super().save(request, **kwargs)
        email: str = self.cleaned_data["email"]
        return email


class AgencyFilter(forms.Form):
    """The filters of the list of agencies, all optional, as they stand in the address."""

    q = forms.CharField(required=False, max_length=200, label=_("Name or code"))
    type = forms.ChoiceField(
        required=False, choices=[("", _("All types")), *AgencyType.choices], label=_("Type")
    )
    province = forms.ModelChoiceField(
        required=False,
        queryset=Agency.objects.none(),
        to_field_name="key",
        empty_label=_("All provinces"),
        label=_("Province"),
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[(OFFICIAL, _("Official order")), (ALPHABETICAL, _("By name"))],
        label=_("Order"),
    )

    def __init__(self, *args: Any, provinces: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = provinces  # type: ignore[attr-defined]  # a ModelChoiceField


class PartForm(forms.Form):
    """What a member does in an agency, and how the person signs."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=MembershipRole.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    title = forms.CharField(
        label=_("Position"),
        max_length=120,
        required=False,
        help_text=_("As it stands under a signature: “Chief of Office”."),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    signs_as = forms.CharField(
        label=_("Signs as"),
        max_length=60,
        required=False,
        help_text=_("For signatories who sign for somebody else, as the document says."),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    @staticmethod
    def values_of(membership: Membership) -> dict[str, str]:
        """What the form shows of a membership."""
        return {
            "role": membership.role,
            "title": membership.title,
            "signs_as": membership.signs_as,
        }


class InviteForm(PartForm):
    """The person to invite and the part offered."""

    field_order = ("full_name", "email", "role", "title", "signs_as")

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Official e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


class AddressForm(forms.Form):
    """The address of an agency's office; empty takes it away."""

    address = forms.EmailField(
        label=_("Contact address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


class AcceptForm(forms.Form):
    """Name and password of a new account."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False, widget=forms.PasswordInput
    )
    again = forms.CharField(
        label=_("The same once more"), max_length=128, strip=False, widget=forms.PasswordInput
    )

    def clean(self) -> dict[str, Any]:
        """The password typed twice alike."""
        cleaned = super().clean() or {}
        if "again" in cleaned and cleaned.get("password") != cleaned["again"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class PeopleFileForm(forms.Form):
    """A list of people as a file."""

    file = forms.FileField(
        label=_("List of people"),
        help_text=_("Excel (.xlsx) or CSV in UTF-8, at most 10 MB and 20,000 people."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,.xls,.csv", "class": "form-control"}
        ),
    )
