"""A draft that is being filled in, and the browser of the person who fills it in."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from surveys.engine import Definition
from surveys.models import Assignment, Response, Round
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from tests.factories import member
from tests.live import sign_in
from tests.surveys.responses.factories import open_assignment


def started(definition: Definition) -> Response:
    """A draft of the questionnaire, due in ten days from now: the site runs by the real clock."""
    now = timezone.now()
    assignment = open_assignment(definition)
    due = now + timedelta(days=10)
    Round.objects.filter(pk=assignment.round_id).update(
        opens_at=now - timedelta(days=1), closes_at=due
    )
    Assignment.objects.filter(pk=assignment.pk).update(due_at=due)
    assignment.refresh_from_db()
    return services.start(assignment, actor=None, at=now)


def as_coordinator(page: Page, response: Response, site: str) -> Page:
    """The page in the browser of a coordinator of the agency."""
    sign_in(page.context, member(response.assignment.agency, MembershipRole.COORDINATOR), site)
    return page


def stored(response: Response) -> dict[str, object]:
    """The answers as they are kept now."""
    response.refresh_from_db()
    answers: dict[str, object] = response.answers
    return answers
