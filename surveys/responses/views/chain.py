"""The way of a response through its signatures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.campaigns.deadlines import local_day
from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.campaigns.models import Assignment
from surveys.campaigns.signing_off import SignOffStep, StepAct, titles_of
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import Membership, Substitution
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.signoff.models import SignOff
from surveys.responses.signoff.queries import acts_since_sending
from surveys.responses.signoff.turns import agency_of, steps_of, waiting_position
from surveys.responses.views.deadlines import moment
from surveys.responses.workflow import SIGNED


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step: done, now, or still to come. ``note`` is what was said at it."""

    label: str
    sub: str
    state: str
    note: str = ""


People = dict[tuple[int | None, str], list[str]]
"""Names by agency and role."""


def sign_off_chain(assignment: Assignment, *, at: datetime) -> list[ChainStep]:
    """Filling in, each step of the chain, receipt: who did it and when, or who is to do it."""
    response = Response.objects.filter(assignment=assignment).only("pk").first()
    is_sent = response is not None and (
        assignment.status == Status.AWAITING_SIGNATURE or assignment.status in SIGNED
    )
    people = _people(assignment, at)
    acts = acts_since_sending(response) if response and is_sent else []
    revisions = _newest(response) if response and is_sent else {}
    filled = revisions.get(RevisionKind.SENT)
    coordinators = people[assignment.agency_id, MembershipRole.COORDINATOR]
    signed = revisions.get(RevisionKind.SIGNED) if assignment.status in SIGNED else None
    return [
        ChainStep(
            _("Fill in and review"),
            _when(filled, at) if is_sent else "; ".join(coordinators),
            "done" if is_sent else "now",
        ),
        *_steps(assignment, acts, people, at=at, signed=signed),
        ChainStep(_("Receipt"), (signed.receipt or "") if signed else "", "done" if signed else ""),
    ]


def step_title(step: SignOffStep, language: str = "vi") -> str:
    """The step's own title, else what is done at it."""
    titles = titles_of(step)
    return titles.get(language) or titles.get("vi") or next(iter(titles.values()))


def _steps(
    assignment: Assignment,
    acts: list[SignOff],
    people: People,
    *,
    at: datetime,
    signed: ResponseRevision | None,
) -> list[ChainStep]:
    waits = waiting_position(assignment)
    done = {act.position: act for act in acts}
    steps = steps_of(assignment)
    past = len(steps) if assignment.status in SIGNED else 0
    found = []
    for position, step in enumerate(steps):
        act = done.get(position)
        label = step_title(step, _language())
        names = people[agency_of(assignment, step), step.role]
        if act is not None:
            found.append(ChainStep(label, _who(act, at), "done", _note(act)))
        elif position < (past if waits is None else waits):
            # What was signed before acts were written down has its revision only.
            sub = _when(signed, at) if step.act is StepAct.SIGN else ""
            found.append(ChainStep(label, sub, "done"))
        else:
            who = "; ".join(names) or _("Nobody has this part yet.")
            found.append(ChainStep(label, who, "now" if position == waits else ""))
    return found


def _people(assignment: Assignment, at: datetime) -> People:
    agencies = [assignment.agency_id, assignment.agency.parent_id]
    names: People = defaultdict(list)
    members = Membership.objects.filter(agency__in=agencies, user__is_active=True)
    for each in members.select_related("user").order_by("pk"):
        title = f", {each.title}" if each.title else ""
        names[each.agency_id, each.role].append(f"{each.user}{title}")
    lent = Substitution.objects.in_force(local_day(at)).filter(agency__in=agencies)
    for record in lent.select_related("substitute", "absent"):
        words = _("%(person)s, standing in for %(absent)s")
        names[record.agency_id, record.role].append(
            words % {"person": record.substitute, "absent": record.absent}
        )
    return names


def _newest(response: Response) -> dict[str, ResponseRevision]:
    """The newest revision of each kind, without its text."""
    revisions = ResponseRevision.objects.filter(response=response).defer("canonical")
    return {each.kind: each for each in revisions.select_related("actor").order_by("number")}


def _who(act: SignOff, at: datetime) -> str:
    who = f"{act.actor or _('the system')}, {moment(act.at, at)}"
    if act.signs_as:
        who = f"{who}. {act.signs_as}"
    if act.document_number:
        who = f"{who} ({act.document_number})"
    return who


def _note(act: SignOff) -> str:
    if act.with_reservation:
        return _("With a reservation: %(comment)s") % {"comment": act.comment}
    return act.comment


def _when(revision: ResponseRevision | None, at: datetime) -> str:
    if revision is None:
        return ""
    return f"{revision.actor or _('the system')}, {moment(revision.at, at)}"


def _language() -> str:
    return get_language() or "vi"
