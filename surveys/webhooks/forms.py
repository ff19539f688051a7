"""What is chosen for a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.organisations.models import Agency, User
from surveys.webhooks.addresses import LENGTH
from surveys.webhooks.enums import PublicKind
from surveys.webhooks.models import Webhook
from surveys.webhooks.queries import owners_to_choose
from surveys.webhooks.services import WebhookWish


class OwnerField(forms.ModelChoiceField[Agency]):
    """An owner by name."""

    def label_from_instance(self, obj: Agency) -> str:
        """The name in the reader's language."""
        return obj.localised_name


class WebhookForm(forms.Form):
    """Where messages go, and of what; the address is judged by the service."""

    address = forms.CharField(
        max_length=LENGTH,
        label=_("Address"),
        help_text=_("It begins with https:// and takes POST. Only administrators see it."),
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "url"}),
        error_messages={"required": _("Give the address to which messages go.")},
    )
    kinds = forms.MultipleChoiceField(
        choices=PublicKind.choices,
        label=_("What the program is told of"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Tick at least one thing.")},
    )

    def wish(self) -> WebhookWish:
        """What is asked for; of a valid form."""
        return WebhookWish(address=self.cleaned_data["address"], kinds=self.cleaned_data["kinds"])

    @property
    def kind_lines(self) -> list[tuple[Any, str]]:
        """Each tick with the name that the message carries."""
        return [(box, box.data["value"]) for box in self["kinds"]]


class NewWebhookForm(WebhookForm):
    """Besides, of which owner."""

    owner = OwnerField(queryset=Agency.objects.none(), label=_("Of the rounds of"))

    field_order = ["owner", "address", "kinds"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = owners_to_choose(user)
        field = self.fields["owner"]
        field.queryset = owners  # type: ignore[attr-defined]  # a ModelChoiceField
        field.initial = owners.first()
        field.widget.attrs["class"] = "form-select"


class RemovalForm(forms.Form):
    """The host, typed by whoever removes the webhook."""

    host = forms.CharField(
        max_length=LENGTH,
        label=_("Name of the host"),
        help_text=_("Type it as it stands above, to confirm."),
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the name of the host.")},
    )


def form_of(webhook: Webhook, data: Any = None) -> WebhookForm:
    """The form of a webhook as it stands, or with what was sent."""
    return WebhookForm(data, initial={"address": webhook.address, "kinds": webhook.kinds})
