"""How the work on a form is divided, and what of it one person may change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from django.db.models import Q

from surveys.campaigns.models import Assignment
from surveys.engine import Form, FormState, Progress
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import Agency, User
from surveys.organisations.rules import is_member, substitutions
from surveys.responses.delegation.models import Delegation
from surveys.responses.delegation.parts import given_singly, leaves, names_around, part_names
from surveys.responses.rules import WRITERS


@dataclass(frozen=True, slots=True)
class Division:
    """Who does which part of a form. ``holders`` has the delegation of each part that was given.

    A question that was given by itself is its holder's, whoever does the rest of its section.
    """

    form: Form
    delegations: tuple[Delegation, ...]
    holders: Mapping[str, Delegation]

    def holder(self, path: str) -> Delegation | None:
        """Whose a path is; None where its part was given to nobody."""
        names = names_around(self.form, path)
        return next((self.holders[name] for name in names if name in self.holders), None)

    def has(self, path: str) -> bool:
        """Whether the form has such a place."""
        return bool(names_around(self.form, path))

    def elements_of(self, delegation: Delegation) -> tuple[str, ...]:
        """The questions, tables and repeats that it is about, in the form's order."""
        return tuple(
            element.name
            for section in self.form.sections
            for element in leaves(section.elements)
            if self.holder(element.name) is delegation
        )

    def holders_in(self, section: str) -> tuple[Delegation, ...]:
        """Who does something in a section: the whole's holder first, each once."""
        inside = given_singly(self.form, self.form.section(section))
        names = (section, *(element.name for element in inside))
        found = [self.holders[name] for name in names if name in self.holders]
        return tuple(dict.fromkeys(found))

    def progress(self, delegation: Delegation, state: FormState) -> Progress:
        """How far its parts are answered."""
        return state.progress_in(self.elements_of(delegation))


class Opening(Protocol):
    """What a return leaves open to be changed."""

    @property
    def form(self) -> Form:
        """The form."""

    def covers(self, path: str) -> bool:
        """Whether what stands at the path may change."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person may change of a form: everything, unless the work is divided.

    Then it is the own parts; ``division`` is None where everything is allowed. ``unlocked`` is what
    a return leaves open to anybody, None unless it cites questions. What was given to the people
    of ``stands_in_for``, by id, is the person's too.
    """

    person: User | None = None
    division: Division | None = None
    unlocked: Opening | None = None
    stands_in_for: frozenset[int] = frozenset()

    def is_open(self, path: str) -> bool:
        """Whether a return left the path open, or there is none that cites questions."""
        return self.unlocked is None or self.unlocked.covers(path)

    def covers(self, path: str) -> bool:
        """Whether the person may change what stands at the path; there may be no such place."""
        if not self.is_open(path):
            return False
        if self.division is None or self.person is None or not self.division.has(path):
            return True
        holder = self.division.holder(path)
        return holder is not None and self.does(holder)

    def does(self, delegation: Delegation) -> bool:
        """Whether the person does it, or stands in for who does."""
        if self.person is None:
            return False
        return delegation.is_of(self.person) or delegation.user_id in self.stands_in_for

    def holder(self, path: str) -> Delegation | None:
        """Who does it instead; None where nobody does, or where it is not asked."""
        return None if self.division is None else self.division.holder(path)

    @property
    def own(self) -> tuple[Delegation, ...]:
        """The person's delegations, what is due first at the beginning."""
        if self.division is None or self.person is None:
            return ()
        mine = [each for each in self.division.delegations if self.does(each)]
        return tuple(sorted(mine, key=lambda each: (each.due_on, each.pk)))


EVERYTHING: Final = Share()
"""The share of whoever is bound by no division."""


def share_of(assignment: Assignment, form: Form, person: User | None) -> Share:
    """What the person may change: one query at most, none for coordinators and for the system.

    Whether the person may write in the agency's form at all is not asked here.
    """
    if person is None or is_member(person, assignment.agency_id, MembershipRole.COORDINATOR):
        return EVERYTHING
    division = division_of(assignment, form)
    if not division.holders:
        return EVERYTHING
    absent = stood_in_for(person, assignment.agency_id)
    return Share(person, division, stands_in_for=absent)


def stood_in_for(person: User, agency: int) -> frozenset[int]:
    """The absent writers of the agency, by id, whom the person stands in for today."""
    return frozenset(
        each.absent_id
        for each in substitutions(person)
        if each.agency_id == agency and each.role in WRITERS
    )


def division_of(assignment: Assignment, form: Form) -> Division:
    """The division of an assignment's form, in one query."""
    active = Delegation.objects.active().filter(assignment=assignment)
    return divided(form, active.select_related("user", "given_by"))


def divided(form: Form, delegations: Iterable[Delegation]) -> Division:
    """The division that active delegations make; names that the form lacks count for nothing."""
    known = part_names(form)
    given = tuple(delegations)
    holders = {part: each for each in given for part in each.parts if part in known}
    return Division(form, given, holders)


def people_of(agency: Agency | int) -> list[User]:
    """Who can be given a part: the agency's coordinators and contributors, by name."""
    people = User.objects.filter(
        Q(memberships__agency=agency, memberships__role__in=WRITERS), is_active=True
    )
    return sorted(people.distinct(), key=lambda each: (str(each).split()[-1:], str(each), each.pk))
