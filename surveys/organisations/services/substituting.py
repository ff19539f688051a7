"""Who stands in for whom, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations import rules
from surveys.organisations.models import Membership, Substitution, User
from surveys.organisations.services.roles import refuse_oneself


class SubstituteIsAbsent(DomainError):
    """Nobody stands in for themselves."""

    code = "substitute_is_absent"
    message = _("Choose somebody else than the person who is absent.")
    status = 422


class SubstitutionDaysUnfit(DomainError):
    """A substitution ends after it begins, and not in the past."""

    code = "substitution_days_unfit"
    message = _("The last day must be today or later, and not before the first day.")
    status = 422


class SubstitutionDocumentMissing(DomainError):
    """A substitution is by a document."""

    code = "substitution_document_missing"
    message = _("Give the number, the date and the issuer of the document.")
    status = 422


class SubstitutionOverlaps(DomainError):
    """One person stands in at a time."""

    code = "substitution_overlaps"
    message = _("Somebody stands in for this person on some of these days already.")


class SubstitutionEnded(DomainError):
    """What is over is over."""

    code = "substitution_ended"
    message = _("This substitution is over already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Who stands in, from which day to which (included), as what and by which document."""

    substitute: User
    from_on: date
    to_on: date
    capacity: str = ""
    signs_as: str = ""
    document_number: str = ""
    document_on: date | None = None
    document_issuer: str = ""
    document_abstract: str = ""


@transaction.atomic
def substitute(
    absent: Membership, stand_in: StandIn, *, actor: User | None, at: datetime
) -> Substitution:
    """Give the absent member's role to somebody on some days; it begins and ends by itself.

    Nobody gives themselves a role in this way: a coordinator would sign in the signatory's place.
    Raises OwnMembership, SubstituteIsAbsent, SubstitutionDaysUnfit, SubstitutionDocumentMissing or
    SubstitutionOverlaps.
    """
    refuse_oneself(stand_in.substitute, absent.agency, actor=actor)
    Membership.objects.select_for_update().get(pk=absent.pk)
    if stand_in.substitute.pk == absent.user_id:
        raise SubstituteIsAbsent
    if stand_in.to_on < max(stand_in.from_on, timezone.localtime(at).date()):
        raise SubstitutionDaysUnfit
    given = (stand_in.document_number.strip(), stand_in.document_issuer.strip())
    if not all(given) or stand_in.document_on is None:
        raise SubstitutionDocumentMissing
    others = Substitution.objects.filter(
        agency=absent.agency_id,
        role=absent.role,
        absent=absent.user_id,
        ended_at__isnull=True,
        from_on__lte=stand_in.to_on,
        to_on__gte=stand_in.from_on,
    )
    if others.exists():
        raise SubstitutionOverlaps
    made = Substitution.objects.create(
        agency=absent.agency,
        role=absent.role,
        absent=absent.user,
        substitute=stand_in.substitute,
        from_on=stand_in.from_on,
        to_on=stand_in.to_on,
        capacity=stand_in.capacity,
        signs_as=stand_in.signs_as.strip(),
        document_number=given[0],
        document_on=stand_in.document_on,
        document_issuer=given[1],
        document_abstract=stand_in.document_abstract.strip(),
        created_by=actor,
        created_at=at,
    )
    rules.forget(stand_in.substitute)
    audit.record(Event.SUBSTITUTION_MADE, made, actor=actor, at=at, data=_data(made))
    return made


@transaction.atomic
def end_substitution(substitution: Substitution, *, actor: User | None, at: datetime) -> None:
    """End it before its last day. Raises SubstitutionEnded."""
    locked = Substitution.objects.select_for_update().get(pk=substitution.pk)
    if locked.ended_at is not None or locked.to_on < timezone.localtime(at).date():
        raise SubstitutionEnded
    locked.ended_at, locked.ended_by = at, actor
    locked.save(update_fields=["ended_at", "ended_by"])
    rules.forget(locked.substitute)
    audit.record(Event.SUBSTITUTION_ENDED, locked, actor=actor, at=at, data=_data(locked))


def _data(made: Substitution) -> dict[str, object]:
    return {
        "agency": made.agency.key,
        "role": str(made.role),
        "absent": made.absent_id,
        "substitute": made.substitute_id,
        "from": made.from_on.isoformat(),
        "to": made.to_on.isoformat(),
        "document": made.document_number,
    }
