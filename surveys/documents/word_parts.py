"""Pieces of a DOCX: text with a look, grids without lines, rules, the page."""

from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import _Element
from PIL import ImageFont

from surveys.documents.fonts import BOLD

TYPEFACE: Final = "Times New Roman"
_MM_PER_POINT: Final = 25.4 / 72


class Holder(Protocol):
    """A document, a cell, a header: what paragraphs are added to."""

    def add_paragraph(self, text: str = "") -> Paragraph:
        """A new paragraph at the end."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks; ``size``, ``before`` and ``after`` in points, indents in mm."""

    size: float
    bold: bool = False
    italic: bool = False
    centred: bool = False
    justified: bool = False
    indent: float = 0
    left: float = 0
    before: float = 0
    after: float = 0


def set_page(document: DocumentObject) -> None:
    """A4 with the margins of the Decree, Times New Roman, Vietnamese."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = Mm(10)
    style = document.styles["Normal"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), TYPEFACE)
    language = _element("w:lang", val="vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    style.element.rPr.append(language)


def number_pages(document: DocumentObject) -> None:
    """The page's number, centred at the top, from the second page on."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind in ("begin", "", "end"):
        run._r.append(_element("w:fldChar", fldCharType=kind) if kind else _page_field())


def add_text(holder: Holder, text: str, look: Look) -> Paragraph:
    """A paragraph of that text; a cell's empty first paragraph is used up before."""
    paragraph = _first_or_new(holder)
    place = paragraph.paragraph_format
    place.space_before, place.space_after = Pt(look.before), Pt(look.after)
    place.line_spacing = 1.05
    place.left_indent, place.first_line_indent = Mm(look.left), Mm(look.indent)
    if look.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif look.justified:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(look.size), look.bold, look.italic
    return paragraph


def add_grid(
    document: DocumentObject, *, rows: int, widths: tuple[float, ...]
) -> list[list[_Cell]]:
    """The cells, row by row, of a table without lines; widths in mm. No row is parted by a page."""
    table: Table = document.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="0", type="dxa"))
    properties.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return [list(row.cells) for row in table.rows]


def add_rule(cell: _Cell, *, of: float, within: float) -> None:
    """A centred line of ``of`` mm in a cell of ``within`` mm."""
    paragraph = add_text(cell, "", Look(size=2, before=2, after=4))
    paragraph.paragraph_format.line_spacing = Pt(2)  # an empty paragraph is else as high as a line
    aside = max(0.0, (within - of) / 2)
    paragraph.paragraph_format.left_indent = Mm(aside)
    paragraph.paragraph_format.right_indent = Mm(aside)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", val="single", sz="6", space="1", color="000000"))
    successors = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, *successors)  # type: ignore[arg-type]  # takes any


def width_of(text: str, *, size: float) -> float:
    """How wide the text is in bold Times of that many points, in mm."""
    return float(_bold().getlength(text)) / _MEASURED_AT * size * _MM_PER_POINT


_MEASURED_AT: Final = 1000


@cache
def _bold() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BOLD, _MEASURED_AT)


def _first_or_new(holder: Holder) -> Paragraph:
    if isinstance(holder, _Cell):
        first: Paragraph = holder.paragraphs[0]
        if len(holder.paragraphs) == 1 and not first.runs:
            return first
    return holder.add_paragraph()


def _page_field() -> _Element:
    field = OxmlElement("w:instrText")
    field.text = "PAGE"
    return field


def _element(name: str, **attributes: str) -> _Element:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
