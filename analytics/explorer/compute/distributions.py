"""What is stored of one question: each function takes a column and gives plain data for JSON.

Shares lie in 0..1. ``None`` stands for what could not be computed; ``why_none`` says why a number has no
interval. Nothing is hidden yet: ``protecting`` does that.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.methods.descriptive import (
    Answers,
    Base,
    Design,
    Estimate,
    Histogram,
    Scale,
    likert,
    multiple_response,
    number_summary,
    ranked,
    single_choice,
)

Result = dict[str, Any]


def distribution(item: Item, answers: Answers, design: Design) -> Result:
    """The distribution of a question that is one variable."""
    return BY_KIND[item.kind](item, answers, design)


def base_of(base: Base) -> Result:
    """Who stands behind the numbers."""
    return {
        "rows": base.rows,
        "asked": base.asked,
        "answered": base.answered,
        "blank": base.blank,
        "missing": {code: n for code, n in base.missing.items() if n},
        "unreadable": base.unreadable,
    }


def estimate_of(found: Estimate) -> Result:
    """A number with its interval, or with the reason why it has none."""
    interval = found.interval
    return {
        "value": found.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "method": interval.method.value if interval else None,
        "why_none": found.why_none.value if found.why_none else None,
    }


def _names(item: Item) -> list[str]:
    return [choice.name for choice in item.choices]


def _choice(item: Item, answers: Answers, design: Design) -> Result:
    found = single_choice(answers, _names(item), design=design)
    return {
        "base": base_of(found.base),
        "options": [
            {"code": each.code, "n": each.n, "weight": each.weight} | estimate_of(each.valid)
            for each in found.options
            if each.listed or each.n
        ],
    }


def _scale(item: Item, answers: Answers, design: Design) -> Result:
    found = likert(answers, Scale(tuple(_names(item))), design=design)
    return _choice(item, answers, design) | {
        "scale": {
            "n": found.n,
            "median": found.median,
            "mean": found.mean.value,
            "top": found.top.value,
            "bottom": found.bottom.value,
            "net": found.net,
            "boxes": found.scale.boxes,
        }
    }


def _choices(item: Item, answers: Answers, design: Design) -> Result:
    found = multiple_response(answers, _names(item), design=design)
    return {
        "base": base_of(found.base),
        "responses": found.responses,
        "unticked": found.unticked,
        "options": [
            {
                "code": each.code,
                "n": each.n,
                "weight": each.weight,
                "of_responses": each.of_responses,
            }
            | estimate_of(each.of_respondents)
            for each in found.options
            if each.listed or each.n
        ],
    }


def _rank(item: Item, answers: Answers, design: Design) -> Result:
    found = ranked(answers, _names(item), design=design)
    return {
        "base": base_of(found.base),
        "incomplete": found.incomplete,
        "options": [
            {
                "code": each.code,
                "n": each.n,
                "mean_rank": each.mean_rank,
                "borda": each.borda,
                "top_three": each.top_three.value,
            }
            | estimate_of(each.first)
            for each in found.options
            if each.listed or each.n
        ],
    }


def _number(_item: Item, answers: Answers, design: Design) -> Result:
    found = number_summary(answers, design=design)
    spread = found.spread
    return {
        "base": base_of(found.base),
        "numbers": {
            "n": found.n,
            "mean": estimate_of(found.mean),
            "median": estimate_of(found.median),
            "sum": found.sum,
            "zeros": found.zeros,
            "sd": spread.sd,
            "first_quartile": spread.first_quartile,
            "third_quartile": spread.third_quartile,
            "least": spread.least,
            "greatest": spread.greatest,
            "trimmed_mean": spread.trimmed_mean,
        },
        "bins": bins_of(found.histogram),
    }


def bins_of(found: Histogram) -> list[Result]:
    """The bins of a histogram; ``last`` is the greatest whole number in a bin of whole numbers."""
    return [
        {
            "low": each.low,
            "high": each.high,
            "last": max(each.low, each.high - 1) if found.whole else None,
            "n": each.n,
        }
        for each in found.bins
    ]


def _date(_item: Item, answers: Answers, design: Design) -> Result:
    """Dates by month; the earliest, the median and the latest as ISO texts."""
    found = single_choice(answers, (), design=design)
    days = sorted(each.code for each in found.options for _ in range(each.n))
    months: dict[str, int] = {}
    for day in days:
        months[day[:7]] = months.get(day[:7], 0) + 1
    return {
        "base": base_of(found.base),
        "dates": {
            "earliest": days[0] if days else None,
            "median": days[(len(days) - 1) // 2] if days else None,
            "latest": days[-1] if days else None,
        },
        "months": [{"month": month, "n": n} for month, n in sorted(months.items())],
    }


def _text(_item: Item, answers: Answers, design: Design) -> Result:
    base = single_choice(answers, (), design=design).base
    return {"base": base_of(base), "texts": lengths_of(texts_in(answers))}


def texts_in(answers: Answers) -> list[str]:
    """The answers in words, those that are asked for and not blank."""
    asked = np.ones(len(answers.column), bool) if answers.asked is None else answers.asked
    return [
        text.strip()
        for text, put in zip(answers.column, asked, strict=True)
        if put and isinstance(text, str) and text.strip() and text not in answers.missing
    ]


def lengths_of(texts: Sequence[str]) -> Result:
    """How long answers are, in words and characters: median and the longest."""
    words = np.array([len(text.split()) for text in texts])
    characters = np.array([len(text) for text in texts])
    return {
        "n": len(texts),
        "words": {
            "median": float(np.median(words)) if len(texts) else None,
            "greatest": int(words.max()) if len(texts) else None,
        },
        "characters": {
            "median": float(np.median(characters)) if len(texts) else None,
            "greatest": int(characters.max()) if len(texts) else None,
        },
    }


BY_KIND: Final[Mapping[ItemKind, Callable[[Item, Answers, Design], Result]]] = {
    ItemKind.CHOICE: _choice,
    ItemKind.SCALE: _scale,
    ItemKind.CHOICES: _choices,
    ItemKind.RANK: _rank,
    ItemKind.NUMBER: _number,
    ItemKind.ROWS: _number,
    ItemKind.DATE: _date,
    ItemKind.TEXT: _text,
}
