"""Sets of values that conditions leave open."""

from decimal import Decimal

import pytest

from surveys.engine.quality import sets
from surveys.engine.quality.sets import Interval, Numbers, Values, Words

ONE, TWO, THREE = Decimal(1), Decimal(2), Decimal(3)


@pytest.mark.parametrize(
    ("interval", "is_empty"),
    [
        (Interval(), False),
        (Interval(ONE), False),
        (Interval(high=ONE), False),
        (Interval(ONE, TWO), False),
        (Interval(TWO, ONE), True),
        (Interval(ONE, ONE), False),
        (Interval(ONE, ONE, low_open=True), True),
        (Interval(ONE, ONE, high_open=True), True),
        (Interval(ONE, TWO, low_open=True, high_open=True), False),
    ],
)
def test_an_interval_without_a_number_is_empty(interval: Interval, is_empty: bool):
    assert interval.is_empty is is_empty


@pytest.mark.parametrize(
    ("one", "two", "met"),
    [
        (Interval(), Interval(ONE, TWO), Interval(ONE, TWO)),
        (Interval(ONE), Interval(TWO), Interval(TWO)),
        (Interval(high=ONE), Interval(high=TWO), Interval(high=ONE)),
        (Interval(ONE, THREE), Interval(TWO), Interval(TWO, THREE)),
        (Interval(ONE), Interval(ONE, low_open=True), Interval(ONE, low_open=True)),
        (Interval(high=ONE, high_open=True), Interval(high=ONE), Interval(None, ONE, False, True)),
        (Interval(ONE, low_open=True), Interval(TWO), Interval(TWO)),
        (Interval(high=ONE), Interval(high=TWO, high_open=True), Interval(high=ONE)),
    ],
)
def test_of_two_intervals_the_tighter_bounds_remain(one: Interval, two: Interval, met: Interval):
    assert (one & two, two & one) == (met, met)


@pytest.mark.parametrize(
    ("interval", "whole"),
    [
        (Interval(Decimal("1.2"), Decimal("2.8")), Interval(TWO, TWO)),
        (Interval(ONE, TWO), Interval(ONE, TWO)),
        (Interval(ONE, THREE, low_open=True, high_open=True), Interval(TWO, TWO)),
        (Interval(Decimal("0.5"), Decimal("3.5"), True, True), Interval(ONE, THREE)),
        (Interval(), Interval()),
    ],
)
def test_the_whole_numbers_of_an_interval_are_told(interval: Interval, whole: Interval):
    assert interval.of_whole() == whole


@pytest.mark.parametrize(
    ("sign", "number", "is_in"),
    [
        *(("=", n, n == 2) for n in (1, 2, 3)),
        *(("!=", n, n != 2) for n in (1, 2, 3)),
        *(("<", n, n < 2) for n in (1, 2, 3)),
        *(("<=", n, n <= 2) for n in (1, 2, 3)),
        *((">", n, n > 2) for n in (1, 2, 3)),
        *((">=", n, n >= 2) for n in (1, 2, 3)),
    ],
)
def test_a_comparison_leaves_the_numbers_that_meet_it(sign: str, number: int, is_in: bool):
    point = Numbers((Interval(Decimal(number), Decimal(number)),), blank=False)

    assert (not (sets.numbers(sign, TWO) & point).is_empty) is is_in


@pytest.mark.parametrize("sign", ["=", "!=", "<", "<=", ">", ">="])
def test_only_unequal_lets_blank_through(sign: str):
    assert sets.numbers(sign, TWO).blank is (sign == "!=")


AB, BC = frozenset("ab"), frozenset("bc")


@pytest.mark.parametrize(
    ("one", "two", "met"),
    [
        (Words(AB, False), Words(BC, False), Words(frozenset("b"), False)),
        (Words(AB), Words(BC), Words(frozenset("abc"))),
        (Words(AB), Words(BC, False), Words(frozenset("c"), False)),
        (Words(AB, False), Words(BC), Words(frozenset("a"), False)),
        (Words(AB, blank=False), Words(BC), Words(frozenset("abc"), blank=False)),
        (Words(AB), Words(BC, blank=False), Words(frozenset("abc"), blank=False)),
        (Numbers(whole=True), Numbers(blank=False), Numbers(blank=False, whole=True)),
        (
            Numbers((Interval(ONE), Interval(high=ONE, high_open=True))),
            Numbers((Interval(TWO),)),
            Numbers((Interval(TWO),)),
        ),
        (Numbers(), Words(AB), Numbers()),
        (Words(AB), Numbers(), Words(AB)),
    ],
)
def test_what_is_in_both_sets_remains(one: Values, two: Values, met: Values):
    assert sets.both(one, two) == met


@pytest.mark.parametrize(
    ("values", "is_empty"),
    [
        (Numbers(), False),
        (Numbers(()), False),
        (Numbers((), blank=False), True),
        (Numbers(blank=False), False),
        (Words(), False),
        (Words(blank=False), False),
        (sets.words(), True),
        (sets.words("a"), False),
        (sets.words(blank=True), False),
        (sets.of_codes("ab"), False),
        (sets.of_codes("").answered(), True),
        (Numbers(()).answered(), True),
    ],
)
def test_a_set_is_empty_when_not_even_blank_is_left(values: Values, is_empty: bool):
    assert values.is_empty is is_empty
