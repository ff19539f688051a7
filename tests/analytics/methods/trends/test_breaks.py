import pytest

from analytics.definitions import read
from analytics.methods.trends.breaks import (
    Break,
    BreakKind,
    NothingInCommon,
    common_definition,
    definition_breaks,
    unit_breaks,
)


def definition(leaves, *, settings=None, indicators=None, nodes=None):
    """An index of one pillar over ``leaves`` (weights by code), with goalposts unless told."""
    own = indicators or {}
    return read(
        {
            "schema": 1,
            "code": "x",
            "version": "1",
            "normalisation": {"method": "goalposts", "goalposts": [0, 100]},
            "indicators": [
                {"code": code, "direction": "up"} | own.get(code, {}) for code in leaves
            ],
            "tree": {
                "code": "index",
                "children": [
                    {
                        "code": "p",
                        "children": [
                            {"indicator": code, "weight": weight} for code, weight in leaves.items()
                        ],
                    }
                    | (nodes or {})
                ],
            },
        }
        | (settings or {})
    )


def merger(into, sources):
    """A boundary as a definition writes it."""
    (found,) = definition(
        {"a": 1}, settings={"boundaries": [{"into": into, "from": list(sources)}]}
    ).boundaries
    return found


BEFORE = definition({"a": 1, "b": 1})


def kinds(after, before=BEFORE):
    return [(each.kind, each.code) for each in definition_breaks(before, after)]


def test_the_same_definition_has_no_break():
    assert definition_breaks(BEFORE, definition({"a": 1, "b": 1})) == ()


def test_indicators_that_came_and_went_are_named():
    assert kinds(definition({"a": 1, "c": 1})) == [
        (BreakKind.INDICATOR_ADDED, "c"),
        (BreakKind.INDICATOR_DROPPED, "b"),
    ]


def test_an_indicator_that_came_anew_changes_no_weight_of_the_others():
    assert kinds(definition({"a": 1, "b": 1, "c": 8})) == [(BreakKind.INDICATOR_ADDED, "c")]


def test_weights_are_compared_as_shares():
    assert definition_breaks(BEFORE, definition({"a": 7, "b": 7})) == ()


def test_a_changed_weight_names_both_shares():
    assert definition_breaks(BEFORE, definition({"a": 3, "b": 1})) == (
        Break(BreakKind.WEIGHTS, "a", "0.5", "0.75"),
        Break(BreakKind.WEIGHTS, "b", "0.5", "0.25"),
    )


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"goalposts": [0, 90]}, BreakKind.GOALPOSTS),
        ({"direction": "down"}, BreakKind.DIRECTION),
        ({"denominator": {"column": "population"}}, BreakKind.MEASURED_OTHERWISE),
        ({"imputation": {"method": "mean"}}, BreakKind.MISSING),
        ({"treatment": {"method": "winsorise"}}, BreakKind.TREATMENT),
        (
            {"normalisation": {"method": "goalposts", "goalposts": [0, 100], "clip": False}},
            BreakKind.NORMALISATION,
        ),
    ],
)
def test_what_an_indicator_does_otherwise_is_a_break(changed, kind):
    assert kinds(definition({"a": 1, "b": 1}, indicators={"a": changed})) == [(kind, "a")]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"scale": [0, 10]}, BreakKind.SCALE),
        ({"levels": [{"nodes": ["index"], "bands": [{"level": 1, "from": 0}]}]}, BreakKind.LEVELS),
    ],
)
def test_what_the_whole_does_otherwise_is_a_break(changed, kind):
    assert kinds(definition({"a": 1, "b": 1}, settings=changed)) == [(kind, "")]


def test_another_aggregation_is_a_break_at_its_node():
    after = definition({"a": 1, "b": 1}, nodes={"aggregation": {"method": "minimum"}})

    assert kinds(after) == [(BreakKind.AGGREGATION, "p")]


def test_an_indicator_in_another_pillar_has_moved():
    after = definition({"a": 1, "b": 1}, nodes={"code": "q"})

    assert kinds(after) == [(BreakKind.MOVED, "a"), (BreakKind.MOVED, "b")]


def test_a_normalisation_by_the_other_units_breaks_every_series():
    relative = definition({"a": 1}, settings={"normalisation": {"method": "min_max"}})

    assert kinds(relative, before=relative) == [(BreakKind.RELATIVE, "a")]


def test_weights_from_the_data_break_every_series():
    entropy = definition(
        {"a": 1}, settings={"weighting": {"by_node": {"p": {"method": "entropy"}}}}
    )

    assert kinds(entropy, before=entropy) == [(BreakKind.RELATIVE, "p")]


def test_units_of_one_round_only_are_named():
    assert unit_breaks(["a", "b"], ["b", "c"]) == (
        Break(BreakKind.UNIT_ADDED, "c"),
        Break(BreakKind.UNIT_DROPPED, "a"),
    )


def test_units_that_were_merged_are_one_boundary_change():
    merge = merger("c", ("a", "b"))

    assert unit_breaks(["a", "b", "d"], ["c", "d"], [merge]) == (
        Break(BreakKind.BOUNDARY, "c", '["a","b"]', '"c"'),
    )


def test_a_unit_that_took_another_in_is_a_boundary_change():
    merge = merger("a", ("a", "b"))

    assert unit_breaks(["a", "b"], ["a"], [merge]) == (
        Break(BreakKind.BOUNDARY, "a", '["a","b"]', '"a"'),
    )


def test_a_merger_of_an_earlier_time_is_no_break():
    merge = merger("a", ("x", "y"))

    assert unit_breaks(["a"], ["a"], [merge]) == ()


def test_the_common_definition_keeps_what_both_have():
    after = definition({"b": 1, "c": 2, "a": 3}, nodes={"minimum_coverage": 0.5})

    common = common_definition(BEFORE, after)

    assert [(leaf.code, leaf.weight) for leaf in common.tree.leaves()] == [("b", 1), ("a", 3)]
    assert [node.minimum_coverage for node in common.tree.walk()] == [0.5, 0.0]


def test_the_common_definition_keeps_what_its_formulas_read():
    source = {"kind": "formula", "expression": "2 * c"}
    after = definition({"b": 1, "c": 1, "d": 1}, indicators={"b": {"source": source}})

    common = common_definition(BEFORE, after)

    assert [each.code for each in common.indicators] == ["b", "c"]


def test_the_common_definition_cuts_the_matrix_of_the_experts():
    matrix = [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]
    after = definition(
        {"b": 1, "c": 1, "a": 1},
        settings={"weighting": {"by_node": {"p": {"method": "ahp", "matrix": matrix}}}},
    )

    common = common_definition(BEFORE, after)

    assert common.weighting.by_node["p"].matrix == ((1, 4), (0.25, 1))


def test_definitions_without_a_common_indicator_are_refused():
    with pytest.raises(NothingInCommon):
        common_definition(BEFORE, definition({"c": 1}))
