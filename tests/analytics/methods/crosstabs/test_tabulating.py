"""Counts, shares, totals and bases of cross-tabulations."""

import json

import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.crosstabs import Coded, Margin, Ticked, crosstab
from analytics.methods.weighting.design import sample_design
from tests.analytics.methods.crosstabs.tables import laid_out, numbers

REGION = Coded.from_values("region", ["n", "n", "s", "s", "s", None], ("n", "s"))
ANSWER = Coded.from_values(
    "answer", ["yes", "no", "yes", "dk", "yes", "yes"], ("yes", "no"), missing=("dk", "na")
)


def test_the_base_has_a_valid_answer_on_every_axis():
    assert crosstab(ANSWER, REGION).together.base == Margin(4, 4.0)


def test_cells_count_the_base():
    assert numbers(crosstab(ANSWER, REGION).together) == [[1, 2], [1, 0]]


def test_missing_answers_are_counted_by_code_on_their_axis():
    plain = crosstab(ANSWER, REGION).as_plain()

    assert [plain[axis]["missing"] for axis in ("rows", "columns")] == [
        {"dk": 1, "na": 0},
        {"blank": 1},
    ]


def test_shares_have_the_row_the_column_and_the_base_below_them():
    cell = crosstab(ANSWER, REGION).together.cells[0][1]

    assert (cell.row_share, cell.column_share, cell.total_share) == (2 / 3, 1.0, 0.5)


def test_a_share_of_an_empty_margin_is_none():
    table = crosstab(Coded("a", ("x", "y"), np.zeros(5, int)), Coded("b", ("u",), np.zeros(5, int)))

    assert table.together.cells[1][0].row_share is None


def test_weights_move_the_shares_and_not_the_respondents():
    design = sample_design([3.0, 1.0, 2.0, 1.0, 2.0, 1.0])

    together = crosstab(ANSWER, REGION, design=design).together

    assert (numbers(together), numbers(together, "weighted")) == (
        [[1, 2], [1, 0]],
        [[3.0, 4.0], [1.0, 0.0]],
    )


def test_weighted_column_shares_are_of_the_weights():
    design = sample_design([3.0, 1.0, 2.0, 1.0, 2.0, 1.0])

    assert crosstab(ANSWER, REGION, design=design).together.cells[0][0].column_share == 0.75


def test_a_respondent_without_weight_is_outside_of_the_base():
    design = sample_design([0.0, 1.0, 2.0, 1.0, 2.0, 1.0])

    assert crosstab(ANSWER, REGION, design=design).together.base == Margin(3, 5.0)


def test_layers_add_up_to_the_whole():
    rng = np.random.default_rng(7)
    axes = [Coded(name, ("a", "b", "c"), rng.integers(-1, 3, 500)) for name in "rcl"]

    table = crosstab(*axes)

    by_layer = np.array([numbers(sheet) for sheet in table.sheets])
    assert by_layer.sum(axis=0).tolist() == numbers(table.together)


def test_layers_keep_their_order():
    table = crosstab(ANSWER, None, REGION)

    assert [sheet.layer for sheet in table.sheets] == ["n", "s"]


def test_without_columns_the_table_has_one_of_everybody():
    table = crosstab(ANSWER)

    assert (table.columns, numbers(table.together)) == (None, [[4], [1]])


def test_without_columns_there_is_no_test_to_make():
    assert crosstab(ANSWER).together.associations[0].reason is Reason.ONE_DIMENSION


def test_the_base_of_several_answers_are_those_who_saw_the_question():
    media = Ticked.from_values(
        "media", ["tv radio", "", "tv", None, "dk"], ("tv", "radio"), missing=("dk",)
    )
    region = Coded("region", ("n",), np.zeros(5, int))

    table = crosstab(media, region)

    assert (table.together.base.n, table.rows.missing) == (3, {"dk": 1, "blank": 1})


def test_shares_of_several_answers_are_of_respondents():
    media = Ticked.from_values("media", ["tv radio", "", "tv", "tv"], ("tv", "radio"))
    region = Coded("region", ("n", "s"), np.array([0, 0, 1, 1]))

    shares = numbers(crosstab(media, region).together, "column_share")

    assert shares == [[0.5, 1.0], [0.5, 0.0]]


def test_column_totals_of_several_answers_count_respondents_not_ticks():
    media = Ticked.from_values("media", ["tv radio", "", "tv", "tv"], ("tv", "radio"))
    region = Coded("region", ("n", "s"), np.array([0, 0, 1, 1]))

    assert [margin.n for margin in crosstab(media, region).together.columns] == [2, 2]


def test_several_answers_may_stand_on_both_axes():
    first = Ticked.from_values("first", ["a b", "a", "", "b"], ("a", "b"))
    second = Ticked.from_values("second", ["x", "x y", "y", None], ("x", "y"))

    assert numbers(crosstab(first, second).together) == [[2, 1], [1, 0]]


def test_several_answers_on_the_columns_are_the_transpose_of_them_on_the_rows():
    rng = np.random.default_rng(3)
    media = Ticked(
        "media", ("a", "b", "c"), rng.random((90, 3)) < 0.4, rng.integers(-1, 2, 90), ("dk",)
    )
    region = Coded("region", ("n", "s"), rng.integers(0, 2, 90))

    lying, standing = crosstab(media, region).together, crosstab(region, media).together

    assert np.array(numbers(lying)).T.tolist() == numbers(standing)


def test_no_respondents_give_zeros_and_a_reason():
    nobody = Coded("a", ("x", "y"), np.zeros(0, int))

    together = crosstab(nobody, nobody).together

    assert (numbers(together), together.associations[0].reason) == (
        [[0, 0], [0, 0]],
        Reason.NO_DATA,
    )


def test_all_missing_gives_zeros_and_a_reason():
    silent = Coded("a", ("x", "y"), np.full(9, -1))

    assert crosstab(silent, ANSWER_OF_NINE).together.associations[0].reason is Reason.NO_DATA


ANSWER_OF_NINE = Coded("b", ("x", "y"), np.arange(9) % 2)


def test_all_weights_zero_gives_a_reason():
    table = crosstab(ANSWER_OF_NINE, ANSWER_OF_NINE, design=sample_design(np.zeros(9)))

    assert table.together.associations[0].reason is Reason.NO_DATA


def test_a_code_that_stands_for_nothing_is_refused():
    with pytest.raises(ValueError, match="code 3 stands for nothing"):
        Coded("a", ("x", "y"), np.array([0, 3]), ("dk",))


def test_a_text_that_is_no_category_is_refused():
    with pytest.raises(ValueError, match="'12' is neither category nor missing code"):
        Coded.from_values("a", ["x", "12"], ("x",))


def test_a_tick_that_is_no_option_is_refused():
    with pytest.raises(ValueError, match="'z' is no option"):
        Ticked.from_values("a", ["x z"], ("x",))


def test_axes_of_different_length_are_refused():
    with pytest.raises(ValueError, match="same rows"):
        crosstab(ANSWER, ANSWER_OF_NINE)


def test_small_codes_give_what_wide_codes_give():
    rng = np.random.default_rng(5)
    wide = rng.integers(-1, 120, 2_000)
    narrow = Coded("a", tuple(map(str, range(120))), wide.astype(np.int8))
    other = Coded("b", tuple(map(str, range(120))), wide[::-1])

    table = crosstab(narrow, other)

    assert numbers(table.together) == numbers(
        crosstab(Coded("a", narrow.categories, wide), other).together
    )


def test_the_plain_form_goes_through_json_unchanged():
    plain = crosstab(*laid_out([[30, 10], [20, 40]]), design=sample_design(np.ones(100))).as_plain()

    assert json.loads(json.dumps(plain)) == plain
