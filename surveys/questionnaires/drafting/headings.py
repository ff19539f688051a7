"""A block of headings copied from a spreadsheet: the columns and rows of a table in it.

Whatever is pasted is read: each cell that says something ends in a column, in a row or in a remark.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from surveys.engine import Kind
from surveys.questionnaires.drafting.heading_words import JOIN, kind_of_heading, unit_of
from surveys.questionnaires.drafting.pasting import Cells, slug

MAX_COLUMNS: Final = 200
MAX_ROWS: Final = 1_500
MAX_LEVELS: Final = 3

Spot = tuple[int, int]
"""Row and column of a pasted cell, from 0."""


class Part(StrEnum):
    """What of a table is pasted."""

    COLUMNS = "columns"
    ROWS = "rows"
    BLOCK = "block"


class RemarkCode(StrEnum):
    """Why pasted cells are neither column nor row."""

    CORNER = "corner"
    NUMBERING = "numbering"
    VALUES = "values"
    FORMULA = "formula"
    TOO_MANY = "too_many"
    LIST_HEAD = "list_head"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what it is called, what it is counted in, what it asks for."""

    label: str
    unit: str
    kind: Kind
    cells: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class RowHeading:
    """A row; ``code`` is "" where none was pasted."""

    code: str
    label: str
    cells: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Pasted cells that are left aside, or labels that stand twice, with the first of them."""

    code: RemarkCode
    cells: tuple[Spot, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Headings:
    """All that was found in a block."""

    columns: tuple[Heading, ...] = ()
    rows: tuple[RowHeading, ...] = ()
    remarks: tuple[Remark, ...] = ()


_Each = TypeVar("_Each", Heading, RowHeading)
_LEADING: Final = re.compile(
    r"\A(?:[-+*•]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-Za-zĐđ])[.)])\s+"
)
_NUMBERING: Final = re.compile(r"\(?(?:[A-ZĐ]|\d{1,3})\)?(?:\s*=.*)?")
_VALUE: Final = re.compile(r"[-+]?\d[\d.,\s]*%?|-|\u2013|x", re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_CODE_HEADS: Final = frozenset({"stt", "tt", "so_tt", "so_thu_tu", "ma", "ma_so", "code", "no"})
_LABEL_HEADS: Final = frozenset(
    {"ten", "ten_hang", "noi_dung", "chi_tieu", "ten_chi_tieu", "nhan", "label", "name"}
)
_UNIT_HEADS: Final = frozenset({"don_vi_tinh", "dvt", "unit"})


def headings_of(cells: Cells, part: Part) -> Headings:
    """The columns and rows of a pasted block. Never raises.

    ``COLUMNS``: one row of headings, or up to three levels, of which the upper ones may be merged
    (empty neighbours to the right belong to them); a block of one column is a list of headings.
    ``ROWS``: a list of labels, of codes and labels, or of groups and labels. ``BLOCK``: the headings
    of columns above those of rows; a block of one row or one column is what it can be.
    """
    return _Reader(cells).read(part)


def code_words(label: str) -> str:
    """The part of a row's label that makes its code: without "1.", "a)" and "-" before it."""
    return _LEADING.sub("", label, count=1)


class _Reader:
    def __init__(self, cells: Cells) -> None:
        self.height, self.width = len(cells), len(cells[0]) if cells else 0
        self.texts = {
            (row, column): text
            for row, line in enumerate(cells)
            for column, text in enumerate(line)
            if text
        }
        self.remarks: list[Remark] = []
        self._leave(RemarkCode.FORMULA, (at for at, text in self.texts.items() if text[0] == "="))

    def read(self, part: Part) -> Headings:
        rows: tuple[RowHeading, ...] = ()
        columns: tuple[Heading, ...] = ()
        if part is Part.BLOCK and self.width > 1 and self.height > 1:
            columns, rows = self._block()
        elif part is Part.ROWS or (part is Part.BLOCK and self.height > 1):
            rows = self._rows()
        else:
            columns = self._columns()
        columns = self._kept(columns, MAX_COLUMNS)
        rows = self._kept(rows, MAX_ROWS)
        self._leave(RemarkCode.VALUES, set(self.texts) - _spots(columns) - _spots(rows))
        self._tell_repeated([*columns])
        self._tell_repeated([*rows])
        return Headings(columns, rows, tuple(self.remarks))

    def _columns(self) -> tuple[Heading, ...]:
        if self.width == 1:
            return tuple(_heading([text], [at]) for at, text in sorted(self.texts.items()))
        return tuple(self._headings(self._levels(self._heading_rows()), range(self.width)))

    def _heading_rows(self) -> int:
        """How many rows are headings where none says what is a row: those before the first values."""
        for row in range(1, min(self.height, MAX_LEVELS)):
            if self._is_all(row, _VALUE.fullmatch) or self._is_numbering(row):
                return row
        return min(self.height, MAX_LEVELS)

    def _block(self) -> tuple[tuple[Heading, ...], tuple[RowHeading, ...]]:
        top = self._levels(self._block_heading_rows())
        heads = [self._over(column, top) for column in range(self.width)]
        coded = heads[0] in _CODE_HEADS and self.width > 2
        label = int(coded)
        unit = label + 1 if heads[label + 1] in _UNIT_HEADS else None
        first = (unit or label) + 1
        columns = tuple(self._headings(top, range(first, self.width)))
        body = [
            row for row in range(max(top, default=-1) + 1, self.height) if not self._dropped(row)
        ]
        rows = tuple(self._row(row, label, 0 if coded else None, unit) for row in body)
        corner = [(row, column) for row in top for column in range(first)]
        self._leave(RemarkCode.CORNER, corner)
        return columns, tuple(each for each in rows if each is not None)

    def _block_heading_rows(self) -> int:
        """The first row and those below it that have nothing in the first column."""
        row = 1
        while row < min(self.height, MAX_LEVELS) and (row, 0) not in self.texts and self._says(row):
            row += 1
        return row

    def _levels(self, rows: int) -> list[int]:
        """The rows of headings that are no numbering; a numbering below them is left aside."""
        levels = [row for row in range(rows) if row == 0 or not self._dropped(row)]
        if rows < self.height:
            self._dropped(rows)
        return levels

    def _dropped(self, row: int) -> bool:
        """Whether the row numbers the columns, and is left aside for that, or is empty."""
        if self._is_numbering(row):
            self._leave(RemarkCode.NUMBERING, [(row, column) for column in range(self.width)])
        return not self._says(row)

    def _is_numbering(self, row: int) -> bool:
        """A, B, 1, 2, 3=1+2 below the headings, as official forms number their columns."""
        texts = [self.texts[at] for at in self._row_spots(row)]
        counted = [text for text in texts if text[0].isdigit() or text[:2].strip("(").isdigit()]
        return (
            len(texts) > 1
            and all(map(_NUMBERING.fullmatch, texts))
            and _counts_up(counted)
            and len(texts) - len(counted) <= MAX_LEVELS
        )

    def _headings(self, levels: Sequence[int], columns: Iterable[int]) -> Iterator[Heading]:
        inherited: dict[int, Spot] = {}
        for column in columns:
            own = [(level, column) for level in levels if (level, column) in self.texts]
            if not own:
                continue
            # A new group has nothing to say of what stood below the one before.
            inherited = {level: each for level, each in inherited.items() if level < own[0][0]}
            spots = [*inherited.values(), *own]
            yield _heading([self.texts[at] for at in spots], spots)
            inherited |= {at[0]: at for at in own if at[0] != levels[-1]}

    def _rows(self) -> tuple[RowHeading, ...]:
        if self.height == 1 and not self._is_coded_pair():
            return tuple(RowHeading("", text, (at,)) for at, text in sorted(self.texts.items()))
        if self._has_list_head():
            self._leave(RemarkCode.LIST_HEAD, self._row_spots(0))
        code, label = self._code_and_label()
        if code is None and label == 1:
            return tuple(self._grouped_rows())
        found = (self._row(row, label, code, None) for row in range(self.height))
        return tuple(each for each in found if each is not None)

    def _row(self, row: int, label: int, code: int | None, unit: int | None) -> RowHeading | None:
        spots = [(row, each) for each in (code, label, unit) if each is not None]
        used = tuple(at for at in spots if at in self.texts)
        said = self.texts.get((row, label), "")
        number = self.texts.get((row, code), "") if code is not None else ""
        counted = self.texts.get((row, unit), "") if unit is not None else ""
        if not used:
            return None
        words = f"{said} ({counted})" if said and counted else said or counted
        if not _CODE.fullmatch(number):
            return RowHeading("", " ".join(filter(None, (number, words))), used)
        return RowHeading(number, words or number, used)

    def _grouped_rows(self) -> Iterator[RowHeading]:
        group: tuple[str, Spot] | None = None
        for row in range(self.height):
            upper, lower = self.texts.get((row, 0), ""), self.texts.get((row, 1), "")
            if upper:
                group = (upper, (row, 0))
            if lower and group:
                yield RowHeading("", f"{group[0]}{JOIN}{lower}", (group[1], (row, 1)))
            elif upper or lower:
                at = (row, 0) if upper else (row, 1)
                yield RowHeading("", upper or lower, (at,))

    def _code_and_label(self) -> tuple[int | None, int]:
        """The columns of codes and labels: ``(None, 1)`` where the first one names groups."""
        if self.width == 1:
            return None, 0
        for code, label in ((0, 1), (1, 0)):
            codes = [
                self.texts[row, code] for row in range(self.height) if (row, code) in self.texts
            ]
            labels = [
                self.texts[row, label] for row in range(self.height) if (row, label) in self.texts
            ]
            numbers = all(map(_VALUE.fullmatch, labels))
            if codes and all(map(_CODE.fullmatch, codes)) and labels and not numbers:
                return code, label
        seconds = [self.texts[row, 1] for row in range(self.height) if (row, 1) in self.texts]
        return None, int(bool(seconds) and not all(map(_VALUE.fullmatch, seconds)))

    def _is_coded_pair(self) -> bool:
        return self.width == 2 and _CODE.fullmatch(self.texts.get((0, 0), "")) is not None

    def _has_list_head(self) -> bool:
        words = {slug(self.texts[at]) for at in self._row_spots(0)}
        return self.height > 1 and bool(words & _CODE_HEADS and words & _LABEL_HEADS)

    def _over(self, column: int, levels: Sequence[int]) -> str:
        return next((slug(self.texts[r, column]) for r in levels if (r, column) in self.texts), "")

    def _row_spots(self, row: int) -> list[Spot]:
        return [(row, column) for column in range(self.width) if (row, column) in self.texts]

    def _says(self, row: int) -> bool:
        return bool(self._row_spots(row))

    def _is_all(self, row: int, test: Callable[[str], object]) -> bool:
        spots = self._row_spots(row)
        return bool(spots) and all(test(self.texts[at]) for at in spots)

    def _kept(self, found: tuple[_Each, ...], most: int) -> tuple[_Each, ...]:
        kept = found[:most]
        self._leave(RemarkCode.TOO_MANY, _spots(found[most:]) - _spots(kept))
        return kept

    def _leave(self, code: RemarkCode, spots: Iterable[Spot]) -> None:
        """Cells are told of and taken out."""
        left = sorted(at for at in set(spots) if at in self.texts)
        if left:
            self.remarks.append(Remark(code, tuple(left), self.texts[left[0]]))
            for at in left:
                del self.texts[at]

    def _tell_repeated(self, found: Sequence[Heading | RowHeading]) -> None:
        seen: set[str] = set()
        for each in found:
            if each.label.casefold() in seen:
                self.remarks.append(Remark(RemarkCode.REPEATED, each.cells, each.label))
            seen.add(each.label.casefold())


def _heading(texts: Sequence[str], spots: Sequence[Spot]) -> Heading:
    parts: list[str] = []
    unit = ""
    for text in texts:
        label, said = unit_of(text)
        unit = said or unit
        if not parts or parts[-1].casefold() != label.casefold():
            parts.append(label)
    label = JOIN.join(parts)
    return Heading(label, unit, kind_of_heading(label, unit), tuple(spots))


def _spots(found: Iterable[Heading | RowHeading]) -> set[Spot]:
    return {at for each in found for at in each.cells}


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
