"""A definition that uses everything, and a small table for it."""

import copy

import pandas as pd

from analytics.definitions.vocabulary import AggregationMethod, NormalisationMethod

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
    made = {
        "schema": 1,
        "code": "trial",
        "version": "1",
        "name": {"vi": "Chỉ số thử"},
        "indicators": indicators(),
        "tree": {
            "code": "index",
            "minimum_coverage": 0.6,
            "children": [
                {"code": "p", "weight": 2, "children": LEAVES[:2]},
                {"code": "q", "weight": 1, "minimum_coverage": 2 / 3, "children": LEAVES[2:]},
            ],
        },
        "support": [
            {"code": f"s{number}", "aggregation": aggregation, "children": LEAVES}
            for number, aggregation in enumerate(AGGREGATIONS)
        ],
        "levels": [BANDS, GATED],
        **changes,
    }
    if made.get("normalisation", {}).get("method") == NormalisationMethod.POINTS:
        # Points count upwards.
        for indicator in made["indicators"]:
            indicator["direction"] = "up"
    return copy.deepcopy(made)


LEAVES = [
    {"indicator": code, "weight": weight}
    for code, weight in zip("abcd", (2, 3, 1, 0.5), strict=True)
]
BANDS = {
    "nodes": ["p", "q"],
    "bands": [{"level": 1}, {"level": 2, "from": 30}, {"level": 3, "from": 60}],
}
GATED = {
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
        {"level": 3, "from": 0.3, "gates": [{"kind": "count", "at_least": 1, "level": 3}]},
        {"level": 4, "from": 0.5, "gates": [{"kind": "level", "node": "q", "level": 2}]},
    ],
}


def indicators():
    """Each with a direction, a range, goalposts and a target."""
    return [
        {"code": code, "direction": way, "range": range_, "goalposts": posts, "target": target}
        for code, way, range_, posts, target in (
            ("a", "up", [0, 20], [0, 10], 8),
            ("b", "down", [0, 9], [0, 5], 1),
            ("c", "up", [0, 100], [20, 100], 90),
            ("d", "up", [0, 5], [0, 5], 4),
        )
    ]


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
