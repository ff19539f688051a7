"""A composite index 1,000 times over: 34 units of 120 indicators, and 3,321.

Eight pillars of fifteen indicators, every weight drawn anew in each run, ranks, quantiles and chances
of outranking told at the end; once more with two blanks in a hundred and a geometric mean among the
options. Before a time is reported, runs drawn at random are computed anew by the pipeline itself, one
by one, with the weights of the run, and ranks and quantiles are held against them.

Run: .venv/bin/python benchmarks/composite_index.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd
from measure import measured, report

from analytics.definitions import IndexDefinition, read
from analytics.methods.index import Grid, GroupWeights, evaluate
from analytics.methods.index.ranking import descending
from analytics.methods.uncertainty.building import Index, index_of
from analytics.methods.uncertainty.draws import Draws
from analytics.methods.uncertainty.ensemble import Ensemble
from analytics.methods.uncertainty.monte_carlo import drawn, monte_carlo
from analytics.methods.uncertainty.setting import DataChoice, Prepared

RUNS, SEED, CHECKED = 1000, 1690, 12
PILLARS, LEAVES = 8, 15


def definition(*, varied: bool) -> IndexDefinition:
    """Eight pillars of fifteen indicators between goalposts, on a scale from 1 to 100."""
    codes = [[f"i{pillar}_{leaf}" for leaf in range(LEAVES)] for pillar in range(PILLARS)]
    return read(
        {
            "schema": 1,
            "code": "benchmark",
            "version": "1",
            "scale": [1, 100],
            "indicators": [{"code": code, "direction": "up"} for each in codes for code in each],
            "normalisation": {"method": "goalposts", "goalposts": [0, 1]},
            "tree": {
                "code": "index",
                "children": [
                    {"code": f"p{pillar}", "children": [{"indicator": code} for code in each]}
                    for pillar, each in enumerate(codes)
                ],
            },
            "uncertainty": {
                "runs": RUNS,
                "seed": SEED,
                "aggregation": [{"method": "geometric"}] if varied else [],
            },
        }
    )


def table(units: int, *, blanks: float) -> pd.DataFrame:
    """Figures between 0 and 1, some of them blank."""
    rng = np.random.default_rng(7)
    values = rng.random((units, PILLARS * LEAVES))
    values[rng.random(values.shape) < blanks] = np.nan
    columns = [f"i{pillar}_{leaf}" for pillar in range(PILLARS) for leaf in range(LEAVES)]
    return pd.DataFrame(values, columns=columns, index=[f"u{unit}" for unit in range(units)])


def runs_differ(index: Index) -> float:
    """The largest difference of a score from the pipeline's, over some runs; ranks must be equal."""
    setting = index.setting
    draws = drawn(setting, runs=RUNS, seed=SEED)
    ensemble = Ensemble(setting, draws)
    prepared = setting.prepare(DataChoice())
    assert isinstance(prepared, Prepared)
    worst = 0.0
    for run in np.random.default_rng(3).integers(0, RUNS, CHECKED):
        scores = _by_the_pipeline(index, prepared.leaves, draws.factors[run], int(run), draws)
        worst = max(worst, float(np.abs(ensemble.scores[run] - scores).max()))
        if not np.array_equal(ensemble.ranks[run], descending(scores)):
            return np.inf
    return worst


def _by_the_pipeline(
    index: Index, leaves: Grid, factors: np.ndarray, run: int, draws: Draws
) -> np.ndarray:
    setting = index.setting
    weights = setting.edges.weights * factors
    groups = {}
    for node, place in setting.edges.of_node.items():
        own = weights[place]
        groups[node] = GroupWeights(tuple(float(each) for each in own / own.sum()))
    chosen = setting.aggregations[int(draws.aggregation[run])]
    instead = {} if chosen is None else dict.fromkeys(setting.plan.codes, chosen)
    found = evaluate(setting.plan, leaves, weights=groups, aggregations=instead)
    return found.scores.values[:, setting.plan.codes.index(setting.plan.root)]


def quantiles_agree(index: Index) -> bool:
    """Whether the figures of a unit are those of its column of runs, quantiles of type 7."""
    ensemble = Ensemble(index.setting, drawn(index.setting, runs=RUNS, seed=SEED))
    result = monte_carlo(index.setting, runs=RUNS, seed=SEED)
    for place in (0, len(result.units) // 2, len(result.units) - 1):
        rank = result.units[place].rank
        assert rank is not None
        known = np.quantile(ensemble.ranks[:, place], [0.05, 0.5, 0.95])
        if [rank.q05, rank.median, rank.q95] != known.tolist():
            return False
    return True


def benchmark(units: int, bar: str) -> None:
    """Weights alone, then blanks and a geometric mean beside the arithmetic one."""
    for label, blanks, varied in (("weights", 0.0, False), ("and means, 2 % blank", 0.02, True)):
        index = index_of(definition(varied=varied), table(units, blanks=blanks))
        monte_carlo(index.setting, runs=20, seed=SEED)
        with measured(f"{units:,} units by 120, {RUNS:,} runs: {label}", bar=bar) as m:
            result = monte_carlo(index.setting, runs=RUNS, seed=SEED)
        m.check(result.used == RUNS, f"{RUNS:,} runs, none failed")
        worst = runs_differ(index)
        m.check(worst < 1e-9, f"{CHECKED} runs as by the pipeline to {worst:.0e}, ranks equal")
        m.check(quantiles_agree(index), "quantiles of type 7")


benchmark(34, "0.5 (0.3) s")
benchmark(3321, "12 (8) s")
report()
