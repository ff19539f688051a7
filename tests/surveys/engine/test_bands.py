"""Which change since the last round is usual."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine import FormState, Grade
from surveys.engine.bands import BandUnreadable, read_band, relative_change
from tests.surveys.engine.factories import CONTEXT, calculate, form, integer, state

figures = st.decimals(-(10**9), 10**9, places=3)
sizes = st.decimals(0, 10**4, places=2)


@pytest.mark.parametrize(
    ("band", "before", "inside", "outside"),
    [
        ("20%", 100, (80, 100, 120), (79, 121)),
        ("20%", -100, (-80, -120), (-79, -121)),
        ("±5", 10, (5, 15), (4, 16)),
        ("+-5", 10, (5, 15), (4, 16)),
        ("5", 10, (5, 15), (4, 16)),
        ("-10%..+50%", 100, (90, 150), (89, 151)),
        ("0..3", 10, (10, 13), (9, 14)),
        ("..50%", 100, (0, 150), (151,)),
        ("-3..", 10, (7, 1000), (6,)),
        (">=0", 10, (10, 11), (9,)),
        ("≤ 2,5 %", 1000, (0, 1025), (1026,)),
        ("20% or ±5", 10, (5, 12, 15), (4, 16)),
        ("20%", 0, (0,), (1, -1)),
        (">=0%", 0, (0, 1), (-1,)),
        ("±5", 0, (5, -5), (6,)),
    ],
)
def test_a_band_holds_what_it_says(band, before, inside, outside):
    read = read_band(band)

    assert [read.holds(Decimal(before), Decimal(now)) for now in (*inside, *outside)] == [
        *(True for _ in inside),
        *(False for _ in outside),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a lot",
        "..",
        "5..3",
        "-5",
        "10%..5",
        "20% or",
        "> 0",
        "=5",
        "5%%",
        "1..2..3",
        "+5",
        "±-5",
    ],
)
def test_what_is_no_band_is_refused(text):
    with pytest.raises(BandUnreadable):
        read_band(text)


@given(st.text(alphabet="0123456789%.,+-±<>= or", max_size=20))
def test_any_text_is_a_band_or_refused(text):
    with suppress(BandUnreadable):
        assert read_band(text).parts


@given(low=sizes, high=sizes, before=figures, now=figures, is_percent=st.booleans())
def test_a_band_agrees_with_exact_fractions(low, high, before, now, is_percent):
    sign = "%" if is_percent else ""
    unit = abs(Fraction(before)) / 100 if is_percent else Fraction(1)

    held = read_band(f"-{low}{sign}..+{high}{sign}").holds(before, now)

    change = Fraction(now) - Fraction(before)
    assert held == (-Fraction(low) * unit <= change <= Fraction(high) * unit)


@given(size=sizes, before=figures, now=figures)
def test_a_size_alone_is_as_much_up_as_down(size, before, now):
    symmetric, written_out = read_band(f"{size}%"), read_band(f"-{size}%..{size}%")

    assert symmetric.holds(before, now) == written_out.holds(before, now)


@given(band=st.sampled_from(("0%", "±0", "5%..9%", ">=0", "20% or ±5")), now=figures)
def test_what_has_not_changed_from_zero_never_leaves_a_percentage(band, now):
    assert read_band(band).holds(now, now) or band == "5%..9%"
    assert read_band(band).holds(Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("before", "now", "percent"),
    [(22, 26, "18.2"), (-4, -2, "50.0"), (8, 6, "-25.0"), (0, 3, None)],
)
def test_the_change_in_percent_is_of_the_last_figure(before, now, percent):
    expected = None if percent is None else Decimal(percent)

    assert relative_change(Decimal(before), Decimal(now)) == expected


def after(previous: dict[str, str] | None, **answers: str) -> FormState:
    compiled = form(integer("n", band="10%"), calculate("twice", "${n} * 2", band="±3"))
    return state(compiled, answers, context=replace(CONTEXT, previous=previous))


def test_a_change_outside_the_band_wants_an_explanation_with_both_figures():
    first, second = after({"n": "22", "twice": "44"}, n="26").findings()

    assert (first.code, first.path, first.grade) == ("change_outside_band", "n", Grade.SOFT)
    assert first.params == {
        "before": "22",
        "now": "26",
        "change": "4",
        "percent": "18.2",
        "band": "10%",
    }
    assert (second.code, second.path) == ("change_outside_band", "twice")


def test_an_explained_change_is_explained():
    read = after({"n": "22"}, n="26")

    read.explain("n", explanation="tiếp nhận 4 người")

    assert [finding.explained for finding in read.findings()] == [True]


@pytest.mark.parametrize("previous", [None, {}, {"n": "nhiều"}])
def test_without_a_figure_in_the_last_round_nothing_leaves_the_band(previous):
    assert after(previous, n="26").findings() == ()


def test_a_blank_answer_leaves_no_band():
    assert after({"n": "22"}).findings() == ()


def test_from_zero_the_message_has_no_percentage():
    (found, *_) = after({"n": "0"}, n="26").findings()

    assert found.params["percent"] == ""
