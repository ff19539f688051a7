"""Work that goes from one verifier to another: illness, leave, another post."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.verification.models import Judgement, VerificationPlan
from surveys.verification.queries import own_agencies, possible_verifiers
from surveys.verification.services.locking import lock_all
from surveys.verification.services.planning import VerifierOfAnotherOwner
from surveys.verification.services.recording import record_of_plan
from surveys.verification.workflow import PlanStep, next_status


class NoWorkToMove(DomainError):
    """What was judged stays with who judged it."""

    code = "no_work_to_move"
    message = _(
        "Nothing can go from one to the other: all is judged, or the other verifies the same answers "
        "or belongs to the agencies."
    )


@transaction.atomic
def move_work(
    plan: VerificationPlan, *, giver: User, taker: User, actor: User | None, at: datetime
) -> int:
    """Give what one verifier has not judged yet to another; how many judgements that is.

    What the other verifies already, and answers of the other's own agencies, stay where they are.
    Raises VerificationMovedOn, VerifierOfAnotherOwner or NoWorkToMove.
    """
    locked = lock_all(plan)
    next_status(locked.status, PlanStep.WORK)
    if not possible_verifiers(locked.round).filter(pk=taker.pk).exists():
        raise VerifierOfAnotherOwner
    own = own_agencies([taker.pk])[taker.pk]
    theirs = Judgement.objects.filter(item__case__plan=locked, verifier=taker).values("item")
    moved = Judgement.objects.filter(item__case__plan=locked, verifier=giver, verdict="")
    moved = moved.exclude(item__in=theirs).exclude(item__case__assignment__agency__in=own)
    keys = list(moved.values_list("pk", flat=True))
    if not keys:
        raise NoWorkToMove
    number = Judgement.objects.filter(pk__in=keys).update(verifier=taker, is_flagged=False)
    locked.verifiers.add(taker)
    record_of_plan(
        Event.VERIFICATION_WORK_MOVED,
        locked,
        actor=actor,
        at=at,
        giver=giver.pk,
        taker=taker.pk,
        judgements=number,
    )
    return number
