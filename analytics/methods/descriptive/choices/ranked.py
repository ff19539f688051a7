"""The distribution of a question that asks for an order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive.choices.single import estimates_of
from analytics.methods.descriptive.choices.splitting import ticks_of
from analytics.methods.descriptive.columns import Answers, Base, Floats, tally
from analytics.methods.descriptive.design import CENSUS, Design
from analytics.methods.descriptive.intervals import Estimate


@dataclass(frozen=True, slots=True)
class RankedOption:
    """One option of an order. Shares lie in 0..1, of those who answered the question.

    ``n`` ranked it; ``mean_rank`` is taken over them (1 is the first), None where nobody did.
    ``borda``: k - rank points of each answer, for k options, 0 where it was left out; divided by
    what it would have if all had put it first, so it lies in 0..1.
    """

    code: str
    n: int
    mean_rank: float | None
    first: Estimate
    top_three: Estimate
    borda: float | None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order asked for; ``incomplete`` answers leave an option of the question out."""

    base: Base
    design: Design
    options: tuple[RankedOption, ...]
    incomplete: int

    @property
    def n(self) -> int:
        """Those who ranked anything."""
        return self.base.answered


def ranked(answers: Answers, choices: Sequence[str], *, design: Design = CENSUS) -> Ranking:
    """The distribution of a column of codes in order of preference ("c a b").

    An option named twice in a row counts where it stands first. An empty text is blank: nothing was
    put in order. Errors as of ``single_choice``.
    """
    missing = answers.missing
    found = tally(answers, missing)
    valid = list(range(len(missing), len(found.labels)))
    base = found.base(valid, missing)
    listed = [each for each in choices if each not in missing]
    ticks = ticks_of([found.labels[place] for place in valid], listed)
    squares = found.squares[valid].sum()
    first = ticks.where(ticks.rank == 1).tally(found, valid)
    three = ticks.where(ticks.rank <= 3).tally(found, valid)
    ticked = ticks.tally(found, valid)
    heavy, k = found.weights[valid], len(listed)
    ranks = ticks.sums(heavy, ticks.rank.astype(np.float64))
    points = ticks.sums(heavy, np.maximum(0.0, k - ticks.rank))
    best = np.full(len(ticks.labels), base.weight_answered * (k - 1))
    mean_ranks, borda = _quotients(ranks, ticked.weights), _quotients(points, best)
    firsts = estimates_of(first, base, design, squares)
    threes = estimates_of(three, base, design, squares)
    options = tuple(
        RankedOption(
            code,
            int(ticked.counts[place]),
            mean_ranks[place],
            firsts[place],
            threes[place],
            borda[place],
            listed=place < k,
        )
        for place, code in enumerate(ticks.labels)
    )
    whole = ticks.per_answer(ticks.label < k) == k
    return Ranking(base, design, options, incomplete=int(found.counts[valid][~whole].sum()))


def _quotients(above: Floats, below: Floats) -> list[float | None]:
    pairs = zip(above.tolist(), below.tolist(), strict=True)
    return [upper / lower if lower > 0 else None for upper, lower in pairs]
