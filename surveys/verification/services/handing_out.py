"""Handing out the work of a verification, in the background: cases, their answers, their verifiers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.organisations.models import Agency, User
from surveys.verification.choosing import choose
from surveys.verification.claims import Claim
from surveys.verification.enums import HandOut, PlanStatus
from surveys.verification.models import (
    Judgement,
    VerificationCase,
    VerificationItem,
    VerificationPlan,
)
from surveys.verification.queries import Claimed, claims_of_round, own_agencies
from surveys.verification.services.locking import lock_plan
from surveys.verification.services.recording import record_of_plan
from surveys.verification.sharing import NobodyFor, Piece, Sharing, share_out
from surveys.verification.workflow import PlanStep, next_status

BATCH: Final = 50
"""Agencies whose answers are written in one transaction: others write in between."""

ROWS: Final = 500


class NothingToVerify(DomainError):
    """A plan that chooses no answer cannot begin."""

    code = "nothing_to_verify"
    message = _(
        "No answer is verified by this plan: nobody has signed, no indicator of the questionnaire "
        "has a scoring rule, or the plan leaves all of them out."
    )


class NobodyMayJudge(DomainError):
    """Nobody judges the answers of an own agency."""

    code = "nobody_may_judge"
    message = _("There are not enough verifiers for %(agency)s: nobody judges an own agency.")


@dataclass(frozen=True, slots=True)
class HandedOut:
    """How much there is to verify."""

    agencies: int
    items: int
    judgements: int


@dataclass(frozen=True, slots=True)
class _Case:
    """One agency's part of the work: its chosen claims, each with its place in the questionnaire
    and its verifiers."""

    claimed: Claimed
    chosen: tuple[tuple[int, Claim, tuple[int, ...]], ...]


def refuse_empty(plan: VerificationPlan) -> None:
    """Raise NothingToVerify or NobodyMayJudge where the plan cannot be carried out."""
    _cases(plan)


def hand_out(
    plan: VerificationPlan,
    *,
    actor: User | None,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None],
) -> HandedOut:
    """Make the cases of a plan that has begun, with their answers and verifiers.

    Broken off, it goes on where it stopped; run again, it finds nothing to do. Answers that were
    returned in the meantime are left out. Raises NothingToVerify or NobodyMayJudge.
    """
    if plan.status == PlanStatus.HANDING_OUT:
        cases = _cases(plan)
        done = set(plan.cases.values_list("assignment", flat=True))
        waiting = [each for each in cases if each.claimed.assignment.pk not in done]
        for start in range(0, len(waiting), BATCH):
            _store(plan, waiting[start : start + BATCH])
            progress(len(done) + min(start + BATCH, len(waiting)), len(cases))
        _begin_work(plan, actor=actor, at=clock())
    return _handed_out(plan)


@transaction.atomic
def _begin_work(plan: VerificationPlan, *, actor: User | None, at: datetime) -> None:
    locked = lock_plan(plan)
    if locked.status == PlanStatus.UNDER_WAY:
        # The same work done twice at once: the other has ended it.
        return
    locked.status = next_status(locked.status, PlanStep.HAND_OUT)
    locked.save(update_fields=["status"])
    made = _handed_out(plan)
    record_of_plan(
        Event.VERIFICATION_HANDED_OUT,
        locked,
        actor=actor,
        at=at,
        agencies=made.agencies,
        items=made.items,
        judgements=made.judgements,
    )


def _handed_out(plan: VerificationPlan) -> HandedOut:
    return HandedOut(
        agencies=plan.cases.count(),
        items=VerificationItem.objects.filter(case__plan=plan).count(),
        judgements=Judgement.objects.filter(item__case__plan=plan).count(),
    )


def _cases(plan: VerificationPlan) -> list[_Case]:
    """What the plan chooses and who gets it; the same each time while nobody's answers change."""
    claimed = list(claims_of_round(plan.round))
    chosen = {
        (each.assignment, each.code)
        for each in choose((each for one in claimed for each in one.candidates()), plan.choosing)
    }
    if not chosen:
        raise NothingToVerify
    pieces = [
        Piece(one.assignment.pk, one.assignment.agency_id, each.scored.code)
        for one in claimed
        for each in one.claims
        if (one.assignment.pk, each.scored.code) in chosen
    ]
    verifiers = sorted(plan.verifiers.values_list("pk", flat=True))
    sharing = Sharing(
        verifiers=verifiers,
        own=own_agencies(verifiers),
        hand_out=HandOut(plan.hand_out),
        twice=plan.twice,
        seed=plan.seed,
    )
    try:
        shared = share_out(pieces, sharing)
    except NobodyFor as nobody:
        raise _nobody(nobody.agency) from nobody
    by_place = {(piece.assignment, piece.code): who for piece, who in shared.items()}
    return [case for one in claimed if (case := _case(one, by_place)).chosen]


def _case(claimed: Claimed, shared: dict[tuple[int, str], tuple[int, ...]]) -> _Case:
    key = claimed.assignment.pk
    chosen = tuple(
        (place, each, shared[key, each.scored.code])
        for place, each in enumerate(claimed.claims)
        if (key, each.scored.code) in shared
    )
    return _Case(claimed, chosen)


def _nobody(agency_id: int) -> NobodyMayJudge:
    agency = Agency.objects.get(pk=agency_id)
    return NobodyMayJudge(str(NobodyMayJudge.message) % {"agency": agency.name}, agency=agency_id)


@transaction.atomic
def _store(plan: VerificationPlan, cases: Sequence[_Case]) -> None:
    """The cases of some agencies, in a number of queries that does not grow with their answers."""
    wanted = [each.claimed.assignment.pk for each in cases]
    # Held: from now on nobody gives these answers back.
    held = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    signed = held.filter(status=AssignmentStatus.SUBMITTED).order_by("pk")
    standing = set(signed.values_list("pk", flat=True))
    # Asked again under the lock: the same work may be done twice at once.
    standing -= set(plan.cases.filter(assignment__in=wanted).values_list("assignment", flat=True))
    kept = [each for each in cases if each.claimed.assignment.pk in standing]
    made = VerificationCase.objects.bulk_create(
        [
            VerificationCase(
                plan=plan,
                assignment=each.claimed.assignment,
                revision_id=each.claimed.revision,
            )
            for each in kept
        ]
    )
    rows = [
        (_item(case, place, claim), who)
        for case, each in zip(made, kept, strict=True)
        for place, claim, who in each.chosen
    ]
    items = VerificationItem.objects.bulk_create([item for item, _who in rows], batch_size=ROWS)
    Judgement.objects.bulk_create(
        [
            Judgement(item=item, verifier_id=verifier, seat=seat)
            for item, (_item_before, who) in zip(items, rows, strict=True)
            for seat, verifier in enumerate(who, 1)
        ],
        batch_size=ROWS,
    )


def _item(case: VerificationCase, place: int, claim: Claim) -> VerificationItem:
    scored = claim.scored
    return VerificationItem(
        case=case,
        position=place,
        code=scored.code,
        label=dict(scored.label),
        rule=scored.text,
        questions=list(scored.questions),
        most=scored.most,
        claimed=claim.score,
        missing=claim.missing,
        evidence=claim.evidence,
    )
