"""Answers of several codes, "a c", split all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive.columns import Codes, Flags, Floats, Tally, coded

ROW_END = "\x00"


@dataclass(frozen=True, slots=True)
class Ticks:
    """Every code named in ``answers`` distinct answers, each code once in an answer.

    ``answer``, ``label`` and ``rank`` have one entry per code named: the place of its answer, its
    place in ``labels``, and where it stands in its answer, from 1.
    """

    labels: tuple[str, ...]
    answers: int
    answer: Codes
    label: Codes
    rank: Codes

    def sums(self, by_answer: Floats, factor: Floats | None = None) -> Floats:
        """The sum over labels of a number per answer, times a ``factor`` per code named."""
        heavy = by_answer[self.answer] if factor is None else by_answer[self.answer] * factor
        return np.bincount(self.label, heavy, len(self.labels)).astype(np.float64)

    def per_answer(self, chosen: Flags | None = None) -> Codes:
        """How many codes each answer names, of those ``chosen``."""
        answer = self.answer if chosen is None else self.answer[chosen]
        return np.bincount(answer, minlength=self.answers)

    def tally(self, found: Tally, valid: Sequence[int]) -> Tally:
        """The sums of ``found``, whose labels at ``valid`` are the answers, by code named."""
        places = list(valid)
        counts = self.sums(found.counts[places].astype(np.float64))
        return Tally(
            self.labels,
            counts.round().astype(np.int64),
            self.sums(found.weights[places]),
            self.sums(found.squares[places]),
            blank=found.blank,
            blank_weight=found.blank_weight,
            rows=found.rows,
            weighted=found.weighted,
        )

    def where(self, chosen: Flags) -> "Ticks":
        """The codes named that are ``chosen``."""
        return Ticks(
            self.labels, self.answers, self.answer[chosen], self.label[chosen], self.rank[chosen]
        )


def ticks_of(answers: Sequence[str], choices: Sequence[str]) -> Ticks:
    """The codes of distinct answers; labels are ``choices`` first, then what else is named."""
    words = f" {ROW_END} ".join([*answers, ""]).split()
    read = coded(np.array(words, dtype=object), [*choices, ROW_END])
    end = read.codes == len(choices)
    answer, label = np.cumsum(end)[~end], read.codes[~end]
    label = np.where(label > len(choices), label - 1, label)
    labels = tuple(each for each in read.labels if each != ROW_END)
    _, first = np.unique(answer * max(len(labels), 1) + label, return_index=True)
    kept = np.sort(first)
    answer, label = answer[kept], label[kept]
    rank = np.arange(len(answer)) - np.searchsorted(answer, answer) + 1
    return Ticks(labels, len(answers), answer, label, rank)
