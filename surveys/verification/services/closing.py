"""The end of a verification: everything stands, and each response gets its verified revision."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.engine import Document
from surveys.organisations.models import User
from surveys.responses import services as responses
from surveys.responses.workflow import TransitionNotAllowed
from surveys.verification.enums import PlanStatus
from surveys.verification.models import VerificationCase, VerificationItem, VerificationPlan
from surveys.verification.queries import unready
from surveys.verification.services.explanation_files import discard_unsaid
from surveys.verification.services.locking import lock_all, lock_plan
from surveys.verification.services.recording import points_text, record_of_plan
from surveys.verification.workflow import PlanStep, VerificationMovedOn, next_status

FORMAT: Final = "khao-sat-so/verification/1"


class VerificationUnfinished(DomainError):
    """What is closed is done."""

    code = "verification_unfinished"
    message = _(
        "It cannot be closed yet. Answers without a finding: %(open_items)d; agencies without their "
        "findings: %(unreleased)d; agencies that may still explain: %(explaining)d; explanations "
        "without a decision: %(undecided)d."
    )


def refusal_to_close(plan: VerificationPlan, *, at: datetime) -> VerificationUnfinished | None:
    """What still stands in the way of closing, in words; None where nothing does."""
    left = unready(plan, at=at)
    if left.is_ready:
        return None
    counts = {
        "open_items": left.open_items,
        "unreleased": left.unreleased,
        "explaining": left.explaining,
        "undecided": left.undecided,
    }
    return VerificationUnfinished(str(VerificationUnfinished.message) % counts, **counts)


@transaction.atomic
def close_verification(plan: VerificationPlan, *, actor: User | None, at: datetime) -> None:
    """End the verification of a round: no service changes anything of it from now on.

    The verified revisions follow in the background. Raises VerificationMovedOn or
    VerificationUnfinished.
    """
    locked = lock_all(plan)
    status = next_status(locked.status, PlanStep.CLOSE)
    if refusal := refusal_to_close(locked, at=at):
        raise refusal
    discard_unsaid(locked, actor=actor, at=at)
    locked.status, locked.closed_at, locked.closed_by = status, at, actor
    locked.save(update_fields=["status", "closed_at", "closed_by"])
    agencies = VerificationCase.objects.filter(plan=locked).count()
    record_of_plan(Event.VERIFICATION_CLOSED, locked, actor=actor, at=at, agencies=agencies)


def freeze_verified(
    plan: VerificationPlan,
    *,
    actor: User | None,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None],
) -> int:
    """Give each response of a closed verification its verified revision; how many have one.

    Broken off, it goes on where it stopped; run again, it finds nothing to do. Raises
    VerificationMovedOn unless the verification is closed.
    """
    if plan.status != PlanStatus.CLOSED:
        raise VerificationMovedOn(PlanStatus(plan.status), PlanStep.CLOSE)
    total = plan.cases.count()
    waiting = list(plan.cases.filter(verified=None).order_by("pk").values_list("pk", flat=True))
    for done, case_id in enumerate(waiting, total - len(waiting) + 1):
        _freeze(case_id, actor=actor, at=clock())
        progress(done, total)
    _finish(plan, at=clock())
    return total


def verification_of(case: VerificationCase) -> Document:
    """What of the verification stands in the verified revision: every answer with both scores.

    Who judged is not in it: that stands in the audit.
    """
    found = case.items.select_related("explanation").order_by("position")
    items = found.prefetch_related("explanation_files__file")
    return {
        "verification": {
            "format": FORMAT,
            "signed": {
                "number": case.revision.number,
                "sha256": case.revision.sha256,
                "receipt": case.revision.receipt or "",
            },
            "plan": {
                "which": case.plan.which,
                "share": case.plan.share,
                "seed": case.plan.seed,
                "least": points_text(case.plan.least),
                "codes": case.plan.codes,
                "twice": case.plan.twice,
            },
            "items": [_entry(item) for item in items],
        }
    }


@transaction.atomic
def _freeze(case_id: int, *, actor: User | None, at: datetime) -> None:
    found = VerificationCase.objects.select_related("plan", "revision", "revision__response")
    case = found.get(pk=case_id)
    # The response is held before its case, as everywhere.
    try:
        revision = responses.verify(case.revision, beside=verification_of(case), actor=actor, at=at)
    except TransitionNotAllowed:
        # The same work done twice at once: whoever had the response first has frozen it.
        if VerificationCase.objects.filter(pk=case_id, verified__isnull=False).exists():
            return
        raise
    VerificationCase.objects.filter(pk=case_id, verified=None).update(verified=revision)


@transaction.atomic
def _finish(plan: VerificationPlan, *, at: datetime) -> None:
    locked = lock_plan(plan)
    if locked.frozen_at is None:
        locked.frozen_at = at
        locked.save(update_fields=["frozen_at"])
        agencies = locked.cases.count()
        record_of_plan(Event.VERIFICATION_FROZEN, locked, actor=None, at=at, agencies=agencies)


def _entry(item: VerificationItem) -> Document:
    entry: dict[str, Any] = {
        "indicator": item.code,
        "questions": item.questions,
        "rule": item.rule,
        "most": points_text(item.most),
        "self_score": points_text(item.claimed),
        "missing": item.missing,
        "verdict": item.verdict,
        "verified_score": points_text(item.verified),
        "note": item.note,
        "settlement": item.settlement,
        "explanation": _explained(item),
    }
    return {name: value for name, value in entry.items() if value not in ("", None)}


def _explained(item: VerificationItem) -> Document | None:
    """What an agency said, and what was decided; each file with the hash of its content."""
    said = getattr(item, "explanation", None)
    if said is None:
        return None
    parts = {
        "text": said.text,
        "document_number": said.document_number,
        "document_on": said.document_on.isoformat() if said.document_on else "",
        "document_issuer": said.document_issuer,
        "url": said.url,
        "files": [responses.file_entry(each.file) for each in item.explanation_files.all()],
        "at": said.given_at.isoformat(),
        "ruling": said.ruling,
        "reason": said.reason,
        "verdict_before": said.verdict_before,
        "score_before": points_text(said.verified_before),
        "decided_at": said.decided_at.isoformat() if said.decided_at else "",
    }
    return {name: value for name, value in parts.items() if value}
