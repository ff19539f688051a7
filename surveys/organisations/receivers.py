"""Signing in and out is audited: Django's own signals, connected in ``surveys/apps.py``.

What a failed attempt typed as its address is not kept: people type passwords there.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common import restricted
from surveys.organisations.models import User


@receiver(user_logged_in, dispatch_uid="audit_sign_in")
def record_sign_in(request: object, user: User, **_kwargs: Any) -> None:
    """Somebody signed in."""
    audit.record(Event.SIGNED_IN, user, actor=user, at=_at(request))


@receiver(user_logged_in, dispatch_uid="lift_restriction")
def lift_restriction(request: Any, **_kwargs: Any) -> None:
    """Whoever signs in is no longer held to what a link in a mail opened."""
    request.session.pop(restricted.SESSION_KEY, None)


@receiver(user_logged_out, dispatch_uid="audit_sign_out")
def record_sign_out(request: object, user: User | None, **_kwargs: Any) -> None:
    """Somebody signed out; a session without a person leaves no event."""
    if user is not None:
        audit.record(Event.SIGNED_OUT, user, actor=user, at=_at(request))


@receiver(user_login_failed, dispatch_uid="audit_sign_in_failure")
def record_failed_sign_in(
    credentials: dict[str, Any], request: object = None, **_kwargs: Any
) -> None:
    """Somebody could not sign in to an existing account; unknown addresses leave no event."""
    user = User.objects.filter(email__iexact=str(credentials.get("email", ""))).first()
    if user is not None:
        audit.record(Event.SIGN_IN_FAILED, user, actor=None, at=_at(request))


def _at(request: object) -> datetime:
    received: datetime | None = getattr(request, "received_at", None)
    return received or timezone.now()
