"""What people type about agencies and accounts."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency

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
