"""Sign-off chains for tests, and responses that go through them."""

from typing import Any, Final

from surveys.campaigns.signing_off import SignOffStep, StepAct, StepPlace
from surveys.models import Assignment, Response, User
from surveys.responses.services import send_for_signature
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, finished, open_assignment

REVIEW: Final = SignOffStep("review", "reviewer")
SIGN: Final = SignOffStep("sign", "signatory", StepAct.SIGN)
ABOVE: Final = SignOffStep("above", "reviewer", StepAct.APPROVE, StepPlace.SUPERIOR)
ABOVE_AGAIN: Final = SignOffStep("above-2", "signatory", StepAct.APPROVE, StepPlace.SUPERIOR)

NOBODY_NOW: Final[dict[str, Any]] = {"actor": None, "at": NOW}


def chained(*steps: SignOffStep, **kwargs: Any) -> Assignment:
    """A commune's duty, under a province, in a round with the chain."""
    agency = AgencyFactory(parent=AgencyFactory())
    assignment = open_assignment(agency=agency, **kwargs)
    assignment.round.sign_off = [step.as_json() for step in steps]
    assignment.round.save()
    return assignment


def sent(*steps: SignOffStep) -> Response:
    """A response that was sent into the chain."""
    response = finished(draft(chained(*steps)))
    send_for_signature(response, **NOBODY_NOW)
    response.assignment.refresh_from_db()
    return response


def superior(response_or_duty: Response | Assignment, *roles: str) -> User:
    """A new person with the roles in the superior agency."""
    duty = response_or_duty
    assignment = duty.assignment if isinstance(duty, Response) else duty
    assert assignment.agency.parent is not None
    return member(assignment.agency.parent, *roles)
