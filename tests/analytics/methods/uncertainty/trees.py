"""Small indices to compute many times."""

import numpy as np

from analytics.definitions import read
from analytics.methods.index.arrays import Grid
from analytics.methods.index.plan import evaluate, plan
from analytics.methods.uncertainty.edges import edges_of
from analytics.methods.uncertainty.evaluation import Evaluator
from analytics.methods.uncertainty.monte_carlo import monte_carlo
from analytics.methods.uncertainty.sensitivity import sensitivity
from analytics.methods.uncertainty.setting import Prepared, Setting

NAN = float("nan")


def leaf(code, weight=1.0):
    return {"indicator": code, "weight": weight}


def node(code, *children, weight=1.0, method="arithmetic", coverage=0.0, **rule):
    return {
        "code": code,
        "weight": weight,
        "aggregation": {"method": method} | rule,
        "minimum_coverage": coverage,
        "children": list(children),
    }


def leaves_of(tree):
    if "indicator" in tree:
        return [tree["indicator"]]
    return [code for child in tree["children"] for code in leaves_of(child)]


def definition_of(tree, **settings):
    return read(
        {
            "schema": 1,
            "code": "x",
            "version": "1",
            "indicators": [{"code": code, "direction": "up"} for code in leaves_of(tree)],
            "tree": tree,
        }
        | settings
    )


def evaluator_of(tree, rows):
    """Leaves are normalised already: rows of units, NaN = missing."""
    planned = plan(definition_of(tree))
    grid = Grid.of(np.array(rows, dtype=float))
    return Evaluator(planned, edges_of(planned, evaluate(planned, grid).weights), grid)


def setting_of_tree(tree, rows, **varied):
    evaluator = evaluator_of(tree, rows)
    edges = evaluator.edges
    return Setting(
        units=tuple(f"u{number}" for number in range(len(rows))),
        plan=evaluator.plan,
        edges=edges,
        prepare=lambda _: Prepared(evaluator.leaves, edges.weights),
        **varied,
    )


def vary(setting, **asked):
    """A Monte Carlo analysis of which a test may read every figure: it knows which are there."""
    return monte_carlo(setting, **asked)


def decide(setting, **asked):
    """A sensitivity analysis in the same way."""
    return sensitivity(setting, **asked)
