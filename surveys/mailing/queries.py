"""How the mails of a whole stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class StepStanding:
    """How many mails of a step have which status; each status is there."""

    step: str
    counts: dict[MailStatus, int]

    @property
    def total(self) -> int:
        """All mails of the step."""
        return sum(self.counts.values())


def standing(within: str) -> list[StepStanding]:
    """The mails of a whole (``round:7``) by step and status, steps in alphabetical order.

    One query.
    """
    steps: dict[str, dict[MailStatus, int]] = {}
    counted = (
        OutgoingMail.objects.within(within)
        .values_list("step", "status")
        .annotate(number=Count("pk"))
        .order_by("step")
    )
    for step, status, number in counted:
        steps.setdefault(step, dict.fromkeys(MailStatus, 0))[MailStatus(status)] = number
    return [StepStanding(step, counts) for step, counts in steps.items()]


def undelivered(within: str) -> QuerySet[OutgoingMail, Any]:
    """The mails of a whole that could not be sent or came back, the newest first."""
    return (
        OutgoingMail.objects.within(within)
        .filter(status__in=[MailStatus.FAILED, MailStatus.BOUNCED])
        .select_related("to_user")
        .order_by("-pk")
    )


def mails_about(about: str) -> QuerySet[OutgoingMail, Any]:
    """Every mail about one thing (``assignment:12``), oldest first."""
    return OutgoingMail.objects.about([about]).select_related("to_user").order_by("pk")
