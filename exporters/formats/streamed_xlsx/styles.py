"""How cells look: the styles of a streamed workbook, named by number."""

from enum import IntEnum
from typing import Final

from exporters.tables import Column, ColumnKind

MOST_DECIMALS: Final = 15


class Style(IntEnum):
    """Places in the list of cell formats; ``DECIMALS`` begins those with 0 decimals, 1, and so on."""

    PLAIN = 0
    HEAD = 1
    DATE = 2
    MOMENT = 3
    GUARDED = 4
    LINK = 5
    WRAPPED = 6
    DECIMALS = 7


FORMATS: Final = {164: "dd/mm/yyyy", 165: "dd/mm/yyyy hh:mm:ss"}
FIRST_DECIMAL: Final = 166
FONTS: Final = (
    '<font><sz val="10"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/><family val="2"/></font>'
    '<font><u/><sz val="10"/><color rgb="FF14508F"/><name val="Arial"/><family val="2"/></font>'
)
FILLS: Final = (
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF14508F"/></patternFill></fill>'
)
CELLS: Final = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
)
WIDTHS: Final = {
    ColumnKind.NUMBER: 12,
    ColumnKind.INTEGER: 12,
    ColumnKind.TEXT: 32,
    ColumnKind.DATE: 12,
    ColumnKind.MOMENT: 19,
    ColumnKind.CATEGORY: 18,
    ColumnKind.FLAG: 10,
}
WIDEST: Final = 40


def style_of(column: Column) -> int:
    """The style of a column's numbers."""
    if column.kind is ColumnKind.DATE:
        return Style.DATE
    if column.kind is ColumnKind.MOMENT:
        return Style.MOMENT
    if column.kind is ColumnKind.NUMBER and column.decimals is not None:
        return Style.DECIMALS + min(max(column.decimals, 0), MOST_DECIMALS)
    return Style.PLAIN


def width_of(column: Column, head: str) -> int:
    """The width of a column in characters: what its kind needs, and a head that is not too long."""
    return max(WIDTHS[column.kind], min(len(head) + 4, WIDEST))


def styles_xml() -> str:
    """The part of the workbook that holds the styles."""
    decimals = [
        (FIRST_DECIMAL + count, "#,##0" + ("." + "0" * count if count else ""))
        for count in range(MOST_DECIMALS + 1)
    ]
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in [*FORMATS.items(), *decimals]
    )
    numbers = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for number, _ in decimals
    )
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(FORMATS) + len(decimals)}">{formats}</numFmts>'
        f'<fonts count="3">{FONTS}</fonts><fills count="3">{FILLS}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="{Style.DECIMALS + len(decimals)}">{CELLS}{numbers}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
