"""Reading what was done at the steps of the chain."""

from typing import Final

from django.db.models import Max

from surveys.campaigns.models import Assignment
from surveys.organisations.models import User
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.signoff.models import SignOff, SignOffAct

MOST_LISTED: Final = 100
"""More than anybody approves in a day."""


def revision_in_question(response: Response) -> ResponseRevision | None:
    """What whoever comes next in the chain has before them: the newest revision."""
    return response.revisions.select_related("actor").order_by("-number").first()


def acts_since_sending(response: Response) -> list[SignOff]:
    """What was approved and signed since the answers were last sent, in order."""
    sent = response.revisions.filter(kind=RevisionKind.SENT).aggregate(number=Max("number"))
    acts = response.sign_offs.filter(revision__number__gte=sent["number"] or 0)
    return list(
        acts.exclude(act=SignOffAct.RETURN)
        .select_related("actor", "revision", "substitution__absent")
        .order_by("position", "pk")
    )


def waiting_for(user: User) -> list[Assignment]:
    """What lower units handed in and the person has to approve for the superior, oldest first."""
    waiting = Assignment.objects.waiting_for_superior(user)
    found = waiting.select_related("agency", "round__campaign").order_by("submitted_at", "pk")
    return list(found[:MOST_LISTED])
