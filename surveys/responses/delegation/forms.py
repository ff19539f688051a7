"""What a coordinator sends to divide the work."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.engine import EvaluationError
from surveys.engine.answers import read_date
from surveys.organisations.models import User
from surveys.responses.delegation.services import Guest, Work

INVITE: Final = "invite"
"""Stands for somebody new where a person is chosen."""


class DayForm(forms.Form):
    """A last day, written in any way that people write one."""

    due_on = forms.CharField(
        max_length=20, error_messages={"required": _("Write the last day: day/month/year.")}
    )

    def clean_due_on(self) -> date:
        """The day."""
        text: str = self.cleaned_data["due_on"]
        try:
            return read_date(text)
        except EvaluationError as failure:
            message = _("“%(typed)s” is not a date. Write day/month/year.")
            raise forms.ValidationError(message, params={"typed": text}) from failure


class WorkForm(DayForm):
    """Parts, a person or an address, the last day, and a word about it.

    The service judges the parts, so that one which is gone is said in its words.
    """

    person = forms.ChoiceField(
        error_messages={
            "required": _("Choose a person."),
            "invalid_choice": _("Choose one of your agency's coordinators or contributors."),
        }
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write a whole e-mail address, as in ten@coquan.gov.vn.")},
    )
    full_name = forms.CharField(required=False, max_length=120)
    note = forms.CharField(required=False, max_length=1000)
    moves = forms.BooleanField(required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        chosen = self.fields["person"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(key, str(person)) for key, person in self.people.items()]
        chosen.choices += [(INVITE, "")]

    def clean(self) -> dict[str, Any]:
        """Somebody new is asked for by an address."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person") == INVITE and not cleaned.get("email") and "email" in cleaned:
            self.add_error("email", _("Write the e-mail address of the person to invite."))
        return cleaned

    def work(self, parts: Iterable[str]) -> Work:
        """What is given."""
        cleaned = self.cleaned_data
        return Work(
            parts=tuple(parts),
            due_on=cleaned["due_on"],
            note=cleaned["note"],
            moves=cleaned["moves"],
        )

    @property
    def chosen(self) -> User | Guest:
        """To whom."""
        cleaned = self.cleaned_data
        known = self.people.get(cleaned["person"])
        return known or Guest(cleaned["email"], cleaned["full_name"])
