"""The intermediate tables of a run by name, in the order of the steps."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

(
    RAW,
    STATES,
    IMPUTED,
    FILLED,
    TREATED,
    NORMALISED,
    WEIGHTS,
    SCORES,
    LEVELS,
    RANKS,
    INTERVALS,
    OUTRANKING,
    BESIDE,
    CORRELATIONS,
) = (
    "raw",
    "states",
    "imputed",
    "filled",
    "treated",
    "normalised",
    "weights",
    "scores",
    "levels",
    "ranks",
    "intervals",
    "outranking",
    "beside",
    "correlations",
)

TABLES: Final[Mapping[str, Promise]] = {
    RAW: _("Values read"),
    STATES: _("States of the values"),
    IMPUTED: _("After filling in blanks"),
    FILLED: _("Blanks filled in"),
    TREATED: _("After the treatment of outliers"),
    NORMALISED: _("Normalised values"),
    WEIGHTS: _("Weights"),
    SCORES: _("Scores of the nodes"),
    LEVELS: _("Levels of the nodes"),
    RANKS: _("Ranks"),
    INTERVALS: _("Intervals of ranks and scores"),
    OUTRANKING: _("Who stands before whom"),
    BESIDE: _("What values were computed from"),
    CORRELATIONS: _("Correlations"),
}

LEAF_TABLES: Final = frozenset(
    {RAW, STATES, IMPUTED, FILLED, TREATED, NORMALISED, BESIDE, CORRELATIONS}
)
"""Those from which single answers can be told, in an index of few units also from correlations: they
are for who may read answers."""
