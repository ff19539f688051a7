"""The way of a response through its signatures."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.campaigns.models import Assignment
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import Membership
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision
from surveys.responses.views.deadlines import moment


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step: done, now, or still to come."""

    label: str
    sub: str
    state: str


def sign_off_chain(assignment: Assignment, *, at: datetime) -> list[ChainStep]:
    """Filling in, signing, receipt: who did it and when, or who is to do it."""
    status = Status(assignment.status)
    people = _people(assignment)
    frozen = {
        revision.kind: revision
        for revision in ResponseRevision.objects.filter(response__assignment=assignment)
        .select_related("actor")
        .order_by("number")
    }
    sent = frozen.get(RevisionKind.SENT)
    signed = frozen.get(RevisionKind.SIGNED)
    is_sent = status is Status.AWAITING_SIGNATURE
    is_signed = status in {Status.SUBMITTED, Status.VERIFIED, Status.PUBLISHED}
    return [
        ChainStep(
            _("Fill in and review"),
            _who(sent, at) if is_sent or is_signed else people[MembershipRole.COORDINATOR],
            "done" if is_sent or is_signed else "now",
        ),
        ChainStep(
            _("Sign"),
            _who(signed, at) if is_signed else people[MembershipRole.SIGNATORY],
            "done" if is_signed else "now" if is_sent else "",
        ),
        ChainStep(
            _("Receipt"),
            (signed.receipt or "") if is_signed and signed else "",
            "done" if is_signed else "",
        ),
    ]


def _people(assignment: Assignment) -> dict[str, str]:
    names: dict[str, list[str]] = {role: [] for role in MembershipRole.values}
    for membership in Membership.objects.filter(agency=assignment.agency_id).select_related("user"):
        title = f", {membership.title}" if membership.title else ""
        names[membership.role].append(f"{membership.user}{title}")
    return {role: "; ".join(found) for role, found in names.items()}


def _who(revision: ResponseRevision | None, at: datetime) -> str:
    if revision is None:
        return ""
    return f"{revision.actor or _('the system')}, {moment(revision.at, at)}"
