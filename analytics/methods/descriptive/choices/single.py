"""The distribution of a question with one answer of several."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.methods.descriptive.columns import (
    Answers,
    Base,
    Column,
    Tally,
    coded,
    rows_of,
    tally,
)
from analytics.methods.descriptive.design import CENSUS, Design
from analytics.methods.descriptive.estimates import share, weighted_share
from analytics.methods.descriptive.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. Shares lie in 0..1.

    ``valid``: of those who answered, with its interval; ``total``: of all asked, missing included.
    ``listed`` is False for an answer that is no choice of the question (of an older version, say).
    """

    code: str
    n: int
    weight: float
    valid: Estimate
    total: float | None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """A distribution: the choices in their order, then what is no choice, as it appeared."""

    base: Base
    design: Design
    options: tuple[Option, ...]

    @property
    def n(self) -> int:
        """Valid answers."""
        return self.base.answered


@dataclass(frozen=True, slots=True)
class Written:
    """A text written behind "other", as often as it was."""

    text: str
    n: int


def single_choice(
    answers: Answers, choices: Sequence[str], *, design: Design = CENSUS
) -> SingleChoice:
    """The distribution of a column of one code each.

    A row holds a choice's code, a missing code, or None for blank; ``choices`` are in their order.
    Raises ValueError for weights or flags of another length, for weights that are negative or not
    finite, and in a sample for more answers than units in the population.
    """
    listed = [each for each in choices if each not in answers.missing]
    found = tally(answers, [*listed, *answers.missing])
    return from_tally(found, listed=listed, missing=answers.missing, design=design)


def from_tally(
    found: Tally, *, listed: Sequence[str], missing: Sequence[str], design: Design = CENSUS
) -> SingleChoice:
    """A distribution from sums alone: those of ``tally``, or of segments added up.

    ``found.labels`` begins with ``listed`` and holds every code of ``missing``; what else is among
    them is an answer that is no choice.
    """
    codes = set(missing)
    valid = [place for place, label in enumerate(found.labels) if label not in codes]
    base = found.base(valid, missing)
    estimates = estimates_of(found, base, design, found.squares[valid].sum())
    options = tuple(
        Option(
            found.labels[place],
            int(found.counts[place]),
            float(found.weights[place]),
            estimates[place],
            float(found.weights[place]) / base.weight_asked if base.weight_asked > 0 else None,
            listed=place < len(listed),
        )
        for place in valid
    )
    return SingleChoice(base, design, options)


def estimates_of(found: Tally, base: Base, design: Design, squares: float) -> list[Estimate]:
    """The share of every label of ``found`` among the answers of ``base``.

    ``squares`` is the sum of squared weights of those answers; unread without weights.
    """
    if not base.weighted:
        return [share(int(n), base.answered, design) for n in found.counts]
    all_of = (base.weight_answered, float(squares))
    chosen = zip(found.weights, found.squares, strict=True)
    return [
        weighted_share((float(weight), float(square)), all_of, base.answered, design)
        for weight, square in chosen
    ]


def written_beside(answers: Answers, texts: Column, *, other: str = "other") -> tuple[Written, ...]:
    """What was written behind ``other``, most frequent first, then by the alphabet.

    Texts differ where they differ after trimming; empty ones are left out. They are the
    respondents' own words: whether they may be shown is the disclosure gate's to say.
    """
    codes = coded(answers.column, [other]).codes
    asked, _ = rows_of(answers, len(codes))
    there = codes == 0 if asked is None else (codes == 0) & asked
    words = pd.Series(np.asarray(texts, dtype=object)[there], dtype=object).dropna()
    counts = words.astype(str).str.strip().value_counts()
    found = [Written(str(text), int(n)) for text, n in counts.items() if text != ""]
    return tuple(sorted(found, key=lambda each: (-each.n, each.text)))
