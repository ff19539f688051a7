"""The variables of a data set for people: searched by words and code, with their answers' lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from analytics.dataset import Measure
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import DIVIDING, Item
from analytics.explorer.queries import items_of_round
from analytics.gate.queries import policy_of
from exporters.portal.protection import is_by_name
from exporters.raw.columns import questions_of
from exporters.raw.plans import Languages
from exporters.raw.sources import RawSource
from exporters.raw.words import UNITS, told
from surveys.campaigns.models import Round
from surveys.engine import text_in
from surveys.organisations.search import search_key
from surveys.rendering import missing_code_label

TABLES: Final = frozenset({ItemKind.BATTERY, ItemKind.GRID})
TABULATED: Final = DIVIDING | {ItemKind.NUMBER}
"""What a table can be made of."""
OF_UNITS: Final[Mapping[str, str]] = {"@type": "unit_type", "@province": "unit_province"}
"""Properties of units that can be asked for as variables, and the columns that have them. No question
is called so."""


@dataclass(frozen=True, slots=True)
class VariableRow:
    """One variable: its name in files, the question's words, and what its values mean."""

    name: str
    number: str
    label: str
    section: str
    kind: str
    unit: str
    choices: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    is_tabulated: bool
    is_number: bool

    def fits(self, find: str) -> bool:
        """Whether every word of the search stands in it, tone marks not needed."""
        words = [self.name, self.number, self.label, self.section, *(w for _c, w in self.choices)]
        text = search_key(" ".join(words))
        return all(word in text for word in search_key(find).split())


def variables_of_round(round_: Round) -> list[VariableRow]:
    """Every variable that is no personal data, in the order of the questionnaire."""
    return _rows(items_of_round(round_).values())


def _rows(items: Iterable[Item]) -> list[VariableRow]:
    language = get_language() or "vi"
    return [_row(item, language) for item in items if item.kind not in TABLES]


def _row(item: Item, language: str) -> VariableRow:
    variable = item.variable
    return VariableRow(
        name=item.name,
        number=item.number,
        label=item.label(language),
        section=text_in(item.section, language),
        kind=str(item.kind.label),
        unit=text_in(variable.unit, language),
        choices=tuple(
            (choice.name, text_in(choice.label, language)) for choice in variable.choices
        ),
        missing=tuple((code, missing_code_label(code)) for code in variable.missing),
        is_tabulated=item.kind in TABULATED,
        is_number=item.kind is ItemKind.NUMBER,
    )


def requestable(round_: Round, language: str = "vi") -> list[tuple[str, str]]:
    """What a request for microdata can name: questions, tables and repeats free of personal data by their
    names, then properties of units; with labels. Texts, in which units write their names and numbers,
    are none of them unless units are published by name."""
    source = RawSource([round_])
    measured: dict[str, set[Measure]] = {}
    for variable in source.layout.columns.values():
        measured.setdefault(variable.path.partition("/")[0], set()).add(variable.measure)
    shows_texts = is_by_name(policy_of(round_))
    properties = [
        (name, told(UNITS[column], Languages(language))) for name, column in OF_UNITS.items()
    ]
    questions = [
        (name, label)
        for name, label in questions_of(source, language)
        if shows_texts or measured[name] != {Measure.TEXT}
    ]
    return [*questions, *properties]
