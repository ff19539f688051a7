"""A column's cells as pieces of XML, a batch at a time and never cell by cell.

A cell is ``<c r="B``, its row's number, and what follows: here a list of parts, each the same for all rows
(a scalar) or an array. A row's parts are joined by Arrow in one pass; a null stands for an empty cell.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pyarrow as pa

from exporters.arrow import Part, Values, every, joined, longest, texts_of
from exporters.arrow import kernels as pc
from exporters.formats.streamed_xlsx.long_texts import Keeper
from exporters.formats.streamed_xlsx.options import MAX_TEXT
from exporters.formats.streamed_xlsx.strings import SharedStrings
from exporters.formats.streamed_xlsx.styles import Style
from exporters.formats.streamed_xlsx.texts import escaped, guarded, units
from exporters.tables import Column, ColumnKind

Parts = list[Part]

EMPTY: Final = '"/>'
"""What stands for a null behind ``<c r="B7``."""
STRINGS: Final = (ColumnKind.TEXT, ColumnKind.CATEGORY)
EXACT: Final = 2**53
"""Whole numbers beyond it are no longer told apart by Excel: they are written as text."""
EPOCH: Final = 25_569
"""The number of 1970-01-01 as Excel counts days."""
FIRST_DAY: Final = (date(1900, 3, 1) - date(1970, 1, 1)).days
"""Before it Excel counts a 29 February 1900 that never was: earlier days are written as text."""
LAST_DAY: Final = (date(9999, 12, 31) - date(1970, 1, 1)).days
DAY: Final = 86_400_000_000
FEW: Final = 64
VALUE_END: Final = "</v></c>"
TEXT_END: Final = "</t></is></c>"


def opening(style: int) -> str:
    """What follows the row's number in a cell with a number."""
    return f'" s="{style}"><v>' if style else '"><v>'


def text_opening(style: int) -> str:
    """What follows the row's number in a cell with a text of its own."""
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'


@dataclass(slots=True)
class ColumnCells:
    """The cells of one column of a sheet. ``keep`` takes texts that are too long for a cell."""

    column: Column
    letters: str
    strings: SharedStrings
    zone: str
    style: int
    keep: Keeper
    _known: dict[bool, tuple[Values, Values]] = field(default_factory=dict)

    def parts(self, values: Values, marks: Values | None, numbers: Values) -> Parts:
        """The cells of as many rows as ``numbers`` names; the code of ``marks`` where there is one."""
        kind = self.column.kind
        made = self._texts(values, numbers) if kind in STRINGS else self._figures(values)
        if marks is not None and marks.null_count < len(marks):
            made = [pc.coalesce(joined(*made), joined(*self._texts(marks, numbers, is_mark=True)))]
        return [pa.scalar(f'<c r="{self.letters}'), numbers, *made]

    def _figures(self, values: Values) -> Parts:
        if values.null_count == len(values):
            return [pa.nulls(len(values), pa.string())]
        made: dict[ColumnKind, Callable[[Values], Parts]] = {
            ColumnKind.NUMBER: self._numbers,
            ColumnKind.INTEGER: self._integers,
            ColumnKind.FLAG: _flags,
            ColumnKind.DATE: self._dates,
            ColumnKind.MOMENT: self._moments,
        }
        return made[self.column.kind](values)

    def _numbers(self, values: Values) -> Parts:
        finite = pc.is_finite(values)
        as_text = values.cast(pa.string())
        return self._numbered(as_text, as_text, finite)

    def _integers(self, values: Values) -> Parts:
        as_text = values.cast(pa.string())
        exact = pc.and_(pc.less_equal(values, EXACT), pc.greater_equal(values, -EXACT))
        return self._numbered(as_text, as_text, exact)

    def _dates(self, values: Values) -> Parts:
        days = values.cast(pa.int32())
        told = pc.and_(pc.greater_equal(days, FIRST_DAY), pc.less_equal(days, LAST_DAY))
        serial = pc.add(days, pa.scalar(EPOCH, pa.int32())).cast(pa.string())
        return self._numbered(
            serial, None if every(told) else pc.strftime(values, "%Y-%m-%d"), told
        )

    def _moments(self, values: Values) -> Parts:
        wall = pc.local_timestamp(values.cast(pa.timestamp("us", self.zone)))
        days = pc.divide(wall.cast(pa.int64()).cast(pa.float64(), safe=False), float(DAY))
        told = pc.and_(pc.greater_equal(days, FIRST_DAY), pc.less(days, LAST_DAY + 1))
        serial = pc.add(days, float(EPOCH)).cast(pa.string())
        text = None if every(told) else pc.strftime(wall, "%Y-%m-%dT%H:%M:%S")
        return self._numbered(serial, text, told)

    def _numbered(self, numbers: Values, texts: Values | None, told: Values) -> Parts:
        """Numbers, and as texts those that Excel would not tell."""
        parts: Parts = [pa.scalar(opening(self.style)), numbers, pa.scalar(VALUE_END)]
        if texts is not None and not every(told):
            written = joined(text_opening(Style.GUARDED), texts, TEXT_END)
            return [pc.if_else(told, joined(*parts), written)]
        return [joined(*parts)] if numbers.null_count else parts

    def _texts(self, values: Values, numbers: Values, *, is_mark: bool = False) -> Parts:
        if not isinstance(values, pa.DictionaryArray):
            if self.column.kind is ColumnKind.TEXT and not is_mark:
                return self._own(texts_of(values), numbers)
            values = values.dictionary_encode()
        repeated = is_mark or self.column.kind is ColumnKind.CATEGORY
        tails = self._tails(values, is_mark=is_mark, always=repeated)
        if tails is None:
            return self._own(texts_of(values), numbers)
        return [tails.take(values.indices)]

    def _tails(
        self, values: "pa.DictionaryArray[Any, Any]", *, is_mark: bool, always: bool
    ) -> Values | None:
        """What stands in a cell for each text of the dictionary, where sharing them is worth it."""
        texts = values.dictionary
        known = self._known.get(is_mark)
        if known is not None and known[0].equals(texts):
            return known[1]
        few = always or len(texts) <= max(FEW, len(values) // 4)
        if not few or not self.strings.room_for(len(texts)):
            return None
        spoken = texts.to_pylist()
        if any(text is not None and len(text) * 2 > MAX_TEXT for text in spoken):
            return None
        guards = guarded(texts.cast(pa.string())).to_pylist()
        tails = pa.array(map(self._tail, spoken, guards), pa.string())
        self._known[is_mark] = (texts, tails)
        return tails

    def _tail(self, text: str | None, is_guarded: bool | None) -> str | None:  # noqa: FBT001
        if not text:
            return None
        style = f' s="{Style.GUARDED}"' if is_guarded else ""
        return f'"{style} t="s"><v>{self.strings.number_of(text)}</v></c>'

    def _own(self, texts: Values, numbers: Values) -> Parts:
        """Texts that are written into their cells."""
        lengths = pc.binary_length(texts)
        if pc.min(lengths).as_py() == 0:
            texts = pc.if_else(pc.equal(lengths, 0), None, texts)
        if longest(texts) > MAX_TEXT:
            texts = self._kept(texts, numbers)
        guards = guarded(texts)
        plain: Part = pa.scalar(text_opening(Style.PLAIN))
        if pc.any(guards).as_py():
            plain = pc.if_else(guards, text_opening(Style.GUARDED), text_opening(Style.PLAIN))
        parts: Parts = [plain, escaped(texts), pa.scalar(TEXT_END)]
        return [joined(*parts)] if texts.null_count else parts

    def _kept(self, texts: Values, numbers: Values) -> Values:
        """The texts with the beginning only of those that no cell can hold."""
        shown: list[Any] = texts.to_pylist()
        for row in pc.indices_nonzero(pc.greater(pc.binary_length(texts), MAX_TEXT)).to_pylist():
            if units(shown[row]) > MAX_TEXT:
                place = f"{self.letters}{numbers[row].as_py()}"
                shown[row] = self.keep(shown[row], place, self.column.name)
        return pa.array(shown, pa.string())


def _flags(values: Values) -> Parts:
    return [pc.if_else(values, f'" t="b"><v>1{VALUE_END}', f'" t="b"><v>0{VALUE_END}')]
