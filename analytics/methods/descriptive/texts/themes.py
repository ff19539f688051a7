"""Texts coded into themes by people, and suggestions for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive.choices.multiple import indicators, multiple_response
from analytics.methods.descriptive.columns import Answers, Base, Column
from analytics.methods.descriptive.design import CENSUS, Design
from analytics.methods.descriptive.intervals import Estimate
from analytics.methods.descriptive.texts.searching import search


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: how many coded texts have it, and their share with its interval."""

    code: str
    n: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """Themes of coded texts. ``base.n`` texts are coded, of which ``without`` have no theme.

    ``together[i][j]`` texts have themes i and j; on the diagonal, theme i.
    """

    base: Base
    themes: tuple[Theme, ...]
    without: int
    together: tuple[tuple[int, ...], ...]


def theme_counts(
    answers: Answers, themes: Sequence[str], *, design: Design = CENSUS
) -> ThemeCounts:
    """Counts of a column of themes with spaces between them ("staff funds").

    An empty text was read and has no theme; None is not coded yet. A theme that is not listed stands
    behind those that are.
    """
    found = multiple_response(answers, themes, design=design)
    codes = [option.code for option in found.options]
    asked = None if answers.asked is None else np.asarray(answers.asked, dtype=np.bool_)
    table = np.nan_to_num(indicators(answers.column, codes)).astype(np.int64)
    table = table if asked is None else table[asked]
    return ThemeCounts(
        found.base,
        tuple(Theme(option.code, option.n, option.of_respondents) for option in found.options),
        found.unticked,
        tuple(tuple(row) for row in (table.T @ table).tolist()),
    )


def suggested_themes(texts: Column, rules: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """For each row the themes one of whose searches finds it, with spaces between them.

    ``rules``: by theme, queries as ``search`` reads them. For people to look through: a suggestion is
    no coding. Rows without a suggestion have an empty text.
    """
    found: list[list[str]] = [[] for _ in range(len(texts))]
    for theme, queries in rules.items():
        rows = {row for query in queries for row in search(texts, query)}
        for row in rows:
            found[row].append(theme)
    return tuple(" ".join(themes) for themes in found)
