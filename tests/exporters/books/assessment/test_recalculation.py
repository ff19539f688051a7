"""LibreOffice computes of every definition what a new run does, also after weights were changed."""

import io
import os
import random

import openpyxl
import pandas as pd
import pytest

from analytics.definitions import read, write
from analytics.definitions.shipped import SHIPPED, shipped
from analytics.definitions.vocabulary import (
    AggregationMethod,
    NormalisationMethod,
    NotApplicable,
    TreatmentMethod,
    WeightingMethod,
)
from analytics.methods.index import compute
from exporters.books.assessment.assembly import assessment_book
from exporters.books.assessment.places import placed
from exporters.formats.xlsx import write_xlsx
from tests.exporters.books.assessment.contents_made import contents_over
from tests.exporters.books.assessment.reading import (
    changed,
    differences,
    reweighted,
    wrong_cells,
)
from tests.exporters.recalculation import all_converted, by_value, spoilt

AGGREGATIONS = [
    *(
        {"method": each.value}
        for each in AggregationMethod
        if each.value not in {"power", "conjunctive"}
    ),
    {"method": "power", "power": 2},
    {"method": "power", "power": -1},
    {"method": "power", "power": 1},
    {
        "method": "conjunctive",
        "base": 1,
        "steps": [
            {"value": 2, "threshold": 20, "count": 2},
            {"value": 3, "threshold": 50},
        ],
    },
]
FILLED = ["none", "mean", "median", "group_mean", "group_median", "row_mean", "fixed"]


def units():
    """Nine units: blanks, cells that do not apply, refusals, ties, a constant."""
    return pd.DataFrame(
        {
            "unit": list("ABCDEFGHI"),
            "region": ["x", "y", "x", "y", "x", "y", "x", "y", "x"],
            "people": [10, 20, 30, 40, 50, 60, 70, None, 0],
            "a": [8, 10, 0.3, 0.3, "KAD", None, 5, 5, 7],
            "b": [1, 0, 5, 3, 2, 2, "HC", 4, 1.5],
            "c": [50, 20, 100, None, 75, "KAD", 12.5, 60, 33],
            "d": [3, 3, 3, 3, None, 3, 3, 3, 3],
        },
        dtype=object,
    )


def document(**changes):
    leaves = [
        {"indicator": code, "weight": weight}
        for code, weight in zip("abcd", (2, 3, 1, 0.5), strict=True)
    ]
    made = {
        "schema": 1,
        "code": "trial",
        "version": "1",
        "name": {"vi": "Chỉ số thử"},
        "indicators": [
            {"code": "a", "direction": "up", "range": [0, 20], "goalposts": [0, 10], "target": 8},
            {"code": "b", "direction": "down", "range": [0, 9], "goalposts": [0, 5], "target": 1},
            {
                "code": "c",
                "direction": "up",
                "range": [0, 100],
                "goalposts": [20, 100],
                "target": 90,
            },
            {"code": "d", "direction": "up", "range": [0, 5], "goalposts": [0, 5], "target": 4},
        ],
        "tree": {
            "code": "index",
            "minimum_coverage": 0.6,
            "children": [
                {"code": "p", "weight": 2, "children": leaves[:2]},
                {"code": "q", "weight": 1, "minimum_coverage": 2 / 3, "children": leaves[2:]},
            ],
        },
        "support": [
            {"code": f"s{number}", "aggregation": aggregation, "children": leaves}
            for number, aggregation in enumerate(AGGREGATIONS)
        ],
        "levels": [
            {
                "nodes": ["p", "q"],
                "bands": [{"level": 1}, {"level": 2, "from": 30}, {"level": 3, "from": 60}],
            },
            {
                "nodes": ["index"],
                "inclusive": "upper",
                "maximum": {"index": 100},
                "bands": [
                    {"level": 1},
                    {
                        "level": 2,
                        "from": 0.2,
                        "gates": [{"kind": "score", "node": "p", "compare": ">", "value": 10}],
                    },
                    {
                        "level": 3,
                        "from": 0.3,
                        "gates": [{"kind": "count", "at_least": 1, "level": 3}],
                    },
                    {
                        "level": 4,
                        "from": 0.5,
                        "gates": [{"kind": "level", "node": "q", "level": 2}],
                    },
                ],
            },
        ],
        **changes,
    }
    if made.get("normalisation", {}).get("method") == NormalisationMethod.POINTS:
        # Points count upwards.
        for indicator in made["indicators"]:
            indicator["direction"] = "up"
    return made


def scale(method, **more):
    return {
        "method": method,
        "reference": "B",
        "thresholds": [1, 4, 30],
        "values": [10, 20, 55.5, 90],
        "source": [0, 50],
        "factor": 70,
        "mean": 50,
        "sd": 10,
        **more,
    }


def every_case():
    """(name, document, frame) of every scale with every policy, imputation, treatment, weighting."""
    for number, method in enumerate(NormalisationMethod):
        for place, policy in enumerate(NotApplicable):
            constant = ("exclude", "fixed")[(number + place) % 2]
            imputation = FILLED[(number + place * 3) % len(FILLED)]
            yield (
                f"{method}-{policy}-{constant}-{imputation}",
                document(
                    normalisation=scale(method.value, constant=constant, constant_value=5.0),
                    missing={
                        "not_applicable": policy.value,
                        "imputation": {"method": imputation, "group": "region", "value": 2.0},
                    },
                ),
                units(),
            )
    for imputation in FILLED[1:]:
        missing = {
            "imputation": {"method": imputation, "group": "region", "value": 2.0, "refused": False}
        }
        yield f"filled-{imputation}", document(missing=missing), units()
    yield from variants()


def variants():
    near = units()
    near["a"] = [8, 10, 0.1 + 0.2, 0.3, "KAD", None, 5, 5, 7]
    for method in ("rank", "borda", "percentile", "bands"):
        found = document(normalisation=scale(method, thresholds=[0.3, 4, 30]))
        yield f"nearly-equal-{method}", found, near
    yield (
        "bands-of-percentiles",
        document(
            normalisation=scale(
                "bands", of="percentile", thresholds=[0.25, 0.5, 0.9], inclusive="upper"
            )
        ),
        units(),
    )
    yield (
        "unclipped",
        document(normalisation=scale("goalposts", clip=False, range=[1, 10])),
        units(),
    )
    yield "capped", document(normalisation=scale("distance_to_target", cap=True)), units()
    yield (
        "capped-reference",
        document(normalisation=scale("distance_to_reference", cap=True)),
        units(),
    )
    for treatment in TreatmentMethod:
        frame = units()
        frame["c"] = [50, 20, 1000, None, 75, "KAD", 12.5, 60, 33]
        found = document(
            treatment={"method": treatment.value, "skewness": 1.0, "kurtosis": 1.0, "few_levels": 0}
        )
        found["indicators"][2].pop("range")
        yield f"treated-{treatment}", found, frame
        yield (
            f"treated-screened-{treatment}",
            {**found, "screening": {"by": "both", "minimum_share": 0.75}},
            frame,
        )
    for rule in ("missing", "zeros", "both"):
        screening = {
            "by": rule,
            "minimum_share": 0.9,
            "minimum_nonzero": 0.8,
            "include": ["E"],
            "exclude": ["A"],
        }
        yield (
            f"screened-{rule}",
            document(screening=screening, normalisation=scale("min_max")),
            units(),
        )
    for weighting in (
        WeightingMethod.EQUAL,
        WeightingMethod.ENTROPY,
        WeightingMethod.PCA,
        WeightingMethod.CRITIC,
    ):
        yield f"weighted-{weighting}", document(weighting={"method": weighting.value}), units()
    matrix = [[1, 2], [0.5, 1]]
    yield (
        "weighted-ahp",
        document(
            weighting={
                "method": "given",
                "by_node": {
                    "index": {"method": "ahp", "matrix": matrix},
                    "p": {
                        "method": "budget",
                        "experts": [{"points": {"a": 75, "b": 25}}, {"points": {"a": 50, "b": 50}}],
                    },
                },
            }
        ),
        units(),
    )
    divided = document(normalisation=scale("min_max"))
    divided["indicators"][0] |= {"denominator": {"column": "people", "per": 1000}, "range": None}
    divided["indicators"][0].pop("range")
    yield "divided", divided, units()
    yield "divided-filled", {**divided, "missing": {"imputation": {"method": "mean"}}}, units()
    ranked = {"blocks": "region", "unranked": ["B"], "unranked_types": ["special"]}
    frame = units().assign(type=["province"] * 8 + ["special"])
    yield "blocks", document(ranking=ranked), frame
    for rule in ("mean_of_nodes", "sum", "weighted"):
        # Without the units that went into another, means of nodes are the server's values.
        for keep in (True,) if rule == "mean_of_nodes" else (False, True):
            boundary = {
                "into": "AB",
                "from": ["A", "B"],
                "rule": rule,
                "keep": keep,
                "weight": "people",
            }
            yield (
                f"merged-{rule}-{keep}",
                document(boundaries=[boundary], normalisation=scale("min_max")),
                units(),
            )
    yield "formulas", with_formulas(), units()
    yield (
        "scored",
        scored(),
        units().assign(plan=["yes", "no", "part", "", "KAD", "yes", "odd", "no", "yes"]),
    )


def with_formulas():
    found = document(normalisation=scale("min_max"))
    expressions = {
        "a": "${b} div ${people} * 100",
        "b": "if(${people} > 25 and ${c} >= 20, max(${c}, 10), ${c} div 3)",
        "d": "if(${people} > 45 or ${a} > 2, 1, 0) + sum(${c}, ${people}) - mean(${c}, 2) + count-non-empty(${c}, ${people}) * abs(-2)",
    }
    found["indicators"] = [
        {
            "code": each["code"],
            "direction": each["direction"],
            "goalposts": each["goalposts"],
            "target": 4,
        }
        for each in found["indicators"]
    ]
    for indicator in found["indicators"]:
        if indicator["code"] in expressions:
            indicator["source"] = {"kind": "formula", "expression": expressions[indicator["code"]]}
    found["indicators"][0]["source"]["expression"] = "${people} div ${c} + coalesce(${c}, 3)"
    return found


def scored():
    found = document()
    rules = {
        "a": "linear(from=0, to=8, points=10)",
        "b": "steps(1=2, 3=5; below=1)",
        "c": "ratio(numerator=c, denominator=people, from=0, to=2, points=10)",
        "d": "choices(yes=5, part=2.5, no=0)",
    }
    for indicator in found["indicators"]:
        indicator["source"] = {"kind": "column", "scoring": rules[indicator["code"]]}
        indicator["direction"] = "up"
    found["indicators"][2]["denominator"] = {"column": "people"}
    found["indicators"][3]["source"]["name"] = "plan"
    return found


def at_random(seed):
    """A definition and a table of any kind, by a seed."""
    chance = random.Random(seed)  # noqa: S311  (figures of a test)
    pick = chance.choice
    found = document(
        normalisation=scale(
            pick(list(NormalisationMethod)).value,
            constant=pick(["exclude", "fixed"]),
            constant_value=3.0,
            clip=pick([True, False]),
            cap=pick([True, False]),
            range=pick([None, [1, 10]]),
        ),
        scale=pick([[0, 100], [1, 100]]),
        missing={
            "not_applicable": pick(list(NotApplicable)).value,
            "imputation": {
                "method": pick(FILLED),
                "group": "region",
                "value": 1.5,
                "refused": pick([True, False]),
            },
        },
        treatment={"method": pick(list(TreatmentMethod)).value, "few_levels": 0},
        screening={"by": pick(["none", "missing", "zeros", "both"]), "minimum_share": 0.5},
        weighting={"method": pick(["given", "equal", "entropy", "pca", "critic"])},
        ranking={"blocks": pick(["", "region"])},
    )
    for node in (found["tree"], *found["tree"]["children"]):
        node["aggregation"] = pick(AGGREGATIONS)
        node["minimum_coverage"] = pick([0, 0.5, 1])
    size = chance.randint(4, 14)

    def cell():
        return pick(
            [
                None,
                "KAD",
                "HC",
                0,
                1,
                -1,
                chance.randint(-3, 12),
                chance.uniform(0, 90),
                chance.uniform(0, 9),
            ]
        )

    frame = pd.DataFrame(
        {
            "unit": [f"u{n}" for n in range(size)],
            "region": [pick(["x", "y"]) for _ in range(size)],
            **{code: [cell() for _ in range(size)] for code in "abcd"},
        },
        dtype=object,
    )
    found["normalisation"]["reference"] = "u1"
    return found, frame


def over_shipped(name):
    """A shipped definition over invented figures."""
    chance = random.Random(name)  # noqa: S311  (figures of a test)
    definition = shipped(name)
    columns = {}
    for indicator in definition.indicators:
        low, high = indicator.range or indicator.goalposts or (0, 100)
        cells = [round(chance.uniform(low, high), 2) for _ in range(6)]
        columns[indicator.code] = [None if chance.random() < 0.05 else cell for cell in cells]
    return write(definition), pd.DataFrame({"unit": list("ABCDEF"), **columns}, dtype=object)


def chosen():
    """Those of the suite: every scale once and the special cases. ``ASSESSMENT_CASES=all`` takes every
    scale with every policy, every variant, and forty definitions at random."""
    found = {name: (made, frame) for name, made, frame in every_case()}
    if os.environ.get("ASSESSMENT_CASES") == "all":
        return found | {f"random-{seed}": at_random(seed) for seed in range(40)}
    policies = len(NotApplicable)
    scales = [name for name in found if name.split("-")[0] in set(NormalisationMethod)]
    once = [
        scales[number * policies + number % policies] for number in range(len(NormalisationMethod))
    ]
    kept = {name: found[name] for name in (*once, *SPECIAL)}
    return kept | {"random-0": at_random(0)}


SPECIAL = (
    "bands-of-percentiles",
    "treated-screened-winsorise",
    "weighted-ahp",
    "divided-filled",
    "blocks",
    "merged-mean_of_nodes-True",
    "formulas",
    "scored",
)
CASES = chosen() | {name: over_shipped(name) for name in SHIPPED}


def weights_of(contents):
    """Another weight for one child of every node that has weights."""
    found = {}
    for node in {row.node: None for row in contents.weights}:
        first = next(row for row in contents.weights if row.node == node)
        if first.share is not None:
            found[first.node, first.child] = (contents.used_weight(first) or 0.0) + 1.7
    return found


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Every case as LibreOffice computes it, after a weight of every node was changed."""
    files = {}
    for name, (made, frame) in CASES.items():
        contents, _ = contents_over(read(made), frame)
        content = write_xlsx(assessment_book(contents, "vi"))
        workbook = openpyxl.load_workbook(io.BytesIO(spoilt(content)))
        changed(workbook, placed(contents, "vi"), weights_of(contents))
        target = io.BytesIO()
        workbook.save(target)
        files[name] = target.getvalue()
    return all_converted(files, tmp_path_factory.mktemp("recalculated"))


def opened(content):
    return by_value(content)


@pytest.mark.parametrize("name", CASES)
def test_the_file_shows_what_the_run_has_stored(name):
    made, frame = CASES[name]
    contents, tables = contents_over(read(made), frame)

    workbook = opened(write_xlsx(assessment_book(contents, "vi")))

    assert differences(workbook, placed(contents, "vi"), tables) == []


@pytest.mark.parametrize("name", CASES)
def test_other_weights_give_what_a_new_run_gives(recalculated, name):
    made, frame = CASES[name]
    contents, _ = contents_over(read(made), frame)
    again = compute(reweighted(contents, weights_of(contents)), frame)

    workbook = opened(recalculated[name])

    assert differences(workbook, placed(contents, "vi"), again) == []


@pytest.mark.parametrize("name", ["min_max", "formulas", "scored"])
def test_what_no_weight_touches_is_computed_as_it_was_stored(recalculated, name):
    name = next(each for each in CASES if each.startswith(name))
    made, frame = CASES[name]
    contents, _ = contents_over(read(made), frame)
    places = placed(contents, "vi")
    untouched = [
        places.sheets[key] for key in ("data", "filled", "treated", "scales", "normalised")
    ]

    found = wrong_cells(
        opened(write_xlsx(assessment_book(contents, "vi"))), opened(recalculated[name])
    )

    assert [each for each in found if each[0] in untouched] == []
