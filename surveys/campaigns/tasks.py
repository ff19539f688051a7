"""Background work of the campaigns."""

from typing import Any

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from surveys.background.context import JobContext
from surveys.campaigns import notifications, services
from surveys.campaigns.models import Campaign, Extension, Round
from surveys.mailing.models import OutgoingMail


def tell_of_opening(job: JobContext) -> dict[str, Any]:
    """Tell agencies and department that a round is open."""
    return {"told": notifications.tell_of_opening(_round(job), event=job.event, at=job.now())}


def tell_of_closing(job: JobContext) -> dict[str, Any]:
    """Tell the department that a round is closed."""
    return {"told": notifications.tell_of_closing(_round(job), event=job.event, at=job.now())}


def tell_of_wish(job: JobContext) -> dict[str, Any]:
    """Tell the department that an agency asks for more time."""
    wish = _extension(job)
    return {"told": notifications.tell_of_wish(wish, event=job.event, at=job.now())}


def tell_of_decision(job: JobContext) -> dict[str, Any]:
    """Tell the agency's coordinators until when they have time now."""
    decided = _extension(job)
    return {"told": notifications.tell_of_decision(decided, event=job.event, at=job.now())}


def invite(job: JobContext) -> dict[str, Any]:
    """Queue the invitations of a round that was opened, or of agencies added to it later."""
    return {"mails": services.invite(_round(job), actor=job.owner, at=job.now())}


def tell_of_bounce(job: JobContext) -> dict[str, Any]:
    """Tell the department that a mail to an agency came back."""
    mail = OutgoingMail.objects.get(pk=job.event.subject_id)
    return {"told": notifications.tell_of_bounce(mail, event=job.event, at=job.now())}


def write_of_extension(job: JobContext) -> dict[str, Any]:
    """Queue the mail to the agency about its new deadline."""
    given = _extension(job)
    return {"mails": services.write_of_extension(given, actor=job.owner, at=job.now())}


def _extension(job: JobContext) -> Extension:
    found = Extension.objects.select_related("assignment__round__campaign", "assignment__agency")
    return found.get(pk=job.payload["extension"])


def tell_of_failed_opening(job: JobContext) -> dict[str, Any]:
    """Tell the department that a round could not open by itself, or a campaign not be planned."""
    event = job.event
    planned = event.subject_type == Campaign._meta.label_lower
    concerned = Campaign.objects.get(pk=event.subject_id) if planned else _round(job)
    told = notifications.tell_of_failed_opening(concerned, event=event, at=job.now())
    return {"told": told}


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def open_due_rounds() -> None:
    """Every minute, open what is due."""
    services.open_due_rounds(at=timezone.now())


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def close_due_rounds() -> None:
    """Every minute, close what is due."""
    services.close_due_rounds(at=timezone.now())


# The queue's clock is UTC: from 8:10 to 17:10 in Hanoi.
@db_periodic_task(crontab(minute="10", hour="1-10"))  # type: ignore[untyped-decorator]  # huey has no types
def send_due_reminders() -> None:
    """Queue the reminders that are due, in the country's office hours; each of them once."""
    services.send_due_reminders(at=timezone.now())


def _round(job: JobContext) -> Round:
    return Round.objects.select_related("campaign").get(pk=job.event.subject_id)
