"""How units stand among those of their type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.indices.outcome import UnitOutcome
from analytics.indices.peers import with_peers


def units(*values, kind="province"):
    """Units of a type with these normalised values of one indicator, None for none."""
    return [
        UnitOutcome(
            agency_id=None,
            key=f"{kind}-{place}",
            name="",
            type=kind,
            data={
                "nodes": {"index": {"score": value}},
                "leaves": {"a": {"normalised": value, "value": value}},
            },
        )
        for place, value in enumerate(values)
    ]


def test_quantiles_are_those_of_type_seven():
    _found, summary = with_peers(units(1.0, 2.0, 3.0, 4.0))

    assert summary["province"]["nodes"]["index"] == [4, 1.75, 2.5, 3.25]


def test_each_type_has_its_own():
    _found, summary = with_peers([*units(1.0, 3.0), *units(10.0, kind="ministry")])

    assert summary["province"]["raw"]["a"] == [2, 1.5, 2.0, 2.5]
    assert summary["ministry"]["raw"]["a"] == [1, 10.0, 10.0, 10.0]


def test_a_unit_without_a_value_counts_in_no_quantile_and_has_no_place():
    found, summary = with_peers(units(1.0, None, 3.0))

    assert summary["province"]["leaves"]["a"][0] == 2
    assert "peers" not in found[1].data["leaves"]["a"]


def test_ties_share_the_better_place_also_where_arithmetic_differs():
    found, _summary = with_peers(units(0.1 + 0.2, 0.3, 0.5))

    places = [unit.data["leaves"]["a"]["peers"] for unit in found]
    assert [(each["rank"], each["percentile"]) for each in places] == [
        (2, 0.0),
        (2, 0.0),
        (1, 1.0),
    ]


def test_a_unit_alone_has_no_share_of_peers():
    found, _summary = with_peers(units(5.0))

    assert found[0].data["leaves"]["a"]["peers"] == {"rank": 1, "of": 1, "percentile": None}


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_the_best_is_first_and_shares_lie_between_nothing_and_all(values):
    found, _summary = with_peers(units(*values))

    places = [unit.data["leaves"]["a"]["peers"] for unit in found]
    assert min(each["rank"] for each in places) == 1
    assert all(0 <= each["percentile"] <= 1 for each in places)


@pytest.mark.parametrize("value", [0.0, -3.5])
def test_all_alike_are_all_first(value):
    found, _summary = with_peers(units(value, value, value))

    assert [unit.data["leaves"]["a"]["peers"]["rank"] for unit in found] == [1, 1, 1]
