"""Deadlines in words: relative for people, absolute for records."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.campaigns.deadlines import days_left, last_day
from surveys.campaigns.models import Assignment


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, and how far it is; ``words`` is "" once the response is submitted."""

    day: date
    left: int
    words: str

    @property
    def is_past(self) -> bool:
        """Whether the last day is over."""
        return self.left < 0

    @property
    def shown(self) -> str:
        """The last day, day/month/year."""
        return f"{self.day.day}/{self.day.month}/{self.day.year}"


def deadline_of(assignment: Assignment, *, at: datetime) -> Deadline:
    """The assignment's deadline as it looks at ``at``."""
    left = days_left(assignment.due_at, at)
    words = "" if assignment.submitted_at else left_words(left)
    return Deadline(last_day(assignment.due_at), left, words)


def left_words(left: int) -> str:
    """How many days are left, or by how many it is late."""
    if left < 0:
        return ngettext(
            "%(days)s day past the deadline", "%(days)s days past the deadline", -left
        ) % {"days": -left}
    if left == 0:
        return _("today is the last day")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def moment(at: datetime, now: datetime) -> str:
    """A time of day today, else time and day."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    return f"{clock} {local.day}/{local.month}/{local.year}"
