"""Definition → the sheets of a workbook, as rows of text."""

from collections.abc import Iterable, Sequence
from typing import Final

from surveys.engine.model import Definition
from surveys.xlsform.cells import clean
from surveys.xlsform.headers import ColumnKey
from surveys.xlsform.lookups import sheet_of
from surveys.xlsform.vocabulary import CHOICES, INDICATORS, SURVEY, Header
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.writing.cells import Cells, choice_cells, indicator_cells, survey_cells

LANGUAGES: Final = {"vi": "Tiếng Việt (vi)", "en": "English (en)"}
"""What languages are called in headers; others stand there by their code."""

_SURVEY: Final = [
    "type",
    "name",
    "number",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "read_only",
    "constraint",
    "constraint_message",
    "warning",
    "warning_message",
    "calculation",
    "trigger",
    "default",
    "choice_filter",
    "repeat_count",
    "row_list",
    "totals",
    "closed",
    "appearance",
    "parameters",
    "own_parameters",
    "unit",
    "indicator",
    "evidence",
    "carry",
    "band",
    "missing",
    "personal_data",
    "successor_of",
    "library_item",
]
_CHOICES: Final = ["list_name", "name", "label", "score"]
_INDICATORS: Final = [
    "code",
    "label",
    "unit",
    "direction",
    "target",
    "legal_basis",
    "numerator",
    "denominator",
    "over",
    "applies_to",
    "scoring",
    "valid_from",
]
_ALWAYS: Final = frozenset({"type", "name", "label", "list_name", "code"})


def sheets_of(definition: Definition) -> tuple[Sheet, ...]:
    """The sheets survey, choices, settings, indicators and one for each lookup table.

    A sheet that would be empty is left out, but for survey and settings.

    ``read_sheets`` makes an equal definition of them, for every definition it can make at all.
    pyxform converts them; what only this product knows stands in columns that pyxform skips.
    """
    survey = list(survey_cells(definition.children))
    choices = list(choice_cells(definition.lists.values()))
    indicators = list(indicator_cells(definition.indicators))
    languages = definition.languages
    written = [_sheet("survey", survey, _SURVEY, SURVEY, languages)]
    if choices:
        extra = dict.fromkeys(
            name for each in definition.lists.values() for c in each.choices for name in c.extra
        )
        written.append(_sheet("choices", choices, [*_CHOICES, *extra], CHOICES, languages))
    written.append(_settings(definition, [*survey, *choices, *indicators]))
    if indicators:
        written.append(_sheet("indicators", indicators, _INDICATORS, INDICATORS, languages))
    written.extend(sheet_of(table) for table in definition.tables.values())
    return tuple(written)


def _sheet(
    name: str,
    rows: Sequence[Cells],
    order: Iterable[str],
    header: Header,
    languages: tuple[str, ...],
) -> Sheet:
    used = dict.fromkeys(key for row in rows for key in row)
    others = [language for _, language in used if language]
    columns: list[ColumnKey] = []
    for attribute in order:
        if attribute not in header.translated:
            columns += [(attribute, "")] if attribute in _ALWAYS or (attribute, "") in used else []
            continue
        columns += [
            (attribute, language)
            for language in dict.fromkeys((*languages, *others))
            if attribute == "label" or (attribute, language) in used
        ]
    texts = [[row.get(column, "") for column in columns] for row in rows]
    return Sheet(name, [[_heading(column) for column in columns], *texts])


def _heading(column: ColumnKey) -> str:
    attribute, language = column
    return f"{attribute}::{named(language)}" if language else attribute


def named(language: str) -> str:
    """A language as headers and settings call it."""
    return LANGUAGES.get(language, language)


def _settings(definition: Definition, rows: Iterable[Cells]) -> Sheet:
    """One row. pyxform takes no translated title, so the other languages' have a column of ours."""
    main = definition.default_language
    cells = {"form_title": definition.title[main]} if main in definition.title else {}
    for language in dict.fromkeys((*definition.languages, *definition.title)):
        if language != main and language in definition.title:
            cells[f"own_title::{named(language)}"] = definition.title[language]
    cells |= definition.settings
    cells["default_language"] = named(main)
    if any(clean(text) != clean(text, collapse=False) for row in rows for text in row.values()):
        cells["clean_text_values"] = "no"
    return Sheet("settings", [list(cells), list(cells.values())])
