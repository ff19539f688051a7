"""Who may act at which step: chain, step, person."""

import pytest

from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.campaigns.signing_off import StepAct
from surveys.models import Assignment
from surveys.responses import rules
from surveys.responses.signoff.turns import may_act, steps_of, waiting_step
from tests.factories import AgencyFactory, member
from tests.surveys.responses.factories import open_assignment
from tests.surveys.responses.signoff.chains import (
    ABOVE,
    ABOVE_AGAIN,
    REVIEW,
    SIGN,
    chained,
    superior,
)

pytestmark = pytest.mark.django_db

LONG = (REVIEW, SIGN, ABOVE, ABOVE_AGAIN)

WAITS = [
    ((SIGN,), Status.DRAFT, 0, None),
    ((SIGN,), Status.AWAITING_SIGNATURE, 0, "sign"),
    ((SIGN,), Status.SUBMITTED, 1, None),
    (LONG, Status.AWAITING_SIGNATURE, 0, "review"),
    (LONG, Status.AWAITING_SIGNATURE, 1, "sign"),
    (LONG, Status.SUBMITTED, 2, "above"),
    (LONG, Status.SUBMITTED, 3, "above-2"),
    (LONG, Status.SUBMITTED, 4, None),
    (LONG, Status.SUBMITTED, 0, "above"),
    (LONG, Status.RETURNED, 0, None),
    (LONG, Status.VERIFIED, 4, None),
]


@pytest.mark.parametrize(("chain", "status", "place", "key"), WAITS)
def test_the_step_that_waits_follows_from_status_and_place(chain, status, place, key):
    assignment = chained(*chain, status=status, step=place)

    step = waiting_step(assignment)

    assert (step.key if step else None) == key


ACTS = [
    ("own", "reviewer", {"review"}),
    ("own", "signatory", {"sign"}),
    ("own", "coordinator", set()),
    ("own", "contributor", set()),
    ("above", "reviewer", {"above"}),
    ("above", "signatory", {"above-2"}),
    ("above", "coordinator", set()),
    ("elsewhere", "reviewer", set()),
    ("elsewhere", "signatory", set()),
]


@pytest.mark.parametrize(("where", "role", "keys"), ACTS)
def test_a_step_is_for_its_role_in_its_agency(where, role, keys):
    assignment = chained(*LONG)
    if where == "above":
        person = superior(assignment, role)
    else:
        person = member(assignment.agency if where == "own" else AgencyFactory(), role)

    assert {s.key for s in steps_of(assignment) if may_act(person, assignment, s)} == keys


def test_an_agency_without_a_superior_is_through_when_it_has_signed():
    assignment = open_assignment(status=Status.SUBMITTED)
    assignment.round.sign_off = [step.as_json() for step in LONG]

    assert [step.key for step in steps_of(assignment)] == ["review", "sign"]
    assert waiting_step(assignment) is None


RETURNS = [
    (Status.AWAITING_SIGNATURE, 0, "own", "reviewer", True),
    (Status.AWAITING_SIGNATURE, 0, "own", "signatory", False),
    (Status.AWAITING_SIGNATURE, 1, "own", "signatory", True),
    (Status.AWAITING_SIGNATURE, 1, "own", "reviewer", False),
    (Status.SUBMITTED, 2, "own", "signatory", False),
    (Status.SUBMITTED, 2, "above", "reviewer", True),
    (Status.SUBMITTED, 3, "above", "reviewer", False),
    (Status.SUBMITTED, 4, "above", "signatory", False),
]


@pytest.mark.parametrize(("status", "place", "where", "role", "may"), RETURNS)
def test_whoever_has_the_turn_returns(status, place, where, role, may):
    assignment = chained(*LONG, status=status, step=place)
    person = member(assignment.agency, role) if where == "own" else superior(assignment, role)

    assert rules.may_return_response(person, assignment) == may


SEEN = [
    (LONG, Status.AWAITING_SIGNATURE, "reviewer", False),
    (LONG, Status.DRAFT, "reviewer", False),
    (LONG, Status.SUBMITTED, "reviewer", True),
    (LONG, Status.VERIFIED, "signatory", True),
    (LONG, Status.SUBMITTED, "coordinator", False),
    ((SIGN, ABOVE), Status.SUBMITTED, "signatory", False),
    ((SIGN,), Status.SUBMITTED, "reviewer", False),
]


@pytest.mark.parametrize(("chain", "status", "role", "sees"), SEEN)
def test_a_superior_sees_what_was_signed_where_the_chain_leads_to_them(chain, status, role, sees):
    assignment = chained(*chain, status=status)
    person = superior(assignment, role)

    assert Assignment.objects.visible_to(person).exists() == sees
    assert rules.may_read_as_superior(person, assignment) == sees


@pytest.mark.parametrize(("place", "role", "waits"), [(2, "reviewer", 1), (3, "reviewer", 0)])
def test_what_waits_for_a_superior_is_listed(place, role, waits):
    assignment = chained(*LONG, status=Status.SUBMITTED, step=place)
    person = superior(assignment, role)

    assert Assignment.objects.waiting_for_superior(person).count() == waits


def test_a_chain_has_one_act_for_every_step():
    assert [step.act for step in steps_of(chained(*LONG))] == [
        StepAct.APPROVE,
        StepAct.SIGN,
        StepAct.APPROVE,
        StepAct.APPROVE,
    ]
