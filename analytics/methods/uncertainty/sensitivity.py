"""Which choice decides the ranking: Sobol indices over what an index varies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.index.arrays import Floats
from analytics.methods.uncertainty.draws import Draws, drawn_weights, factors_of, perturbed
from analytics.methods.uncertainty.ensemble import Ensemble
from analytics.methods.uncertainty.monte_carlo import DATA_STEPS
from analytics.methods.uncertainty.setting import Setting
from analytics.methods.uncertainty.sobol import (
    FIVE_HUNDRED,
    Bootstrap,
    SobolResult,
    chosen,
    sobol_indices,
)

WEIGHT_SETS: Final = 1024
BELOW: Final = "weights_below"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """``ranking``: indices of the mean absolute rank shift from the nominal ranking, over all ranked
    units; ``units``: of the score of each unit asked for."""

    ranking: SobolResult
    units: Mapping[str, SobolResult] = field(default_factory=dict)


def factors(setting: Setting) -> tuple[str, ...]:
    """What varies: steps with options, ``weight:<code>`` of each child of the root, and
    ``weights_below``, all deeper weights as one of 1,024 sets drawn beforehand."""
    options = setting.options
    counts = {
        "normalisation": options.normalisation,
        "winsorising": options.winsorising,
        "imputation": options.imputation,
        "aggregation": len(setting.aggregations),
        "left_out": len(setting.left_out) + 1,
    }
    edges, spread = setting.edges, setting.spread
    below = bool((edges.depths > 1).any()) and spread.by_depth[-1] > 0
    top = edges.of_node[setting.plan.root]
    names = [f"weight:{code}" for code in edges.children[top]] if spread.by_depth[0] > 0 else []
    steps = [name for name, count in counts.items() if count > 1]
    return (*steps, *names, *((BELOW,) if below else ()))


def sensitivity(
    setting: Setting,
    *,
    rows: int = 512,
    seed: int,
    units: tuple[str, ...] = (),
    bootstrap: Bootstrap = FIVE_HUNDRED,
) -> Sensitivity:
    """Sobol indices over ``factors(setting)`` from ``rows * (factors + 2)`` runs.

    A discrete factor cuts [0, 1) into equal bins, a weight goes from w (1 - f) to w (1 + f). A run
    that fails takes its row out, which is counted. Raises ValueError where fewer than two factors
    vary or a unit is not there.
    """
    names = factors(setting)
    places = [setting.units.index(unit) for unit in units]
    sets = drawn_weights(setting.edges, setting.spread, runs=WEIGHT_SETS, seed=seed)

    def model(u: Floats) -> Floats:
        ensemble = Ensemble(setting, _draws(setting, names, u, sets))
        ranked = ensemble.nominal_ranks > 0
        shifts = np.abs(ensemble.ranks[:, ranked] - ensemble.nominal_ranks[ranked]).mean(axis=1)
        outputs = np.column_stack([shifts, ensemble.scores[:, places]])
        outputs[[reason is not None for reason in ensemble.reasons]] = np.nan
        return outputs

    ranking, *of_units = sobol_indices(model, names, rows=rows, seed=seed, bootstrap=bootstrap)
    return Sensitivity(ranking, dict(zip(units, of_units, strict=True)))


def _draws(setting: Setting, names: tuple[str, ...], u: Floats, sets: Floats) -> Draws:
    options = setting.options
    column = {name: u[:, place] for place, name in enumerate(names)}

    def option(name: str, count: int) -> NDArray[np.intp]:
        return chosen(column[name], count) if name in column else np.zeros(len(u), dtype=np.intp)

    counts = {
        "normalisation": options.normalisation,
        "winsorising": options.winsorising,
        "imputation": options.imputation,
    }
    return Draws(
        factors=factors_of(setting.edges, _weights(setting, column, sets, len(u))),
        data=np.stack([option(step, counts[step]) for step in DATA_STEPS], axis=1),
        aggregation=option("aggregation", len(setting.aggregations)),
        left_out=option("left_out", len(setting.left_out) + 1),
    )


def _weights(setting: Setting, column: Mapping[str, Floats], sets: Floats, runs: int) -> Floats:
    edges = setting.edges
    at = np.full((runs, len(edges.weights)), 0.5)
    top = edges.of_node[setting.plan.root]
    for place in range(top.start, top.stop):
        name = f"weight:{edges.children[place]}"
        if name in column:
            at[:, place] = column[name]
    weights = perturbed(edges, setting.spread, at)
    if BELOW in column:
        deeper = np.ones(len(edges.weights), dtype=np.bool_)
        deeper[top] = False
        weights[:, deeper] = sets[chosen(column[BELOW], len(sets))][:, deeper]
    return weights
