"""The styles of a workbook with those of the marks added, and what stood under an earlier mark."""

from copy import deepcopy
from typing import Final

from lxml import etree

from surveys.excelform.marking.package import MAIN, SPREADSHEET, WORKBOOK, Element, Package

HARD: Final = "FFFBC6CB"
SOFT: Final = "FFFDE9A9"
"""The colours of the marks: no program has them among those that it offers, so they tell a mark."""

_EMPTY: Final = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
).encode()


class Styles:
    """The part with the styles; a style is named by its number, as cells do."""

    def __init__(self, package: Package) -> None:
        part = next((part for _id, part in package.related(WORKBOOK, "styles")), "")
        if not part or part not in package:
            part = package.free_part("xl/styles{}.xml")
            package.put(part, etree.fromstring(_EMPTY))
            package.relate(WORKBOOK, "styles", part)
            package.declare(part, f"{SPREADSHEET}.styles+xml")
        self._root = package.tree(part)
        self._formats = self._list("cellXfs", "cellStyleXfs")
        self._fills = self._list("fills", "fonts")
        self._fonts = self._list("fonts", "numFmts")
        self._marked: dict[tuple[int, str], int] = {}
        self._plain: dict[int, int] = {}
        self._ours = {
            number for number, fill in enumerate(self._fills) if _colour(fill) in {HARD, SOFT}
        }
        self.has_marks = bool(self._ours)
        """Whether an earlier marking may have left some."""
        self._fill_of = {_colour(fill): number for number, fill in enumerate(self._fills)}

    def marked(self, style: int, colour: str) -> int:
        """The style in a mark's colour."""
        key = (style, colour)
        if key not in self._marked:
            made = self._copy(self.unmarked(style))
            made.set("fillId", str(self._fill(colour)))
            made.set("applyFill", "1")
            self._marked[key] = self._add(self._formats, made)
        return self._marked[key]

    def unmarked(self, style: int) -> int:
        """The style as it was before an earlier mark; itself where there was none."""
        if style not in self._plain:
            self._plain[style] = self._find_plain(style) if self._is_marked(style) else style
        return self._plain[style]

    def lettering(self, *, is_bold: bool = False, is_link: bool = False) -> int:
        """A style of our own for the list: plain, bold or as a link, its lines wrapped."""
        font = deepcopy(self._fonts[0]) if len(self._fonts) else etree.Element(f"{{{MAIN}}}font")
        for name in ("b", "u", "color"):
            for old in font.findall(f"{{{MAIN}}}{name}"):
                font.remove(old)
        if is_bold:
            font.insert(0, etree.Element(f"{{{MAIN}}}b"))
        if is_link:
            self._look_like_link(font)
        made = etree.Element(f"{{{MAIN}}}xf")
        for key, value in {
            "numFmtId": "0",
            "fontId": str(self._add(self._fonts, font)),
            "fillId": "0",
            "borderId": "0",
            "xfId": "0",
            "applyFont": "1",
            "applyAlignment": "1",
        }.items():
            made.set(key, value)
        alignment = etree.SubElement(made, f"{{{MAIN}}}alignment")
        alignment.set("vertical", "top")
        alignment.set("wrapText", "1")
        return self._add(self._formats, made)

    def _look_like_link(self, font: Element) -> None:
        """Underlined and blue; the schema wants the colour behind the size."""
        font.insert(0, etree.Element(f"{{{MAIN}}}u"))
        size = font.find(f"{{{MAIN}}}sz")
        colour = etree.Element(f"{{{MAIN}}}color")
        colour.set("rgb", "FF0563C1")
        font.insert(1 if size is None else font.index(size) + 1, colour)

    def _list(self, name: str, behind: str) -> Element:
        found = self._root.find(f"{{{MAIN}}}{name}")
        if found is not None:
            return found
        made = etree.Element(f"{{{MAIN}}}{name}")
        before = self._root.find(f"{{{MAIN}}}{behind}")
        self._root.insert(0 if before is None else self._root.index(before) + 1, made)
        return made

    def _find_plain(self, style: int) -> int:
        """The style that differs in its filling alone, or one made without filling."""
        wanted = self._signature(style)
        for number in range(len(self._formats)):
            if not self._is_marked(number) and self._signature(number) == wanted:
                return number
        made = self._copy(style)
        made.set("fillId", "0")
        return self._add(self._formats, made)

    def _copy(self, style: int) -> Element:
        if style < len(self._formats):
            return deepcopy(self._formats[style])
        return etree.Element(f"{{{MAIN}}}xf")

    def _add(self, home: Element, element: Element) -> int:
        home.append(element)
        home.set("count", str(len(home)))
        return len(home) - 1

    def _fill(self, colour: str) -> int:
        if colour not in self._fill_of:
            fill = etree.Element(f"{{{MAIN}}}fill")
            pattern = etree.SubElement(fill, f"{{{MAIN}}}patternFill")
            pattern.set("patternType", "solid")
            etree.SubElement(pattern, f"{{{MAIN}}}fgColor").set("rgb", colour)
            etree.SubElement(pattern, f"{{{MAIN}}}bgColor").set("indexed", "64")
            self._fill_of[colour] = self._add(self._fills, fill)
            self._ours.add(self._fill_of[colour])
        return self._fill_of[colour]

    def _is_marked(self, style: int) -> bool:
        if style >= len(self._formats):
            return False
        return int(self._formats[style].get("fillId") or 0) in self._ours

    def _signature(self, style: int) -> tuple[object, ...]:
        """All of a style but its filling."""
        found = self._formats[style]
        attributes = {k: v for k, v in found.attrib.items() if k not in {"fillId", "applyFill"}}
        return (sorted(attributes.items()), [etree.tostring(child) for child in found])


def _colour(fill: Element) -> str:
    colour = fill.find(f"{{{MAIN}}}patternFill/{{{MAIN}}}fgColor")
    return "" if colour is None else (colour.get("rgb") or "").upper()
