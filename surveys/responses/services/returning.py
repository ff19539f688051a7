"""Giving answers back to be changed: the cited ones only, or all of them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.responses.delegation.parts import names_around
from surveys.responses.enums import Step
from surveys.responses.holding import is_held
from surveys.responses.models import Response, ResponseReturn
from surveys.responses.rules import may_return_response
from surveys.responses.services.drafts import Draft, lock, topic
from surveys.responses.services.freezing import FROZEN
from surveys.responses.services.signing import data_of
from surveys.responses.signoff.models import SignOff, SignOffAct
from surveys.responses.signoff.queries import revision_in_question
from surveys.responses.signoff.turns import may_act, steps_of, waiting_position
from surveys.responses.unlocking import may_come_up
from surveys.responses.workflow import next_status

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class ReturnOfAnother(DomainError):
    """Whoever's step waits returns the answers; once all is signed, those who check them."""

    code = "return_of_another"
    message = _("The response has moved on since this page was opened: others return it now.")


class ReasonRequired(DomainError):
    """Whoever returns a response says why."""

    code = "reason_required"
    message = _("Write why the response is returned.")
    status = 422


class CitedUnknown(DomainError):
    """Only questions of the form can be cited."""

    code = "cited_unknown"
    message = _("A question that you chose is not in the form. Load the page again.")
    status = 422


class UnderVerification(DomainError):
    """Answers that are being verified stand still."""

    code = "under_verification"
    message = _(
        "The answers are under verification and stand still. What is unclear is settled by the "
        "agency's explanation of the findings."
    )


@transaction.atomic
def return_as_permitted(
    response: Response | int,
    *,
    actor: User,
    at: datetime,
    reason: str,
    cited: Mapping[str, str] = NOTHING,
) -> ResponseReturn:
    """``return_to_draft`` by somebody who may return the answers where they stand now.

    Judged under the lock: the page may be older than a signature. Raises ReturnOfAnother too.
    """
    draft = lock(response, *FROZEN, at=at)
    next_status(draft.assignment.status, Step.RETURN)
    if not may_return_response(actor, draft.assignment):
        raise ReturnOfAnother
    return _give_back(draft, actor=actor, at=at, reason=reason, cited=cited)


@transaction.atomic
def return_to_draft(
    response: Response | int,
    *,
    actor: User,
    at: datetime,
    reason: str,
    cited: Mapping[str, str] = NOTHING,
) -> ResponseReturn:
    """Give the answers back to be changed, saying why.

    ``cited`` has a comment (it may be empty) by path: only those answers can change then, and what
    hangs on them. Where nothing is cited, every answer can. Who may do so is not asked: what people
    press goes through ``return_as_permitted``. Raises ReasonRequired, CitedUnknown, UnderVerification, or
    TransitionNotAllowed unless they await a signature or were submitted.
    """
    draft = lock(response, *FROZEN, at=at)
    return _give_back(draft, actor=actor, at=at, reason=reason, cited=cited)


def _give_back(
    draft: Draft, *, actor: User, at: datetime, reason: str, cited: Mapping[str, str]
) -> ResponseReturn:
    status = next_status(draft.assignment.status, Step.RETURN)
    if is_held(draft.assignment.pk):
        raise UnderVerification
    if not reason.strip():
        raise ReasonRequired
    for path in cited:
        if not names_around(draft.state.form, path):
            raise CitedUnknown(path=path)
    returned = ResponseReturn.objects.create(
        response=draft.response,
        at=at,
        actor=actor,
        reason=reason.strip(),
        paths=[{"path": path, "comment": text.strip()} for path, text in cited.items()],
        opened=may_come_up(draft.state, cited),
    )
    _record_step(draft, returned)
    campaigns.move(draft.assignment, status, at=at)
    data = data_of(draft) | {"reason": returned.reason, "paths": list(cited)}
    audit.record(Event.RESPONSE_RETURNED, draft.response, actor=actor, at=at, data=data)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return returned


def _record_step(draft: Draft, returned: ResponseReturn) -> None:
    """The return as an act of the chain, where it is that of the step that waits."""
    position = waiting_position(draft.assignment)
    revision = revision_in_question(draft.response)
    if position is None or revision is None:
        return
    step = steps_of(draft.assignment)[position]
    if may_act(returned.actor, draft.assignment, step):
        SignOff.objects.create(
            response=draft.response,
            revision=revision,
            position=position,
            step=step.key,
            act=SignOffAct.RETURN,
            at=returned.at,
            actor=returned.actor,
            comment=returned.reason,
        )
