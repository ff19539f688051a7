"""From the finished draft to the signature, and back with a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import RoundStatus
from surveys.common.errors import DomainError
from surveys.engine import Finding
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.responses.enums import RevisionKind, Step
from surveys.responses.models import Response, ResponseReturn, ResponseRevision
from surveys.responses.queries import signed_revision, unresolved
from surveys.responses.services.drafts import Draft, lock, topic
from surveys.responses.services.freezing import FROZEN, freeze
from surveys.responses.workflow import SIGNED, next_status


class UnresolvedChecks(DomainError):
    """Hard findings block; soft ones want an explanation."""

    code = "unresolved_checks"
    status = 422

    def __init__(self, problems: Sequence[Finding]) -> None:
        message = ngettext(
            "%(count)d check is not resolved yet: correct the answer, or explain it.",
            "%(count)d checks are not resolved yet: correct the answers, or explain them.",
            len(problems),
        ) % {"count": len(problems)}
        super().__init__(message, problems=[(p.code, p.path) for p in problems])
        self.problems = tuple(problems)


class AlreadySigned(DomainError):
    """A response is signed once; the receipt of the first signature stands."""

    code = "already_signed"
    message = _("The response is already signed. Receipt number: %(receipt)s.")


class ChangedSinceSeen(DomainError):
    """What awaits the signature is not what the signatory was shown."""

    code = "changed_since_seen"
    message = _("The answers were sent anew after this page was opened. Look at them, then sign.")


class RoundEnded(DomainError):
    """Nothing is sent or signed in a closed round."""

    code = "round_ended"
    message = _("The round is closed. Ask the department if the response must still be handed in.")


class ReasonRequired(DomainError):
    """Whoever returns a response says why."""

    code = "reason_required"
    message = _("Write why the response is returned.")
    status = 422


@transaction.atomic
def send_for_signature(
    response: Response | int, *, actor: User | None, at: datetime
) -> ResponseRevision:
    """Freeze what the coordinator sends, and lock the answers until they are signed or returned.

    Possible after the deadline while the round is open. Raises TransitionNotAllowed, RoundEnded, or
    UnresolvedChecks while a hard check fails or a soft one is not explained.
    """
    draft = lock(response, *FROZEN, at=at)
    status = next_status(draft.assignment.status, Step.SEND)
    _refuse_if_ended(draft)
    _refuse_unresolved(draft)
    revision = freeze(draft, kind=RevisionKind.SENT, actor=actor, at=at)
    campaigns.move(draft.assignment, status, at=at)
    audit.record(
        Event.RESPONSE_SENT, draft.response, actor=actor, at=at, data=_data(draft, revision)
    )
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return revision


@transaction.atomic
def sign(
    response: Response | int,
    *,
    actor: User | None,
    at: datetime,
    signs_as: str = "",
    shown: str | None = None,
) -> ResponseRevision:
    """Freeze the answers under the signatory's name and give them a receipt number.

    ``shown`` is the SHA-256 of the revision that the signatory was shown; ``None`` where nobody was
    shown anything. The agency counts as submitted at ``at``. Raises AlreadySigned (naming the first
    receipt), TransitionNotAllowed unless the response awaits a signature, ChangedSinceSeen,
    RoundEnded or UnresolvedChecks.
    """
    draft = lock(response, *FROZEN, at=at)
    if draft.assignment.status in SIGNED:
        raise _already_signed(draft)
    status = next_status(draft.assignment.status, Step.SIGN)
    if shown is not None and shown != _sent_hash(draft.response):
        raise ChangedSinceSeen
    _refuse_if_ended(draft)
    _refuse_unresolved(draft)
    revision = freeze(draft, kind=RevisionKind.SIGNED, actor=actor, at=at, signs_as=signs_as)
    campaigns.move(draft.assignment, status, at=at)
    audit.record(
        Event.RESPONSE_SIGNED, draft.response, actor=actor, at=at, data=_data(draft, revision)
    )
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return revision


@transaction.atomic
def return_to_draft(
    response: Response | int,
    *,
    actor: User,
    at: datetime,
    reason: str,
    paths: Sequence[str] = (),
) -> ResponseReturn:
    """Give the answers back to be changed, saying why and which questions are concerned.

    Raises ReasonRequired, or TransitionNotAllowed unless they await a signature or were submitted.
    """
    draft = lock(response, at=at)
    status = next_status(draft.assignment.status, Step.RETURN)
    if not reason.strip():
        raise ReasonRequired
    returned = ResponseReturn.objects.create(
        response=draft.response, at=at, actor=actor, reason=reason.strip(), paths=list(paths)
    )
    campaigns.move(draft.assignment, status, at=at)
    data = _data(draft) | {"reason": returned.reason, "paths": returned.paths}
    audit.record(Event.RESPONSE_RETURNED, draft.response, actor=actor, at=at, data=data)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return returned


def _refuse_if_ended(draft: Draft) -> None:
    if draft.assignment.round.status != RoundStatus.OPEN:
        raise RoundEnded


def _refuse_unresolved(draft: Draft) -> None:
    if problems := unresolved(draft.state):
        raise UnresolvedChecks(problems)


def _sent_hash(response: Response) -> str | None:
    sent = response.revisions.filter(kind=RevisionKind.SENT).order_by("-number")
    return sent.values_list("sha256", flat=True).first()


def _already_signed(draft: Draft) -> AlreadySigned:
    revision = signed_revision(draft.response)
    receipt = "" if revision is None else revision.receipt or ""
    return AlreadySigned(str(AlreadySigned.message) % {"receipt": receipt}, receipt=receipt)


def _data(draft: Draft, revision: ResponseRevision | None = None) -> dict[str, Any]:
    assignment = draft.assignment
    data: dict[str, Any] = {
        "assignment": assignment.pk,
        "round": assignment.round_id,
        "agency": assignment.agency_id,
    }
    if revision is not None:
        data |= {
            "revision": revision.pk,
            "number": revision.number,
            "sha256": revision.sha256,
            "receipt": revision.receipt,
        }
    return data
