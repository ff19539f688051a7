"""Background work of verification."""

from dataclasses import asdict
from typing import Any

from surveys.background.context import JobContext
from surveys.verification import notifications, services
from surveys.verification.models import VerificationItem, VerificationPlan


def hand_out(job: JobContext) -> dict[str, Any]:
    """Make the cases of a verification that has begun, with their answers and verifiers."""
    made = services.hand_out(_plan(job), actor=job.owner, clock=job.now, progress=job.progress)
    return asdict(made)


def freeze_verified(job: JobContext) -> dict[str, Any]:
    """Give each response of a closed verification its verified revision."""
    frozen = services.freeze_verified(
        _plan(job), actor=job.owner, clock=job.now, progress=job.progress
    )
    return {"agencies": frozen}


def tell_of_work(job: JobContext) -> dict[str, Any]:
    """Tell each verifier how many answers wait."""
    return {"told": notifications.tell_of_work(_plan(job), event=job.event, at=job.now())}


def tell_of_moved_work(job: JobContext) -> dict[str, Any]:
    """Tell a verifier of work that another had."""
    return {"told": notifications.tell_of_moved_work(_plan(job), event=job.event, at=job.now())}


def tell_of_findings(job: JobContext) -> dict[str, Any]:
    """Tell agencies what was found, and until when they may explain."""
    return {"told": notifications.tell_of_findings(_plan(job), event=job.event, at=job.now())}


def tell_of_explanation(job: JobContext) -> dict[str, Any]:
    """Tell the department what an agency says."""
    return {"told": notifications.tell_of_explanation(_item(job), event=job.event, at=job.now())}


def tell_of_ruling(job: JobContext) -> dict[str, Any]:
    """Tell an agency what the department decides."""
    return {"told": notifications.tell_of_ruling(_item(job), event=job.event, at=job.now())}


def tell_of_end(job: JobContext) -> dict[str, Any]:
    """Tell the agencies that their answers are verified."""
    return {"told": notifications.tell_of_end(_plan(job), event=job.event, at=job.now())}


def _plan(job: JobContext) -> VerificationPlan:
    found = VerificationPlan.objects.select_related("round__campaign")
    return found.get(pk=job.event.subject_id)


def _item(job: JobContext) -> VerificationItem:
    found = VerificationItem.objects.select_related(
        "case__assignment__round__campaign", "case__assignment__agency"
    )
    return found.get(pk=job.event.subject_id)
