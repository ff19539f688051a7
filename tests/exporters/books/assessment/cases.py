"""Definitions with their tables: every scale, treatment, weighting, and some at random."""

import os
import random

import pandas as pd

from analytics.definitions import write
from analytics.definitions.shipped import SHIPPED, shipped
from analytics.definitions.vocabulary import (
    NormalisationMethod,
    NotApplicable,
    TreatmentMethod,
    WeightingMethod,
)
from tests.exporters.books.assessment.definitions_made import (
    AGGREGATIONS,
    FILLED,
    document,
    scale,
    scored,
    units,
    with_formulas,
)


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
    """(name, document, frame) of the special cases."""
    for kind in (scaled, treated, screened, weighted, divided, merged):
        yield from kind()
    ranked = {"blocks": "region", "unranked": ["B"], "unranked_types": ["special"]}
    frame = units().assign(type=["province"] * 8 + ["special"])
    yield "blocks", document(ranking=ranked), frame
    yield "formulas", with_formulas(), units()
    plans = ["yes", "no", "part", "", "KAD", "yes", "odd", "no", "yes"]
    yield "scored", scored(), units().assign(plan=plans)


def scaled():
    """Scales with their options, and figures that are nearly equal."""
    near = units()
    near["a"] = [8, 10, 0.1 + 0.2, 0.3, "KAD", None, 5, 5, 7]
    for method in ("rank", "borda", "percentile", "bands"):
        found = document(normalisation=scale(method, thresholds=[0.3, 4, 30]))
        yield f"nearly-equal-{method}", found, near
    cut = {"of": "percentile", "thresholds": [0.25, 0.5, 0.9], "inclusive": "upper"}
    options = (
        ("bands-of-percentiles", scale("bands", **cut)),
        ("unclipped", scale("goalposts", clip=False, range=[1, 10])),
        ("capped", scale("distance_to_target", cap=True)),
        ("capped-reference", scale("distance_to_reference", cap=True)),
    )
    for name, normalisation in options:
        yield name, document(normalisation=normalisation), units()


def treated():
    """Every treatment of outliers, with and without units that are left out."""
    frame = units()
    frame["c"] = [50, 20, 1000, None, 75, "KAD", 12.5, 60, 33]
    for treatment in TreatmentMethod:
        found = document(
            treatment={"method": treatment.value, "skewness": 1.0, "kurtosis": 1.0, "few_levels": 0}
        )
        found["indicators"][2].pop("range")
        yield f"treated-{treatment}", found, frame
        screening = {"by": "both", "minimum_share": 0.75}
        yield f"treated-screened-{treatment}", {**found, "screening": screening}, frame


def screened():
    """Every rule by which units are left out."""
    for rule in ("missing", "zeros", "both"):
        screening = {
            "by": rule,
            "minimum_share": 0.9,
            "minimum_nonzero": 0.8,
            "include": ["E"],
            "exclude": ["A"],
        }
        made = document(screening=screening, normalisation=scale("min_max"))
        yield f"screened-{rule}", made, units()


def weighted():
    """Weights of data and of experts."""
    for weighting in (
        WeightingMethod.EQUAL,
        WeightingMethod.ENTROPY,
        WeightingMethod.PCA,
        WeightingMethod.CRITIC,
    ):
        yield f"weighted-{weighting}", document(weighting={"method": weighting.value}), units()
    experts = [{"points": {"a": 75, "b": 25}}, {"points": {"a": 50, "b": 50}}]
    by_node = {
        "index": {"method": "ahp", "matrix": [[1, 2], [0.5, 1]]},
        "p": {"method": "budget", "experts": experts},
    }
    made = document(weighting={"method": "given", "by_node": by_node})
    yield "weighted-ahp", made, units()


def divided():
    """An indicator with a denominator."""
    found = document(normalisation=scale("min_max"))
    found["indicators"][0] |= {"denominator": {"column": "people", "per": 1000}}
    found["indicators"][0].pop("range")
    yield "divided", found, units()
    yield "divided-filled", {**found, "missing": {"imputation": {"method": "mean"}}}, units()


def merged():
    """Units that came of others, which are kept or not."""
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
            made = document(boundaries=[boundary], normalisation=scale("min_max"))
            yield f"merged-{rule}-{keep}", made, units()


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
