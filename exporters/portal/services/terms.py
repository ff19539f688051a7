"""Accepting the terms of use."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exporters.portal.models import TermsAcceptance
from exporters.portal.queries import has_accepted
from exporters.portal.terms import current
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.common.errors import DomainError
from surveys.organisations.models import User


class TermsMoved(DomainError):
    """What is accepted is what was read."""

    code = "terms_moved"
    message = _(
        "The terms of use have changed since you opened the page. Read them as they are now."
    )


class TermsNotAccepted(DomainError):
    """Something is wanted of a data set by who has not accepted the terms as they are now."""

    code = "terms_not_accepted"
    message = _("Read the terms of use on the page of the data sets and accept them first.")
    status = 403


def refuse_unless_accepted(person: User) -> None:
    """Raises TermsNotAccepted unless the person has accepted the terms as they are now."""
    if not has_accepted(person):
        raise TermsNotAccepted


@transaction.atomic
def accept_terms(*, version: str, actor: User, at: datetime) -> TermsAcceptance:
    """Note that the person accepts the terms of that version; once is enough. Raises TermsMoved where
    it is not the one that is asked for now."""
    terms = current()
    if version != terms.version:
        raise TermsMoved
    found, is_new = TermsAcceptance.objects.get_or_create(
        person=actor,
        version=version,
        defaults={"sha256": terms.sha256, "accepted_at": at},
    )
    if is_new:
        data = {"version": version, "sha256": terms.sha256}
        record(Event.TERMS_ACCEPTED, found, actor=actor, at=at, data=data)
    return found
