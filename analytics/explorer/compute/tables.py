"""Whole tables of a questionnaire: where a cell stands, and how well rows of ratings hang together."""

from collections.abc import Mapping

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.dataset import Variable
from analytics.explorer.compute.distributions import Result
from analytics.explorer.items import Item
from analytics.methods.descriptive import Answers
from analytics.methods.reliability import cronbach_alpha


def place(cell: Variable) -> tuple[str, str]:
    """The codes of a cell's row and column."""
    _table, row, column = cell.path.split("/")
    return row, column


def alpha_of(table: Item, answers: Mapping[str, Answers]) -> Result:
    """Cronbach's alpha over the rows of ratings, points counted from 1."""
    points = {choice.name: float(at) for at, choice in enumerate(table.choices, start=1)}
    columns = {
        name: np.array([points.get(str(value), np.nan) for value in each.column], dtype=float)
        for name, each in answers.items()
    }
    found = cronbach_alpha(columns)
    return {
        "value": found.alpha,
        "n": found.complete,
        "reason": found.reason.value if found.reason else None,
    }
