"""Work given to people, for tests."""

from datetime import timedelta

from surveys.models import Assignment, Delegation, User
from surveys.organisations.enums import MembershipRole
from surveys.responses.delegation.services import Work, give
from tests.factories import member
from tests.surveys.campaigns.factories import NOW, TODAY

IN_A_WEEK = TODAY + timedelta(days=7)


def contributor(assignment: Assignment, name: str = "Trần Quốc Bảo") -> User:
    """A new contributor of the agency."""
    person = member(assignment.agency, MembershipRole.CONTRIBUTOR)
    person.full_name = name
    person.save()
    return person


def coordinator(assignment: Assignment) -> User:
    """A new coordinator of the agency."""
    return member(assignment.agency, MembershipRole.COORDINATOR)


def given(assignment: Assignment, person: User, *parts: str, moves: bool = False) -> Delegation:
    """Parts given to the person, due in a week."""
    work = Work(parts=parts, due_on=IN_A_WEEK, moves=moves)
    return give(assignment, person=person, work=work, actor=coordinator(assignment), at=NOW)
