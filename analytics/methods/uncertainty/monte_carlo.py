"""The index many times over, with what an analyst could have chosen otherwise."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import Floats
from analytics.methods.uncertainty.draws import Draws, drawn_factors, drawn_options
from analytics.methods.uncertainty.ensemble import Ensemble
from analytics.methods.uncertainty.evaluation import blocks
from analytics.methods.uncertainty.portions import Over, one_by_one
from analytics.methods.uncertainty.results import MonteCarlo, Neighbours, Spread, UnitUncertainty
from analytics.methods.uncertainty.setting import Setting

CELLS_AT_ONCE: Final = 2_000_000
MOST_PAIRED: Final = 200
QUANTILES: Final = (0.05, 0.5, 0.95)
DATA_STEPS: Final = ("normalisation", "winsorising", "imputation")


def monte_carlo(
    setting: Setting, *, runs: int, seed: int, top: int = 10, over: Over = one_by_one
) -> MonteCarlo:
    """Compute the index ``runs`` times and tell what each unit's score and rank come to.

    Every run draws its weights, one option of each varied step, and what is left out, each from
    a stream of its own. The same setting and seed give the same result to the last bit, whatever
    memory there is, and the first n of more runs draw what n runs draw. Arrays beyond 64 MiB
    lie in temporary files. ``over`` computes the portions of the runs, in this process or elsewhere;
    the result is the same. A unit without a nominal score has ``NO_DATA`` and makes no run
    fail. Raises ValueError for runs < 1, NothingToVary where nothing can be computed at all.
    """
    if runs < 1:
        raise ValueError("At least one run is needed.")
    ensemble = Ensemble(setting, drawn(setting, runs=runs, seed=seed), over)
    usable = ensemble.usable()
    return MonteCarlo(
        units=tuple(_units(ensemble, usable, top)),
        runs=runs,
        failed=ensemble.failed(),
        seed=seed,
        top=top,
        outranking=_outranking(ensemble, usable),
        neighbours=_neighbours(ensemble, usable),
    )


def drawn(setting: Setting, *, runs: int, seed: int) -> Draws:
    """What every run does otherwise: each factor from a stream of its own."""
    options = setting.options
    choices = {
        factor: drawn_options(factor, count, runs=runs, seed=seed)
        for factor, count in (
            ("normalisation", options.normalisation),
            ("winsorising", options.winsorising),
            ("imputation", options.imputation),
            ("aggregation", len(setting.aggregations)),
            ("left_out", len(setting.left_out) + 1),
        )
    }
    return Draws(
        factors=drawn_factors(setting.edges, setting.spread, runs=runs, seed=seed),
        data=np.stack([choices[step] for step in DATA_STEPS], axis=1),
        aggregation=choices["aggregation"],
        left_out=choices["left_out"],
    )


def _units(ensemble: Ensemble, usable: NDArray[np.intp], top: int) -> Iterator[UnitUncertainty]:
    width = max(1, CELLS_AT_ONCE // max(len(usable), 1))
    for start in range(0, ensemble.shape[1], width):
        yield from _units_of(ensemble, usable, slice(start, start + width), top)


def _units_of(
    ensemble: Ensemble, usable: NDArray[np.intp], columns: slice, top: int
) -> Iterator[UnitUncertainty]:
    if not len(usable):
        refusal = max(ensemble.failed(), key=ensemble.failed().__getitem__)
        yield from (
            UnitUncertainty(unit, reason=refusal) for unit in ensemble.setting.units[columns]
        )
        return
    whole = len(usable) == ensemble.runs
    scores = ensemble.scores[:, columns] if whole else ensemble.scores[usable, columns]
    ranks = ensemble.ranks[:, columns] if whole else ensemble.ranks[usable, columns]
    scored, nominal_ranks = ensemble.scored[columns], ensemble.nominal_ranks[columns]
    of_scores = _spreads(np.where(scored, scores, 0.0), ensemble.nominal[columns])
    of_ranks = _spreads(ranks.astype(np.float64), nominal_ranks)
    at_first, at_top = (ranks == 1).mean(axis=0), (ranks <= top).mean(axis=0)
    levels = ensemble.level_counts[:, columns] / len(usable)
    for place, unit in enumerate(ensemble.setting.units[columns]):
        if not scored[place]:
            yield UnitUncertainty(unit, reason=Reason.NO_DATA)
            continue
        ranked = bool(nominal_ranks[place] > 0)
        yield UnitUncertainty(
            unit,
            score=of_scores[place],
            rank=of_ranks[place] if ranked else None,
            first=float(at_first[place]) if ranked else None,
            top=float(at_top[place]) if ranked else None,
            levels=dict(zip(ensemble.setting.level_codes, levels[:, place].tolist(), strict=True)),
            reason=None if ranked else Reason.NOT_RANKED,
        )


def _spreads(values: Floats, nominal: NDArray[Any]) -> list[Spread]:
    # By rows: the sum of a row is the same however many stand beside it, that of a column is not.
    rows = np.ascontiguousarray(values.T)
    low, middle, high = np.quantile(rows, QUANTILES, axis=1)
    mean = rows.mean(axis=1)
    sd = rows.std(axis=1, ddof=1) if len(values) > 1 else None
    return [
        Spread(
            float(nominal[place]),
            float(mean[place]),
            float(middle[place]),
            float(low[place]),
            float(high[place]),
            None if sd is None else float(sd[place]),
        )
        for place in range(len(mean))
    ]


def _outranking(ensemble: Ensemble, usable: NDArray[np.intp]) -> Floats | None:
    if ensemble.shape[1] > MOST_PAIRED:
        return None
    counts = np.zeros((ensemble.shape[1], ensemble.shape[1]))
    for block in blocks(len(usable)):
        ranks = ensemble.ranks[usable[block]]
        counts += (ranks[:, :, None] < ranks[:, None, :]).sum(axis=0)
    comparable = _comparable(ensemble)
    if not len(usable):
        return np.full(counts.shape, np.nan)
    return np.where(comparable, counts / len(usable), np.nan)


def _comparable(ensemble: Ensemble) -> NDArray[np.bool_]:
    """Pairs of two units that are ranked against each other."""
    ranked = ensemble.nominal_ranks > 0
    pairs = ranked[:, None] & ranked[None, :] & ~np.eye(len(ranked), dtype=np.bool_)
    blocks_of_units = ensemble.setting.blocks
    if blocks_of_units is not None:
        pairs &= blocks_of_units[:, None] == blocks_of_units[None, :]
    return np.asarray(pairs)


def _neighbours(ensemble: Ensemble, usable: NDArray[np.intp]) -> tuple[Neighbours, ...]:
    if not len(usable):
        return ()
    found: list[Neighbours] = []
    apart = ensemble.setting.blocks
    codes = np.zeros(ensemble.shape[1], np.intp) if apart is None else apart
    for code in np.unique(codes[codes >= 0]):
        members = np.flatnonzero((codes == code) & (ensemble.nominal_ranks > 0))
        order = members[np.argsort(ensemble.nominal_ranks[members], kind="stable")]
        found += _following(ensemble, usable, order)
    return tuple(found)


def _following(
    ensemble: Ensemble, usable: NDArray[np.intp], order: NDArray[np.intp]
) -> Iterator[Neighbours]:
    upper, lower = order[:-1], order[1:]
    before = np.zeros(len(upper))
    for block in blocks(len(usable)):
        ranks = ensemble.ranks[usable[block]]
        before += (ranks[:, upper] < ranks[:, lower]).sum(axis=0)
    units = ensemble.setting.units
    for one, other, count in zip(upper, lower, before, strict=True):
        yield Neighbours(units[one], units[other], float(count / len(usable)))
