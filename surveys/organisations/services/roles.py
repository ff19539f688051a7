"""Memberships of agencies and roles within owners."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations import rules
from surveys.organisations.models import Agency, DepartmentRole, Membership, User


class OwnMembership(DomainError):
    """Nobody gives themselves a part in an agency, or takes it, who does not administer it."""

    code = "own_membership"
    message = _("Your own part is changed by another coordinator or an administrator.")


class MembershipExists(DomainError):
    """The person has that role in the agency already."""

    code = "membership_exists"
    message = _("The person has this role already.")


@transaction.atomic
def grant_membership(  # noqa: PLR0913  (what a membership consists of, besides actor and time)
    *,
    user: User,
    agency: Agency,
    role: str,
    title: str = "",
    signs_as: str = "",
    actor: User | None,
    at: datetime,
) -> Membership:
    """Make the person a member of the agency in the role; granted twice, it is updated.

    Raises OwnMembership.
    """
    refuse_oneself(user, agency, actor=actor)
    membership, _created = Membership.objects.update_or_create(
        user=user, agency=agency, role=role, defaults={"title": title, "signs_as": signs_as}
    )
    rules.forget(user)
    data = {"user": user.pk, "agency": agency.key, "role": str(role)}
    audit.record(Event.MEMBERSHIP_GRANTED, membership, actor=actor, at=at, data=data)
    return membership


@transaction.atomic
def change_membership(
    membership: Membership,
    *,
    role: str,
    title: str,
    signs_as: str,
    actor: User | None,
    at: datetime,
) -> Membership:
    """Give the member another role, position or form of signing in the same agency.

    Raises OwnMembership and MembershipExists.
    """
    refuse_oneself(membership.user, membership.agency, actor=actor)
    others = Membership.objects.filter(user=membership.user_id, agency=membership.agency_id)
    if others.filter(role=role).exclude(pk=membership.pk).exists():
        raise MembershipExists
    before = str(membership.role)
    membership.role, membership.title, membership.signs_as = role, title, signs_as
    membership.save(update_fields=["role", "title", "signs_as"])
    rules.forget(membership.user)
    data = {"user": membership.user_id, "agency": membership.agency.key, "role": str(role)}
    audit.record(
        Event.MEMBERSHIP_CHANGED, membership, actor=actor, at=at, data={**data, "before": before}
    )
    return membership


@transaction.atomic
def revoke_membership(membership: Membership, *, actor: User | None, at: datetime) -> None:
    """End the person's membership. Raises OwnMembership."""
    refuse_oneself(membership.user, membership.agency, actor=actor)
    data = {
        "user": membership.user_id,
        "agency": membership.agency.key,
        "role": str(membership.role),
    }
    audit.record(Event.MEMBERSHIP_REVOKED, membership, actor=actor, at=at, data=data)
    rules.forget(membership.user)
    membership.delete()


@transaction.atomic
def grant_department_role(
    *, user: User, owner: Agency, role: str, actor: User | None, at: datetime
) -> DepartmentRole:
    """Give the person the role within the owner; granted twice, nothing changes."""
    granted, _created = DepartmentRole.objects.get_or_create(user=user, owner=owner, role=role)
    rules.forget(user)
    data = {"user": user.pk, "owner": owner.key, "role": str(role)}
    audit.record(Event.DEPARTMENT_ROLE_GRANTED, granted, actor=actor, at=at, data=data)
    return granted


@transaction.atomic
def revoke_department_role(granted: DepartmentRole, *, actor: User | None, at: datetime) -> None:
    """Take the role away."""
    data = {"user": granted.user_id, "owner": granted.owner.key, "role": str(granted.role)}
    audit.record(Event.DEPARTMENT_ROLE_REVOKED, granted, actor=actor, at=at, data=data)
    rules.forget(granted.user)
    granted.delete()


def refuse_oneself(user: User, agency: Agency, *, actor: User | None) -> None:
    """Raise OwnMembership where the actor would change the own part without administering."""
    if actor is not None and actor == user and not rules.administers(actor, agency):
        raise OwnMembership
