"""Frequent phrases; and what only those see who may read single answers: whose numbers stand out, and
who wrote what."""

from typing import Any, Final

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.explorer.compute.columns import Flags, RoundColumns
from analytics.explorer.compute.distributions import Result, texts_in
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.methods.descriptive import Answers
from analytics.methods.descriptive.numbers import Outliers, against_last_round, among_peers
from analytics.methods.descriptive.texts import frequent_phrases

MOST_NAMED: Final = 20
MOST_PHRASES: Final = 20
FEWEST_TEXTS: Final = 2


def phrases(item: Item, answers: Answers, least: int) -> Result:
    """Phrases of a question in words that at least ``least`` agencies use; nothing for others."""
    if item.kind is not ItemKind.TEXT:
        return {}
    found = frequent_phrases(
        texts_in(answers), most=MOST_PHRASES, least_texts=max(least, FEWEST_TEXTS)
    )
    return {"phrases": [{"text": each.text, "n": each.texts} for each in found.found]}


def named(item: Item, columns: RoundColumns, rows: Flags, before: dict[int, float]) -> Result:
    """Numbers that stand out, answers in words; nothing for other questions.

    ``before``: the numbers of the round before by agency.
    """
    match item.kind:
        case ItemKind.NUMBER | ItemKind.ROWS:
            return {"outliers": _outliers(item, columns, rows, before)}
        case ItemKind.TEXT:
            return {"written": _written(item, columns, rows)}
        case _:
            return {}


def numbers_by_agency(item: Item, columns: RoundColumns) -> dict[int, float]:
    """The numbers that were answered to a question, by agency."""
    values = _numbers(item, columns)
    return {
        unit.agency_id: float(value)
        for unit, value in zip(columns.units, values, strict=True)
        if not np.isnan(value)
    }


def _written(item: Item, columns: RoundColumns, rows: Flags) -> list[Result]:
    answers = columns.answers(item.name, np.ones(len(rows), dtype=np.bool_))
    asked = np.asarray(answers.asked)
    lines = zip(columns.units, columns.revisions, answers.column, asked & rows, strict=True)
    return [
        {
            "agency": unit.agency_id,
            "name": unit.name,
            "name_en": unit.name_en,
            "revision": revision,
            "text": text.strip(),
        }
        for unit, revision, text, kept in lines
        if kept and isinstance(text, str) and text.strip() and text not in answers.missing
    ]


def _outliers(
    item: Item, columns: RoundColumns, rows: Flags, before: dict[int, float]
) -> list[Result]:
    """Numbers that stand out among agencies of the same type, or by their change since the round before."""
    values = _numbers(item, columns)
    last = np.array([before.get(unit.agency_id, np.nan) for unit in columns.units], dtype=float)
    peers = among_peers(values, [unit.type for unit in columns.units])
    found = [*_lines(peers, columns, rows, before)]
    if len(values):
        found += _lines(against_last_round(values, last), columns, rows, before)
    return found[:MOST_NAMED]


def _numbers(item: Item, columns: RoundColumns) -> Any:
    every = columns.answers(item.name, np.ones(len(columns.units), dtype=np.bool_))
    return np.array(
        [value if isinstance(value, float) else np.nan for value in every.column], dtype=float
    )


def _lines(
    found: Outliers, columns: RoundColumns, rows: Flags, before: dict[int, float]
) -> list[Result]:
    return [
        {
            "agency": columns.units[each.row].agency_id,
            "name": columns.units[each.row].name,
            "name_en": columns.units[each.row].name_en,
            "value": each.value,
            "before": before.get(columns.units[each.row].agency_id),
            "score": each.score,
            "rule": found.rule.value,
        }
        for each in found.found
        if rows[each.row]
    ]
