import numpy as np
import pandas as pd
import pytest

from analytics.definitions import read
from analytics.definitions.reasons import Reason
from analytics.methods.index import compute
from analytics.methods.trends.breaks import BreakKind
from analytics.methods.trends.rounds import Round, common_index, compare_rounds

NAN = float("nan")


def leaf(code, weight=1.0):
    return {"indicator": code, "weight": weight}


def node(code, *children, method="arithmetic", weight=1.0):
    return {
        "code": code,
        "weight": weight,
        "aggregation": {"method": method},
        "children": list(children),
    }


def codes_of(tree):
    if "indicator" in tree:
        return [tree["indicator"]]
    return [code for child in tree["children"] for code in codes_of(child)]


def definition(tree, **settings):
    return read(
        {
            "schema": 1,
            "code": "x",
            "version": "1",
            "scale": [1, 100],
            "normalisation": {"method": "goalposts", "goalposts": [0, 10]},
            "indicators": [{"code": code, "direction": "up"} for code in codes_of(tree)],
            "tree": tree,
        }
        | settings
    )


def frame(rows, columns, units):
    return pd.DataFrame(np.array(rows, dtype=float), columns=list(columns), index=list(units))


def round_of(tree, rows, units, **settings):
    made = definition(tree, **settings)
    return Round(made, compute(made, frame(rows, codes_of(tree), units)))


BEFORE = [[1, 5, 3, 8], [9, 2, NAN, 4], [4, 4, 4, 4]]
AFTER = [[2, 5, 6, 8], [9, 3, 7, 4], [5, 3, 9, 1]]


@pytest.mark.parametrize("outer", ["arithmetic", "geometric", "harmonic", "sum"])
@pytest.mark.parametrize("inner", ["arithmetic", "geometric", "sum"])
def test_contributions_add_up_to_the_change_of_the_run(outer, inner):
    def tree(weight):
        return node(
            "index",
            node("p", leaf("a", weight), leaf("b"), method=inner, weight=weight),
            node("q", leaf("c"), leaf("d", 2), method=inner),
            method=outer,
        )

    before, after = round_of(tree(1), BEFORE, "uvw"), round_of(tree(3), AFTER, "uvw")

    found = compare_rounds(before, after).decomposition

    change = after.tables.scores.column("index") - before.tables.scores.column("index")
    assert found.leaves == ("a", "b", "c", "d")
    assert np.abs(found.by_leaf.sum(axis=1) - change).max() < 1e-9


def test_an_indicator_of_one_round_only_is_flagged_and_adds_its_effect():
    before = round_of(node("index", leaf("a"), leaf("b")), [[0, 10]], "u")
    after = round_of(node("index", leaf("a"), leaf("c")), [[0, 0]], "u")

    found = compare_rounds(before, after)

    assert [each.kind for each in found.breaks] == [
        BreakKind.INDICATOR_ADDED,
        BreakKind.INDICATOR_DROPPED,
    ]
    assert found.decomposition.leaves == ("a", "c", "b")
    assert found.decomposition.by_leaf[0] == pytest.approx([0, 0.5, -50])


def test_an_indicator_that_moved_keeps_its_contribution_where_all_is_linear():
    before = round_of(node("index", node("p", leaf("a"), leaf("b")), leaf("c")), [[2, 4, 6]], "u")
    after = round_of(node("index", node("p", leaf("a")), leaf("b"), leaf("c")), [[2, 4, 6]], "u")

    found = compare_rounds(before, after).decomposition

    # Effective weights 1/4, 1/4, 1/2 become thirds; the scale begins at 1 and has 9.9 a unit.
    assert found.by_weight[0] == pytest.approx([20.8 / 12, 40.6 / 12, -60.4 / 6])


def test_where_means_differ_and_something_moved_the_index_is_one_line():
    before = round_of(
        node("index", node("p", leaf("a"), leaf("b"), method="geometric"), leaf("c")),
        [[2, 4, 6]],
        "u",
    )
    after = round_of(
        node("index", node("p", leaf("a"), method="geometric"), leaf("b"), leaf("c")),
        [[2, 4, 6]],
        "u",
    )

    found = compare_rounds(before, after).decomposition

    assert found.leaves == ("index",)
    assert found.by_leaf[0, 0] == found.change[0]


def test_a_node_whose_rule_changed_is_one_line():
    before = round_of(node("index", node("p", leaf("a"), leaf("b")), leaf("c")), [[2, 4, 6]], "u")
    after = round_of(
        node("index", node("p", leaf("a"), leaf("b"), method="minimum"), leaf("c")),
        [[2, 4, 7]],
        "u",
    )

    found = compare_rounds(before, after).decomposition

    assert found.leaves == ("p", "c")
    assert found.by_leaf[0] == pytest.approx([-4.95, 4.95])


def test_units_of_both_rounds_are_compared_and_the_others_named():
    tree = node("index", leaf("a"))

    found = compare_rounds(
        round_of(tree, [[1], [2]], "uv"), round_of(tree, [[4], [3], [NAN]], ["w", "v", "u"])
    )

    assert found.units == ("v", "u")
    assert [(each.kind, each.code) for each in found.breaks] == [(BreakKind.UNIT_ADDED, "w")]
    assert found.decomposition.reasons == (None, Reason.ONE_ROUND_ONLY)


def test_a_root_of_another_name_is_the_root():
    found = compare_rounds(
        round_of(node("old", leaf("a")), [[1]], "u"), round_of(node("new", leaf("a")), [[2]], "u")
    )

    assert found.decomposition.by_leaf[0] == pytest.approx([9.9])


def test_no_common_unit_makes_an_empty_table():
    tree = node("index", leaf("a"))

    found = compare_rounds(round_of(tree, [[1]], "u"), round_of(tree, [[2]], "v"))

    assert found.decomposition.by_leaf.shape == (0, 1)


def test_the_common_index_has_one_scale_for_both_rounds():
    before = definition(node("index", leaf("a"), leaf("b")), normalisation={"method": "min_max"})
    after = definition(node("index", leaf("a", 2), leaf("c")), normalisation={"method": "min_max"})

    first, last = common_index(
        before,
        after,
        frame([[0, 1], [5, 2]], "ab", "uv"),
        frame([[5, 1], [10, 2]], "ac", "uv"),
    )

    # From 0 to 10 over both rounds: 5 is the middle of the scale in each.
    assert first.tables.scores.column("index").tolist() == [1.0, 50.5]
    assert last.tables.scores.column("index").tolist() == [50.5, 100.0]


def test_the_common_index_knows_units_by_their_column_too():
    made = definition(node("index", leaf("a")), normalisation={"method": "z"})
    table = pd.DataFrame({"unit": ["u", "v"], "a": [1.0, 3.0]})

    first, last = common_index(made, made, table, table)

    assert first.tables.units == ("u", "v")
    assert (
        first.tables.scores.column("index").tolist() == last.tables.scores.column("index").tolist()
    )
