"""Stratified samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.sampling import allocate, draw

SIZES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 500), max_size=12)


@pytest.mark.parametrize(
    ("sizes", "total", "drawn"),
    [
        ({"a": 50, "b": 30, "c": 20}, 10, {"a": 5, "b": 3, "c": 2}),
        ({"a": 1, "b": 1, "c": 1}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 997, "b": 2, "c": 1}, 10, {"a": 8, "b": 1, "c": 1}),
        ({"a": 3, "b": 2}, 99, {"a": 3, "b": 2}),
        ({"a": 3, "b": 0}, 2, {"a": 2, "b": 0}),
        ({}, 5, {}),
        ({"a": 3}, 0, {"a": 0}),
    ],
)
def test_a_sample_is_shared_out_in_proportion(sizes, total, drawn):
    assert allocate(sizes, total) == drawn


def test_a_negative_sample_is_a_mistake():
    with pytest.raises(ValueError, match="-1"):
        allocate({"a": 3}, -1)


@given(SIZES, st.integers(0, 2000))
def test_shares_add_up_and_never_exceed_a_stratum(sizes, total):
    drawn = allocate(sizes, total)

    assert sum(drawn.values()) == min(total, sum(sizes.values()))
    assert all(0 <= drawn[name] <= size for name, size in sizes.items())


@given(SIZES, st.integers(0, 2000))
def test_no_stratum_stays_out_while_the_sample_reaches(sizes, total):
    drawn = allocate(sizes, total)
    filled = [name for name, size in sizes.items() if size]

    if total >= len(filled):
        assert all(drawn[name] for name in filled)


@given(SIZES, st.integers(1, 2000))
def test_a_share_is_within_one_of_its_proportion_or_the_least_one(sizes, total):
    people = sum(sizes.values())
    empty = sum(size > 0 for size in sizes.values())

    for name, drawn in allocate(sizes, total).items():
        share = min(total, people) * sizes[name] / people if people else 0
        assert share - 1 - empty < drawn < share + 1 or drawn == 1


def test_the_same_seed_draws_the_same_members():
    strata = {"a": range(100), "b": range(100, 150)}

    assert draw(strata, 30, seed=7) == draw(strata, 30, seed=7)
    assert draw(strata, 30, seed=7) != draw(strata, 30, seed=8)


def test_the_order_of_members_does_not_matter():
    assert draw({"a": list(range(50))}, 10, seed=1) == draw(
        {"a": list(range(49, -1, -1))}, 10, seed=1
    )
