"""Blanks filled by chance, so that an index tells how much its imputation decides."""

from collections.abc import Sequence

import numpy as np

from analytics.definitions.model import IndexDefinition
from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import PRESENT, Flags, Floats, Grid, is_any
from analytics.methods.index.imputing import BLANKS
from analytics.methods.uncertainty.draws import STREAMS

ONE_GROUP = ""


def blanks_of(definition: IndexDefinition, grid: Grid) -> Flags:
    """The cells that an imputation may fill, (units, indicators): never what does not apply."""
    blanks = is_any(grid.why, BLANKS)
    refused = is_any(grid.why, (Reason.REFUSED,))
    for column, indicator in enumerate(definition.indicators):
        if (indicator.imputation or definition.missing.imputation).refused:
            blanks[:, column] |= refused[:, column]
    return blanks


def redrawn(
    grid: Grid, blanks: Flags, groups: Sequence[Sequence[str]], *, seed: int, draw: int
) -> Grid:
    """One imputation of several: every blank gets the answer of a unit drawn by chance.

    An approximate Bayesian bootstrap (Rubin & Schenker 1986, JASA 81): the donors of a column are
    drawn with replacement first, then the answers from them, so that imputations differ by what the
    donors do not tell as well. ``groups[column]``: the group of each unit, whose members are its
    donors; a group without an answer takes all units. A column without any answer stays as it is.
    """
    rng = np.random.default_rng(
        np.random.SeedSequence(seed, spawn_key=(STREAMS.index("imputation"), draw))
    )
    values, why = np.array(grid.values), np.array(grid.why)
    for column in np.flatnonzero(blanks.any(axis=0)):
        answers = grid.values[:, column]
        if np.isnan(answers).all():
            continue
        labels = np.array(groups[int(column)], dtype=np.str_)
        for label in dict.fromkeys(labels[blanks[:, column]]):
            members = labels == label
            rows = np.flatnonzero(blanks[:, column] & members)
            values[rows, column] = _drawn(answers, members, len(rows), rng)
            why[rows, column] = PRESENT
    return Grid(values, why)


def _drawn(answers: Floats, members: Flags, count: int, rng: np.random.Generator) -> Floats:
    own = answers[members & ~np.isnan(answers)]
    donors = own if len(own) else answers[~np.isnan(answers)]
    chosen = donors[rng.integers(0, len(donors), len(donors))]
    return chosen[rng.integers(0, len(chosen), count)]
