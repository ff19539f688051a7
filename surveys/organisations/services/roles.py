"""Memberships of agencies and roles within owners."""

from datetime import datetime

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.organisations import rules
from surveys.organisations.models import Agency, DepartmentRole, Membership, User


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
    """Make the person a member of the agency in the role; granted twice, it is updated."""
    membership, _created = Membership.objects.update_or_create(
        user=user, agency=agency, role=role, defaults={"title": title, "signs_as": signs_as}
    )
    rules.forget(user)
    data = {"user": user.pk, "agency": agency.key, "role": str(role)}
    audit.record(Event.MEMBERSHIP_GRANTED, membership, actor=actor, at=at, data=data)
    return membership


@transaction.atomic
def revoke_membership(membership: Membership, *, actor: User | None, at: datetime) -> None:
    """End the person's membership."""
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
