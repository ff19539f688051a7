"""The tables of the round's questions as lines, from what the explorer has stored.

Nothing is computed here: what was not tabulated for the reader's audience is not told.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import override

from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.explorer.queries import basis_of, items_of_round, plain_results
from analytics.explorer.showing.wording import INTERVALS, NO_INTERVAL
from analytics.gate.enums import Audience
from exporters.books.assessment.around.facts import MEASURES, Line
from surveys.campaigns.models import Round
from surveys.engine import text_in

WITH_OPTIONS: Final = {ItemKind.CHOICE, ItemKind.SCALE, ItemKind.CHOICES, ItemKind.RANK}
WITH_NUMBERS: Final = {ItemKind.NUMBER, ItemKind.ROWS}
Stored = Mapping[str, Any]


def lines_of(round_: Round, *, language: str, audience: Audience) -> tuple[Line, ...] | None:
    """The lines of all questions with choices or numbers; None where none is stored for the audience."""
    items = items_of_round(round_)
    stored = plain_results(round_, items.values(), basis_of(round_, audience))
    if not stored:
        return None
    with override(language):
        return tuple(
            line
            for name, item in items.items()
            if name in stored and "refusal" not in stored[name]
            for line in _lines(item, stored[name], language)
        )


def _lines(item: Item, stored: Stored, language: str) -> Iterator[Line]:
    if item.kind in WITH_OPTIONS:
        yield from _options(item, stored, language)
    elif item.kind in WITH_NUMBERS:
        yield from _measures(item, stored, language)


def _options(item: Item, stored: Stored, language: str) -> Iterator[Line]:
    words = {choice.name: text_in(choice.label, language) for choice in item.choices}
    for option in stored["options"]:
        hidden = bool(option.get("hidden"))
        yield Line(
            **_head(item, stored, language),
            what=words.get(option["code"]) or option["code"],
            n=None if hidden else option["n"],
            share=None if hidden else option["value"],
            low=None if hidden else option.get("low"),
            high=None if hidden else option.get("high"),
            note=_method(option),
        )


def _measures(item: Item, stored: Stored, language: str) -> Iterator[Line]:
    """One line with what of the measures is shown; none where nothing is."""
    numbers = stored["numbers"]
    hidden = set(numbers.get("hidden", ()))
    told = {code: numbers[code] for code in MEASURES if code not in hidden}
    values = {
        code: each["value"] if isinstance(each, Mapping) else each for code, each in told.items()
    }
    shown = {code: value for code, value in values.items() if value is not None}
    if shown:
        mean = told.get("mean")
        yield Line(
            **_head(item, stored, language),
            measures=shown,
            note=_method(mean) if isinstance(mean, Mapping) else "",
        )


def _head(item: Item, stored: Stored, language: str) -> dict[str, Any]:
    base = stored["base"]
    return {
        "question": item.name,
        "label": item.title(language),
        "kind": str(item.kind.label),
        "answered": None if base.get("hidden") else base["answered"],
    }


def _method(told: Stored) -> str:
    """By which method the interval is, or why there is none."""
    if told.get("method"):
        return str(INTERVALS.get(told["method"], told["method"]))
    why = told.get("why_none")
    return str(NO_INTERVAL.get(why, why)) if why else ""
