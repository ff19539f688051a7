"""What a person types to give a round other dates, or to end or reopen it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.deadlines import end_of, last_day, local_day, start_of
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.forms import DayField, PlainForm
from surveys.campaigns.models import Round
from surveys.campaigns.services import Dates


class ReasonForm(PlainForm):
    """Why one departs from what was announced."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the log of the round."),
    )

    def __init__(self, *args: Any, round_: Round, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.today = round_, today


class PostponeForm(ReasonForm):
    """Other dates for a round; of an open one only the deadline."""

    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(
        label=_("Deadline"), help_text=_("Holds to 24:00 of this day, Viet Nam time.")
    )
    field_order = ("opens_on", "closes_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = local_day(self.round.opens_at)
        self.fields["closes_on"].initial = last_day(self.round.closes_at)
        if self.round.status == RoundStatus.OPEN:
            del self.fields["opens_on"]

    def dates(self) -> Dates:
        """The dates as instants."""
        opens_on = self.cleaned_data.get("opens_on")
        opens_at = start_of(opens_on) if opens_on else self.round.opens_at
        return Dates(opens_at, end_of(self.cleaned_data["closes_on"]))


class ReopenForm(ReasonForm):
    """Until when answers are taken in again."""

    closes_on = DayField(
        label=_("New deadline"), help_text=_("Holds to 24:00 of this day, Viet Nam time.")
    )
    field_order = ("closes_on", "reason")


class CopyForm(PlainForm):
    """Another period for what this round asks."""

    period = forms.CharField(
        label=_("Period"), max_length=60, help_text=_("As it is said: year 2026, quarter I 2027.")
    )
    reference_date = DayField(label=_("Reference date"))
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(
        label=_("Deadline"), help_text=_("Holds to 24:00 of this day, Viet Nam time.")
    )

    def __init__(self, *args: Any, round_: Round, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.today = round_, today

    def dates(self) -> Dates:
        """The dates as instants."""
        given = self.cleaned_data
        return Dates(start_of(given["opens_on"]), end_of(given["closes_on"]))
