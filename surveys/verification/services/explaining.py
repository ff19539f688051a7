"""The agency's one explanation of a finding, and the department's decision on it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.verification.enums import ItemStatus, Ruling, Verdict
from surveys.verification.models import Explanation, VerificationItem
from surveys.verification.rules import decided_score
from surveys.verification.services.judging import JudgementChanged, refuse_own_case
from surveys.verification.services.locking import lock_item
from surveys.verification.services.recording import points_text, record_of_item
from surveys.verification.workflow import ItemStep, refuse_item

LONGEST: Final = 5_000


class FindingsNotReleased(DomainError):
    """Nobody explains what the agency has not been told."""

    code = "findings_not_released"
    message = _("The findings of this agency are not released yet.")


class ExplanationTooLate(DomainError):
    """Each agency has its days."""

    code = "explanation_too_late"
    message = _(
        "The last day to explain was %(day)s. What you wrote is not stored; the finding stands."
    )


class ExplainedAlready(DomainError):
    """Each finding is explained once."""

    code = "explained_already"
    message = _("This finding was explained already; an explanation is given once.")


class NothingToExplain(DomainError):
    """What was accepted needs no explanation."""

    code = "nothing_to_explain"
    message = _("The answer was accepted; there is nothing to explain.")


class ExplanationEmpty(DomainError):
    """An explanation is said in words."""

    code = "explanation_empty"
    message = _("Write your explanation, in at most 5,000 characters.")
    status = 422


class RulingUnfounded(DomainError):
    """A decision says why."""

    code = "ruling_unfounded"
    message = _("Write why you decide so; the agency reads it.")
    status = 422


class RulingUnchanged(DomainError):
    """A changed finding is another one."""

    code = "ruling_unchanged"
    message = _("The finding would stay as it is. Let it stand, or change its verdict or points.")
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an agency says, with the document or the link that proves it."""

    text: str
    document_number: str = ""
    document_on: date | None = None
    document_issuer: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the department decides; ``verdict`` and ``points`` are those of a changed finding.

    ``seen`` is the item's number of edits that the person had before them.
    """

    ruling: Ruling
    reason: str
    seen: int
    verdict: Verdict | None = None
    points: Decimal | None = None


@transaction.atomic
def explain(
    item: VerificationItem | int, said: Said, *, actor: User | None, at: datetime
) -> Explanation:
    """Explain a finding that did not accept the answer, once and within the agency's days.

    The files that were added to it are handed in with it, and stand from now on.

    Raises VerificationMovedOn, FindingsNotReleased, ExplainedAlready, NothingToExplain,
    ExplanationTooLate or ExplanationEmpty.
    """
    locked = lock_item(item)
    refuse_explaining(locked, at=at)
    if not 0 < len(said.text.strip()) <= LONGEST:
        raise ExplanationEmpty
    given = Explanation.objects.create(
        item=locked,
        text=said.text.strip(),
        document_number=said.document_number.strip(),
        document_on=said.document_on,
        document_issuer=said.document_issuer.strip(),
        url=said.url,
        given_at=at,
        given_by=actor,
    )
    _move(locked, ItemStatus.EXPLAINED)
    files = locked.explanation_files.values_list("file__sha256", flat=True)
    data = {"explanation": given.pk, "files": list(files)}
    record_of_item(Event.FINDING_EXPLAINED, locked, actor=actor, at=at, **data)
    return given


def refuse_explaining(item: VerificationItem, *, at: datetime) -> None:
    """Raise what stands in the way of explaining a locked finding: FindingsNotReleased,
    ExplainedAlready, ExplanationTooLate, ItemMovedOn or NothingToExplain.
    """
    until = item.case.explain_until
    if until is None:
        raise FindingsNotReleased
    if Explanation.objects.filter(item=item).exists():
        raise ExplainedAlready
    if at >= until:
        raise ExplanationTooLate(
            str(ExplanationTooLate.message) % {"day": f"{last_day(until):%d/%m/%Y}"}
        )
    refuse_item(item.status, ItemStep.EXPLAIN)
    if item.verdict == Verdict.ACCEPTED:
        raise NothingToExplain


@transaction.atomic
def decide(
    item: VerificationItem | int, decision: Decision, *, actor: User, at: datetime
) -> Explanation:
    """Decide on what an agency said: the finding stands, or is changed; the reason is told.

    Raises VerificationMovedOn, ItemMovedOn, OwnAgency, JudgeInOwnCase, JudgementChanged,
    RulingUnfounded,
    RulingUnchanged or ScoreUnfit.
    """
    locked = lock_item(item)
    refuse_item(locked.status, ItemStep.DECIDE)
    refuse_own_case(locked, actor)
    if locked.edits != decision.seen:
        raise JudgementChanged(
            str(JudgementChanged.message) % {"verdict": locked.get_verdict_display()}
        )
    if not decision.reason.strip():
        raise RulingUnfounded
    said = Explanation.objects.get(item=locked)
    said.verdict_before, said.verified_before = locked.verdict, locked.verified
    if decision.ruling is Ruling.CHANGED:
        _change(locked, decision)
    said.ruling, said.reason = decision.ruling, decision.reason.strip()
    said.decided_at, said.decided_by = at, actor
    said.save()
    _move(locked, ItemStatus.DECIDED)
    record_of_item(
        Event.EXPLANATION_DECIDED,
        locked,
        actor=actor,
        at=at,
        ruling=said.ruling,
        reason=said.reason,
        verdict=locked.verdict,
        points=points_text(locked.verified),
        verdict_before=said.verdict_before,
        points_before=points_text(said.verified_before),
    )
    return said


def _change(item: VerificationItem, decision: Decision) -> None:
    if decision.verdict is None:
        raise RulingUnchanged
    points = decided_score(
        decision.verdict, claimed=item.claimed, given=decision.points, most=item.most
    )
    if (decision.verdict, points) == (item.verdict, item.verified):
        raise RulingUnchanged
    item.verdict, item.verified = decision.verdict, points


def _move(item: VerificationItem, status: ItemStatus) -> None:
    item.status = status
    item.edits += 1
    item.save()
