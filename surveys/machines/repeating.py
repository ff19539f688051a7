"""Requests that may come twice: the first answer is kept for a day and given again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.machines.models import ApiToken, KeptAnswer
from surveys.organisations.models import User

KEPT_FOR: Final = timedelta(days=1)
PATIENCE: Final = timedelta(minutes=1)
"""A request that has not been answered after that is taken for lost, and may be made anew."""


class KeyReused(DomainError):
    """The key was sent before with another request."""

    code = "idempotency_key_reused"
    message = _("This Idempotency-Key was sent before with another request. Make a new one.")
    status = 422


class StillWorkedOn(DomainError):
    """The same request is being worked on at this moment."""

    code = "still_worked_on"
    message = _("The same request is still being worked on. Send it again in a minute.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose keys are told apart: a token's, or those of a person's browser."""

    user: User
    token: ApiToken | None


@transaction.atomic
def begin(caller: Caller, *, key: str, request_sha256: str, at: datetime) -> KeptAnswer:
    """The kept answer of the request, or an empty one (``status`` None) for who is to answer it now.

    Raises KeyReused or StillWorkedOn.
    """
    KeptAnswer.objects.filter(expires_at__lte=at).delete()
    found, is_new = KeptAnswer.objects.select_for_update().get_or_create(
        user=caller.user,
        token=caller.token,
        key=key,
        defaults={
            "request_sha256": request_sha256,
            "started_at": at,
            "expires_at": at + KEPT_FOR,
        },
    )
    if found.request_sha256 != request_sha256:
        raise KeyReused
    if is_new or found.status is not None:
        return found
    if found.started_at > at - PATIENCE:
        raise StillWorkedOn
    found.started_at = at
    found.save(update_fields=["started_at"])
    return found


def keep(found: KeptAnswer, *, status: int, content_type: str, body: str) -> None:
    """Keep the answer."""
    KeptAnswer.objects.filter(pk=found.pk).update(
        status=status, content_type=content_type, body=body
    )


def forget(found: KeptAnswer) -> None:
    """Nothing was answered: the same request may be made anew at once."""
    found.delete()
