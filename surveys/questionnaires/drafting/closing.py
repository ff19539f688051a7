"""Which cells of a table are greyed, as a set of cells and as the table's ``closed`` expression."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

ClosedCells = frozenset[tuple[str, str]]
"""(code of the row, name of the column)."""

MAX_DEPTH: Final = 32

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<side>row\(\s*\)|\.)\s*=\s*(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)")"""
    r"""|(?P<sign>or\b|and\b|[()]))"""
)
_COLUMN: Final = re.compile(r"""((?<![\w.])\.\s*!?=\s*(['"]))([^'"]*)\2""")


def read_closed(text: str, rows: Sequence[str], columns: Sequence[str]) -> ClosedCells | None:
    """The cells that the expression closes; ``None`` where it says more than rows and columns do.

    What is read is made of ``row() = 'code'``, ``. = 'name'``, ``and``, ``or`` and brackets; an
    expression that hangs on answers is none. No expression closes nothing.
    """
    if not text.strip():
        return frozenset()
    tokens = _tokens(text)
    if tokens is None:
        return None
    reader = _Reader(tokens, rows, columns)
    found = reader.any_of(0)
    return found if reader.is_done else None


def write_closed(
    cells: Iterable[tuple[str, str]], rows: Sequence[str], columns: Sequence[str]
) -> str:
    """The expression that closes just these cells; those of no row or column are left out.

    Whole columns come first, then whole rows, then the rest, rows with the same closed cells
    together. A column is closed as such where there are two rows or more, so that a row that is added
    later is closed there as well; so are rows. Raises ValueError for a name with both sorts of
    quotation marks, which no expression can hold.
    """
    closed = {(row, column) for row, column in cells if row in set(rows) and column in set(columns)}
    whole_columns = [
        column
        for column in columns
        if len(rows) > 1 and all((row, column) in closed for row in rows)
    ]
    whole_rows = [
        row
        for row in rows
        if len(columns) > 1 and all((row, column) in closed for column in columns)
    ]
    if len(whole_columns) == len(columns):
        whole_rows = []
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        left = tuple(
            each for each in columns if (row, each) in closed and each not in whole_columns
        )
        if left and row not in whole_rows:
            alike[left].append(row)
    terms = [_is(".", column) for column in whole_columns] + [
        _is("row()", row) for row in whole_rows
    ]
    terms += [f"{_one_of('row()', each)} and {_one_of('.', left)}" for left, each in alike.items()]
    return " or ".join(terms)


def retold(text: str, columns: Mapping[str, str]) -> str:
    """The expression with columns by their new names, whatever its shape."""
    return _COLUMN.sub(lambda found: f"{found[1]}{columns.get(found[3], found[3])}{found[2]}", text)


def _one_of(side: str, names: Sequence[str]) -> str:
    said = " or ".join(_is(side, name) for name in names)
    return f"({said})" if len(names) > 1 else said


def _is(side: str, name: str) -> str:
    quote = '"' if "'" in name else "'"
    if quote in name:
        raise ValueError(name)
    return f"{side} = {quote}{name}{quote}"


def _tokens(text: str) -> list[tuple[str, str]] | None:
    """(``row()`` or ``.``, name) and (sign, "")."""
    found: list[tuple[str, str]] = []
    place = 0
    text = text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        side = (match["side"] or "").replace(" ", "")
        name = match["single"] or match["double"] or ""
        found.append((side, name) if side else (match["sign"], ""))
        place = match.end()
    return found


class _Reader:
    """``any_of``: all_of ("or" all_of)*; ``all_of``: one ("and" one)*."""

    def __init__(
        self, tokens: list[tuple[str, str]], rows: Sequence[str], columns: Sequence[str]
    ) -> None:
        self.tokens, self.rows, self.columns = tokens, rows, columns
        self.place = 0

    @property
    def is_done(self) -> bool:
        return self.place == len(self.tokens)

    def any_of(self, depth: int) -> ClosedCells | None:
        found = self.all_of(depth)
        while found is not None and self._takes("or"):
            other = self.all_of(depth)
            found = None if other is None else found | other
        return found

    def all_of(self, depth: int) -> ClosedCells | None:
        found = self.one(depth)
        while found is not None and self._takes("and"):
            other = self.one(depth)
            found = None if other is None else found & other
        return found

    def one(self, depth: int) -> ClosedCells | None:
        if depth > MAX_DEPTH or self.is_done:
            return None
        if self._takes("("):
            found = self.any_of(depth + 1)
            return found if found is not None and self._takes(")") else None
        side, name = self.tokens[self.place]
        self.place += 1
        if side == "row()":
            return frozenset((name, column) for column in self.columns if name in self.rows)
        if side == ".":
            return frozenset((row, name) for row in self.rows if name in self.columns)
        return None

    def _takes(self, sign: str) -> bool:
        taken = not self.is_done and self.tokens[self.place][0] == sign
        self.place += taken
        return taken
