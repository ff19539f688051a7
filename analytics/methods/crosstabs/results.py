"""What a cross-tabulation gives: all that a page, a file or the disclosure gate needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analytics.definitions.reasons import Reason
from analytics.methods.multiplicity import Adjustment
from analytics.methods.plain import plain


class AssociationMethod(StrEnum):
    """How a p-value was found."""

    PEARSON = "pearson"
    FISHER = "fisher_exact"
    PERMUTATION = "permutation"
    RAO_SCOTT = "rao_scott_second_order"


@dataclass(frozen=True, slots=True)
class Head:
    """One axis: its keys in order, whether rows may have several of them, rows missing by code."""

    name: str
    keys: tuple[str, ...]
    multiple: bool
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Margin:
    """Respondents of a row, a column or a whole sheet; ``weighted`` is ``n`` where no weights are."""

    n: int
    weighted: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Shares are 0..1 of the weighted margins, None where a margin is 0.

    ``residual`` is the adjusted standardised residual (Haberman 1973), over the linearised standard
    error where there are weights; None where no test was made. ``marked``: it lies beyond the bound.
    """

    n: int
    weighted: float
    row_share: float | None
    column_share: float | None
    total_share: float | None
    residual: float | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Association:
    """One test of independence, or the ``reason`` why there is none.

    ``row`` and ``column`` name the option tested against the rest where an axis has several answers,
    else None. ``statistic`` is X² with ``df``, or the F of Rao and Scott with ``df`` and ``df2``; ``g2`` the
    likelihood ratio. ``p`` is by ``method``: an exact or permutation test where the expected counts are
    ``sparse`` (below 5 in more than 20 % of cells, or any below 1). ``p_adjusted`` is over the ``tests``
    of the family. ``small_groups`` are the groups that a refusal is about. Cramér's V as is and corrected
    for bias (Bergsma 2013), ``phi`` with its sign for a 2 x 2 table.
    """

    row: str | None
    column: str | None
    n: int
    method: AssociationMethod | None = None
    statistic: float | None = None
    df: float | None = None
    df2: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    tests: int = 0
    g2: float | None = None
    g2_p: float | None = None
    cramers_v: float | None = None
    cramers_v_corrected: float | None = None
    phi: float | None = None
    sparse: bool = False
    least_expected: float | None = None
    share_below_five: float | None = None
    permutations: int | None = None
    seed: int | None = None
    reason: Reason | None = None
    small_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of one layer; ``layer`` None is all layers together.

    ``cells`` by row, then column. Totals count respondents, so the cells of an axis with several answers
    add up to more than they do.
    """

    layer: str | None
    base: Margin
    rows: tuple[Margin, ...]
    columns: tuple[Margin, ...]
    cells: tuple[tuple[Cell, ...], ...]
    associations: tuple[Association, ...]


@dataclass(frozen=True, slots=True)
class CrossTab:
    """A table to three dimensions. ``together`` is over all layers, ``sheets`` has one for each.

    The base are respondents with a valid answer on every axis and a weight above 0; ``asked`` are all
    rows given. p-values are adjusted over the tests of ``together``, and over those of all ``sheets``.
    """

    rows: Head
    columns: Head | None
    layers: Head | None
    weighted: bool
    asked: int
    together: Sheet
    sheets: tuple[Sheet, ...]
    adjustment: Adjustment
    marked_beyond: float

    def as_plain(self) -> dict[str, Any]:
        """Dicts, lists, numbers and texts, ready for JSON."""
        return dict(plain(self))
