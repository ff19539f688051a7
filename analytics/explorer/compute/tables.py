"""Whole tables of a questionnaire: where a cell stands, and how well rows of ratings hang together."""

from collections.abc import Mapping, Sequence

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.dataset import Variable
from analytics.explorer.compute.distributions import Result
from analytics.explorer.items import Item
from analytics.explorer.queries import AskedUnit
from analytics.methods.descriptive import Answers
from analytics.methods.descriptive.response import NonResponse, item_non_response
from analytics.methods.reliability import cronbach_alpha


def place(cell: Variable) -> tuple[str, str]:
    """The codes of a cell's row and column."""
    _table, row, column = cell.path.split("/")
    return row, column


def non_response(answers: Mapping[str, Answers], units: Sequence[AskedUnit]) -> Result:
    """What was left blank, by question and by agency, the most first."""
    found = item_non_response(answers, tuple(str(unit.agency_id) for unit in units))
    names = {str(unit.agency_id): unit for unit in units}
    return {
        "questions": [_blank(each) for each in _most(found.questions)],
        "agencies": [
            _blank(each) | {"name": names[each.name].name, "name_en": names[each.name].name_en}
            for each in _most(found.units)
        ],
    }


def _most(found: Sequence[NonResponse]) -> list[NonResponse]:
    return sorted(found, key=lambda each: (-(each.rate or 0), each.name))


def _blank(told: NonResponse) -> Result:
    return {
        "name": told.name,
        "asked": told.asked,
        "coded": told.coded,
        "blank": told.blank,
        "rate": told.rate,
    }


def alpha_of(table: Item, answers: Mapping[str, Answers], *, is_protected: bool) -> Result:
    """Cronbach's alpha over the rows of ratings, points counted from 1.

    Where agencies are protected, to two decimals and without how many rated every row: that number
    stands in no table of the gate.
    """
    points = {choice.name: float(at) for at, choice in enumerate(table.choices, start=1)}
    columns = {
        name: np.array([points.get(str(value), np.nan) for value in each.column], dtype=float)
        for name, each in answers.items()
    }
    found = cronbach_alpha(columns)
    alpha = found.alpha
    return {
        "value": round(alpha, 2) if is_protected and alpha is not None else alpha,
        "n": None if is_protected else found.complete,
        "reason": found.reason.value if found.reason else None,
    }
