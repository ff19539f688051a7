"""The parts of a workbook and how they hang together, read without a spreadsheet library."""

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from lxml.etree import XMLSyntaxError, fromstring

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
AREA = re.compile(r"'((?:[^']|'')+)'!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


@dataclass(frozen=True)
class Cached:
    """A reference of a chart and what is cached beside it, by place."""

    chart: str
    reference: str
    points: dict[int, str]
    count: int


class Parts:
    """An .xlsx file as its parts."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self.names = file.namelist()
            self.bodies = {name: file.read(name) for name in self.names}
        self.content = content

    def untyped(self) -> list[str]:
        """Parts of which [Content_Types].xml does not say what they are."""
        root = fromstring(self.bodies["[Content_Types].xml"])
        endings = {each.get("Extension") for each in root.iter(f"{TYPES}Default")}
        named = {(each.get("PartName") or "")[1:] for each in root.iter(f"{TYPES}Override")}
        return [
            name
            for name in self.names
            if name not in named
            and name.rpartition(".")[2] not in endings
            and name != "[Content_Types].xml"
        ]

    def typed_but_absent(self) -> list[str]:
        """Parts that [Content_Types].xml names and that are not there."""
        root = fromstring(self.bodies["[Content_Types].xml"])
        named = [(each.get("PartName") or "")[1:] for each in root.iter(f"{TYPES}Override")]
        return [name for name in named if name not in self.bodies]

    def relationships(self) -> Iterator[tuple[str, str, bool]]:
        """(source, target, whether it leads out of the file)."""
        for name in self.names:
            if not name.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(name))
            for each in fromstring(self.bodies[name]).iter(RELATIONSHIP):
                target = each.get("Target") or ""
                path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                yield name, posixpath.normpath(path), each.get("TargetMode") == "External"

    def dangling(self) -> list[tuple[str, str]]:
        """Relationships without a target."""
        return [
            (source, target)
            for source, target, _ in self.relationships()
            if target not in self.bodies
        ]

    def orphans(self) -> list[str]:
        """Parts that nothing leads to."""
        reached = {target for _, target, _ in self.relationships()}
        return [
            name
            for name in self.names
            if name not in reached and not name.endswith(".rels") and name != "[Content_Types].xml"
        ]

    def leading_out(self) -> list[str]:
        """Whatever leads out of the file."""
        outside = [target for _, target, external in self.relationships() if external]
        return outside + [name for name in self.names if "externalLink" in name]

    def unreadable(self) -> list[str]:
        """Parts that are not well-formed XML."""
        broken = []
        for name, body in self.bodies.items():
            try:
                fromstring(body)
            except XMLSyntaxError:
                broken.append(name)
        return broken

    def cached(self) -> Iterator[Cached]:
        """Every reference of every chart with its cache."""
        for name in self.names:
            if not re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                continue
            root = fromstring(self.bodies[name])
            for kind in ("numRef", "strRef"):
                for found in root.iter(f"{CHART}{kind}"):
                    count = found.find(f".//{CHART}ptCount")
                    yield Cached(
                        chart=name,
                        reference=found.findtext(f"{CHART}f") or "",
                        points={
                            int(point.get("idx") or -1): point.findtext(f"{CHART}v") or ""
                            for point in found.iter(f"{CHART}pt")
                        },
                        count=int(count.get("val") or 0) if count is not None else 0,
                    )

    def caches_unlike_cells(self) -> list[str]:
        """Caches of charts that hold anything but what their cells show, in both directions."""
        book = openpyxl.load_workbook(io.BytesIO(self.content), data_only=True)
        wrong = []
        for cached in self.cached():
            cells = _cells(book, cached.reference)
            if cells is None:
                wrong.append(f"{cached.chart}: {cached.reference} is not there")
                continue
            held = {index: value for index, value in enumerate(cells) if value not in (None, "")}
            same = held.keys() == cached.points.keys() and all(
                _same(cached.points[index], value) for index, value in held.items()
            )
            if not same or cached.count != len(cells):
                wrong.append(f"{cached.chart}: {cached.reference}: {held} is not {cached.points}")
        return wrong


def _cells(book: openpyxl.Workbook, reference: str) -> list[object] | None:
    """The values of an area, row by row; None where the workbook does not have it."""
    found = AREA.fullmatch(reference)
    if found is None or (name := found[1].replace("''", "'")) not in book.sheetnames:
        return None
    sheet = book[name]
    last = f"{found[4] or found[2]}{found[5] or found[3]}"
    area = sheet[f"{found[2]}{found[3]}:{last}"]
    if area[-1][-1].row > sheet.max_row or area[-1][-1].column > sheet.max_column:
        return None
    return [cell.value for row in area for cell in row]


def _same(cached: str, value: object) -> bool:
    """Figures but for the last digit: openpyxl writes those of charts to 16."""
    if isinstance(value, int | float):
        return math.isclose(float(cached), float(value), rel_tol=1e-14)
    return cached == str(value)


def faults(content: bytes) -> dict[str, object]:
    """All that is wrong with the parts of a workbook, by what it is; empty where nothing is."""
    parts = Parts(content)
    found = {
        "untyped": parts.untyped(),
        "typed but absent": parts.typed_but_absent(),
        "dangling": parts.dangling(),
        "orphans": parts.orphans(),
        "leading out": parts.leading_out(),
        "unreadable": parts.unreadable(),
        "charts": parts.caches_unlike_cells(),
    }
    return {what: which for what, which in found.items() if which}
