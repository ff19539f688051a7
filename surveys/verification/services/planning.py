"""The plan of a verification: made and changed until it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.campaigns.services import lock_round, refuse_published
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.verification.enums import HandOut, Which
from surveys.verification.models import VerificationPlan
from surveys.verification.queries import possible_verifiers
from surveys.verification.services.locking import lock_plan
from surveys.verification.services.recording import points_text, record_of_plan
from surveys.verification.workflow import PlanStep, next_status

MOST_DAYS: Final = 365


class ConfidentialUnverified(DomainError):
    """Of confidential answers nobody of the department sees a single one."""

    code = "confidential_unverified"
    message = _(
        "The answers of this campaign are confidential: the department sees totals only, so single "
        "answers cannot be verified."
    )


class VerificationUnwanted(DomainError):
    """A campaign says whether its answers are verified."""

    code = "verification_unwanted"
    message = _("The campaign's set-up says that its answers are not verified. Change it first.")


class RoundNotClosed(DomainError):
    """Verification begins when nothing can be handed in any more."""

    code = "round_not_closed"
    message = _("Verification begins once the round is closed.")


class VerifiersMissing(DomainError):
    """Somebody has to do it."""

    code = "verifiers_missing"
    message = _("Choose at least one verifier.")
    status = 422


class SecondVerifierMissing(DomainError):
    """Two verifiers are two people."""

    code = "second_verifier_missing"
    message = _("For answers that two verify, choose at least two verifiers.")
    status = 422


class VerifierOfAnotherOwner(DomainError):
    """Verifiers have that role within the owner."""

    code = "verifier_of_another_owner"
    message = _("Somebody whom you chose is no verifier of this department.")
    status = 422


class PlanUnfit(DomainError):
    """The figures of a plan have limits."""

    code = "verification_plan_unfit"
    message = _(
        "Shares are whole percentages from 0 to 100, the seed a number from 1 on, and agencies may "
        "explain for 1 to 365 days."
    )
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetails:
    """What a designer says; see ``VerificationPlan``."""

    verifiers: Sequence[User]
    which: Which = Which.EVERY
    share: int = 100
    seed: int = 1
    least: Decimal = Decimal(0)
    codes: Sequence[str] = ()
    twice: int = 0
    hand_out: HandOut = HandOut.BY_AGENCY
    explain_days: int = 10


@transaction.atomic
def save_plan(
    round_: Round, details: PlanDetails, *, actor: User | None, at: datetime
) -> VerificationPlan:
    """Make the plan of the round, or change it while it has not begun.

    Raises ConfidentialUnverified, VerificationUnwanted, VerificationMovedOn, PlanUnfit,
    VerifiersMissing, SecondVerifierMissing or VerifierOfAnotherOwner.
    """
    refuse_round(round_)
    made, _is_new = VerificationPlan.objects.get_or_create(
        round=round_, defaults={"planned_at": at, "planned_by": actor}
    )
    plan = lock_plan(made)
    next_status(plan.status, PlanStep.PLAN)
    _refuse_details(round_, details)
    plan.which, plan.share, plan.seed = details.which, details.share, details.seed
    plan.least, plan.codes = details.least, sorted(details.codes)
    plan.twice, plan.hand_out = details.twice, details.hand_out
    plan.explain_days = details.explain_days
    plan.planned_at, plan.planned_by = at, actor
    plan.save()
    plan.verifiers.set(details.verifiers)
    facts = {
        "which": plan.which,
        "share": plan.share,
        "seed": plan.seed,
        "least": points_text(plan.least),
        "codes": plan.codes,
        "twice": plan.twice,
        "hand_out": plan.hand_out,
        "explain_days": plan.explain_days,
        "verifiers": [person.pk for person in details.verifiers],
    }
    record_of_plan(Event.VERIFICATION_PLANNED, plan, actor=actor, at=at, **facts)
    return plan


@transaction.atomic
def begin(plan: VerificationPlan, *, actor: User | None, at: datetime) -> None:
    """Fix the plan and have its work handed out, in the background.

    Raises VerificationMovedOn, RoundNotClosed, RoundPublished, ConfidentialUnverified or
    VerificationUnwanted.
    """
    # Whoever publishes holds the round too: a verification begins before that, or not at all.
    refuse_published(lock_round(plan.round))
    locked = lock_plan(plan)
    status = next_status(locked.status, PlanStep.BEGIN)
    refuse_round(locked.round)
    if locked.round.status != RoundStatus.CLOSED:
        raise RoundNotClosed
    locked.status, locked.begun_at = status, at
    locked.save(update_fields=["status", "begun_at"])
    record_of_plan(Event.VERIFICATION_BEGUN, locked, actor=actor, at=at)


def refuse_round(round_: Round) -> None:
    """Raise ConfidentialUnverified or VerificationUnwanted where nothing is to be verified."""
    campaign = round_.campaign
    if campaign.is_confidential:
        raise ConfidentialUnverified
    if not campaign.verifies:
        raise VerificationUnwanted


def _refuse_details(round_: Round, details: PlanDetails) -> None:
    in_range = (
        0 <= details.share <= 100
        and 0 <= details.twice <= 100
        and 1 <= details.seed < 2**31
        and 1 <= details.explain_days <= MOST_DAYS
    )
    if not in_range or not details.least.is_finite() or details.least < 0:
        raise PlanUnfit
    wanted = {person.pk for person in details.verifiers}
    if not wanted:
        raise VerifiersMissing
    if details.twice and len(wanted) < 2:
        raise SecondVerifierMissing
    if wanted - set(possible_verifiers(round_).values_list("pk", flat=True)):
        raise VerifierOfAnotherOwner
