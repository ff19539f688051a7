"""Two people at once, on a real database: nobody loses a keystroke."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from surveys.models import AnswerChange, AuditEvent, Response, ResponseRevision, SignOff
from surveys.responses import services
from surveys.responses.services import CellEdit, SaveStatus
from surveys.responses.workflow import OutOfTurn
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, finished, open_assignment, save, seen
from tests.surveys.responses.signoff.chains import REVIEW, SIGN, sent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[Any]:
    """What each gave or raised, all started together in threads of their own."""
    barrier = Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results[index] = work()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_people_typing_in_different_cells_lose_nothing():
    response = draft()
    keystrokes = 15

    def type_in(path):
        previous = None
        for n in range(1, keystrokes + 1):
            outcome = save(response, f"{path}-{n}", CellEdit(path, str(n), seen(previous)))
            assert outcome.status == SaveStatus.SAVED
            previous = str(n)

    results = at_once(
        lambda: type_in("staff"),
        lambda: type_in("budget/oda/planned"),
    )

    after = Response.objects.get(pk=response.pk)
    assert results == [None, None]
    assert after.answers["staff"] == after.answers["budget"]["oda"]["planned"] == str(keystrokes)
    assert after.edits == AnswerChange.objects.count() == 2 * keystrokes


def test_of_two_different_values_one_is_stored_and_the_other_comes_back():
    response = draft()

    outcomes = at_once(
        lambda: save(response, "one", CellEdit("staff", "1")),
        lambda: save(response, "two", CellEdit("staff", "2")),
    )

    assert sorted(outcome.status for outcome in outcomes) == [SaveStatus.CONFLICT, SaveStatus.SAVED]
    (conflict,) = [c for outcome in outcomes for c in outcome.conflicts]
    after = Response.objects.get(pk=response.pk).answers["staff"]
    assert {after, conflict.yours.value} == {"1", "2"}
    assert conflict.stored.value == after


def test_the_same_edit_sent_twice_at_once_is_made_once():
    response = draft()

    outcomes = at_once(*[lambda: save(response, "one", CellEdit("staff", "1"))] * 4)

    assert {outcome.number for outcome in outcomes} == {1}
    assert AnswerChange.objects.count() == 1


def test_two_people_who_start_at_once_get_one_draft():
    assignment = open_assignment()

    drafts = at_once(*[lambda: services.start(assignment, actor=None, at=NOW)] * 4)

    assert len({response.pk for response in drafts}) == 1
    assert AuditEvent.objects.filter(kind="response.started").count() == 1


def test_of_signatures_at_once_one_stands():
    response = finished()
    services.send_for_signature(response, actor=None, at=NOW)

    results = at_once(*[lambda: services.sign(response, actor=None, at=NOW)] * 4)

    signed = [result for result in results if isinstance(result, ResponseRevision)]
    refused = [result for result in results if isinstance(result, services.AlreadySigned)]
    assert (len(signed), len(refused)) == (1, 3)
    assert {error.details["receipt"] for error in refused} == {signed[0].receipt}


def test_of_approvals_at_once_one_stands():
    response = sent(REVIEW, SIGN)
    reviewers = [member(response.assignment.agency, "reviewer") for _each in range(4)]

    results = at_once(
        *[
            lambda person=person: services.approve_step(response, actor=person, at=NOW)
            for person in reviewers
        ]
    )

    assert sum(isinstance(result, SignOff) for result in results) == 1
    assert sum(isinstance(result, OutOfTurn) for result in results) == 3
    response.assignment.refresh_from_db()
    assert response.assignment.step == 1
