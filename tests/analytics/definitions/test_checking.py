"""What a readable definition cannot do is named before any figure is seen."""

import pytest

from analytics.definitions import Severity, check, read
from tests.analytics.definitions.example import plain


def found(document, **table):
    return [(problem.code, problem.path) for problem in check(read(document), **table)]


def errors(document):
    return [problem.code for problem in check(read(document)) if problem.severity is Severity.ERROR]


def with_indicator(**changes):
    document = plain()
    document["indicators"][0].update(changes)
    return document


def with_tree(**changes):
    document = plain()
    document["tree"].update(changes)
    return document


def test_a_sound_definition_has_no_problems():
    assert found(plain()) == []


def test_a_leaf_has_one_parent():
    document = plain()
    document["tree"]["children"][1]["indicator"] = "a"

    assert found(document) == [
        ("leaf_twice", "$.tree.children[0].children[0].indicator"),
        ("leaf_twice", "$.tree.children[1].indicator"),
        ("leaf_orphan", "$.indicators[2]"),
    ]


def test_a_leaf_that_no_indicator_describes_is_named():
    document = plain()
    document["tree"]["children"][1]["indicator"] = "z"

    assert found(document)[0] == ("indicator_unknown", "$.tree.children[1].indicator")


def test_an_indicator_that_a_formula_reads_is_no_orphan():
    document = plain()
    document["indicators"].append({"code": "d", "direction": "up", "goalposts": [0, 1]})
    document["indicators"][0]["source"] = {"kind": "formula", "expression": "${d} + 1"}

    assert found(document) == []


def test_a_node_below_itself_is_a_cycle():
    document = plain()
    document["tree"]["children"][0]["code"] = "index"

    assert ("cycle", "$.tree.code") in found(document)


def test_formulas_that_need_each_other_are_a_cycle():
    document = plain()
    document["indicators"][0]["source"] = {"kind": "formula", "expression": "${b} + 1"}
    document["indicators"][1]["source"] = {"kind": "formula", "expression": "a * 2"}

    assert found(document) == [
        ("cycle", "$.indicators[0].source.expression"),
        ("cycle", "$.indicators[1].source.expression"),
    ]


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("1 +", "expression_unreadable"),
        ("today()", "function_unknown"),
        ("abs(1, 2)", "arguments_wrong"),
    ],
)
def test_a_formula_that_cannot_be_read_is_named(expression, code):
    codes = [
        each
        for each, _ in found(with_indicator(source={"kind": "formula", "expression": expression}))
    ]

    assert codes == [code]


def test_a_group_whose_children_all_weigh_nothing_is_refused():
    document = plain()
    for child in document["tree"]["children"][0]["children"]:
        child["weight"] = 0

    assert found(document) == [("weights_zero", "$.tree.children[0]")]


def test_one_child_may_weigh_nothing():
    document = plain()
    document["tree"]["children"][1]["weight"] = 0

    assert found(document) == []


def test_a_negative_weight_is_refused():
    document = plain()
    document["tree"]["children"][1]["weight"] = -1

    assert found(document) == [("weight_negative", "$.tree.children[1].weight")]


@pytest.mark.parametrize(
    ("ends", "code"), [([5, 5], "goalposts_equal"), ([10, 0], "goalposts_reversed")]
)
def test_goalposts_that_are_none_are_refused(ends, code):
    assert code in errors(with_indicator(goalposts=ends))


def test_a_target_beyond_the_goalposts_is_a_warning():
    document = with_indicator(target=11)

    assert found(document) == [("target_outside", "$.indicators[0].target")]
    assert errors(document) == []


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
def test_a_scale_that_reaches_zero_is_named_under_a_mean_that_cannot_take_it(method):
    document = with_tree(aggregation={"method": method})

    assert found(document) == [("scale_reaches_zero", "$.tree.aggregation")] * 2
    assert found(document | {"scale": [1, 100]}) == []


def test_a_power_of_zero_is_refused():
    assert "power_zero" in errors(with_tree(aggregation={"method": "power", "power": 0}))


@pytest.mark.parametrize(
    ("normalisation", "code"),
    [
        ({"method": "distance_to_reference"}, "reference_missing"),
        ({"method": "distance_to_target"}, "target_missing"),
        ({"method": "bands", "thresholds": [1, 2], "values": [1, 2]}, "length_wrong"),
        ({"method": "bands", "thresholds": [2, 1], "values": [1, 2, 3]}, "thresholds_unordered"),
        ({"method": "scaled", "source": [1, 1]}, "goalposts_equal"),
        ({"method": "min_max", "constant": "fixed"}, "value_missing"),
        ({"method": "min_max", "range": [1, 1]}, "range_empty"),
    ],
)
def test_a_method_without_what_it_needs_is_refused(normalisation, code):
    assert errors(with_indicator(normalisation=normalisation, target=None)) == [code]


@pytest.mark.parametrize("across", [0.33, 0.333, 1 / 3])
def test_a_reciprocal_may_be_written_to_two_decimals(across):
    spec = {"method": "ahp", "matrix": [[1, 3], [across, 1]]}

    assert errors(plain(weighting={"by_node": {"p": spec}})) == []


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ({"method": "ahp"}, "matrix_missing"),
        ({"method": "ahp", "matrix": [[1]]}, "matrix_shape"),
        ({"method": "ahp", "matrix": [[1, 2], [2, 1]]}, "matrix_reciprocal"),
        ({"method": "ahp", "matrix": [[1, -2], [-0.5, 1]]}, "matrix_positive"),
        ({"method": "budget"}, "experts_missing"),
        ({"method": "budget", "experts": [{"points": {"p": 60, "c": 30}}]}, "points_sum"),
        ({"method": "budget", "experts": [{"points": {"p": 60, "z": 40}}]}, "child_unknown"),
    ],
)
def test_experts_must_speak_of_the_children(spec, code):
    assert errors(plain(weighting={"by_node": {"index": spec}})) == [code]


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ([{"nodes": ["z"], "bands": [{"level": 0}]}], "node_unknown"),
        ([{"nodes": ["index"], "bands": []}], "bands_missing"),
        ([{"nodes": ["index"], "bands": [{"level": 1}, {"level": 0}]}], "bands_unordered"),
        (
            [
                {
                    "nodes": ["index"],
                    "bands": [{"level": 1, "gates": [{"kind": "level", "node": "p", "level": 1}]}],
                }
            ],
            "levels_missing",
        ),
        (
            [
                {
                    "nodes": ["index"],
                    "bands": [
                        {"level": 1, "gates": [{"kind": "level", "node": "index", "level": 1}]}
                    ],
                }
            ],
            "cycle",
        ),
    ],
)
def test_levels_that_cannot_be_reached_are_refused(levels, code):
    assert errors(plain(levels=levels)) == [code]


@pytest.mark.parametrize(
    ("boundary", "code"),
    [
        ({"into": "X", "from": []}, "sources_missing"),
        ({"into": "X", "from": ["A"], "rule": "weighted"}, "weight_missing"),
        ({"into": "X", "from": ["A"], "nodes": ["z"]}, "node_unknown"),
    ],
)
def test_merges_that_cannot_be_done_are_refused(boundary, code):
    assert errors(plain(boundaries=[boundary])) == [code]


def test_a_unit_goes_into_one_other_only():
    merges = [{"into": "X", "from": ["A", "B"]}, {"into": "Y", "from": ["B", "C"]}]

    assert errors(plain(boundaries=merges)) == ["source_twice", "source_twice"]


def test_columns_that_the_table_lacks_are_named():
    document = with_indicator(denominator={"column": "population"})

    assert found(document, columns={"b", "c"}) == [
        ("column_missing", "$.indicators[0].source"),
        ("column_missing", "$.indicators[0].denominator"),
    ]


def test_a_column_nearly_called_so_is_proposed():
    problems = check(read(plain()), columns={"A", "b", "c"})

    assert [each.advice for each in problems] == ["No column 'a'. Did you mean 'A'?"]


@pytest.mark.parametrize(
    "asking", [{"unit_types": ["province"]}, {"ranking": {"unranked_types": ["ministry"]}}]
)
def test_types_without_their_column_are_a_warning(asking):
    [problem] = check(read(plain(**asking)), columns={"a", "b", "c"})

    assert (problem.code, problem.path) == ("column_missing", "$.columns.type")
    assert problem.severity is Severity.WARNING


def test_units_that_the_table_lacks_are_a_warning():
    document = plain(screening={"include": ["Hà Nội", "Atlantis"]})

    assert found(document, units={"Hà Nội"}) == [("unit_unknown", "$.screening.include")]
    assert errors(document) == []
