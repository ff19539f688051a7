"""What is chosen for a token."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.machines.enums import EXPLANATIONS, Scope
from surveys.machines.models import NAME_LENGTH
from surveys.machines.queries import agencies_to_act_for
from surveys.machines.services import TokenWish
from surveys.organisations.models import Agency, User

DAYS: Final = (
    (30, _("30 days")),
    (90, _("90 days")),
    (180, _("180 days")),
    (365, _("A year")),
)
DEFAULT_DAYS: Final = 90


class ActedForField(forms.ModelChoiceField[Agency]):
    """An agency by name."""

    def label_from_instance(self, obj: Agency) -> str:
        """The name in the reader's language."""
        return obj.localised_name


class TokenForm(forms.Form):
    """Its name, what it is good for, for whom, and how long."""

    name = forms.CharField(
        max_length=NAME_LENGTH,
        label=_("Name of the program"),
        help_text=_("By it you know later which program has the token."),
        error_messages={"required": _("Give the token a name.")},
    )
    agency = ActedForField(
        queryset=Agency.objects.none(),
        required=False,
        label=_("Acts for"),
        empty_label=_("Everything that I may"),
        help_text=_("For one agency only, the program sees nothing of the others."),
    )
    days = forms.TypedChoiceField(
        coerce=int, choices=DAYS, initial=DEFAULT_DAYS, label=_("Holds for")
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        label=_("What it is good for"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Tick at least one thing.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_to_act_for(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        for name in ("name", "agency", "days"):
            is_choice = isinstance(self.fields[name], forms.ChoiceField)
            self.fields[name].widget.attrs["class"] = "form-select" if is_choice else "form-control"

    @property
    def scope_lines(self) -> list[tuple[Any, Any]]:
        """Each tick with what it opens."""
        return [(box, EXPLANATIONS[Scope(box.data["value"])]) for box in self["scopes"]]

    def wish(self, at: datetime) -> TokenWish:
        """What is asked for; of a valid form."""
        return TokenWish(
            name=self.cleaned_data["name"],
            scopes=[Scope(each) for each in self.cleaned_data["scopes"]],
            agency=self.cleaned_data["agency"],
            expires_at=at + timedelta(days=self.cleaned_data["days"]),
        )
