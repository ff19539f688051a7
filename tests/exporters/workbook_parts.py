"""An .xlsx package held against what Excel asks of it, beyond what tolerant readers notice."""

import posixpath
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, fromstring

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDER: Final = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
    "drawing",
    "tableParts",
    "extLst",
]
FORMULAS: Final = ("f", "oleObject", "externalReference", "ddeLink", "webPublishItem")


def problems_of(workbook: Path | BinaryIO, *, formulas: bool = False) -> list[str]:
    """What is wrong with the package: links to parts that are not there or are outside, parts of no
    kind, elements out of order, styles and texts that do not exist, cells twice or out of order, and
    (unless ``formulas``) any formula."""
    with zipfile.ZipFile(workbook) as package:
        problems = [f"{package.testzip()}: damaged"] if package.testzip() else []
        names = package.namelist()
        if len({name.casefold() for name in names}) < len(names):
            problems.append("a part is there twice")
        problems += _kinds(package)
        for name in names:
            if name.endswith(".rels"):
                problems += _targets(package, name)
        sheets = [name for name in names if name.startswith("xl/worksheets/sheet")]
        limits = _limits(package)
        for name in sheets:
            root = _xml(package.read(name))
            problems += [f"{name}: {problem}" for problem in _sheet(root, *limits)]
            if not formulas:
                problems += [
                    f"{name}: {tag}" for tag in FORMULAS if root.findall(f".//{MAIN}{tag}")
                ]
        problems += _names(package)
    return problems


def _xml(part: bytes) -> Element:
    return fromstring(part)  # noqa: S314  (written by ourselves)


def _kinds(package: zipfile.ZipFile) -> list[str]:
    root = _xml(package.read("[Content_Types].xml"))
    parts = {each.get("PartName") for each in root if each.tag.endswith("Override")}
    endings = {each.get("Extension") for each in root if each.tag.endswith("Default")}
    names = {f"/{name}" for name in package.namelist()} - {"/[Content_Types].xml"}
    unknown = [name for name in names - parts if name.rsplit(".", 1)[-1] not in endings]
    return [f"{name}: no kind" for name in unknown] + [f"{name}: absent" for name in parts - names]


def _targets(package: zipfile.ZipFile, name: str) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    problems = []
    ids = []
    for link in _xml(package.read(name)):
        ids.append(link.get("Id"))
        target = link.get("Target", "")
        place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if link.get("TargetMode") == "External" or "://" in target:
            problems.append(f"{name}: leads outside to {target}")
        elif place not in package.namelist():
            problems.append(f"{name}: leads to {place}, which is absent")
    if len(set(ids)) < len(ids):
        problems.append(f"{name}: an id twice")
    source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
    if source in package.namelist():
        used = set(re.findall(r'r:(?:id|embed)="([^"]+)"', package.read(source).decode()))
        problems += [f"{source}: no link {each}" for each in used - set(ids)]
    return problems


def _limits(package: zipfile.ZipFile) -> tuple[int, int]:
    """How many styles and shared texts there are."""
    styles = _xml(package.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
    texts = 0
    if "xl/sharedStrings.xml" in package.namelist():
        texts = len(_xml(package.read("xl/sharedStrings.xml")))
    return (0 if styles is None else len(styles)), texts


def _sheet(root: Element, styles: int, texts: int) -> list[str]:
    order = [ORDER.index(each.tag.removeprefix(MAIN)) for each in root]
    problems = [] if order == sorted(order) else ["elements out of order"]
    row_before = 0
    for row in root.iter(f"{MAIN}row"):
        number = int(row.get("r", "0"))
        if number <= row_before:
            problems.append(f"row {number} after {row_before}")
        row_before = number
        places = [each.get("r", "") for each in row]
        columns = [_number(re.sub(r"\d", "", place)) for place in places]
        if columns != sorted(set(columns)) or any(not p.endswith(str(number)) for p in places):
            problems.append(f"cells of row {number} out of order")
        problems += [problem for each in row if (problem := _cell(each, styles, texts))]
    return problems


def _cell(cell: Element, styles: int, texts: int) -> str:
    place = cell.get("r")
    if int(cell.get("s", "0")) >= styles:
        return f"{place}: no such style"
    value = cell.find(f"{MAIN}v")
    if cell.get("t") == "s" and (value is None or int(value.text or "-1") >= texts):
        return f"{place}: no such text"
    if cell.get("t") in {None, "n"} and value is not None and not _is_number(value.text):
        return f"{place}: {value.text!r} is no number"
    return ""


def _names(package: zipfile.ZipFile) -> list[str]:
    root = _xml(package.read("xl/workbook.xml"))
    names = [each.get("name", "") for each in root.iter(f"{MAIN}sheet")]
    problems = [
        f"sheet {name!r}: a name that Excel does not take"
        for name in names
        if not 0 < len(name.encode("utf-16-le")) // 2 <= 31
        or re.search(r"[\[\]:*?/\\]|^'|'$", name)
        or name.casefold() == "history"
    ]
    if len({name.casefold() for name in names}) < len(names):
        problems.append("two sheets of one name")
    return problems


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _is_number(text: str | None) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text or "", re.IGNORECASE))
