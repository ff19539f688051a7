"""One answer of several."""

import numpy as np
import pandas as pd
import pytest

from analytics.methods.descriptive import (
    Answers,
    Design,
    Method,
    Mode,
    NoInterval,
    Written,
    single_choice,
    written_beside,
)
from tests.analytics.methods.descriptive.intervals import interval_of

SAMPLE = Design(Mode.SAMPLE, 34)
COLUMN = ["yes", "no", "yes", "KAD", None, "", "HC", "yes"]


def counts(found):
    return [(option.code, option.n) for option in found.options]


def values(found):
    return [option.valid.value for option in found.options]


def test_valid_shares_leave_the_missing_out_and_total_shares_count_them():
    found = single_choice(Answers(COLUMN), ["yes", "no"])

    assert counts(found) == [("yes", 3), ("no", 1)]
    assert values(found) == [0.75, 0.25]
    assert [option.total for option in found.options] == [3 / 8, 1 / 8]


def test_the_base_adds_up_to_those_asked():
    base = single_choice(Answers(COLUMN), ["yes", "no"]).base

    assert (base.rows, base.asked, base.n, base.blank) == (8, 8, 4, 2)
    assert base.missing == {"KAD": 1, "CCSL": 0, "HC": 1}
    assert base.n + base.blank + sum(base.missing.values()) == base.asked


def test_who_was_not_asked_is_not_blank():
    asked = [True, True, True, True, False, False, True, False]
    found = single_choice(Answers(COLUMN, asked=asked), ["yes", "no"])

    assert (found.base.not_asked, found.base.blank, found.base.n) == (3, 0, 3)


def test_an_answer_that_is_no_choice_stands_behind_the_choices():
    found = single_choice(Answers(["old", "no"]), ["yes", "no"])

    assert [(o.code, o.n, o.listed) for o in found.options] == [
        ("yes", 0, True),
        ("no", 1, True),
        ("old", 1, False),
    ]


@pytest.mark.parametrize(
    "column",
    [
        np.array(COLUMN, dtype=object),
        pd.Series(COLUMN),
        pd.Series(COLUMN, dtype=object, index=range(10, 18)),
        pd.Categorical(COLUMN),
        pd.Series(pd.Categorical(COLUMN)),
    ],
    ids=["array", "series", "objects", "categorical", "categories"],
)
def test_every_kind_of_column_gives_the_same(column):
    assert single_choice(Answers(column), ["yes", "no"]) == single_choice(
        Answers(COLUMN), ["yes", "no"]
    )


def test_codes_read_as_numbers_are_their_choices():
    assert counts(single_choice(Answers(np.array([1.0, 2.0, 1.0, np.nan])), ["1", "2"])) == [
        ("1", 2),
        ("2", 1),
    ]


def test_a_census_has_no_interval_and_says_why():
    (option,) = single_choice(Answers(["yes"] * 9), ["yes"]).options

    assert (option.valid.interval, option.valid.why_none) == (None, NoInterval.CENSUS)


def test_those_who_came_by_themselves_have_no_interval():
    (option,) = single_choice(
        Answers(["yes"] * 9), ["yes"], design=Design(Mode.CONVENIENCE)
    ).options

    assert option.valid.why_none is NoInterval.CONVENIENCE


def test_four_answers_have_no_interval():
    (option,) = single_choice(Answers(["yes"] * 4), ["yes"], design=SAMPLE).options

    assert (option.valid.value, option.valid.why_none) == (1.0, NoInterval.FEW)


def test_a_sample_has_wilsons_interval_corrected_for_the_population():
    option, _ = single_choice(
        Answers(["yes"] * 5 + ["no"] * 5), ["yes", "no"], design=SAMPLE
    ).options

    assert interval_of(option.valid).method is Method.WILSON_FPC
    assert interval_of(option.valid).low == pytest.approx(0.26634926)
    assert option.valid.error == pytest.approx(np.sqrt((1 - 10 / 34) * 0.25 / 9))


def test_weights_make_the_shares():
    found = single_choice(Answers(["yes", "no", None], weights=[3, 1, 4]), ["yes", "no"])

    assert values(found) == [0.75, 0.25]
    assert [option.total for option in found.options] == [3 / 8, 1 / 8]
    assert (found.base.weighted, found.base.n, found.base.weight_asked) == (True, 2, 8.0)


def test_equal_weights_change_neither_shares_nor_their_errors():
    column, design = ["yes"] * 4 + ["no"] * 8, Design(Mode.SAMPLE, 100)
    plain = single_choice(Answers(column), ["yes", "no"], design=design)
    heavy = single_choice(Answers(column, weights=[2.5] * 12), ["yes", "no"], design=design)

    assert values(heavy) == pytest.approx(values(plain))
    assert [o.valid.error for o in heavy.options] == pytest.approx(
        [o.valid.error for o in plain.options]
    )


def test_a_weighted_sample_has_the_beta_interval():
    column, weights = ["yes"] * 4 + ["no"] * 8, [1.0, 2, 3] * 4
    found = single_choice(
        Answers(column, weights=weights), ["yes", "no", "never"], design=Design(Mode.SAMPLE, 100)
    )

    assert {interval_of(option.valid).method for option in found.options} == {Method.BETA}
    assert interval_of(found.options[2].valid).low == 0.0
    assert interval_of(found.options[2].valid).high > 0.2


def test_no_respondents_have_no_shares():
    found = single_choice(Answers([]), ["yes"], design=SAMPLE)

    assert (found.n, values(found), found.options[0].total) == (0, [None], None)
    assert found.options[0].valid.why_none is NoInterval.FEW


def test_all_missing_have_no_valid_share_but_a_total_one():
    found = single_choice(Answers([None, "KAD"]), ["yes"])

    assert (values(found), found.options[0].total, found.base.missing["KAD"]) == ([None], 0.0, 1)


def test_weights_of_zero_have_no_shares():
    found = single_choice(Answers(["yes"] * 6, weights=[0.0] * 6), ["yes"], design=SAMPLE)

    assert (found.n, values(found), found.options[0].total) == (6, [None], None)


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, np.nan], [1.0, np.inf]])
def test_weights_that_cannot_be_are_refused(weights):
    with pytest.raises(ValueError, match=r"entries beside|Weights are"):
        single_choice(Answers(["yes", "no"], weights=weights), ["yes", "no"])


def test_a_sample_greater_than_its_population_is_refused():
    with pytest.raises(ValueError, match="population of 34"):
        single_choice(Answers(["yes"] * 35), ["yes"], design=SAMPLE)


def test_a_sample_without_its_population_is_refused():
    with pytest.raises(ValueError, match="number of units"):
        Design(Mode.SAMPLE)


def test_texts_behind_other_are_listed_by_how_often_they_were_written():
    answers = Answers(["other", "yes", "other", "other", "other"], asked=[True] * 5)
    texts = [" Zalo", "left behind", "Zalo", "Fax", None]

    assert written_beside(answers, texts) == (Written("Zalo", 2), Written("Fax", 1))


def test_nobody_wrote_anything():
    assert written_beside(Answers(["yes"]), [None]) == ()
