"""Shares and effective weights in plain Python."""

from typing import Any

import pytest

from analytics.definitions import IndexDefinition, read
from analytics.indices.editor.weights import (
    consistencies,
    consistency_ratio,
    effective_weights,
    principal,
    shares_of,
)
from tests.analytics.indices.factories import document

SAATY = [[1.0, 3.0, 5.0], [1 / 3, 1.0, 3.0], [1 / 5, 1 / 3, 1.0]]
"""The textbook's matrix: weights .63698557, .25828499, .10472943, CR .0332 (OECD 2008 cites it)."""


def with_weighting(**by_node: Any) -> IndexDefinition:
    """The test's index with other weights of some nodes."""
    return read(document(weighting={"by_node": by_node}))


def test_the_principal_vector_of_the_textbook():
    vector, _largest = principal(SAATY)

    assert vector == pytest.approx([0.63698557, 0.25828499, 0.10472943], abs=1e-8)


def test_the_consistency_ratio_of_the_textbook():
    assert consistency_ratio(SAATY) == pytest.approx(0.0332, abs=5e-5)


def test_two_things_are_always_consistent():
    assert consistency_ratio([[1, 9], [1 / 9, 1]]) == 0


def test_beyond_ten_rows_there_is_no_ratio():
    assert consistency_ratio([[1] * 11] * 11) is None


def test_effective_weights_are_products_of_shares_and_add_up():
    weights = effective_weights(read(document()))

    leaves = {code: weights[code] for code in ("T1a", "posts", "ATTT")}
    assert leaves == pytest.approx({"T1a": 0.3, "posts": 0.3, "ATTT": 0.4})


def test_comparisons_in_pairs_give_shares():
    definition = with_weighting(index={"method": "ahp", "matrix": [[1, 3], [1 / 3, 1]]})

    assert shares_of(definition)["index", "organisation"] == pytest.approx(0.75)


def test_points_of_experts_give_shares():
    experts = [
        {"points": {"organisation": 60, "safety": 40}},
        {"points": {"organisation": 80, "safety": 20}},
    ]
    definition = with_weighting(index={"method": "budget", "experts": experts})

    assert shares_of(definition)["index", "safety"] == pytest.approx(0.3)


def test_weights_by_the_data_are_not_known_before_a_run():
    definition = with_weighting(index={"method": "entropy"})

    assert effective_weights(definition)["T1a"] is None


def test_weights_that_are_all_zero_give_no_shares():
    stated = document()
    for child in stated["tree"]["children"]:
        child["weight"] = 0

    assert shares_of(read(stated))["index", "safety"] is None


def test_the_ratio_of_a_node_is_shown_with_its_limit():
    definition = with_weighting(index={"method": "ahp", "matrix": [[1, 3], [1 / 3, 1]]})

    assert [(each.node, each.ratio, each.is_kept) for each in consistencies(definition)] == [
        ("index", 0.0, True)
    ]
