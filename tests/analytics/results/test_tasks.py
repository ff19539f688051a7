"""Results of a round: computed when somebody signs, from what was signed."""

import pytest
from django.utils import timezone

from analytics.answers import signed_answers, units_asked
from analytics.results.models import RoundResult
from analytics.results.tasks import is_current
from surveys.background.models import Job
from surveys.background.runner import run_pending
from surveys.models import Response
from surveys.responses.services import return_to_draft
from tests.answered import answered_round
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return answered_round()


def indicator(result, code):
    return next(item for item in result.indicators if item["code"] == code)


def test_a_signature_leads_to_stored_results(round_):
    run_pending()

    result = RoundResult.objects.get(round=round_)
    assert (result.base["asked"], result.base["signed"]) == (6, 4)


def test_four_signatures_in_a_row_are_computed_once(round_):
    run_pending()

    outcomes = [job.result for job in Job.objects.filter(task__contains="results").order_by("pk")]
    assert [outcome == {"skipped": True} for outcome in outcomes] == [False, True, True, True]


def test_a_returned_response_leaves_the_results_whoever_signed_last(round_):
    run_pending()
    first = min(signed_answers(round_), key=lambda item: item.revision_id)
    response = Response.objects.get(assignment__agency=first.agency_id, assignment__round=round_)

    return_to_draft(response, actor=UserFactory.create(), at=timezone.now(), reason="Thiếu số liệu")
    run_pending()

    assert RoundResult.objects.get(round=round_).base["signed"] == 3


def test_a_share_of_agencies_counts_the_silent_ones(round_):
    run_pending()

    found = indicator(RoundResult.objects.get(), "T1a")
    reorganised = sum(item.answers["a1_reorganised"] == "da" for item in signed_answers(round_))
    assert (found["numerator"], found["denominator"], found["answered"]) == (reorganised, 6, 4)


def test_a_ratio_of_sums_adds_up_the_cells_of_the_table(round_):
    run_pending()

    found = indicator(RoundResult.objects.get(), "T1c")
    tables = [item.answers["a8_units"].values() for item in signed_answers(round_)]
    rows = [row for table in tables for row in table]
    assert (found["numerator"], found["denominator"]) == (
        sum(int(row.get(column, 0)) for row in rows for column in ("a8_unit", "a8_focal")),
        sum(int(row.get("a8_total", 0)) for row in rows),
    )


def test_those_missing_are_named_in_official_order(round_):
    run_pending()

    signed = {item.agency_id for item in signed_answers(round_)}
    missing = [unit["agency_id"] for unit in units_asked(round_) if unit["agency_id"] not in signed]
    assert indicator(RoundResult.objects.get(), "T1a")["missing"] == missing


def test_an_indicator_of_provinces_asks_provinces_only(round_):
    run_pending()

    assert indicator(RoundResult.objects.get(), "IV1d")["asked"] == 3


def test_an_indicator_without_expression_says_that_it_was_not_asked(round_):
    run_pending()

    assert indicator(RoundResult.objects.get(), "T2030b")["coverage"] == "not_asked"


def test_no_personal_data_are_read_in_the_clear(round_):
    names = [item.answers["g2_name"] for item in signed_answers(round_)]

    assert [list(name) for name in names] == [["#digest"]] * 4


def test_who_is_no_longer_asked_is_in_neither_base_nor_answers(round_):
    signed = round_.assignments.filter(status="submitted").first()
    signed.disposition = "ineligible"
    signed.save(update_fields=["disposition"])

    assert len(units_asked(round_)) == 5
    assert signed.agency_id not in {each.agency_id for each in signed_answers(round_)}


def test_who_refused_stays_in_the_base(round_):
    round_.assignments.filter(status="not_started").update(disposition="refused")

    assert len(units_asked(round_)) == 6


def test_a_result_is_computed_anew_when_fewer_are_asked(round_):
    run_pending()
    assert is_current(round_)

    round_.assignments.filter(status="not_started").update(disposition="ineligible")

    assert not is_current(round_)
