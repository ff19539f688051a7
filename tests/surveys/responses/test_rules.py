"""Who may do what with a response."""

import pytest

from surveys.campaigns.enums import AssignmentStatus
from surveys.organisations.enums import DepartmentRoleName as Role
from surveys.organisations.enums import MembershipRole as Part
from surveys.responses import rules
from tests.factories import department_person, member
from tests.surveys.responses.factories import draft, open_assignment

pytestmark = pytest.mark.django_db

PARTS = {
    rules.may_edit_response: {Part.COORDINATOR, Part.CONTRIBUTOR},
    rules.may_send_response: {Part.COORDINATOR},
    rules.may_sign_response: {Part.SIGNATORY},
}


@pytest.mark.parametrize("may", PARTS)
@pytest.mark.parametrize("part", Part)
def test_a_member_may_what_the_part_is_for(may, part):
    assignment = open_assignment()

    assert may(member(assignment.agency, part), assignment) == (part in PARTS[may])


@pytest.mark.parametrize("may", PARTS)
def test_a_member_of_another_agency_may_nothing(may):
    stranger = member(open_assignment().agency, *Part)

    assert not may(stranger, open_assignment())


def test_a_response_is_as_good_as_its_assignment():
    response = draft()

    assert rules.may_edit_response(member(response.assignment.agency), response)


@pytest.mark.parametrize("may", PARTS)
@pytest.mark.parametrize("role", Role)
def test_the_department_does_not_answer_for_an_agency(may, role):
    assert not may(department_person(role), open_assignment())


RETURNS = [
    (AssignmentStatus.AWAITING_SIGNATURE, "signatory", True),
    (AssignmentStatus.AWAITING_SIGNATURE, "verifier", False),
    (AssignmentStatus.SUBMITTED, "signatory", False),
    (AssignmentStatus.SUBMITTED, "verifier", True),
    (AssignmentStatus.SUBMITTED, "researcher", False),
]


@pytest.mark.parametrize(("status", "who", "may"), RETURNS)
def test_the_signatory_returns_before_signing_and_the_verifier_after(status, who, may):
    assignment = open_assignment(status=status)
    person = (
        member(assignment.agency, Part.SIGNATORY)
        if who == "signatory"
        else department_person(Role(who))
    )

    assert rules.may_return_response(person, assignment) == may
