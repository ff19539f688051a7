"""What verifiers find, and what follows when they agree, differ, or change their minds."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.models import Membership, User
from surveys.verification.enums import ItemStatus, Settlement, Verdict
from surveys.verification.models import Judgement, VerificationItem
from surveys.verification.rules import verified_score
from surveys.verification.services.locking import lock_item
from surveys.verification.services.recording import points_text, record_of_item
from surveys.verification.workflow import ItemStep, refuse_item


class JudgementOfAnother(DomainError):
    """A judgement is its verifier's."""

    code = "judgement_of_another"
    message = _("This answer was given to another verifier in the meantime.")


class JudgementChanged(DomainError):
    """What was saved before stands: whoever saves had seen something older."""

    code = "judgement_changed"
    message = _(
        "This judgement was changed after the page was opened, and yours is not saved: it now says "
        "“%(verdict)s”. Look at it, then judge."
    )


class NoteMissing(DomainError):
    """Whoever does not accept an answer says why."""

    code = "note_missing"
    message = _("Write why; the agency reads it.")
    status = 422


class FindingsReleased(DomainError):
    """Once the agency has the findings, only its explanation changes them."""

    code = "findings_released"
    message = _("The agency has the findings already: they change by its explanation only.")


class DepartmentHasDecided(DomainError):
    """What the department settled between two verifiers stands."""

    code = "department_has_decided"
    message = _("The department has settled this answer; verifiers change it no more.")


class JudgeInOwnCase(DomainError):
    """Who judged does not decide between the judgements, nor on what is said against them."""

    code = "judge_in_own_case"
    message = _("You verified this answer yourself: somebody else decides.")


class OwnAgency(DomainError):
    """Nobody verifies the agency they belong to, nor decides on what it says."""

    code = "own_agency"
    message = _("You belong to this agency: somebody else verifies and decides.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A verdict with its points, where it takes any, and its note.

    ``seen`` is the number of edits that the person had before them.
    """

    verdict: Verdict
    seen: int
    points: Decimal | None = None
    note: str = ""


@transaction.atomic
def judge(
    judgement: Judgement | int, opinion: Opinion, *, actor: User, at: datetime
) -> VerificationItem:
    """Save what a verifier finds; the item is settled once all who are asked agree.

    Possible until the findings are released. Raises VerificationMovedOn, FindingsReleased,
    DepartmentHasDecided, JudgementOfAnother, OwnAgency, JudgementChanged, ScoreUnfit or NoteMissing.
    """
    pk = judgement if isinstance(judgement, int) else judgement.pk
    item = lock_item(Judgement.objects.values_list("item", flat=True).get(pk=pk))
    own = Judgement.objects.get(pk=pk)
    if own.verifier_id != actor.pk:
        raise JudgementOfAnother
    refuse_own_agency(item, actor)
    _refuse_judging(item)
    if own.edits != opinion.seen:
        raise _changed(own.get_verdict_display())
    points = verified_score(opinion.verdict, claimed=item.claimed, given=opinion.points)
    if opinion.verdict is not Verdict.ACCEPTED and not opinion.note.strip():
        raise NoteMissing
    before = own.verdict
    own.verdict, own.points, own.note = opinion.verdict, points, opinion.note.strip()
    own.given_at, own.edits = at, own.edits + 1
    own.save()
    _draw_together(item, at=at)
    record_of_item(
        Event.VERDICT_GIVEN,
        item,
        actor=actor,
        at=at,
        seat=own.seat,
        verdict=own.verdict,
        before=before,
        points=points_text(points),
        note=own.note,
    )
    return item


@transaction.atomic
def flag(judgement: Judgement | int, *, is_flagged: bool, actor: User, at: datetime) -> None:
    """Mark an answer to come back to, or take the mark away; nobody else sees it.

    Raises JudgementOfAnother or VerificationMovedOn.
    """
    pk = judgement if isinstance(judgement, int) else judgement.pk
    item = lock_item(Judgement.objects.values_list("item", flat=True).get(pk=pk))
    own = Judgement.objects.get(pk=pk)
    if own.verifier_id != actor.pk:
        raise JudgementOfAnother
    own.is_flagged = is_flagged
    own.save(update_fields=["is_flagged"])
    kind = Event.VERDICT_FLAGGED
    record_of_item(kind, item, actor=actor, at=at, seat=own.seat, is_flagged=is_flagged)


@transaction.atomic
def reconcile(
    item: VerificationItem | int, opinion: Opinion, *, actor: User, at: datetime
) -> VerificationItem:
    """Settle what two verifiers see differently; the note says why.

    Raises VerificationMovedOn, FindingsReleased, ItemMovedOn, OwnAgency, JudgeInOwnCase, JudgementChanged,
    ScoreUnfit or NoteMissing.
    """
    locked = lock_item(item)
    if locked.case.released_at is not None:
        raise FindingsReleased
    refuse_item(locked.status, ItemStep.RECONCILE)
    refuse_own_case(locked, actor)
    if locked.edits != opinion.seen:
        raise _changed(str(ItemStatus(locked.status).label))
    points = verified_score(opinion.verdict, claimed=locked.claimed, given=opinion.points)
    if not opinion.note.strip():
        raise NoteMissing
    locked.status, locked.settlement = ItemStatus.SETTLED, Settlement.RECONCILED
    locked.verdict, locked.verified, locked.note = opinion.verdict, points, opinion.note.strip()
    locked.settled_at, locked.settled_by = at, actor
    locked.edits += 1
    locked.save()
    record_of_item(
        Event.VERDICT_RECONCILED,
        locked,
        actor=actor,
        at=at,
        verdict=locked.verdict,
        points=points_text(points),
        note=locked.note,
    )
    return locked


def refuse_own_case(item: VerificationItem, actor: User) -> None:
    """Raise OwnAgency, or JudgeInOwnCase for somebody who is asked to judge the item."""
    refuse_own_agency(item, actor)
    if item.judgements.filter(verifier=actor).exists():
        raise JudgeInOwnCase


def refuse_own_agency(item: VerificationItem, actor: User) -> None:
    """Raise OwnAgency for a member of the agency; the handing out knows only who was one then."""
    if Membership.objects.filter(user=actor, agency=item.case.assignment.agency_id).exists():
        raise OwnAgency


def _refuse_judging(item: VerificationItem) -> None:
    if item.case.released_at is not None:
        raise FindingsReleased
    if item.settlement == Settlement.RECONCILED:
        raise DepartmentHasDecided
    refuse_item(item.status, ItemStep.JUDGE)


def _changed(verdict: str) -> JudgementChanged:
    return JudgementChanged(str(JudgementChanged.message) % {"verdict": verdict})


def _draw_together(item: VerificationItem, *, at: datetime) -> None:
    """What the item's judgements make of it, taken together."""
    judgements = list(item.judgements.order_by("seat"))
    item.edits += 1
    if not all(each.verdict for each in judgements):
        # Nothing holds before everybody has spoken.
        _settle(item, ItemStatus.TO_JUDGE, None, at=at)
    elif len({(each.verdict, each.points) for each in judgements}) > 1:
        _settle(item, ItemStatus.DISPUTED, None, at=at)
    else:
        _settle(item, ItemStatus.SETTLED, judgements, at=at)
    if all(each.verdict for each in judgements) and not all(each.first for each in judgements):
        # Now they see each other's: agreement is measured by what was said until here.
        for each in judgements:
            each.first, each.first_points = each.verdict, each.points
        Judgement.objects.bulk_update(judgements, ["first", "first_points"])


def _settle(
    item: VerificationItem, status: ItemStatus, agreed: list[Judgement] | None, *, at: datetime
) -> None:
    item.status = status
    if agreed is None:
        item.verdict, item.verified, item.note, item.settlement = "", None, "", ""
        item.settled_at, item.settled_by = None, None
    else:
        notes = dict.fromkeys(each.note for each in agreed if each.note)
        item.verdict, item.verified = agreed[0].verdict, agreed[0].points
        item.note = "\n\n".join(notes)
        item.settlement = Settlement.AGREED if len(agreed) > 1 else Settlement.SINGLE
        item.settled_at, item.settled_by = at, None
    item.save()
