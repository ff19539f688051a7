"""How looks and tones are drawn."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from openpyxl.cell.cell import Cell as Target
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection
from openpyxl.styles import Side as Line
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import Cell, Colour, Look, Side, Tone
from exporters.book.cells import decimals_of

FACE: Final = "Arial"
SIZE: Final = 10
HAIRLINE: Final = Border(bottom=Line(style="thin", color=Colour.LINE))
TOTAL_LINE: Final = Border(top=Line(style="thin", color=Colour.INK_2))
WRAPPED: Final = {Look.TEXT, Look.HEAD, Look.NOTE, Look.LABEL, Look.CAPTION}
UNLINED: Final = {Look.TITLE, Look.SUBTITLE, Look.FIGURE, Look.CAPTION}
_WHOLE: Final = {
    Look.INTEGER: "#,##0",
    Look.DECIMAL: "#,##0",
    Look.PERCENT: "0",
    Look.SHARE: "0",
    Look.FIGURE: "#,##0",
}
_DATES: Final = {Look.DATE, Look.MOMENT}
DAY: Final = "d/m/yyyy"
MOMENT: Final = "hh:mm d/m/yyyy"
_FONTS: Final[Mapping[Look, Mapping[str, object]]] = {
    Look.TITLE: {"size": 16, "bold": True},
    Look.SUBTITLE: {"size": 12, "bold": True},
    Look.HEAD: {"bold": True, "color": Colour.PAPER},
    Look.LABEL: {"bold": True},
    Look.NOTE: {"italic": True, "color": Colour.INK_3},
    Look.CAPTION: {"color": Colour.INK_2},
    Look.FIGURE: {"size": 20, "bold": True, "color": Colour.ACCENT},
    Look.LINK: {"color": Colour.ACCENT, "underline": "single"},
}
_TONES: Final[Mapping[Tone, Mapping[str, object]]] = {
    Tone.INPUT: {"color": Colour.ACCENT, "bold": True},
    Tone.SERVER: {"color": Colour.INK_2},
    Tone.TOTAL: {"bold": True},
    Tone.MUTED: {"color": Colour.INK_3},
    Tone.GOOD: {"color": Colour.OK},
    Tone.BAD: {"color": Colour.BAD},
}
_GROUNDS: Final = {
    Tone.INPUT: Colour.WARN_SOFT,
    Tone.SERVER: Colour.SUNKEN,
    Tone.GOOD: Colour.OK_SOFT,
    Tone.BAD: Colour.BAD_SOFT,
}

Kind = tuple[Look, Tone, int | None, int, object, bool, Side, bool]


_GUARDED: Final = "=+-@"


def number_format(cell: Cell) -> str:
    """The code by which the program of the reader draws the value, in the separators of its region.

    Text that a program might take for a formula when it is edited is marked as text.
    """
    if isinstance(cell.value, str):
        return FORMAT_TEXT if cell.value[:1] in _GUARDED else "General"
    if cell.look in _DATES or isinstance(cell.value, date):
        moment = cell.look is Look.MOMENT or isinstance(cell.value, datetime)
        return MOMENT if moment else DAY
    if (decimals := decimals_of(cell)) is None:
        return "General"
    places = "." + "0" * decimals if decimals else ""
    if cell.look is Look.CHANGE:
        return f"+#,##0{places};-#,##0{places};0{places}"
    return f"{_WHOLE[cell.look]}{places}{'%' if cell.look is Look.SHARE else ''}"


def _sort(value: object) -> object:
    """What of a value its number format hangs on."""
    return (value[:1] in _GUARDED) if isinstance(value, str) else type(value)


class Stylist:
    """Knows the number of each style of the workbook that the cells of one sheet have; each kind of cell is
    made up once."""

    def __init__(self, sheet: Worksheet, *, lined: bool) -> None:
        self._sheet = sheet
        self._lined = lined
        self._numbers: dict[Kind, int] = {}

    def number(self, cell: Cell, side: Side, *, tall: bool) -> int:
        """The style with the font, ground, border, alignment and number format of the cell."""
        value = cell.value
        kind = (
            cell.look,
            cell.tone,
            cell.decimals,
            cell.indent,
            _sort(value),
            cell.link is None,
            side,
            tall,
        )
        found = self._numbers.get(kind)
        if found is None:
            found = self._numbers[kind] = self._make(cell, side, tall=tall).style_id
        return found

    def _make(self, cell: Cell, side: Side, *, tall: bool) -> Target:
        made = Target(self._sheet, row=1, column=1)
        made.number_format = number_format(cell)
        linked = _FONTS[Look.LINK] if cell.link else {}
        made.font = Font(
            **{
                "name": FACE,
                "size": SIZE,
                "color": Colour.INK,
                **_FONTS.get(cell.look, {}),
                **_TONES.get(cell.tone, {}),
                **linked,
            }  # type: ignore[arg-type]  # openpyxl's many keywords
        )
        ground = Colour.ACCENT if cell.look is Look.HEAD else _GROUNDS.get(cell.tone)
        if ground is not None:
            made.fill = PatternFill("solid", fgColor=ground)
        made.alignment = _alignment(cell, side, tall=tall)
        if cell.tone is Tone.TOTAL:
            made.border = TOTAL_LINE
        elif self._lined and cell.look not in UNLINED:
            made.border = HAIRLINE
        if cell.tone is Tone.INPUT:
            made.protection = Protection(locked=False)
        return made


def _alignment(cell: Cell, side: Side, *, tall: bool) -> Alignment:
    middle = not tall or cell.look in {Look.HEAD, Look.TITLE, Look.SUBTITLE, Look.FIGURE}
    return Alignment(
        horizontal=_horizontal(cell, side),
        vertical="center" if middle else "top",
        wrap_text=cell.look in WRAPPED,
        indent=cell.indent,
    )


def _horizontal(cell: Cell, side: Side) -> str | None:
    if side is Side.RIGHT:
        return "right"
    return "left" if cell.indent or cell.look is Look.FIGURE else None
