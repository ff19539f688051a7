"""Denominators, screening, formulas, scoring, levels and merges."""

import numpy as np
import pytest

from analytics.definitions import Reason, read
from analytics.definitions.formulas import parse_formula
from analytics.methods.index import compute
from analytics.methods.index.formulas import evaluate
from tests.analytics.definitions.example import plain
from tests.analytics.methods.index.test_running import units

NAN = np.nan


def with_indicator(**changes):
    document = plain()
    document["indicators"][0] |= changes
    return read(document)


def test_a_figure_is_divided_by_its_denominator():
    definition = with_indicator(denominator={"column": "people", "per": 1000})
    frame = units(a=[8, 8, 8, 8], b=[0] * 4, c=[0] * 4, people=[2000, 0, None, -1])

    tables = compute(definition, frame)

    assert tables.denominated.value("A", "a") == 4
    assert [tables.denominated.reason(unit, "a") for unit in "BCD"] == [
        Reason.ZERO_DENOMINATOR,
        Reason.NO_DENOMINATOR,
        Reason.ZERO_DENOMINATOR,
    ]
    assert [(each.reason, each.unit) for each in tables.warnings] == [
        (Reason.NO_DENOMINATOR, "C"),
        (Reason.ZERO_DENOMINATOR, "B"),
        (Reason.ZERO_DENOMINATOR, "D"),
    ]


def test_a_figure_beyond_its_range_is_left_out_by_name():
    tables = compute(with_indicator(range=[0, 10]), units(a=[8, 11], b=[0, 0], c=[0, 0]))

    assert tables.raw.reason("B", "a") is Reason.OUT_OF_RANGE
    assert tables.warnings[0].data == {"row": 2, "value": 11.0, "low": 0.0, "high": 10.0}


def screened(**spec):
    frame = units(a=[1, None, 0, 0], b=[1, None, 0, None], c=[1, 1, 0, "KAD"])
    return compute(read(plain(screening=spec)), frame)


@pytest.mark.parametrize(
    ("spec", "gone"),
    [
        ({}, []),
        ({"by": "missing"}, ["B", "D"]),
        ({"by": "zeros"}, ["C", "D"]),
        ({"by": "both"}, ["B", "C", "D"]),
        ({"by": "missing", "minimum_share": 0.5}, ["B"]),
        ({"by": "both", "include": ["B", "C", "D"]}, []),
        ({"by": "none", "exclude": ["A"]}, ["A"]),
        ({"by": "both", "include": ["B"], "exclude": ["B"]}, ["B", "C", "D"]),
    ],
)
def test_units_with_too_little_are_screened(spec, gone):
    tables = screened(**spec)

    assert [each.unit for each in tables.screened if not each.kept] == gone
    assert [
        unit for unit in "ABCD" if tables.scores.reason(unit, "index") is Reason.SCREENED
    ] == gone


def test_a_screened_unit_has_no_say_in_the_scale():
    frame = units(a=[0, 10, 1000], b=[0, 5, None], c=[0, 100, None])
    definition = read(plain(normalisation={"method": "min_max"}, screening={"by": "missing"}))

    assert compute(definition, frame).normalised.column("a").tolist()[:2] == [0, 100]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b * 2", [5, NAN, 3]),
        ("${a} div b", [0.5, NAN, NAN]),
        ("a - b - 1", [-2, NAN, 2]),
        ("-a mod 2", [-1, 0, -1]),
        ("sum(a, b)", [3, 4, 3]),
        ("mean(a, b)", [1.5, 4, 1.5]),
        ("min(a, b)", [1, 4, 0]),
        ("max(a, b)", [2, 4, 3]),
        ("count-non-empty(a, b)", [2, 1, 2]),
        ("coalesce(b, 9)", [2, 9, 0]),
        ("if(b > 0, a, 0)", [1, NAN, 0]),
        ("if(b = 0 or a >= 4, 1, 0)", [0, 1, 1]),
        ("if(not(b != 0) and a > 1, 1, 0)", [0, NAN, 1]),
        ("round(a div 3, 1)", [0.3, 1.3, 1]),
        ("pow(a, 2)", [1, 16, 9]),
        ("log(b)", [np.log(2), NAN, NAN]),
        ("sqrt(-a)", [NAN, NAN, NAN]),
        ("exp(a * 1000)", [NAN, NAN, NAN]),
        ("abs(0 - a)", [1, 4, 3]),
        ("log10(100)", [2, 2, 2]),
    ],
)
def test_formulas_are_read_as_in_questionnaires(formula, expected):
    columns = {"a": np.array([1.0, 4, 3]), "b": np.array([2.0, NAN, 0])}

    assert evaluate(parse_formula(formula), columns, 3) == pytest.approx(expected, nan_ok=True)


def test_an_indicator_can_be_a_formula_over_columns_and_indicators():
    document = plain()
    document["indicators"][0]["source"] = {"kind": "formula", "expression": "${c} div ${people}"}
    frame = units(b=[0, 0, 0], c=[50, "KAD", 4], people=[10, 10, 0])

    tables = compute(read(document), frame)

    assert tables.raw.value("A", "a") == 5
    assert tables.raw.reason("B", "a") is Reason.NOT_APPLICABLE
    assert tables.raw.reason("C", "a") is Reason.NOT_COMPUTABLE
    assert [(each.reason, each.unit) for each in tables.warnings] == [(Reason.NOT_COMPUTABLE, "C")]


def test_a_formula_can_read_one_that_stands_below_it():
    document = plain()
    document["indicators"][0]["source"] = {"kind": "formula", "expression": "b * 2"}
    document["indicators"][1]["source"] = {"kind": "formula", "expression": "c + 1"}

    assert compute(read(document), units(c=[1, 2])).raw.column("a").tolist() == [4, 6]


def test_an_answer_becomes_points_by_its_rule():
    definition = with_indicator(
        source={"kind": "question", "scoring": "choices(da=10, dang=5, chua=0)"}
    )
    frame = units(a=["da", "dang", "chua", "KAD"], b=[0] * 4, c=[0] * 4)

    tables = compute(definition, frame)

    assert tables.raw.column("a").tolist()[:3] == [10, 5, 0]
    assert tables.raw.reason("D", "a") is Reason.NOT_APPLICABLE


def test_a_level_needs_its_score_and_its_gates():
    levels = [
        {
            "nodes": ["p"],
            "bands": [{"level": 0}, {"level": 1, "from": 50}, {"level": 2, "from": 90}],
        },
        {
            "nodes": ["index"],
            "bands": [
                {"level": 0},
                {"level": 1, "from": 20},
                {"level": 2, "from": 40, "gates": [{"kind": "level", "node": "p", "level": 2}]},
                {
                    "level": 3,
                    "from": 70,
                    "gates": [{"kind": "score", "node": "p", "compare": ">", "value": 95}],
                },
            ],
        },
    ]
    frame = units(a=[8, 10, 6, 10], b=[0, 0, 2.5, 5], c=[100, 0, 100, 10])
    tables = compute(read(plain(levels=levels)), frame)

    assert [tables.levels["p"].level(row) for row in range(4)] == [2, 2, 1, 0]
    assert [tables.levels["index"].level(row) for row in range(4)] == [2, 2, 1, 1]
    assert [(each.kind, each.level) for each in tables.levels["index"].unmet(0)] == [("score", 3)]
    assert tables.levels["p"].unmet(0) == ()


@pytest.mark.parametrize(("inclusive", "expected"), [("lower", [1, 2]), ("upper", [0, 1])])
def test_a_boundary_belongs_where_the_definition_says(inclusive, expected):
    bands = [{"level": 0}, {"level": 1, "from": 0.3}, {"level": 2, "from": 0.6}]
    scheme = {"nodes": ["index"], "inclusive": inclusive, "bands": bands}
    document = plain(scale=[0, 1], levels=[scheme])
    document["tree"] = {"code": "index", "children": [{"indicator": "c"}]}

    tables = compute(read(document), units(a=[1, 1], b=[1, 1], c=[(0.1 + 0.2) * 100, 60]))

    assert [tables.levels["index"].level(row) for row in range(2)] == expected


def test_a_unit_without_a_score_has_no_level():
    levels = [{"nodes": ["index"], "bands": [{"level": 0}]}]
    tables = compute(read(plain(levels=levels)), units(a=[None], b=[None], c=[None]))

    assert tables.levels["index"].level(0) is None


def merged(rule, **more):
    boundary = {"into": "X", "from": ["A", "B"], "rule": rule} | more
    document = plain(boundaries=[boundary])
    document["indicators"][0]["denominator"] = {"column": "people"}
    frame = units(a=[8, 60, 5], b=[0, 5, 1], c=[50, 0, 100], people=[1, 10, 1])
    return compute(read(document), frame)


def test_a_merged_unit_has_the_mean_of_its_predecessors_main_indicators():
    tables = merged("mean_of_nodes")

    # p of A: (80 + 3 * 100) / 4, of B: 60 / 4; c: 50 and 0
    assert tables.units == ("C", "X")
    assert tables.scores.value("X", "p") == (95 + 15) / 2
    assert tables.scores.value("X", "index") == pytest.approx((2 * 55 + 25) / 3)
    assert tables.raw.reason("X", "a") is Reason.MERGED
    assert tables.ranks["index"].overall_labels == ("1", "2")


def test_a_merged_unit_can_be_the_weighted_mean():
    tables = merged("weighted", weight="people")

    assert tables.raw.value("X", "c") == pytest.approx(50 / 11)
    assert tables.raw.value("X", "b") == pytest.approx(50 / 11)
    # a is 8 a head and 6 a head
    assert tables.denominated.value("X", "a") == pytest.approx((8 * 1 + 6 * 10) / 11)


def test_a_weighted_mean_of_ratios_needs_every_denominator():
    boundary = {"into": "X", "from": ["A", "B"], "rule": "weighted", "weight": "area"}
    document = plain(boundaries=[boundary])
    document["indicators"][0]["denominator"] = {"column": "people"}
    frame = units(a=[8, 60], b=[0, 5], c=[50, 0], people=[1, 0], area=[1, 3])
    tables = compute(read(document), frame)

    assert tables.denominated.reason("X", "a") is Reason.NO_DATA
    assert tables.denominated.value("X", "c") == pytest.approx(50 / 4)


def test_a_merged_unit_can_be_the_sum():
    tables = merged("sum")

    assert tables.units == ("C", "X")
    assert tables.denominated.value("X", "a") == pytest.approx(68 / 11)
    assert tables.raw.value("X", "c") == 50


def test_predecessors_can_stay_without_a_rank():
    tables = merged("mean_of_nodes", keep=True)

    assert tables.units == ("A", "B", "C", "X")
    assert tables.scores.value("A", "index") == 80
    assert tables.ranks["index"].overall_labels == (None, None, "1", "2")


def test_a_predecessor_that_is_not_there_is_named():
    boundaries = [{"into": "X", "from": ["A", "Z"], "rule": "sum"}]
    tables = compute(read(plain(boundaries=boundaries)), units(a=[1], b=[1], c=[1]))

    assert [(each.reason, each.data) for each in tables.warnings] == [
        (Reason.NO_PREDECESSOR, {"from": "Z"})
    ]


def test_a_figure_that_nothing_measures_is_named():
    tables = compute(read(plain()), units(a=[8, 1e101, 5], b=[0, 5, 1], c=[50, 0, 100]))

    assert tables.raw.reason("B", "a") is Reason.OUT_OF_RANGE
    assert [(each.reason, each.unit) for each in tables.warnings] == [(Reason.OUT_OF_RANGE, "B")]
