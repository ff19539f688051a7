"""Notes at cells: the comments' part and the drawing of old that shows them."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from surveys.excelform.marking.cells import draw_notes, letters_of, place_of
from surveys.excelform.marking.package import (
    MAIN,
    RELATION,
    SPREADSHEET,
    Element,
    Package,
    new_root,
)

_VML: Final = "urn:schemas-microsoft-com:vml"
_OFFICE: Final = "urn:schemas-microsoft-com:office:office"
_EXCEL: Final = "urn:schemas-microsoft-com:office:excel"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STYLE: Final = (
    "position:absolute;margin-left:59pt;margin-top:2pt;width:240pt;height:{height}pt;"
    "z-index:1;visibility:hidden"
)
_LINE_HEIGHT: Final = 15
_LINE_LENGTH: Final = 42
_FIRST_SHAPE: Final = 1025

Place = tuple[int, int]


def put_notes(package: Package, sheet: str, notes: Mapping[Place, str], author: str) -> None:
    """Replace the notes of ``author`` on a sheet's part by these; others' notes stay."""
    comments = _Comments(package, sheet, author)
    drawing = _Drawing(package, sheet)
    for place in comments.remove_own():
        drawing.remove(place)
    for place, text in notes.items():
        if comments.write(place, text):
            drawing.add(place, text)


class _Comments:
    """The texts of the notes."""

    def __init__(self, package: Package, sheet: str, author: str) -> None:
        found = package.related(sheet, "comments")
        if found and found[0][1] in package:
            self._root = package.tree(found[0][1])
        else:
            part = package.free_part("xl/comments_ks{}.xml")
            self._root = new_root("comments", MAIN)
            package.put(part, self._root)
            package.relate(sheet, "comments", part)
            package.declare(part, f"{SPREADSHEET}.comments+xml")
        self._authors = self._member("authors", 0)
        self._list = self._member("commentList", 1)
        self._author = self._author_number(author)
        self._opening = f"{author}:\n"

    def remove_own(self) -> list[Place]:
        """Take out what an earlier marking noted; where.

        A note is known by its first line too: some programs forget who wrote it.
        """
        places = []
        for comment in self._list.findall(f"{{{MAIN}}}comment"):
            texts = list(comment.iter(f"{{{MAIN}}}t"))
            is_own = comment.get("authorId") == self._author
            if is_own or "".join(each.text or "" for each in texts).startswith(self._opening):
                self._list.remove(comment)
                if place := place_of(comment.get("ref") or ""):
                    places.append(place)
                continue
            for text in texts:
                run = text.getparent()
                if run is not None and (text.text or "").startswith(f"\n{self._opening}"):
                    run.remove(text)
        return places

    def write(self, place: Place, text: str) -> bool:
        """Note a text; False where it was added to the note of somebody else."""
        name = f"{letters_of(place[1])}{place[0]}"
        for comment in self._list.iterfind(f"{{{MAIN}}}comment"):
            if comment.get("ref") == name:
                home = comment.find(f"{{{MAIN}}}text")
                if home is None:
                    home = etree.SubElement(comment, f"{{{MAIN}}}text")
                self._append(home, f"\n{self._opening}{text}")
                return False
        comment = etree.SubElement(self._list, f"{{{MAIN}}}comment")
        comment.set("ref", name)
        comment.set("authorId", self._author)
        self._append(etree.SubElement(comment, f"{{{MAIN}}}text"), f"{self._opening}{text}")
        return True

    def _append(self, home: Element, text: str) -> None:
        for bare in home.findall(f"{{{MAIN}}}t"):
            run = etree.Element(f"{{{MAIN}}}r")
            home.replace(bare, run)
            run.append(bare)
        run = etree.SubElement(home, f"{{{MAIN}}}r")
        written = etree.SubElement(run, f"{{{MAIN}}}t")
        written.text = text
        written.set(_SPACE, "preserve")

    def _member(self, name: str, position: int) -> Element:
        found = self._root.find(f"{{{MAIN}}}{name}")
        if found is None:
            found = etree.Element(f"{{{MAIN}}}{name}")
            self._root.insert(position, found)
        return found

    def _author_number(self, author: str) -> str:
        names = [each.text or "" for each in self._authors]
        if author not in names:
            etree.SubElement(self._authors, f"{{{MAIN}}}author").text = author
            return str(len(names))
        return str(names.index(author))


class _Drawing:
    """The boxes in which the notes are shown."""

    def __init__(self, package: Package, sheet: str) -> None:
        found = package.related(sheet, "vmlDrawing")
        root = package.tree(sheet)
        named = root.find(f"{{{MAIN}}}legacyDrawing")
        relation = "" if named is None else named.get(f"{{{RELATION}}}id")
        part = next((part for id_, part in found if id_ == relation and part in package), "")
        if part:
            self._root = package.tree(part)
            return
        part = package.free_part("xl/drawings/vmlDrawing_ks{}.vml")
        self._root = _empty_drawing()
        package.put(part, self._root)
        package.declare_extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        if named is not None:
            root.remove(named)
        draw_notes(root, package.relate(sheet, "vmlDrawing", part))

    def remove(self, place: Place) -> None:
        """Take out the box of a note."""
        for shape in self._root.findall(f"{{{_VML}}}shape"):
            data = shape.find(f"{{{_EXCEL}}}ClientData")
            if data is not None and _place_in(data) == place:
                self._root.remove(shape)

    def add(self, place: Place, text: str) -> None:
        """Draw the box of a note; it shows itself when one points at the cell."""
        row, column = place[0] - 1, place[1] - 1
        taken = {shape.get("id") for shape in self._root.iterfind(f"{{{_VML}}}shape")}
        number = _FIRST_SHAPE + len(taken)
        while f"_x0000_s{number}" in taken:
            number += 1
        lines = sum(1 + len(line) // _LINE_LENGTH for line in text.splitlines()) + 1
        shape = etree.SubElement(self._root, f"{{{_VML}}}shape")
        shape.set("id", f"_x0000_s{number}")
        shape.set("type", "#_x0000_t202")
        shape.set("style", _STYLE.format(height=lines * _LINE_HEIGHT))
        shape.set("fillcolor", "#ffffe1")
        shape.set(f"{{{_OFFICE}}}insetmode", "auto")
        etree.SubElement(shape, f"{{{_VML}}}fill").set("color2", "#ffffe1")
        shadow = etree.SubElement(shape, f"{{{_VML}}}shadow")
        shadow.set("color", "black")
        shadow.set("obscured", "t")
        etree.SubElement(shape, f"{{{_VML}}}path").set(f"{{{_OFFICE}}}connecttype", "none")
        box = etree.SubElement(shape, f"{{{_VML}}}textbox")
        box.set("style", "mso-direction-alt:auto")
        etree.SubElement(box, "div").set("style", "text-align:left")
        data = etree.SubElement(shape, f"{{{_EXCEL}}}ClientData")
        data.set("ObjectType", "Note")
        etree.SubElement(data, f"{{{_EXCEL}}}MoveWithCells")
        etree.SubElement(data, f"{{{_EXCEL}}}SizeWithCells")
        anchor = (column + 1, 15, row, 10, column + 5, 15, row + lines, 4)
        for name, said in (
            ("Anchor", ", ".join(map(str, anchor))),
            ("AutoFill", "False"),
            ("Row", str(row)),
            ("Column", str(column)),
        ):
            etree.SubElement(data, f"{{{_EXCEL}}}{name}").text = said


def _place_in(data: Element) -> Place | None:
    row = data.findtext(f"{{{_EXCEL}}}Row", "").strip()
    column = data.findtext(f"{{{_EXCEL}}}Column", "").strip()
    if not (row.isdecimal() and column.isdecimal()):
        return None
    return int(row) + 1, int(column) + 1


def _empty_drawing() -> Element:
    names = {"v": _VML, "o": _OFFICE, "x": _EXCEL}
    root = etree.Element("xml", nsmap=names)
    layout = etree.SubElement(root, f"{{{_OFFICE}}}shapelayout")
    layout.set(f"{{{_VML}}}ext", "edit")
    numbers = etree.SubElement(layout, f"{{{_OFFICE}}}idmap")
    numbers.set(f"{{{_VML}}}ext", "edit")
    numbers.set("data", "1")
    kind = etree.SubElement(root, f"{{{_VML}}}shapetype")
    for key, value in {
        "id": "_x0000_t202",
        "coordsize": "21600,21600",
        f"{{{_OFFICE}}}spt": "202",
        "path": "m,l,21600r21600,l21600,xe",
    }.items():
        kind.set(key, value)
    etree.SubElement(kind, f"{{{_VML}}}stroke").set("joinstyle", "miter")
    path = etree.SubElement(kind, f"{{{_VML}}}path")
    path.set("gradientshapeok", "t")
    path.set(f"{{{_OFFICE}}}connecttype", "rect")
    return root
