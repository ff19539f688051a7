"""Who answered, and what was left blank."""

import numpy as np
import pandas as pd
import pytest

from analytics.methods.descriptive import Answers
from analytics.methods.descriptive.response import (
    Band,
    Dispositions,
    completion,
    item_non_response,
    outcome_rates,
)

# 640 units: RR1 = 310/640, RR6 = 350/540, and e = 540/590 makes RR3 = 310/(540 + 100e).
CASE = Dispositions(
    complete=310, partial=40, refusal=90, non_contact=70, other=30, unknown=100, ineligible=50
)


def test_the_response_rates_of_aapor():
    rates = outcome_rates(CASE)

    assert rates.eligibility == 540 / 590
    assert rates.response == pytest.approx(
        (0.484375, 350 / 640, 0.490875, 0.554214, 310 / 540, 0.648148), abs=5e-7
    )


def test_cooperation_refusal_and_contact():
    rates = outcome_rates(CASE)

    assert rates.cooperation == pytest.approx((310 / 470, 350 / 470, 310 / 440, 350 / 440))
    assert rates.refusal == pytest.approx((90 / 640, 90 / (540 + 54000 / 590), 90 / 540))
    assert rates.contact == pytest.approx((470 / 640, 470 / (540 + 54000 / 590), 470 / 540))


def test_rates_that_take_the_unknown_as_ineligible_are_marked():
    assert not outcome_rates(CASE).nothing_unknown
    assert outcome_rates(Dispositions(complete=30, refusal=4)).nothing_unknown


def test_a_closed_list_has_one_rate():
    rates = outcome_rates(Dispositions(complete=30, non_contact=4))

    assert rates.response == pytest.approx((30 / 34,) * 6)


def test_a_given_eligibility_takes_the_place_of_the_estimate():
    assert outcome_rates(CASE, eligibility=0.0).response[2] == 310 / 540


def test_weighted_rates_are_made_of_sums_of_weights():
    assert outcome_rates(Dispositions(complete=1.5, refusal=0.5)).response[0] == 0.75


def test_nobody_was_asked():
    rates = outcome_rates(Dispositions(complete=0))

    assert set(rates.response + rates.cooperation + rates.refusal + rates.contact) == {None}


def test_nothing_is_known_of_anybody():
    rates = outcome_rates(Dispositions(complete=0, unknown=9))

    assert rates.response == (0.0, 0.0, None, None, None, None)


@pytest.mark.parametrize("field", ["complete", "unknown"])
def test_a_negative_number_of_units_is_refused(field):
    with pytest.raises(ValueError, match="not negative"):
        Dispositions(**{"complete": 1.0, field: -1.0})


def test_an_eligibility_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        outcome_rates(CASE, eligibility=1.1)


def test_bands_of_completion_hold_their_lower_ends():
    found = completion([10, 8, 7, 5, 4, 0, 0], [10, 10, 10, 10, 10, 10, 0])

    assert [band.value for band in found.bands] == [
        "complete",
        "complete",
        "partial",
        "partial",
        "break_off",
        "nothing",
        "complete",
    ]
    assert found.units == {
        Band.NOTHING: 1,
        Band.BREAK_OFF: 1,
        Band.PARTIAL: 2,
        Band.COMPLETE: 3,
    }
    assert found.shares[-2:] == (0.0, None)


@pytest.mark.parametrize(("answered", "required"), [([2], [1]), ([-1], [1]), ([1, 1], [1])])
def test_more_answers_than_were_required_are_refused(answered, required):
    with pytest.raises(ValueError, match="Answers given"):
        completion(answered, required)


def test_bands_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="follow each other"):
        completion([1], [1], complete_from=0.4)


def test_blanks_are_counted_by_question_and_by_unit():
    found = item_non_response(
        {
            "q1": Answers(["a", None, "KAD"]),
            "q2": Answers([1.0, None, None], asked=[True, True, False]),
        },
        ("x", "y", "z"),
    )

    assert [(q.name, q.asked, q.answered, q.coded, q.blank) for q in found.questions] == [
        ("q1", 3, 1, 1, 1),
        ("q2", 2, 1, 0, 1),
    ]
    assert [(u.name, u.asked, u.answered, u.coded, u.blank, u.rate) for u in found.units] == [
        ("x", 2, 2, 0, 0, 0.0),
        ("y", 2, 0, 0, 2, 1.0),
        ("z", 1, 0, 1, 0, 0.0),
    ]
    assert found.rate == 2 / 5


def test_a_question_that_was_put_to_nobody_has_no_rate():
    found = item_non_response({"q": Answers([None], asked=[False])}, ("x",))

    assert (found.questions[0].rate, found.units[0].rate, found.rate) == (None, None, None)


def test_nothing_was_asked_of_nobody():
    assert item_non_response({}, ()).rate is None


def test_a_column_of_other_units_is_refused():
    with pytest.raises(ValueError, match="2 rows for 1 units"):
        item_non_response({"q": Answers(["a", "b"])}, ("x",))


@pytest.mark.parametrize(
    "column",
    [np.array([1.0, np.nan]), pd.Series(["a", None]), pd.Categorical(["a", None]), [1.0, None]],
    ids=["floats", "series", "categorical", "list"],
)
def test_every_kind_of_column_has_its_blanks(column):
    (question,) = item_non_response({"q": Answers(column)}, ("x", "y")).questions

    assert (question.answered, question.blank) == (1, 1)


def test_an_answer_with_nothing_ticked_is_no_blank():
    assert item_non_response({"q": Answers([""])}, ("x",)).rate == 0.0
