"""What the child that marks a workbook does; it runs under ``surveys.limited``."""

from collections import defaultdict
from typing import Any, Final

from surveys.excelform.marking.cells import Cells, place_of
from surveys.excelform.marking.listing import Entry, Words, put_list
from surveys.excelform.marking.notes import put_notes
from surveys.excelform.marking.package import Package
from surveys.excelform.marking.styles import HARD, SOFT, Styles
from surveys.limited import Refused
from surveys.xlsform.package import inspect
from surveys.xlsform.precheck import Refusal

MOST_MARKS: Final = 2_000

Place = tuple[int, int]


def mark(data: bytes, *, marks: list[dict[str, Any]], words: dict[str, Any], author: str) -> bytes:
    """The workbook with each mark as a coloured cell, a note of ``author`` and a line of the list.

    A mark is ``{"sheet", "cell", "label", "text", "reason", "is_soft"}``; without a cell it is in the
    list alone. ``words`` are the members of ``listing.Words``. What an earlier marking left is taken
    away. Raises Refused for a package that is not read.
    """
    try:
        inspect(data, "", ())
    except Refusal as refusal:
        raise Refused(refusal.problem.code) from refusal
    package = Package(data)
    marks = marks[:MOST_MARKS]
    styles = Styles(package)
    by_sheet = _by_sheet(marks)
    for name, part in package.sheet_parts().items():
        _mark_sheet(package, part, styles, by_sheet.get(name, {}), author)
    members = ("sheet", "cell", "label", "text", "reason")
    entries = [Entry(*(each[member] for member in members)) for each in marks]
    put_list(package, entries, Words(**words))
    return package.packed()


def _by_sheet(marks: list[dict[str, Any]]) -> dict[str, dict[Place, list[dict[str, Any]]]]:
    found: dict[str, dict[Place, list[dict[str, Any]]]] = {}
    for each in marks:
        place = place_of(each["cell"])
        if place is not None:
            found.setdefault(each["sheet"], defaultdict(list))[place].append(each)
    return found


def _mark_sheet(
    package: Package,
    part: str,
    styles: Styles,
    marks: dict[Place, list[dict[str, Any]]],
    author: str,
) -> None:
    if part not in package or not (marks or styles.has_marks or package.related(part, "comments")):
        return
    cells = Cells(package.tree(part))
    if styles.has_marks:
        for place, style in list(cells.styled()):
            if place not in marks and (plain := styles.unmarked(style)) != style:
                cells.restyle(place, plain)
    for place, reasons in marks.items():
        is_soft = all(each.get("is_soft") for each in reasons)
        cells.restyle(place, styles.marked(cells.style(place), SOFT if is_soft else HARD))
    notes = {
        place: "\n".join(dict.fromkeys(each["reason"] for each in reasons))
        for place, reasons in marks.items()
    }
    if notes or package.related(part, "comments"):
        put_notes(package, part, notes, author)
