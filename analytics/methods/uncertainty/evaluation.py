"""The scores of many runs at once: one normalised matrix, as many weight vectors as runs.

Leaves meet their weights in one matrix product per node, so that 1,000 runs cost little more than
one. Runs are computed in blocks of a fixed size whatever the memory is: the products then have the
same shapes each time, and a result is the same to the last bit.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index.aggregating import APART, aggregate
from analytics.methods.index.arrays import PRESENT, Flags, Floats, Grid, is_any
from analytics.methods.index.merging import Merged
from analytics.methods.index.plan import Plan, PlannedNode, evaluate
from analytics.methods.trends.means import Mean, MeanKind
from analytics.methods.uncertainty.edges import Edges

RUNS_AT_ONCE: Final = 64

MEANS: Final = {
    AggregationMethod.ARITHMETIC: MeanKind.ARITHMETIC,
    AggregationMethod.GEOMETRIC: MeanKind.GEOMETRIC,
    AggregationMethod.HARMONIC: MeanKind.HARMONIC,
    AggregationMethod.POWER: MeanKind.POWER,
}


@dataclass(slots=True)
class Evaluated:
    """Of a block of runs: ``nodes[code]``: (runs, units), NaN = none.

    ``refused[reason]``: (runs, units), where a mean met a value that it does not allow.
    """

    root: str
    nodes: dict[str, Floats] = field(default_factory=dict)
    refused: dict[Reason, Flags] = field(default_factory=dict)

    @property
    def scores(self) -> Floats:
        """Of the index: (runs, units)."""
        return self.nodes[self.root]

    def taken(self, rows: NDArray[np.intp]) -> "Evaluated":
        """Of some units only."""
        return Evaluated(
            self.root,
            {code: scores[:, rows] for code, scores in self.nodes.items()},
            {reason: where[:, rows] for reason, where in self.refused.items()},
        )

    def refuse(self, reason: Reason, where: Flags) -> None:
        """Note where a value was not allowed."""
        self.refused[reason] = self.refused.get(reason, np.zeros(where.shape, np.bool_)) | where


@dataclass(frozen=True, slots=True)
class _Leaves:
    """The leaves of a node as a mean reads them, (leaves, units).

    ``transformed``: f(x), 0 where there is none; ``there``: None when all are; ``refused`` by reason.
    """

    transformed: Floats
    there: Floats | None
    refused: tuple[tuple[Reason, Floats], ...]


class Evaluator:
    """One normalised grid (units, indicators), higher better, under a plan.

    Agrees with ``index.plan.evaluate`` run by run, except that an edge of weight 0 that weighs
    something nominally is left out altogether, of coverage and of rules without weights too.
    """

    def __init__(
        self,
        plan: Plan,
        edges: Edges,
        leaves: Grid,
        *,
        merged: Sequence[Merged] = (),
        rows: NDArray[np.intp] | None = None,
    ) -> None:
        self.plan, self.edges, self.leaves, self.merged = plan, edges, leaves, merged
        self.rows = np.arange(len(leaves.values)) if rows is None else rows
        self._first = len(plan.leaves)
        self._read: dict[tuple[str, Mean], _Leaves] = {}
        self._fixed = {merge.row: _with_all_below(plan, merge.nodes) for merge in merged}
        covering = any(node.minimum_coverage > 0 for node in plan.nodes)
        self._apart = is_any(evaluate(plan, leaves).scores.why, APART) if covering else None

    def evaluated(self, weights: Floats, instead: Aggregation | None = None) -> Evaluated:
        """All nodes under (runs, edges) weights; ``instead`` takes the place of every mean.

        Weights of siblings need not add up to 1. Give ``RUNS_AT_ONCE`` runs at most, as ``blocks``
        does.
        """
        found = Evaluated(self.plan.root)
        gone: dict[str, Flags] = {}
        for node in self.plan.nodes:
            own = self._without_gone(node, weights, gone)
            rule = node.aggregation
            if instead is not None and rule.method in MEANS:
                rule = instead
            if rule.method in MEANS or rule.method is AggregationMethod.SUM:
                scores = self._mean(node, rule, own, found)
            else:
                scores = self._by_run(node, rule, own, found)
            scores[self._short(node, own, found)] = np.nan
            for merge in self.merged:
                if node.code in self._fixed[merge.row]:
                    scores[:, merge.row] = _mean_of(scores[:, list(merge.sources)])
            found.nodes[node.code] = scores
        return found if len(self.rows) == len(self.leaves.values) else found.taken(self.rows)

    def _without_gone(self, node: PlannedNode, weights: Floats, gone: dict[str, Flags]) -> Floats:
        """The weights of a node's children; a child of which nothing is left weighs nothing."""
        place = self.edges.of_node[node.code]
        own = weights[:, place].copy()
        for number, code in enumerate(node.child_codes):
            if code in gone:
                own[gone[code], number] = 0.0
        counting = self.edges.weights[place] > 0
        gone[node.code] = counting.any() & (own[:, counting] == 0).all(axis=1)
        return own

    def scores(self, weights: Floats, instead: Aggregation | None = None) -> Floats:
        """The index of any number of runs: (runs, units)."""
        scores = np.empty((len(weights), len(self.rows)))
        for block in blocks(len(weights)):
            scores[block] = self.evaluated(weights[block], instead).scores
        return scores

    def _mean(self, node: PlannedNode, rule: Aggregation, own: Floats, found: Evaluated) -> Floats:
        summed = rule.method is AggregationMethod.SUM
        mean = Mean() if summed else Mean(MEANS[rule.method], rule.power)
        numerator, denominator, refused = self._of_leaves(node, mean, own)
        for place, values in self._inner(node, found):
            weight = own[:, place, None]
            there = ~np.isnan(values) & (weight > 0)
            allowed = mean.allows(values)
            refused += [(reason, where & there) for reason, where in refusals(mean, values)]
            numerator += weight * np.where(
                allowed & there, mean.transformed(np.where(allowed, values, 1.0)), 0.0
            )
            denominator += weight * there
        has = denominator > 0
        for reason, where in refused:
            found.refuse(reason, where)
            has &= ~where
        level = numerator if summed else numerator / np.where(has, denominator, 1.0)
        if mean.exponent != 1.0:
            level = mean.returned(np.where(has & np.isfinite(level), level, 1.0))
        return np.where(has, level, np.nan)

    def _of_leaves(
        self, node: PlannedNode, mean: Mean, own: Floats
    ) -> tuple[Floats, Floats, list[tuple[Reason, Flags]]]:
        places = [place for place, column in enumerate(node.children) if column < self._first]
        leaves = self._leaves_as_read(node, mean, places)
        weights = np.ascontiguousarray(own[:, places])
        numerator = weights @ leaves.transformed
        if leaves.there is None:
            denominator = np.repeat(weights.sum(axis=1)[:, None], numerator.shape[1], axis=1)
        else:
            denominator = weights @ leaves.there
        counting = (weights > 0).astype(np.float64)
        refused = [(reason, counting @ cells > 0) for reason, cells in leaves.refused]
        return numerator, denominator, refused

    def _leaves_as_read(self, node: PlannedNode, mean: Mean, places: Sequence[int]) -> _Leaves:
        key = node.code, mean
        if key not in self._read:
            columns = [node.children[place] for place in places]
            values = np.ascontiguousarray(self.leaves.values[:, columns].T)
            there, allowed = ~np.isnan(values), mean.allows(values)
            self._read[key] = _Leaves(
                np.where(allowed, mean.transformed(np.where(allowed, values, 1.0)), 0.0),
                None if there.all() else there.astype(np.float64),
                tuple(
                    (reason, where.astype(np.float64))
                    for reason, where in refusals(mean, values)
                    if where.any()
                ),
            )
        return self._read[key]

    def _inner(self, node: PlannedNode, found: Evaluated) -> Iterator[tuple[int, Floats]]:
        """The nodes among the children, by their place among them."""
        for place, column in enumerate(node.children):
            if column >= self._first:
                yield place, found.nodes[node.child_codes[place]]

    def _by_run(
        self, node: PlannedNode, rule: Aggregation, own: Floats, found: Evaluated
    ) -> Floats:
        """Rules that compare units, or that ask for the least child: one run after the other."""
        nominal = self.edges.weights[self.edges.of_node[node.code]]
        leaves = [column < self._first for column in node.children]
        children = np.full((len(self.leaves.values), len(node.children)), np.nan)
        children[:, leaves] = self.leaves.values[
            :, [column for column in node.children if column < self._first]
        ]
        scores = np.empty((len(own), len(children)))
        for run, weights in enumerate(own):
            for place, values in self._inner(node, found):
                children[:, place] = values[run]
            left_out = (weights == 0) & (nominal > 0)
            kept = np.where(left_out, np.nan, children)
            scores[run], _ = aggregate(kept, weights, rule)
        return scores

    def _short(self, node: PlannedNode, own: Floats, found: Evaluated) -> Flags:
        """(runs, units): where fewer children have a value than the node asks for."""
        if node.minimum_coverage == 0:
            return np.zeros((len(own), len(self.leaves.values)), dtype=np.bool_)
        nominal = self.edges.weights[self.edges.of_node[node.code]]
        counted = np.zeros((len(own), len(self.leaves.values)))
        held = np.zeros_like(counted)
        inner = dict(self._inner(node, found))
        for place, column in enumerate(node.children):
            kept = ((own[:, place] > 0) | (nominal[place] == 0))[:, None]
            if place in inner:
                there = ~np.isnan(inner[place])
                assert self._apart is not None
                applies = ~self._apart[:, column - self._first] | there
            else:
                there = self.leaves.why[:, column] == PRESENT
                applies = ~is_any(self.leaves.why[:, column], APART)
            counted += kept & applies
            held += kept & there
        share = held / np.maximum(counted, 1)
        short: Flags = np.round(share, 12) < round(node.minimum_coverage, 12)
        return short & (counted > 0)


def _with_all_below(plan: Plan, nodes: Collection[str]) -> set[str]:
    found: set[str] = set()
    for node in reversed(plan.nodes):
        if node.code in nodes or node.code in found:
            found |= {node.code, *node.child_codes}
    return found


def _mean_of(scores: Floats) -> Floats:
    """(runs,): the mean over the units that have a score, NaN without any."""
    there = ~np.isnan(scores)
    counts = there.sum(axis=1)
    total = np.where(there, scores, 0.0).sum(axis=1)
    return np.where(counts > 0, total / np.maximum(counts, 1), np.nan)


def blocks(runs: int) -> Iterator[slice]:
    """All runs, ``RUNS_AT_ONCE`` at a time."""
    for start in range(0, runs, RUNS_AT_ONCE):
        yield slice(start, min(start + RUNS_AT_ONCE, runs))


def refusals(mean: Mean, values: Floats) -> Iterator[tuple[Reason, Flags]]:
    """Where a mean does not allow a value, by the reason that the pipeline gives."""
    match mean.kind:
        case MeanKind.GEOMETRIC:
            yield Reason.ZERO_IN_GEOMETRIC, values <= 0
        case MeanKind.HARMONIC:
            yield Reason.ZERO_IN_HARMONIC, values == 0
            yield Reason.NEGATIVE_IN_HARMONIC, values < 0
        case MeanKind.POWER if mean.exponent != 1.0:
            yield Reason.NEGATIVE_IN_POWER, values < 0
            if mean.power < 0:
                yield Reason.ZERO_IN_HARMONIC, values == 0
