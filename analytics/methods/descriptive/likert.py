"""The distribution of a question answered on an ordered scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.methods.descriptive.choices.single import Option, SingleChoice, from_tally
from analytics.methods.descriptive.columns import Answers, Tally, tally
from analytics.methods.descriptive.design import CENSUS, Design, NoInterval
from analytics.methods.descriptive.estimates import (
    Squares,
    from_squares,
    share,
    weighted_quantile,
    weighted_share,
)
from analytics.methods.descriptive.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Scale:
    """Points from the least to the most favourable; ``beside`` are answers off the scale.

    ``reversed_item``: the sentence is turned round, so that its most favourable answer is the first
    point; positions become k + 1 - x. Raises ValueError for fewer than two points, or one twice.
    """

    points: tuple[str, ...]
    beside: tuple[str, ...] = ()
    reversed_item: bool = False

    def __post_init__(self) -> None:
        names = (*self.points, *self.beside)
        if len(self.points) < 2 or len(set(names)) != len(names):
            raise ValueError("A scale has at least two points, each of another name.")

    @property
    def ordered(self) -> tuple[str, ...]:
        """From the least to the most favourable, with a reversed item turned."""
        return self.points[::-1] if self.reversed_item else self.points

    @property
    def boxes(self) -> int:
        """How many points make "top" and "bottom": two, or one on a scale of two or three."""
        return 2 if len(self.points) >= 4 else 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a diverging bar, from ``start`` to ``end`` in shares; 0 is the middle of the scale."""

    code: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Likert:
    """A scale's distribution. Positions run from 1 (least favourable) to k.

    ``options`` counts answers beside the scale in, ``on_scale`` leaves them out. ``mean`` takes the
    points as equally far from each other, which an ordinal scale does not promise: show it with that
    remark (``mean_is_of_ordinal``). ``rescaled`` is that mean as (x - 1) / (k - 1) * 100. ``top``
    and ``bottom`` are the shares of the outer points on either side (``scale.boxes`` of them), ``net`` their difference in -1..1; all over answers on the scale.
    """

    options: SingleChoice
    on_scale: SingleChoice
    scale: Scale
    median: float | None
    mean: Estimate
    rescaled: Estimate
    top: Estimate
    bottom: Estimate
    net: float | None
    diverging: tuple[Segment, ...]
    mean_is_of_ordinal: bool = True

    @property
    def n(self) -> int:
        """Answers on the scale."""
        return self.on_scale.base.answered


def likert(answers: Answers, scale: Scale, *, design: Design = CENSUS) -> Likert:
    """The distribution of a column of one code each over ``scale``.

    Errors as of ``single_choice``. Answers that are neither points nor beside the scale stand among
    the options, and on the scale among the missing.
    """
    ordered, missing = scale.ordered, answers.missing
    listed = [*ordered, *scale.beside]
    found = tally(answers, [*listed, *missing])
    unlisted = found.labels[len(listed) + len(missing) :]
    off = [*scale.beside, *missing, *unlisted]
    on_scale = from_tally(found, listed=ordered, missing=off, design=design)
    points = on_scale.options
    top, bottom = _box(found, on_scale, scale, top=True), _box(found, on_scale, scale, top=False)
    mean = _mean(found, on_scale)
    return Likert(
        options=from_tally(found, listed=listed, missing=missing, design=design),
        on_scale=on_scale,
        scale=scale,
        median=weighted_quantile(
            np.arange(1.0, len(points) + 1), found.weights[: len(points)], 0.5
        ),
        mean=mean,
        rescaled=rescaled(mean, len(points)),
        top=top,
        bottom=bottom,
        net=None if top.value is None or bottom.value is None else top.value - bottom.value,
        diverging=diverging(points),
    )


def rescaled(mean: Estimate, k: int) -> Estimate:
    """A mean of positions 1..k on a scale of 0..100: (x - 1) / (k - 1) * 100."""
    factor = 100 / (k - 1)
    interval = mean.interval and replace(
        mean.interval,
        low=(mean.interval.low - 1) * factor,
        high=(mean.interval.high - 1) * factor,
    )
    return Estimate(
        None if mean.value is None else (mean.value - 1) * factor,
        interval,
        mean.why_none,
        None if mean.error is None else mean.error * factor,
    )


def diverging(points: Sequence[Option]) -> tuple[Segment, ...]:
    """The pieces of a bar that hangs at the middle of the scale.

    Less favourable points lie left of 0, more favourable right of it; the middle point of an odd
    scale lies half on either side. Lengths are valid shares. Empty where nobody answered.
    """
    shares = [each.valid.value for each in points]
    if not shares or None in shares:
        return ()
    lengths = np.array(shares, dtype=np.float64)
    half = len(points) // 2
    middle = lengths[half] / 2 if len(points) % 2 else 0.0
    ends = np.cumsum(lengths) - (lengths[:half].sum() + middle)
    starts = ends - lengths
    return tuple(
        Segment(point.code, float(start), float(end))
        for point, start, end in zip(points, starts, ends, strict=True)
    )


def _mean(found: Tally, on_scale: SingleChoice) -> Estimate:
    k, base = len(on_scale.options), on_scale.base
    if base.weight_answered <= 0:
        return Estimate(None, why_none=on_scale.design.no_interval(0) or NoInterval.FEW)
    positions = np.arange(1.0, k + 1)
    centre = float(positions @ found.weights[:k]) / base.weight_answered
    squares = float(((positions - centre) ** 2) @ found.squares[:k])
    return from_squares(Squares(centre, squares, base.weight_answered), base, on_scale.design)


def _box(found: Tally, on_scale: SingleChoice, scale: Scale, *, top: bool) -> Estimate:
    k, base = len(on_scale.options), on_scale.base
    places = slice(k - scale.boxes, k) if top else slice(scale.boxes)
    counts, weights = found.counts[:k][places], found.weights[:k][places]
    if not base.weighted:
        return share(int(counts.sum()), base.answered, on_scale.design)
    chosen = (float(weights.sum()), float(found.squares[:k][places].sum()))
    all_of = (base.weight_answered, float(found.squares[:k].sum()))
    return weighted_share(chosen, all_of, base.answered, on_scale.design)
