"""What a person types to set how respondents are protected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.gate.enums import Identity
from analytics.gate.models import FEWEST, DisclosurePolicy
from analytics.gate.services import Settings
from surveys.campaigns.forms import PlainForm


class PolicyForm(PlainForm):
    """The disclosure policy of a round."""

    identity = forms.ChoiceField(label=_("Who is protected"), choices=Identity.choices)
    minimum = forms.IntegerField(
        label=_("Fewest organisations behind a figure"), min_value=FEWEST, max_value=100
    )
    minimum_people = forms.IntegerField(
        label=_("Fewest persons behind a figure"), min_value=FEWEST, max_value=1000
    )
    p = forms.IntegerField(
        label=_("Percent of the largest contribution that others must be uncertain by"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("For sums. Left blank, there is no such rule."),
    )
    dominance_n = forms.IntegerField(
        label=_("So many of the largest contributions together"),
        min_value=1,
        max_value=10,
        required=False,
    )
    dominance_k = forms.IntegerField(
        label=_("may make up so many percent of a sum at most"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("Both or neither."),
    )
    base_rounding = forms.IntegerField(
        label=_("Bases of filtered tables are rounded to multiples of"),
        min_value=1,
        max_value=100,
        help_text=_("1: not rounded."),
    )
    groups = forms.BooleanField(
        label=_("Hide an answer that all of a group gave, or all but one"), required=False
    )
    zeros = forms.BooleanField(label=_("Hide that nobody gave an answer"), required=False)

    def __init__(self, *args: Any, policy: DisclosurePolicy, **kwargs: Any) -> None:
        initial = {name: getattr(policy, name) for name in Settings.__slots__}
        super().__init__(*args, initial=initial, **kwargs)
        if policy.round.campaign.is_confidential:
            del self.fields["identity"]
        for name in ("groups", "zeros"):
            self.fields[name].widget.attrs["class"] = "form-check-input"

    def clean(self) -> dict[str, Any]:
        """The rule of the largest contributions has two figures."""
        given = super().clean() or self.cleaned_data
        if (given.get("dominance_n") is None) != (given.get("dominance_k") is None):
            name = "dominance_n" if given.get("dominance_n") is None else "dominance_k"
            if name not in self.errors:
                self.add_error(name, _("Give both figures of the rule, or neither."))
        return given

    def settings(self) -> Settings:
        """What the service takes."""
        given = self.cleaned_data
        identity = Identity(given.get("identity", Identity.PROTECTED))
        return Settings(**{**given, "identity": identity})
