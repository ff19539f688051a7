"""Reading what was done at the steps of the chain."""

from django.db.models import Max

from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.signoff.models import SignOff, SignOffAct


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
