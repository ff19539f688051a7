"""The looks of cells: every style of a workbook, and the part of the package that lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FONT: Final = "Arial"

INK, INK_2, INK_3 = "17212F", "465468", "5D6B7E"
CANVAS, SUNKEN = "F6F7F9", "EEF1F4"
LINE, LINE_2 = "DFE4EA", "C3CCD6"
ACCENT, ACCENT_SOFT, ACCENT_LINE = "14508F", "E8F0F9", "B4CBE6"
BAD, BAD_SOFT = "A8201A", "FDEAEA"
"""The product's colours, as ``static/css/tokens.css`` has them."""


class Form(StrEnum):
    """How an answer stands in its cell."""

    TEXT = "@"
    WHOLE = "#,##0"
    NUMBER = "#,##0.###"
    DATE = "dd/mm/yyyy"
    MOMENT = "dd/mm/yyyy hh:mm"
    TIME = "hh:mm"


class Variant(StrEnum):
    """What may be done with an answer's cell: typed into; typed into though it is not asked now, or
    though nobody could read it; only read.
    """

    OPEN = "open"
    IDLE = "idle"
    UNREAD = "unread"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One look. Colours are RRGGBB, "" for none."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    link: bool = False
    ink: str = INK
    fill: str = ""
    hatched: bool = False
    line: str = ""
    form: str = "General"
    across: str = ""
    down: str = "center"
    wrap: bool = False
    indent: int = 0
    locked: bool = True


class Styles:
    """Styles by the number under which cells name them; the first is that of every other cell."""

    def __init__(self) -> None:
        self._known: dict[Style, int] = {Style(down=""): 0}

    def __call__(self, style: Style) -> int:
        """The number of the style."""
        return self._known.setdefault(style, len(self._known))

    def xml(self) -> str:
        """The part of the package."""
        fonts = _Parts()
        fills = _Parts('<fill><patternFill patternType="none"/></fill>', _GREY)
        borders = _Parts(_border(""))
        forms = _Forms()
        formats = "".join(
            _format(
                each, fonts(_font(each)), fills(_fill(each)), borders(_border(each.line)), forms
            )
            for each in self._known
        )
        return (
            f'{_HEAD}<numFmts count="{len(forms.own)}">{forms.xml()}</numFmts>'
            f'<fonts count="{len(fonts)}">{fonts}</fonts><fills count="{len(fills)}">{fills}</fills>'
            f'<borders count="{len(borders)}">{borders}</borders><cellStyleXfs count="1">'
            '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._known)}">{formats}</cellXfs><cellStyles count="1">'
            '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            f'<dxfs count="2">{_DXF_WHOLE}{_DXF_UNREAD}</dxfs></styleSheet>'
        )


WHOLE_DXF, UNREAD_DXF = 0, 1
"""The conditional looks: a decimal without decimals, and text where a number belongs."""

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
_GREY: Final = '<fill><patternFill patternType="gray125"/></fill>'
_DXF_WHOLE: Final = '<dxf><numFmt numFmtId="3" formatCode="#,##0"/></dxf>'
_DXF_UNREAD: Final = (
    f'<dxf><font><color rgb="FF{BAD}"/></font><fill><patternFill patternType="solid">'
    f'<fgColor rgb="FF{BAD_SOFT}"/><bgColor rgb="FF{BAD_SOFT}"/></patternFill></fill></dxf>'
)
_BUILT_IN: Final = {"General": 0, "#,##0": 3, "0%": 9, "@": 49}
_FIRST_OWN: Final = 164


class _Parts:
    """Distinct pieces of XML by their place."""

    def __init__(self, *first: str) -> None:
        self._places = {each: place for place, each in enumerate(first)}

    def __call__(self, piece: str) -> int:
        return self._places.setdefault(piece, len(self._places))

    def __len__(self) -> int:
        return len(self._places)

    def __str__(self) -> str:
        return "".join(self._places)


class _Forms:
    """Number formats; those that programs do not know by heart have numbers of their own."""

    def __init__(self) -> None:
        self.own: dict[str, int] = {}

    def __call__(self, form: str) -> int:
        if form in _BUILT_IN:
            return _BUILT_IN[form]
        return self.own.setdefault(form, _FIRST_OWN + len(self.own))

    def xml(self) -> str:
        return "".join(
            f'<numFmt numFmtId="{number}" formatCode="{form}"/>'
            for form, number in self.own.items()
        )


def _font(style: Style) -> str:
    marks = "".join(_marks(style))
    return (
        f'<font>{marks}<sz val="{style.size:g}"/><color rgb="FF{style.ink}"/>'
        f'<name val="{FONT}"/><family val="2"/></font>'
    )


def _marks(style: Style) -> Iterator[str]:
    if style.bold:
        yield "<b/>"
    if style.italic:
        yield "<i/>"
    if style.link:
        yield "<u/>"


def _fill(style: Style) -> str:
    if style.hatched:
        return (
            f'<fill><patternFill patternType="lightUp"><fgColor rgb="FF{LINE_2}"/>'
            f'<bgColor rgb="FF{style.fill}"/></patternFill></fill>'
        )
    if not style.fill:
        return '<fill><patternFill patternType="none"/></fill>'
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{style.fill}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _border(line: str) -> str:
    if not line:
        return "<border><left/><right/><top/><bottom/><diagonal/></border>"
    sides = "".join(
        f'<{side} style="thin"><color rgb="FF{line}"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}<diagonal/></border>"


def _format(style: Style, font: int, fill: int, border: int, forms: _Forms) -> str:
    across = f' horizontal="{style.across}"' if style.across else ""
    down = f' vertical="{style.down}"' if style.down else ""
    wrap = ' wrapText="1"' if style.wrap else ""
    indent = f' indent="{style.indent}"' if style.indent else ""
    return (
        f'<xf numFmtId="{forms(style.form)}" fontId="{font}" fillId="{fill}" borderId="{border}"'
        ' xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
        ' applyAlignment="1" applyProtection="1">'
        f"<alignment{across}{down}{wrap}{indent}/>"
        f'<protection locked="{int(style.locked)}"/></xf>'
    )
