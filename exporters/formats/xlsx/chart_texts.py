"""Words on charts, in the face and the sizes of the workbook."""

from typing import Final

from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from exporters.book import Colour
from exporters.formats.xlsx.styles import FACE
from exporters.formats.xlsx.texts import readable

HEADLINE: Final = 1200
BODY: Final = 900
SMALL: Final = 800
"""In hundredths of a point."""


def headline(text: str, *, size: int = HEADLINE, bold: bool = True) -> Title:
    """The title of a chart or of an axis."""
    letters = _letters(size, bold=bold)
    run = RegularTextRun(rPr=letters, t=readable(text))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])))


def faced(size: int) -> RichText:
    """The letters of an axis, a legend or labels."""
    properties = ParagraphProperties(defRPr=_letters(size, bold=False))
    return RichText(p=[Paragraph(pPr=properties, r=[], endParaRPr=CharacterProperties())])


def _letters(size: int, *, bold: bool) -> CharacterProperties:
    colour = Colour.INK if bold else Colour.INK_2
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=Font(typeface=FACE))
