"""The sheet that lists what is to be corrected, with a link to each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from surveys.excelform.marking.package import (
    MAIN,
    RELATION,
    SPREADSHEET,
    WORKBOOK,
    Element,
    Package,
    new_root,
    relations_of,
)
from surveys.excelform.marking.styles import Styles

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_WIDTHS: Final = (22, 10, 52, 30, 64)
_MOST_NAME: Final = 31
_LINE_HEIGHT: Final = 16
_MOST_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to correct: where (the cell may be empty), of which question, what stands there, why."""

    sheet: str
    cell: str
    label: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the list is called and says, in the reader's language.

    ``earlier`` are the titles that an earlier list may have.
    """

    title: str
    intro: str
    headings: Sequence[str]
    earlier: Sequence[str] = ()


def put_list(package: Package, entries: Sequence[Entry], words: Words) -> None:
    """Write the list as the sheet that opens, in the place of an earlier one."""
    styles = Styles(package)
    looks = (
        styles.lettering(),
        styles.lettering(is_bold=True),
        styles.lettering(is_link=True),
    )
    root = _sheet(entries, words, looks)
    parts = package.sheet_parts()
    name = next((each for each in (words.title, *words.earlier) if each in parts), "")
    if name:
        part = parts[name]
        package.remove(relations_of(part))
    else:
        part = package.free_part("xl/worksheets/sheet_ks{}.xml")
        _add_sheet(package, part, words.title[:_MOST_NAME])
    package.put(part, root)
    _open_at(package, part)


def _sheet(entries: Sequence[Entry], words: Words, looks: tuple[int, int, int]) -> Element:
    plain, bold, link = looks
    root = new_root("worksheet", MAIN)
    _add(_add(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
    views = _add(root, "sheetViews")
    view = _add(views, "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
    _add(view, "pane", ySplit="3", topLeftCell="A4", activePane="bottomLeft", state="frozen")
    columns = _add(root, "cols")
    for number, width in enumerate(_WIDTHS, start=1):
        _add(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    data = _add(root, "sheetData")
    _row(data, 1, [(words.title, bold)])
    _row(data, 2, [(words.intro, plain)])
    _row(data, 3, [(heading, bold) for heading in words.headings])
    links: list[tuple[str, str]] = []
    for number, entry in enumerate(entries, start=4):
        look = link if entry.cell else plain
        texts = [(entry.sheet, plain), (entry.cell, look), (entry.label, plain)]
        _row(data, number, [*texts, (entry.text, plain), (entry.reason, plain)])
        if entry.cell:
            name = entry.sheet.replace("'", "''")
            links.append((f"B{number}", f"'{name}'!{entry.cell}"))
    _add(_add(root, "mergeCells", count="1"), "mergeCell", ref="A2:E2")
    if links:
        home = _add(root, "hyperlinks")
        for cell, target in links:
            _add(home, "hyperlink", ref=cell, location=target, display=target)
    _add(root, "pageSetup", orientation="landscape", fitToHeight="0")
    return root


def _row(data: Element, number: int, cells: Sequence[tuple[str, int]]) -> None:
    row = _add(data, "row", r=str(number))
    # Some programs do not work heights out when they open a file: they are told.
    widths = _WIDTHS if len(cells) > 1 else (sum(_WIDTHS),)
    lines = max(_lines(text, width) for (text, _style), width in zip(cells, widths, strict=False))
    row.set("ht", str(lines * _LINE_HEIGHT))
    row.set("customHeight", "1")
    for letter, (text, style) in zip("ABCDE", cells, strict=False):
        if not text:
            continue
        cell = _add(row, "c", r=f"{letter}{number}", s=str(style), t="inlineStr")
        written = _add(_add(cell, "is"), "t")
        written.text = text
        written.set(_SPACE, "preserve")


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that many characters."""
    return min(_MOST_LINES, sum(1 + len(line) // width for line in text.splitlines() or [""]))


def _add(parent: Element, name: str, **attributes: str) -> Element:
    made = etree.SubElement(parent, f"{{{MAIN}}}{name}")
    for key, value in attributes.items():
        made.set(key, value)
    return made


def _add_sheet(package: Package, part: str, title: str) -> None:
    sheets = package.tree(WORKBOOK).find(f"{{{MAIN}}}sheets")
    assert sheets is not None, "a workbook without sheets was refused"
    number = max((int(sheet.get("sheetId") or 0) for sheet in sheets), default=0) + 1
    added = etree.SubElement(sheets, f"{{{MAIN}}}sheet")
    added.set("name", title)
    added.set("sheetId", str(number))
    added.set(f"{{{RELATION}}}id", package.relate(WORKBOOK, "worksheet", part))
    package.declare(part, f"{SPREADSHEET}.worksheet+xml")


def _open_at(package: Package, part: str) -> None:
    """Let the workbook open at a sheet, and at that alone: what is typed goes into all chosen ones."""
    parts = package.sheet_parts()
    for other in parts.values():
        if other == part or b"tabSelected" not in package.bytes_now(other):
            continue
        for view in package.tree(other).iterfind(f"{{{MAIN}}}sheetViews/{{{MAIN}}}sheetView"):
            view.attrib.pop("tabSelected", "")
    workbook = package.tree(WORKBOOK)
    sheets = workbook.find(f"{{{MAIN}}}sheets")
    assert sheets is not None, "a workbook without sheets was refused"
    ids = [sheet.get(f"{{{RELATION}}}id") for sheet in sheets]
    targets = {target: id_ for id_, target in package.related(WORKBOOK, "worksheet")}
    views = workbook.find(f"{{{MAIN}}}bookViews")
    if views is None:
        views = etree.Element(f"{{{MAIN}}}bookViews")
        etree.SubElement(views, f"{{{MAIN}}}workbookView")
        workbook.insert(workbook.index(sheets), views)
    for view in views:
        view.set("activeTab", str(ids.index(targets[part])))
        view.attrib.pop("firstSheet", "")
