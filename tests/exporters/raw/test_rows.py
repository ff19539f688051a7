"""The rows of a file: in one order whatever the copy went through, in few queries, in batches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.columnar import services
from exporters.raw.plans import ColumnPlan
from exporters.raw.writing import rounds as reading
from exporters.raw.writing.book import raw_tables
from surveys.models import VerificationCase, VerificationItem, VerificationPlan
from surveys.verification.enums import PlanStatus
from tests.exporters.raw.answered import FULL, Answered
from tests.exporters.raw.read import tables_of
from tests.surveys.campaigns.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Answered()


def answered(world, number):
    round_ = world.round("ky-1")
    return round_, [
        world.answer(round_, FULL | {"staff": str(place)}, key=f"tinh-{place}")
        for place in range(number)
    ]


def staff(round_):
    return [row["staff"] for row in tables_of(round_)["responses"]]


def test_rows_stand_in_the_order_of_the_responses_whatever_was_signed_again(world):
    round_, responses = answered(world, 5)
    services.synchronise(round_, at=NOW)
    world.sign(responses[1], FULL | {"staff": "11"}, {})
    services.append(round_, [responses[1].pk], at=NOW)

    assert staff(round_) == [0, 11, 2, 3, 4]


def test_rows_in_disorder_are_put_in_order_batch_by_batch(world, monkeypatch):
    round_, responses = answered(world, 7)
    services.synchronise(round_, at=NOW)
    for place in (5, 1, 3):
        world.sign(responses[place], FULL | {"staff": str(place + 10)}, {})
        services.append(round_, [responses[place].pk], at=NOW)
    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(reading, "PARTS_AT_HAND", 1)

    assert staff(round_) == [0, 11, 2, 13, 4, 15, 6]


def test_a_history_gives_the_file_of_a_fresh_copy(world):
    round_, responses = answered(world, 4)
    services.synchronise(round_, at=NOW)
    world.sign(responses[2], FULL | {"staff": "12"}, {})
    stood = tables_of(round_)
    services.rebuild(round_, at=NOW)

    assert stood == tables_of(round_)


def test_a_returned_response_is_not_in_the_file(world):
    round_, responses = answered(world, 2)
    assignment = responses[0].assignment
    assignment.status = "returned"
    assignment.save()

    assert staff(round_) == [1]


def queries_for(world, number):
    round_, _responses = answered(world, number)
    tables_of(round_)  # the copy is there
    with CaptureQueriesContext(connection) as found:
        tables_of(round_)
    return len(found)


def test_queries_do_not_grow_with_the_responses():
    assert queries_for(Answered(), 2) == queries_for_another(6)


def queries_for_another(number):
    world = Answered()
    round_ = world.round("ky-2")
    for _place in range(number):
        world.answer(round_, FULL)
    tables_of(round_)
    with CaptureQueriesContext(connection) as found:
        tables_of(round_)
    return len(found)


def test_a_round_without_answers_has_its_columns_and_no_row(world):
    round_, [response] = answered(world, 1)
    response.assignment.status = "draft"
    response.assignment.save()

    found = tables_of(round_)
    assert (found["responses"], found["budget"], found["works"]) == ([], [], [])


def test_tables_can_be_read_more_than_once(world):
    round_, _responses = answered(world, 2)

    with raw_tables([round_], ColumnPlan(), lambda *_told: None) as tables:
        for table in tables:
            assert list(table.batches()) == list(table.batches())


def test_self_scores_stand_beside_verified_ones(world):
    round_, responses = answered(world, 2)
    plan = VerificationPlan.objects.create(
        round=round_, status=PlanStatus.UNDER_WAY, planned_at=NOW, begun_at=NOW
    )
    case = VerificationCase.objects.create(
        plan=plan, assignment=responses[0].assignment, revision=responses[0].revisions.get()
    )
    VerificationItem.objects.create(
        case=case,
        position=1,
        code="1.1",
        label={"vi": "Biên chế"},
        rule="",
        questions=["staff"],
        most=10,
        claimed="8.5",
        status="judged",
        verdict="partly",
        settlement="single",
        verified="6",
    )

    first, second = tables_of(round_)["responses"]
    parts = ("claimed", "verified", "verdict")
    assert [first[f"score.1.1.{part}"] for part in parts] == [8.5, 6.0, "partly"]
    assert [second[f"score.1.1.{part}"] for part in parts] == [None, None, None]
