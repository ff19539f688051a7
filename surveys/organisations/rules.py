"""Who is what to which agency: the predicates that the permission matrix is made of.

A person's memberships and department roles are read once and kept on the user object, which lives
as long as the request. ``forget`` drops them; the services do so after every change.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from surveys.organisations.enums import DepartmentRoleName

if TYPE_CHECKING:
    from surveys.organisations.models import (
        Agency,
        DepartmentRole,
        Membership,
        Substitution,
        User,
    )

Person: TypeAlias = "User | AnonymousUser"
AgencyOrId: TypeAlias = "Agency | int | None"
Held = TypeVar("Held", bound=Model)
Predicate: TypeAlias = Callable[[Any, Any], bool]

DEPARTMENT_KEY: Final = "cuc-cds-quoc-gia"
ADDRESS: Final = "email"
"""The attribute of an agency that holds the address of its office."""


def memberships(user: Person) -> "list[Membership]":
    """The person's memberships with their agencies; read from the database once.

    Where the person stands in for somebody today, that part is among them, as a row that is not
    stored.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    own = _known(user, "memberships", lambda: user.memberships.select_related("agency"))
    standing_in = substitutions(user)
    if not standing_in:
        return own
    held = {(each.agency_id, each.role) for each in own}
    lent = [each for each in standing_in if (each.agency_id, each.role) not in held]
    make = user.memberships.model
    return own + [
        make(user=user, agency=each.agency, role=each.role, signs_as=each.signs_as[:60])
        for each in lent
    ]


def substitutions(user: Person) -> "list[Substitution]":
    """For whom the person stands in today; read from the database once."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    return _known(
        user,
        "substituting",
        lambda: user.substituting.in_force(timezone.localdate()).select_related("agency", "absent"),
    )


def department_roles(user: Person) -> "list[DepartmentRole]":
    """The person's department roles with their owners; read from the database once."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    return _known(user, "department_roles", lambda: user.department_roles.select_related("owner"))


def _known(user: "User", name: str, ask: "Callable[[], QuerySet[Held]]") -> "list[Held]":
    """What was read before, else what is asked now, kept where a prefetch of many people keeps it.

    Rights are asked dozens of times in a request: even making a queryset that is not run, or a
    prefetch of one person, costs more than all the rest.
    """
    cache: dict[str, QuerySet[Held]] | None = getattr(user, "_prefetched_objects_cache", None)
    if cache is None:
        cache = {}
        setattr(user, "_prefetched_objects_cache", cache)  # noqa: B010  (Django's name, not ours)
    if name not in cache:
        cache[name] = ask()
    return list(cache[name])


def know(people: "Sequence[User]") -> None:
    """Read what many people are, in as many queries as for one; what is known stays."""
    if not people:
        return
    today = timezone.localdate()
    first = people[0]
    in_force = first.substituting.model.objects.in_force(today).select_related("agency", "absent")
    held = first.memberships.model.objects.select_related("agency")
    prefetch_related_objects(
        people, Prefetch("memberships", queryset=held), Prefetch("substituting", queryset=in_force)
    )


def act_for(user: "User", agency: "Agency") -> None:
    """Let this object of the person be only what the person is to one agency: its member, in its
    roles within it as an owner, or standing in there. What a program gets that acts for one agency.
    """
    today = timezone.localdate()
    standing_in = user.substituting.in_force(today).filter(agency=agency)
    held: dict[str, QuerySet[Any]] = {
        "memberships": user.memberships.filter(agency=agency).select_related("agency"),
        "substituting": standing_in.select_related("agency", "absent"),
        "department_roles": user.department_roles.filter(owner=agency).select_related("owner"),
    }
    setattr(user, "_prefetched_objects_cache", held)  # noqa: B010  (Django's name, not ours)


def forget(user: "User") -> None:
    """Read the person's memberships and roles anew when they are next asked for."""
    user.refresh_from_db(fields=["memberships", "substituting", "department_roles"])


def is_member(user: Person, agency: AgencyOrId, *roles: str) -> bool:
    """Whether the person is a member of the agency (of any, if None) in one of the roles.

    Without roles, any membership counts.
    """
    agencies = agencies_of(user, *roles)
    return bool(agencies) if agency is None else _id(agency) in agencies


def has_role(user: Person, owner: AgencyOrId, *roles: str) -> bool:
    """Whether the person holds one of the roles within the owner (within any, if None).

    Without roles, any role counts.
    """
    owners = owners_of(user, *roles)
    return bool(owners) if owner is None else _id(owner) in owners


def agencies_of(user: Person, *roles: str) -> list[int]:
    """The agencies of which the person is a member in one of the roles (in any, if none given)."""
    return sorted({m.agency_id for m in memberships(user) if not roles or m.role in roles})


def owners_of(user: Person, *roles: str) -> list[int]:
    """The owners within which the person holds one of the roles (any, if none given)."""
    return sorted({r.owner_id for r in department_roles(user) if not roles or r.role in roles})


def administers(user: Person, agency: "Agency | None") -> bool:
    """Whether the person administers the agency (any, if None).

    Administrators of the national department administer every agency, those of another owner the
    agencies in its own subtree.
    """
    owners = [
        role.owner
        for role in department_roles(user)
        if role.role == DepartmentRoleName.ADMINISTRATOR
    ]
    if agency is None:
        return bool(owners)
    return any(
        owner.key == DEPARTMENT_KEY or agency.path.startswith(owner.path) for owner in owners
    )


def anyone(_user: Person, _target: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(user: Person, _target: Any) -> bool:
    """Everybody with an account."""
    return user.is_authenticated and user.is_active


def role_in_owner(owner_id: Callable[[Any], int], *roles: str) -> Predicate:
    """A predicate: the person holds one of the roles within the owner of the object."""

    def holds(user: Person, target: Any) -> bool:
        return has_role(user, None if target is None else owner_id(target), *roles)

    return holds


def member_of_agency(agency_id: Callable[[Any], int], *roles: str) -> Predicate:
    """A predicate: the person is a member of the object's agency in one of the roles."""

    def belongs(user: Person, target: Any) -> bool:
        return is_member(user, None if target is None else agency_id(target), *roles)

    return belongs


def either(*predicates: Predicate) -> Predicate:
    """A predicate: at least one of the given ones holds."""

    def holds(user: Person, target: Any) -> bool:
        return any(predicate(user, target) for predicate in predicates)

    return holds


def _id(agency: "Agency | int") -> int:
    return agency if isinstance(agency, int) else agency.pk
