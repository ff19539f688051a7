"""What a change of an index consists of: one contribution per leaf, which add up to the change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.trends.means import Floats, Mean, MeanKind


@dataclass(frozen=True, slots=True)
class ChangeNode:
    """A node of the tree: how its children become its value. A leaf has none.

    ``summed``: the node is sum w x, and does not divide by the weights, which need not add up to 1.
    A node whose rule is no mean (a minimum, Copeland) is given without children: its own change is
    then shown as one line, which is all that can be said exactly.
    """

    code: str
    mean: Mean = field(default_factory=Mean)
    children: tuple["ChangeNode", ...] = ()
    summed: bool = False


@dataclass(frozen=True, slots=True)
class RoundValues:
    """One round of the same units in the same order.

    ``values[code]``: (units,) float64, the value of each leaf and node on the scale that is
    aggregated, NaN = missing. ``weights[code]``: (units,) or a number, the weight of a leaf or node
    among its siblings as it was used, after re-weighting for what is missing; those of one parent
    add up to 1, and what was left out has 0.
    """

    values: Mapping[str, Floats]
    weights: Mapping[str, Floats | float]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The change of ``code`` per unit, and what each leaf adds to it, in points of the index.

    ``change``: (units,). ``by_value`` and ``by_weight``: (units, leaves), what the leaf's own change
    and the change of its weight add. Their sum over the leaves is the change, to 1e-9.
    ``reasons[u]`` says why a unit has no figures; its rows are NaN then, and never shown.
    """

    code: str
    leaves: tuple[str, ...]
    change: Floats
    by_value: Floats
    by_weight: Floats
    reasons: tuple[Reason | None, ...]

    @property
    def by_leaf(self) -> Floats:
        """(units, leaves): value and weight together."""
        return self.by_value + self.by_weight


def decompose(tree: ChangeNode, before: RoundValues, after: RoundValues) -> Decomposition:
    """Share the change of the root out among the leaves, exactly.

    At every node f(Y) = sum w f(x). Its change is taken by midpoints,
    ``d f(Y) = sum mean(w) d f(x) + sum mean(f(x)) d w``, and translated into points by the slope of
    f, so that contributions of any nesting of means add up (for fixed weights this is
    sum w dx for arithmetic, and sum w d ln x times the logarithmic mean for geometric means).
    Nested nodes of one kind are read as one with effective weights. The change of an inner node's
    weight is shared among its leaves by their mean weights in it.

    A leaf that is missing in one round has weight 0 there: all it adds is an effect of its weight.
    A unit without a total in one of the rounds gets ``ONE_ROUND_ONLY``, in both ``NO_DATA``; a
    value that the mean does not allow, ``ZERO_IN_GEOMETRIC``; nodes that are not the means of their
    children, as those of a merged unit, ``NOT_DECOMPOSABLE``. Raises KeyError for a node without
    values and ValueError where weights of siblings do not add up to 1.
    """
    flat = _flattened(tree)
    leaves = tuple(leaf.code for leaf in _leaves(flat.node))
    first, last = _Round(before, flat.within), _Round(after, flat.within)
    start, end = before.values[tree.code], after.values[tree.code]
    reasons = _reasons(flat.node, first, last)
    usable = np.array([reason is None for reason in reasons], dtype=np.bool_)
    sharing = _Sharing(first.taken(usable), last.taken(usable), leaves)
    sharing.share(flat.node, np.ones(int(usable.sum())))
    change = np.where(usable, end - start, np.nan)
    shape = (len(start), len(leaves))
    by_value, by_weight = np.full(shape, np.nan), np.full(shape, np.nan)
    by_value[usable], by_weight[usable] = sharing.by_value, sharing.by_weight
    off = usable & ~np.isclose((by_value + by_weight).sum(axis=1), change, rtol=1e-9, atol=1e-9)
    return Decomposition(
        code=tree.code,
        leaves=leaves,
        change=np.where(off, np.nan, change),
        by_value=np.where(off[:, None], np.nan, by_value),
        by_weight=np.where(off[:, None], np.nan, by_weight),
        reasons=tuple(
            Reason.NOT_DECOMPOSABLE if wrong else reason
            for wrong, reason in zip(off, reasons, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Flat:
    """A tree without a node that has the mean of its parent; ``within`` names who was left out.

    The weight of a child is its own times those of the nodes in ``within[child]``.
    """

    node: ChangeNode
    within: Mapping[str, tuple[str, ...]]


def _flattened(tree: ChangeNode) -> _Flat:
    within: dict[str, tuple[str, ...]] = {}

    def children_of(node: ChangeNode, top: ChangeNode, above: tuple[str, ...]) -> list[ChangeNode]:
        found = []
        for child in node.children:
            if child.children and (child.mean, child.summed) == (top.mean, top.summed):
                found += children_of(child, top, (*above, child.code))
            else:
                within[child.code] = above
                found.append(flat(child))
        return found

    def flat(node: ChangeNode) -> ChangeNode:
        children = tuple(children_of(node, node, ()))
        return ChangeNode(node.code, node.mean, children, node.summed)

    return _Flat(flat(tree), within)


def _leaves(node: ChangeNode) -> list[ChangeNode]:
    if not node.children:
        return [node]
    return [leaf for child in node.children for leaf in _leaves(child)]


class _Round:
    """One round, by effective weights inside of the flattened nodes."""

    def __init__(self, given: RoundValues, within: Mapping[str, tuple[str, ...]]) -> None:
        self.given, self.within = given, within

    def value(self, code: str) -> Floats:
        return self.given.values[code]

    def weight(self, code: str) -> Floats:
        weight = np.ones(len(self.given.values[code]))
        for each in (code, *self.within[code]):
            weight = weight * np.nan_to_num(self.given.weights[each])
        return weight

    def taken(self, units: NDArray[np.bool_]) -> "_Round":
        weights = {
            code: weight if np.ndim(weight) == 0 else np.asarray(weight)[units]
            for code, weight in self.given.weights.items()
        }
        values = {code: value[units] for code, value in self.given.values.items()}
        return _Round(RoundValues(values, weights), self.within)


class _Sharing:
    """Walks down the tree with the points of the root that one point of the node is worth."""

    def __init__(self, before: _Round, after: _Round, leaves: tuple[str, ...]) -> None:
        self.before, self.after = before, after
        self.place = {code: number for number, code in enumerate(leaves)}
        units = len(next(iter(before.given.values.values())))
        self.by_value = np.zeros((units, len(leaves)))
        self.by_weight = np.zeros((units, len(leaves)))

    def share(self, node: ChangeNode, worth: Floats) -> None:
        start, end = self.before.value(node.code), self.after.value(node.code)
        if not node.children:
            present = np.isfinite(start) & np.isfinite(end)
            moved = np.where(present, end, 0.0) - np.where(present, start, 0.0)
            self.by_value[:, self.place[node.code]] += worth * moved
            return
        if not node.summed:
            self._check_weights(node)
        # A node that is left out of a round adds the effect of its weight only; 1 keeps slopes defined.
        there = np.isfinite(start) & np.isfinite(end)
        slope = node.mean.slope(np.where(there, start, 1.0), np.where(there, end, 1.0))
        worth = np.where(there, worth / slope, 0.0)
        for child in node.children:
            self._share_child(node.mean, child, worth)

    def _share_child(self, mean: Mean, child: ChangeNode, worth: Floats) -> None:
        first, last = self.before.weight(child.code), self.after.weight(child.code)
        start, end = self._both(child.code)
        level = (mean.transformed(start) + mean.transformed(end)) / 2
        self._share_weight(child, worth * level * (last - first))
        self.share(child, worth * (first + last) / 2 * mean.slope(start, end))

    def _share_weight(self, child: ChangeNode, effect: Floats) -> None:
        """Hand the effect of a node's weight down to its leaves."""
        if not child.children:
            self.by_weight[:, self.place[child.code]] += effect
            return
        weights = [
            self.before.weight(each.code) + self.after.weight(each.code) for each in child.children
        ]
        total = np.sum(weights, axis=0)
        total = np.where(total > 0, total, 1.0)
        for each, weight in zip(child.children, weights, strict=True):
            self._share_weight(each, effect * weight / total)

    def _both(self, code: str) -> tuple[Floats, Floats]:
        """The two values; one that is missing is that of the other round, and 1 where both are."""
        start, end = self.before.value(code), self.after.value(code)
        start = np.where(np.isfinite(start), start, end)
        end = np.where(np.isfinite(end), end, start)
        none = ~np.isfinite(start)
        return np.where(none, 1.0, start), np.where(none, 1.0, end)

    def _check_weights(self, node: ChangeNode) -> None:
        for each in (self.before, self.after):
            there = np.isfinite(each.value(node.code))
            total = np.sum([each.weight(child.code) for child in node.children], axis=0)
            if not np.allclose(total[there], 1.0, rtol=0, atol=1e-9):
                raise ValueError(f"The weights below {node.code!r} do not add up to 1.")


def _reasons(tree: ChangeNode, before: _Round, after: _Round) -> tuple[Reason | None, ...]:
    start, end = np.isfinite(before.value(tree.code)), np.isfinite(after.value(tree.code))
    refused = _refused(tree, before) | _refused(tree, after)
    reasons: list[Reason | None] = []
    for had, has, stops in zip(start, end, refused, strict=True):
        if had and has:
            reasons.append(Reason.ZERO_IN_GEOMETRIC if stops else None)
        else:
            reasons.append(Reason.ONE_ROUND_ONLY if had or has else Reason.NO_DATA)
    return tuple(reasons)


def _refused(node: ChangeNode, given: _Round) -> NDArray[np.bool_]:
    """Where a child that counts has a value that the mean of its parent does not allow."""
    refused = np.zeros(len(given.value(node.code)), dtype=np.bool_)
    for child in node.children:
        value = given.value(child.code)
        used = np.isfinite(value)
        if node.mean.kind is not MeanKind.ARITHMETIC:
            refused |= used & ~node.mean.allows(value)
        refused |= _refused(child, given)
    return refused
