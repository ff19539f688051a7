"""What a recalculated assessment workbook says, by the places of its cells."""

from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl

from analytics.definitions import IndexDefinition, read, write
from analytics.methods.index import IndexTables
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.places import Places
from exporters.books.assessment.weights_sheet import WEIGHT

Weights = Mapping[tuple[str, str], float]


def changed(workbook: openpyxl.Workbook, places: Places, weights: Weights) -> None:
    """The workbook with other weights in its cells."""
    sheet = workbook[places.sheets["weights"]]
    for place, weight in weights.items():
        sheet.cell(places.weights[place], WEIGHT).value = weight


def reweighted(contents: AssessmentContents, weights: Weights) -> IndexDefinition:
    """The definition with the weights that the workbook uses, some of them changed."""
    used = {(row.node, row.child): contents.used_weight(row) for row in contents.weights}
    used.update(weights)
    document, unweighed = write(contents.definition), set[str]()

    def weigh(node: dict[str, Any]) -> None:
        for child in node["children"]:
            weight = used[node["code"], child.get("indicator") or child["code"]]
            if weight is None:
                unweighed.add(node["code"])
            else:
                child["weight"] = weight
            if "children" in child:
                weigh(child)

    for node in (document["tree"], *document.get("support", ())):
        weigh(node)
    by_node = {code: {"method": contents.weighting_of(code).value} for code in unweighed}
    document["weighting"] = {"method": "given", "by_node": by_node}
    return read(document)


def differences(
    workbook: openpyxl.Workbook, places: Places, tables: IndexTables
) -> list[tuple[str, str, str, Any, Any]]:
    """Every (what, unit, element, of the workbook, of the run) that does not agree to 1e-9."""
    found = []
    for what, unit, element, here, there in _pairs(workbook, places, tables):
        if not agree(here, there):
            found.append((what, unit, element, here, there))
    return found


def agree(here: Any, there: Any) -> bool:
    """Whether two cells say the same: figures to 1e-9, texts to the letter, nothing as nothing."""
    if isinstance(here, int | float) and isinstance(there, int | float):
        return abs(here - there) <= 1e-9 * max(1.0, abs(there))
    return (here or "") == (there or "")


def _pairs(
    workbook: openpyxl.Workbook, places: Places, tables: IndexTables
) -> Iterator[tuple[str, str, str, Any, Any]]:
    for row, unit in zip(places.rows, tables.units, strict=True):
        sheet = workbook[places.normalised.sheet]
        for code, column in places.normalised.columns.items():
            value = sheet.cell(row, column).value
            yield "normalised", unit, code, value, _of(tables.normalised, unit, code)
        for code, block in places.blocks.items():
            sheet, number = workbook[block.sheet], tables.units.index(unit)
            score = _of(tables.scores, unit, code)
            yield "score", unit, code, sheet.cell(row, block.score).value, score
            coverage = _of(tables.coverage, unit, code)
            yield "coverage", unit, code, sheet.cell(row, block.coverage).value, coverage
            rank = tables.ranks[code].within[number]
            wanted = ("NOT_RANKED" if isinstance(score, float) else score) if rank != rank else rank  # noqa: PLR0124  (NaN is not itself)
            yield "rank", unit, code, sheet.cell(row, block.rank).value, wanted
            if block.level:
                level = tables.levels[code].level(number)
                none = "" if isinstance(score, float) else score
                shown = sheet.cell(row, block.level).value
                yield "level", unit, code, shown, none if level is None else level


def _of(table: Any, unit: str, column: str) -> Any:
    value = table.value(unit, column)
    return str(table.reason(unit, column)) if value is None else value


def wrong_cells(before: openpyxl.Workbook, after: openpyxl.Workbook) -> list[tuple[Any, ...]]:
    """Every cell whose written value is not what a recalculation makes of it."""
    found = []
    for sheet in before.worksheets:
        other = after[sheet.title]
        for line in sheet.iter_rows():
            for cell in line:
                value = other[cell.coordinate].value
                if not agree(value, cell.value):
                    found.append((sheet.title, cell.coordinate, cell.value, value))
    return found
