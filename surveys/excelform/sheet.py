"""One sheet, written row by row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Final

MAX_TEXT: Final = 32_767
"""Characters that a cell can hold."""

LINE: Final = 13.5
"""The height of a line of text in 10 points."""
PADDING: Final = 6
MAX_HEIGHT: Final = 400
"""Programs stop at 409 points."""

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NAMESPACES: Final = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def xml_text(text: str) -> str:
    """The text as the content of an element: what XML cannot hold is left out.

    Programs read ``_x0041_`` as a character's number, so that a text that says so itself is guarded.
    """
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text)
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(text, quote=False).replace("\r", "&#13;")


def attribute(text: str) -> str:
    """The text as the value of an attribute; line ends stay."""
    return escape(_FORBIDDEN.sub("", text)).replace("\n", "&#10;").replace("\r", "")


@cache
def letters(column: int) -> str:
    """The letters of a column; 1 is A."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in so many characters; rather one too many."""
    fitting = max(4, int(width))
    if len(text) <= fitting and "\n" not in text:
        return 1
    return sum(max(1, -(-len(line) // fitting)) for line in text.split("\n"))


class Strings:
    """The texts of a workbook, each kept once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.uses = 0

    def plain(self, text: str) -> int:
        """The place of a text."""
        return self._place(f'<si><t xml:space="preserve">{xml_text(text)}</t></si>')

    def with_hint(self, text: str, hint: str, *, size: float, ink: str) -> int:
        """The place of a text with a second one below it, smaller and paler."""
        if not hint:
            return self.plain(text)
        return self._place(
            f'<si><r><t xml:space="preserve">{xml_text(text)}\n</t></r><r><rPr><sz val="{size:g}"/>'
            f'<color rgb="FF{ink}"/><rFont val="Arial"/></rPr>'
            f'<t xml:space="preserve">{xml_text(hint)}</t></r></si>'
        )

    def xml(self) -> str:
        """The part of the package."""
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            f' count="{self.uses}" uniqueCount="{len(self._places)}">'
            f"{''.join(self._places)}</sst>"
        )

    def _place(self, item: str) -> int:
        self.uses += 1
        return self._places.setdefault(item, len(self._places))


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What may be typed in a range; ``is_strict`` refuses anything else, else it is asked about."""

    kind: str
    first: str
    second: str = ""
    title: str = ""
    message: str = ""
    is_strict: bool = False

    def xml(self, ranges: str) -> str:
        """The element for the ranges."""
        operator = ' operator="between"' if self.second else ""
        style = "" if self.is_strict else ' errorStyle="warning"'
        second = f"<formula2>{xml_text(self.second)}</formula2>" if self.second else ""
        return (
            f'<dataValidation type="{self.kind}"{style}{operator} allowBlank="1"'
            f' showInputMessage="1" showErrorMessage="1" errorTitle="{attribute(self.title[:32])}"'
            f' error="{attribute(self.message[:225])}" sqref="{ranges}">'
            f"<formula1>{xml_text(self.first)}</formula1>{second}</dataValidation>"
        )


@dataclass(slots=True)
class Sheet:
    """A sheet under way. Within a row, cells come from left to right."""

    name: str
    strings: Strings
    state: str = "visible"
    widths: dict[int, float] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    frozen: tuple[int, int] = (0, 0)
    """How many columns and rows stay in sight."""
    repeated_rows: tuple[int, int] | None = None
    """The rows that every printed page begins with."""
    footer: str = ""
    may_insert_rows: bool = True
    at: int = 0
    codes: list[str] = field(default_factory=list)
    _rows: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _attributes: str = ""
    _lines: int = 0
    _merged: list[str] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)
    _validations: dict[Validation, list[str]] = field(default_factory=dict)
    _conditions: list[str] = field(default_factory=list)

    def begin(self, *, height: float = 0, is_hidden: bool = False) -> int:
        """Begin the next row; its number.

        Without a height it is as high as its texts need, and grows with them: programs do not work
        heights out when they open a file.
        """
        self.end()
        self.at += 1
        self._lines = 0 if height or is_hidden else 1
        fixed = min(height, MAX_HEIGHT)
        self._attributes = f' ht="{fixed:g}" customHeight="1"' if height else ""
        if is_hidden:
            self._attributes += ' hidden="1"'
        return self.at

    def end(self) -> None:
        """Finish the row."""
        if self._lines:
            self._attributes = f' ht="{min(LINE * self._lines + PADDING, MAX_HEIGHT):g}"'
        if self._cells or self._attributes:
            cells = "".join(self._cells)
            self._rows.append(f'<row r="{self.at}"{self._attributes}>{cells}</row>')
        self._cells, self._attributes, self._lines = [], "", 0

    def blank(self, column: int, style: int) -> None:
        """An empty cell."""
        self._cells.append(f'<c r="{letters(column)}{self.at}" s="{style}"/>')

    def text(self, column: int, style: int, text: str) -> None:
        """A text, whatever it begins with; nothing for ""."""
        if not text:
            self.blank(column, style)
        else:
            self.string(column, style, self.strings.plain(text), text)

    def string(self, column: int, style: int, place: int, text: str = "") -> None:
        """A string by its place, the row being high enough for its text."""
        if self._lines and text:
            self._lines = max(self._lines, lines_of(text, self.widths.get(column, 9)))
        self._cells.append(
            f'<c r="{letters(column)}{self.at}" s="{style}" t="s"><v>{place}</v></c>'
        )

    def number(self, column: int, style: int, digits: str) -> None:
        """A number in plain digits."""
        self._cells.append(f'<c r="{letters(column)}{self.at}" s="{style}"><v>{digits}</v></c>')

    def formula(
        self, column: int, style: int, formula: str, cached: str, *, is_text: bool = False
    ) -> None:
        """A formula with the value it gives; "" is the empty text."""
        kind = ' t="str"' if is_text or not cached else ""
        self._cells.append(
            f'<c r="{letters(column)}{self.at}" s="{style}"{kind}>'
            f"<f>{xml_text(formula)}</f><v>{xml_text(cached)}</v></c>"
        )

    def code(self, column: int, style: int, code: str) -> None:
        """A code by which the workbook is read back."""
        self.codes.append(code)
        self.string(column, style, self.strings.plain(code))

    def merge(self, first: int, last: int) -> None:
        """Make one cell of several in this row."""
        if last > first:
            self._merged.append(f"{letters(first)}{self.at}:{letters(last)}{self.at}")

    def link(self, column: int, place: str, said: str) -> None:
        """Lead from a cell of this row to a place in the workbook."""
        self._links.append(
            f'<hyperlink ref="{letters(column)}{self.at}" location="{attribute(place)}"'
            f' display="{attribute(said)}"/>'
        )

    def allow(self, validation: Validation, ranges: str) -> None:
        """Say what may be typed in a range."""
        self._validations.setdefault(validation, []).append(ranges)

    def colour(self, ranges: str, rules: Sequence[tuple[int, str]]) -> None:
        """Give a range conditional looks: (look, formula about its first cell), the first wins."""
        start = len(self._conditions) * 4 + 1
        inner = "".join(
            f'<cfRule type="expression" dxfId="{look}" priority="{start + place}">'
            f"<formula>{xml_text(formula)}</formula></cfRule>"
            for place, (look, formula) in enumerate(rules)
        )
        self._conditions.append(
            f'<conditionalFormatting sqref="{ranges}">{inner}</conditionalFormatting>'
        )

    def xml(self, *, is_first: bool = False) -> str:
        """The part of the package."""
        self.end()
        tab = ' tabSelected="1"' if is_first else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet {_NAMESPACES}>'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView showGridLines="0"{tab} workbookViewId="0">{self._pane()}'
            '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"{self._columns()}<sheetData>{''.join(self._rows)}</sheetData>"
            f"{self._protection()}{_wrapped('mergeCells', self._merges())}"
            f"{''.join(self._conditions)}{self._allowed()}{_wrapped('hyperlinks', self._links)}"
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{xml_text(self.footer)}</oddFooter></headerFooter></worksheet>"
        )

    def _merges(self) -> list[str]:
        return [f'<mergeCell ref="{each}"/>' for each in self._merged]

    def _pane(self) -> str:
        columns, rows = self.frozen
        if not columns and not rows:
            return ""
        split = f' xSplit="{columns}"' if columns else ""
        split += f' ySplit="{rows}"' if rows else ""
        corner = f"{letters(columns + 1)}{rows + 1}"
        pane = "bottomRight" if columns and rows else "topRight" if columns else "bottomLeft"
        return (
            f'<pane{split} topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
            f'<selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/>'
        )

    def _columns(self) -> str:
        columns = sorted({*self.widths, *self.hidden_columns})
        if not columns:
            return ""
        inner = "".join(
            f'<col min="{each}" max="{each}" width="{self.widths.get(each, 9):g}" customWidth="1"'
            + (' hidden="1"/>' if each in self.hidden_columns else "/>")
            for each in columns
        )
        return f"<cols>{inner}</cols>"

    def _protection(self) -> str:
        """The structure is locked without a password: it guards from slips, not from people."""
        inserting = ' insertRows="0"' if self.may_insert_rows else ""
        return (
            '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0"'
            f' formatColumns="0" formatRows="0"{inserting}/>'
        )

    def _allowed(self) -> str:
        parts = [rule.xml(" ".join(ranges)) for rule, ranges in self._validations.items()]
        return _wrapped("dataValidations", parts)


def _wrapped(name: str, parts: list[str]) -> str:
    return f"<{name}>{''.join(parts)}</{name}>" if parts else ""
