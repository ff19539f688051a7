"""What one person is to do, in all forms."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.engine import FormState
from surveys.organisations.models import User
from surveys.organisations.rules import agencies_of
from surveys.questionnaires.queries import form_of
from surveys.responses.delegation.models import Delegation
from surveys.responses.delegation.queries import Division, Share, divided, stood_in_for
from surveys.responses.models import Response
from surveys.responses.queries import context_of
from surveys.responses.rules import WRITERS
from surveys.responses.workflow import AT_WORK


@dataclass(frozen=True, slots=True)
class MyWork:
    """One delegation of a person; ``state`` is None before somebody starts the form."""

    delegation: Delegation
    assignment: Assignment
    division: Division
    state: FormState | None


def my_work(person: User, *, at: datetime, language: str = "vi") -> list[MyWork]:
    """What was given to the person in forms that are being filled in, the nearest day first.

    Three queries at most, however many forms it is.
    """
    assignments = _being_filled_in(person)
    if not assignments:
        return []
    given: defaultdict[int, list[Delegation]] = defaultdict(list)
    for each in (
        Delegation.objects.active().filter(assignment__in=assignments).select_related("user")
    ):
        given[each.assignment_id].append(each)
    responses = {
        each.assignment_id: each for each in Response.objects.filter(assignment__in=assignments)
    }
    found = []
    for assignment in assignments:
        division = divided(form_of(assignment.version), given[assignment.pk])
        share = Share(person, division, stands_in_for=stood_in_for(person, assignment.agency_id))
        response = responses.get(assignment.pk)
        state = _state(assignment, response, division, at=at, language=language)
        found += [
            MyWork(each, assignment, division, state)
            for each in division.delegations
            if share.does(each) and division.elements_of(each)
        ]
    return sorted(found, key=lambda work: (work.delegation.due_on, work.delegation.pk))


def _being_filled_in(person: User) -> list[Assignment]:
    mine = Delegation.objects.active().of(person).values("assignment")
    return list(
        Assignment.objects.of_agencies(agencies_of(person, *WRITERS))
        .filter(pk__in=mine, round__status=RoundStatus.OPEN, status__in=AT_WORK)
        .select_related("round__campaign", "agency", "version")
        .defer("version__definition")
    )


def _state(
    assignment: Assignment,
    response: Response | None,
    division: Division,
    *,
    at: datetime,
    language: str,
) -> FormState | None:
    """The draft, as far as progress needs it: evidence is not counted."""
    if response is None:
        return None
    return FormState(
        division.form,
        answers=response.answers,
        remarks=response.remarks,
        typed=response.typed,
        context=context_of(assignment, at=at, language=language),
    )
