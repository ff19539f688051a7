"""The answers as they stand after verification: an immutable revision that holds what was found."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.common.errors import DomainError
from surveys.engine import Document
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.responses.enums import RevisionKind, Step
from surveys.responses.models import ErasableAnswer, ResponseRevision
from surveys.responses.queries import signed_revision
from surveys.responses.services.drafts import lock, topic
from surveys.responses.services.freezing import FROZEN, canonical_text, sha256
from surveys.responses.services.signing import data_of
from surveys.responses.signoff.turns import waits_for
from surveys.responses.workflow import next_status, refuse_out_of_turn


class SignedAnew(DomainError):
    """What was verified is what holds."""

    code = "signed_anew"
    message = _("The answers were signed anew after they were verified.")


@transaction.atomic
def verify(
    signed: ResponseRevision, *, beside: Document, actor: User | None, at: datetime
) -> ResponseRevision:
    """Freeze the signed answers together with what verification found (``beside``).

    The answers are those of the signed text, digit for digit; the new text and its hash cover both.
    Personal answers keep their salts and are erased with the others. Raises TransitionNotAllowed
    unless the response is submitted, OutOfTurn while a superior has not approved it, and SignedAnew.
    """
    draft = lock(signed.response_id, *FROZEN, at=at)
    assignment = draft.assignment
    status = next_status(assignment.status, Step.VERIFY)
    refuse_out_of_turn(Step.VERIFY, waits_for(assignment))
    newest = signed_revision(draft.response)
    if newest is None or newest.pk != signed.pk:
        raise SignedAnew
    canonical = canonical_text(json.loads(newest.canonical) | beside)
    revision = ResponseRevision.objects.create(
        response=draft.response,
        number=1 + max(draft.response.revisions.values_list("number", flat=True)),
        kind=RevisionKind.VERIFIED,
        version=newest.version,
        canonical=canonical,
        sha256=sha256(canonical),
        at=at,
        actor=actor,
    )
    ErasableAnswer.objects.bulk_create(
        [
            ErasableAnswer(revision=revision, path=each.path, salt=each.salt, value=each.value)
            for each in newest.erasable_answers.all()
        ]
    )
    campaigns.move(assignment, status, at=at, step=assignment.step)
    data = data_of(draft, revision)
    audit.record(Event.RESPONSE_VERIFIED, draft.response, actor=actor, at=at, data=data)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return revision
