"""Who of an agency gets a mail."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.mailing.wording import is_usable
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import AccountInvitation, Agency, Membership, User
from surveys.organisations.rules import ADDRESS


@dataclass(frozen=True, slots=True)
class Recipients:
    """The people of an agency in one role, the principal first; its contact address, if any."""

    people: tuple[User, ...] = ()
    address: str = ""

    @property
    def principal(self) -> User | None:
        """To whom a mail goes; the others get a copy."""
        return self.people[0] if self.people else None

    @property
    def others(self) -> tuple[User, ...]:
        """Who gets a copy."""
        return self.people[1:]


def recipients(agencies: Iterable[Agency], role: MembershipRole) -> dict[int, Recipients]:
    """The recipients of each agency by its id; the principal is the one longest in the role.

    Where nobody has the role, the address is that of the newest pending invitation to it, else the
    agency's own. Two queries, however many the agencies.
    """
    wanted = {agency.pk: agency for agency in agencies}
    people: dict[int, list[User]] = {}
    members = (
        Membership.objects.filter(agency__in=list(wanted), role=role, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    for each in members:
        people.setdefault(each.agency_id, []).append(each.user)
    pending = dict(
        AccountInvitation.objects.pending()
        .filter(agency__in=[pk for pk in wanted if pk not in people], role=role)
        .order_by("pk")
        .values_list("agency", "email")
    )
    return {
        pk: Recipients(tuple(people.get(pk, ())), pending.get(pk) or contact_address(agency))
        for pk, agency in wanted.items()
    }


def contact_address(agency: Agency) -> str:
    """The agency's own address, if a mail can go there; else empty."""
    given = str(agency.attributes.get(ADDRESS) or "").strip().lower()
    return given if is_usable(given) else ""
