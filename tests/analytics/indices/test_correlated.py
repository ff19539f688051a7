"""Correlations of a run: computed below each node, marked, and told why there are none."""

from dataclasses import asdict
from statistics import correlation

import pandas as pd
import pytest
from django.utils import translation

from analytics.definitions import read
from analytics.indices.correlated import BOUNDS, pairs_of
from analytics.indices.correlating import HEADINGS, correlation_lines
from analytics.methods.correlations import Bounds
from analytics.methods.index import compute

VALUES: dict[str, list[float]] = {
    "a": [1, 2, 3, 4, 5, 6],
    "b": [2, 4, 6, 8, 10, 12.5],
    "c": [6, 5, 4, 3, 2, 2],
    "d": [1, 1, 1, 1, 1, 1],
}


def lines():
    definition = read(
        {
            "schema": 1,
            "code": "x",
            "version": "1",
            "normalisation": {"method": "goalposts", "goalposts": [0, 20]},
            "indicators": [{"code": code, "direction": "up"} for code in VALUES],
            "tree": {
                "code": "index",
                "children": [
                    {"code": "p", "children": [{"indicator": "a"}, {"indicator": "b"}]},
                    {"indicator": "c"},
                    {"indicator": "d"},
                ],
            },
        }
    )
    frame = pd.DataFrame(VALUES, index=pd.Index(list("uvwxyz"), name="unit"))
    return correlation_lines(definition, compute(definition, frame))


def line_of(first, second):
    return next(line for line in lines() if line[1:3] == [first, second])


def pairs():
    text = [["" if cell is None else str(cell) for cell in line] for line in lines()[1:]]
    with translation.override("en"):
        return pairs_of(text, {"a": "Staff", "p": "People"})


def test_pairs_stand_below_their_node_and_each_with_its_node():
    found = [tuple(line[:3]) for line in lines()]

    assert found == [
        HEADINGS[:3],
        ("p", "a", "b"),
        ("p", "a", "p"),
        ("p", "b", "p"),
        ("index", "p", "c"),
        ("index", "p", "d"),
        ("index", "c", "d"),
        ("index", "p", "index"),
        ("index", "c", "index"),
        ("index", "d", "index"),
    ]


def test_r_is_that_of_the_values():
    expected = correlation(VALUES["a"], VALUES["b"])

    assert line_of("a", "b")[4] == pytest.approx(expected, abs=1e-12)


def test_p_is_adjusted_for_the_pairs_that_have_one():
    found = sorted((line[5], line[6]) for line in lines()[1:] if line[5] is not None)
    count = len(found)

    lowest, adjusted = found[-1]
    assert adjusted == pytest.approx(lowest)
    assert all(raw <= corrected <= raw * count + 1e-15 for raw, corrected in found)


def test_what_says_the_same_and_what_pulls_apart_is_marked():
    assert (line_of("a", "b")[7], line_of("p", "c")[7]) == ("redundant", "contradictory")


def test_what_is_the_same_for_all_has_no_r_and_a_reason():
    assert (line_of("c", "d")[4], line_of("c", "d")[7]) == (None, "CONSTANT")


def test_marked_pairs_stand_first_with_names_and_words():
    first = pairs()[0]

    assert (first.mark, first.grade, first.first.name, first.node.name, first.blank) == (
        "Counts double",
        "bad",
        "Staff",
        "People",
        "",
    )


def test_a_pair_without_r_says_why():
    blank = next(pair for pair in pairs() if pair.first.code == "c" and pair.second.code == "d")

    assert (blank.mark, blank.blank) == ("", "All units have the same value")


def test_a_probability_that_four_decimals_cannot_show_is_below_the_least_they_can():
    with translation.override("vi"):
        (pair,) = pairs_of([["p", "a", "b", "9", "0.99", "1e-9", "0.0123", ""]], {})

    assert (pair.p, pair.p_adjusted) == ("< 0,0001", "0,0123")


def test_a_slightly_negative_pair_is_marked_but_not_one_with_its_own_node():
    (pair,) = pairs_of([["p", "a", "b", "9", "-0.1", "0.5", "0.5", ""]], {})
    (own,) = pairs_of([["p", "a", "p", "9", "-0.1", "0.5", "0.5", ""]], {})

    assert (pair.grade, own.grade) == ("info", "")


def test_the_legend_names_the_bounds_of_the_method():
    assert asdict(Bounds()) == BOUNDS
