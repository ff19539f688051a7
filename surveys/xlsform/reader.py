"""A workbook in, a definition or problems out: the passes in their order."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from surveys.engine import DataTable, compile_definition
from surveys.engine.model import Definition
from surveys.engine.problems import Problem, Severity, errors
from surveys.xlsform.checks import Parts, check
from surveys.xlsform.indicators import read_indicators
from surveys.xlsform.items import Items, read_items
from surveys.xlsform.lists import read_lists
from surveys.xlsform.lookups import SHEET_PREFIX, is_lookup, name_of, read_table
from surveys.xlsform.places import is_ours, places_of
from surveys.xlsform.repeats import ROOT
from surveys.xlsform.rows import Table, read_rows
from surveys.xlsform.settings import Settings, read_settings
from surveys.xlsform.tree import build_tree
from surveys.xlsform.vocabulary import CHOICES, INDICATORS, SURVEY, Header
from surveys.xlsform.workbook import Sheet, open_workbook

MAX_PROBLEMS: Final = 500
NONE_ATTACHED: Final[Mapping[str, DataTable]] = MappingProxyType({})

_SHEETS: Final = ("survey", "choices", "settings", "indicators")
WANTED: Final = (*_SHEETS, f"{SHEET_PREFIX}*")
"""The sheets that are read, by their names in small letters."""
_HEADERS: Final = {"survey": SURVEY, "choices": CHOICES, "indicators": INDICATORS}
_REQUIRED: Final = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "indicators": ("code",),
}
_SEVERITIES: Final = (Severity.ERROR, Severity.WARNING, Severity.IGNORED)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The definition, ``None`` if any problem is an error, and all problems by their place."""

    definition: Definition | None
    problems: tuple[Problem, ...]


def read_workbook(
    data: bytes,
    filename: str,
    *,
    code: str,
    agency_types: Collection[str] = (),
    attached: Mapping[str, DataTable] = NONE_ATTACHED,
    catalogue: Collection[str] = (),
) -> ReadResult:
    """Read an XLSForm from .xlsx, .xls or .csv; never raises for what is in the file.

    Every problem has its place ("survey!E14"), a code and advice. ``agency_types`` are the words
    that an indicator's ``applies_to`` may hold; ``attached`` are lookup tables that the definition
    has besides those in the workbook, which go before them; ``catalogue`` holds the codes of
    indicators that questions may name though the workbook has none.
    """
    workbook = open_workbook(data, filename, wanted=WANTED)
    if workbook.problems:
        return ReadResult(None, workbook.problems)
    return read_sheets(
        workbook.sheets,
        code=code,
        agency_types=agency_types,
        attached=attached,
        catalogue=catalogue,
    )


def read_sheets(
    sheets: tuple[Sheet, ...],
    *,
    code: str,
    agency_types: Collection[str] = (),
    attached: Mapping[str, DataTable] = NONE_ATTACHED,
    catalogue: Collection[str] = (),
) -> ReadResult:
    """Read an XLSForm whose sheets are open already."""
    lookups = [read_table(sheet, name_of(sheet)) for sheet in sheets if is_lookup(sheet)]
    named, problems = _known_sheets(tuple(sheet for sheet in sheets if not is_lookup(sheet)))
    problems.extend(problem for each in lookups for problem in each.problems)
    survey = named.get("survey")
    if survey is None:
        return ReadResult(None, tuple(problems))
    settings = read_settings(named.get("settings"), survey)
    tables = {name: _table(named.get(name), header, settings) for name, header in _HEADERS.items()}
    problems.extend(settings.problems)
    problems.extend(problem for table in tables.values() for problem in table.problems)
    missing = _missing_columns(tables)
    if missing:
        return ReadResult(None, _in_order([*problems, *missing]))
    items = read_items(tables["survey"].rows)
    parts = Parts(
        build_tree(items.items),
        read_lists(tables["choices"].rows),
        read_indicators(tables["indicators"].rows, agency_types, catalogue),
        root=settings.kept.get("name", ROOT),
    )
    problems.extend(_part_problems(items, parts))
    found = {each.table.name: each.table for each in lookups if each.table}
    definition = replace(_definition(code, settings, tables, parts), tables={**attached, **found})
    if not settings.title:
        problems.append(_title_missing(named))
    problems.extend(_engine_problems(definition, parts, items, problems))
    return ReadResult(None if errors(problems) else definition, _in_order(problems))


def _known_sheets(sheets: tuple[Sheet, ...]) -> tuple[dict[str, Sheet], list[Problem]]:
    """The sheets we read, under their proper names; the others are reported."""
    named: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        name = sheet.name.strip().lower()
        if name in _SHEETS and name not in named:
            named[name] = Sheet(name, sheet.rows)
        else:
            problems.append(_sheet_ignored(sheet.name, name))
    if "survey" not in named:
        names = [sheet.name for sheet in sheets]
        near = get_close_matches("survey", [name.lower() for name in names], n=1, cutoff=0.5)
        advice = (
            f"Rename the sheet {near[0]} to survey."
            if near
            else f"The sheets are: {', '.join(names) or 'none'}; questions stand in survey."
        )
        problems.insert(0, Problem("sheet_missing", "survey!A1", "survey", advice))
    return named, problems


def _sheet_ignored(title: str, name: str) -> Problem:
    near = [] if name.startswith("_") else get_close_matches(name, _SHEETS, n=1, cutoff=0.8)
    advice = f"Did you mean {near[0]}?" if near else "The sheet is not read."
    severity = Severity.WARNING if near else Severity.IGNORED
    return Problem("sheet_unknown", f"{title}!A1", title, advice, severity)


def _table(sheet: Sheet | None, header: Header, settings: Settings) -> Table:
    if sheet is None:
        return Table()
    return read_rows(
        sheet, header, default_language=settings.default_language, collapse=settings.collapse
    )


def _missing_columns(tables: Mapping[str, Table]) -> list[Problem]:
    return [
        Problem(
            "column_missing",
            f"{sheet}!A1",
            column,
            f"The sheet {sheet} needs the columns {' and '.join(_REQUIRED[sheet])}.",
        )
        for sheet, table in tables.items()
        for column in _REQUIRED[sheet]
        if column not in table.attributes and (table.rows or sheet == "survey")
    ]


def _part_problems(items: Items, parts: Parts) -> Iterator[Problem]:
    yield from items.problems
    yield from parts.tree.problems
    yield from parts.lists.problems
    yield from parts.indicators.problems
    if not parts.tree.children and not errors(items.problems):
        # Rows that are left out, such as metadata, are no mistake; that nothing remains is said all the same.
        severity = Severity.WARNING if items.problems else Severity.ERROR
        advice = "Add questions below the headers."
        yield Problem("survey_empty", "survey!A1", "survey", advice, severity)
    yield from check(parts)


def _definition(
    code: str, settings: Settings, tables: Mapping[str, Table], parts: Parts
) -> Definition:
    languages = [settings.default_language, *settings.title]
    for table in tables.values():
        languages.extend(table.languages)
    return Definition(
        code=code,
        title=settings.title or {settings.default_language: code},
        default_language=settings.default_language,
        languages=tuple(dict.fromkeys(languages)),
        children=parts.tree.children,
        lists=parts.lists.lists,
        indicators=parts.indicators.indicators,
        settings=settings.kept,
    )


def _title_missing(named: Mapping[str, Sheet]) -> Problem:
    sheet = "settings" if "settings" in named else "survey"
    advice = "Write the title under form_title in the sheet settings."
    return Problem("title_missing", f"{sheet}!A1", "form_title", advice, Severity.WARNING)


def _engine_problems(
    definition: Definition, parts: Parts, items: Items, ours: list[Problem]
) -> Iterator[Problem]:
    """What the engine finds, at the cells; not again what was found here already.

    A reference to a row that could not be understood is no second mistake.
    """
    places = places_of(parts)
    said = {(problem.at, problem.name) for problem in ours}
    for problem in compile_definition(definition).problems:
        if is_ours(problem) or problem.name in items.dropped:
            continue
        placed = _attachable(places.at_cell(problem))
        if (placed.at, placed.name) not in said:
            yield placed


def _attachable(problem: Problem) -> Problem:
    """A table that is not there yet can be attached to the draft; publishing insists on it."""
    is_missing = problem.code == "table_unknown"
    return replace(problem, severity=Severity.WARNING) if is_missing else problem


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Errors first, then by sheet, row and column; each once, and not more than one can read."""
    return tuple(sorted(dict.fromkeys(problems), key=_place)[:MAX_PROBLEMS])


def _place(problem: Problem) -> tuple[int, int, int, int, str]:
    sheet, _, cell = problem.at.rpartition("!")
    column = cell.rstrip("0123456789")
    row = cell[len(column) :]
    return (
        _SEVERITIES.index(problem.severity),
        _SHEETS.index(sheet) if sheet in _SHEETS else len(_SHEETS),
        int(row or 0),
        len(column),
        column,
    )
