"""What a list of people would change: every row is judged against what is there, in a few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import (
    AccountInvitation,
    Agency,
    Membership,
    User,
)
from surveys.organisations.people_files import PersonRow
from surveys.organisations.queries import agencies_named
from surveys.organisations.rules import administers
from surveys.organisations.search import search_key

LENGTHS: Final = {"name": 120, "email": 254, "title": 120, "signs_as": 60}
BATCH: Final = 5_000
LANGUAGES: Final = ("vi", "en")

Key = tuple[int, str, str]
Words = tuple[str, ...]


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a row is refused."""

    AGENCY_UNKNOWN = "agency_unknown"
    AGENCY_FOREIGN = "agency_foreign"
    NAME_MISSING = "name_missing"
    EMAIL_INVALID = "email_invalid"
    ROLE_UNKNOWN = "role_unknown"
    TOO_LONG = "too_long"
    REPEATED = "repeated"
    ACCOUNT_CLOSED = "account_closed"


VERDICTS: Final[Mapping[Verdict, str | Promise]] = {
    Verdict.NEW: _("New"),
    Verdict.CHANGED: _("To be changed"),
    Verdict.UNCHANGED: _("Unchanged"),
    Verdict.REFUSED: _("Not taken over"),
}
REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.AGENCY_UNKNOWN: _("No existing agency has this code"),
    Reason.AGENCY_FOREIGN: _("You do not administer this agency"),
    Reason.NAME_MISSING: _("The full name is missing"),
    Reason.EMAIL_INVALID: _("This is no e-mail address"),
    Reason.ROLE_UNKNOWN: _("There is no such role"),
    Reason.TOO_LONG: _("A text is too long"),
    Reason.REPEATED: _("The same person stands further up with the same agency and role"),
    Reason.ACCOUNT_CLOSED: _("The account with this e-mail address is closed."),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with its verdict; agency and role are known unless it is refused for want of them."""

    row: PersonRow
    verdict: Verdict
    reason: Reason | None = None
    agency: Agency | None = None
    role: str = ""
    user: User | None = None

    @property
    def spoken_verdict(self) -> str:
        """What becomes of it, in words."""
        return str(VERDICTS[self.verdict])

    @property
    def spoken_reason(self) -> str:
        """Why it is refused, in words; empty where it is not."""
        return str(REASONS[self.reason]) if self.reason else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of the file's people, by address in small letters."""

    agencies: Mapping[str, Agency]
    users: Mapping[str, User]
    members: Mapping[Key, Words]
    invited: Mapping[Key, Words]
    roles: Mapping[str, str] = field(default_factory=dict)


def judge(rows: Sequence[PersonRow], *, actor: User) -> list[Judged]:
    """Every row with its verdict, in the order of the file; asks the database a few times."""
    known = _known(rows)
    seen: set[Key] = set()
    administered: dict[int, bool] = {}
    judged = []
    for row in rows:
        one = _judged(row, known, seen)
        if one.agency is not None and one.verdict is not Verdict.REFUSED:
            pk = one.agency.pk
            if pk not in administered:
                administered[pk] = administers(actor, one.agency)
            if not administered[pk]:
                one = Judged(row, Verdict.REFUSED, Reason.AGENCY_FOREIGN, one.agency)
        judged.append(one)
    return judged


def _judged(row: PersonRow, known: Known, seen: set[Key]) -> Judged:
    agency = known.agencies.get(row.agency.lower())
    role = known.roles.get(search_key(row.role), "")
    user = known.users.get(row.email.lower())
    reason = _reason(row, agency, role, user)
    if reason is not None:
        return Judged(row, Verdict.REFUSED, reason, agency, role)
    assert agency is not None, "_reason() has looked"
    key = (agency.pk, row.email.lower(), role)
    if key in seen:
        return Judged(row, Verdict.REFUSED, Reason.REPEATED, agency, role)
    seen.add(key)
    return Judged(row, _verdict(row, key, known), None, agency, role, user)


def _reason(row: PersonRow, agency: Agency | None, role: str, user: User | None) -> Reason | None:
    """The first thing that stands against the row."""
    checks = {
        Reason.AGENCY_UNKNOWN: agency is None,
        Reason.NAME_MISSING: not row.name,
        Reason.EMAIL_INVALID: not _is_address(row.email),
        Reason.ROLE_UNKNOWN: not role,
        Reason.TOO_LONG: any(len(getattr(row, name)) > most for name, most in LENGTHS.items()),
        Reason.ACCOUNT_CLOSED: user is not None and not user.is_active,
    }
    return next((reason for reason, holds in checks.items() if holds), None)


def _verdict(row: PersonRow, key: Key, known: Known) -> Verdict:
    if key in known.members:
        same = known.members[key] == (row.title, row.signs_as)
        return Verdict.UNCHANGED if same else Verdict.CHANGED
    if key in known.invited:
        same = known.invited[key] == (row.name, row.title, row.signs_as)
        return Verdict.UNCHANGED if same else Verdict.CHANGED
    return Verdict.NEW


def _known(rows: Sequence[PersonRow]) -> Known:
    addresses = sorted({row.email.lower() for row in rows})
    users = {
        user.email.lower(): user
        for part in _batches(addresses)
        for user in User.objects.alias(address=Lower("email")).filter(address__in=part)
    }
    members = {
        (member.agency_id, member.user.email.lower(), member.role): (member.title, member.signs_as)
        for part in _batches(addresses)
        for member in Membership.objects.alias(address=Lower("user__email"))
        .filter(address__in=part)
        .select_related("user")
    }
    invited = {
        (each.agency_id, each.email, each.role): (each.full_name, each.title, each.signs_as)
        for part in _batches(addresses)
        for each in AccountInvitation.objects.pending().filter(email__in=part)
    }
    return Known(agencies_named([row.agency for row in rows]), users, members, invited, _roles())


def _roles() -> dict[str, str]:
    """Roles by what people call them, in both languages."""
    names = {role.value: role.value for role in MembershipRole}
    for language in LANGUAGES:
        with override(language):
            names.update({search_key(str(role.label)): role.value for role in MembershipRole})
    return names


def _batches(wanted: Sequence[str]) -> Iterable[Sequence[str]]:
    """Parts that fit into one statement of every database."""
    return (wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH))


_valid = EmailValidator()


def _is_address(text: str) -> bool:
    try:
        _valid(text)
    except ValidationError:
        return False
    return True
