"""How each column of a table becomes a variable of Stata."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from exporters.naming import cut, legal_names
from exporters.scanning import Scanned, scanned, whole_numbers
from exporters.tables import Column, ColumnKind, DataTable, WrittenColumn

MOST_COLUMNS: Final = 120_000
LONGEST_NAME: Final = 32
LONGEST_LABEL: Final = 80
LONGEST_VALUE_LABEL: Final = 32_000
LONGEST_STRING: Final = 244
"""In bytes. Stata has room for 2,045 in every row; longer texts are rare and lie beside the rows (strL)."""
EXACT: Final = 2**53
DIGITS: Final = 20
"""As many as a whole number of 64 bits needs, with its sign."""
LEAST_LONG: Final = -2_147_483_647
GREATEST_LONG: Final = 2_147_483_620
GREATEST: Final = float.fromhex("0x1.fffffffffffffp+1022")
EPOCH: Final = (date(1970, 1, 1) - date(1960, 1, 1)).days
MISSING: Final = 2_147_483_621
"""``.`` as a long; .a to .z follow it."""
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
RESERVED: Final = frozenset(
    "_all _b byte _coef _cons double float if in int long _n _pi _pred _rc _skip strl using with".split()  # noqa: SIM905
) | {f"str{number}" for number in range(1, 2_046)}


class Storage(IntEnum):
    """The types of variables, as the file names them; 1 to 2,045 are texts of so many bytes."""

    LONG_TEXT = 32_768
    DOUBLE = 65_526
    LONG = 65_528


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable: its column, how it is stored and shown, and what numbers stand for its codes.

    ``codes`` and ``marks`` give the number for each code and missing code (as a long). ``value_labels``
    give the text for each number.
    """

    column: Column
    name: str
    storage: int
    shown: str
    label: str
    zone: str
    codes: Mapping[str, int]
    marks: Mapping[str, int]
    value_labels: Mapping[int, str]
    written: WrittenColumn

    @property
    def is_text(self) -> bool:
        """Whether it holds texts."""
        return self.storage <= Storage.LONG_TEXT


def variables_of(table: DataTable, *, zone: str) -> list[Variable]:
    """The variables of a table, for which its rows are read once. Raises ValueError for too many."""
    if len(table.columns) > MOST_COLUMNS:
        raise ValueError(f"{table.name}: more than {MOST_COLUMNS} columns")
    found = scanned(table)
    names = legal_names(
        [column.name for column in table.columns], most=LONGEST_NAME, reserved=RESERVED
    )
    return [
        _variable(column, found[column.name], name, zone)
        for column, name in zip(table.columns, names, strict=True)
    ]


def _variable(column: Column, found: Scanned, name: str, zone: str) -> Variable:
    storage, shown = _stored(column, found)
    is_text = storage <= Storage.LONG_TEXT
    codes = {} if is_text or column.kind is not ColumnKind.CATEGORY else _numbered(found.codes)
    marks = {} if is_text else _marked(found.marks)
    texts = {number: column.labels.get(code) or code for code, number in codes.items()}
    if column.kind is ColumnKind.FLAG:
        texts = {int(code): text for code, text in column.labels.items() if code in {"0", "1"}}
    # A number for what has no letter of its own would label every missing value.
    texts |= {
        number: column.missing.get(code) or code
        for code, number in marks.items()
        if number != MISSING
    }
    short = {number: cut(text, size=LONGEST_VALUE_LABEL) for number, text in texts.items()}
    label = cut(column.label, characters=LONGEST_LABEL)
    return Variable(
        column=column,
        name=name,
        storage=storage,
        shown=shown,
        label=label,
        zone=zone,
        codes=codes,
        marks=marks,
        value_labels=short,
        written=WrittenColumn(
            column=column.name,
            name=name,
            codes={code: str(number) for code, number in codes.items() if code != str(number)},
            missing={code: _spoken(number) for code, number in marks.items()},
            shortened=tuple(
                what
                for what, is_shorter in (
                    ("label", label != column.label),
                    ("labels", short != texts),
                    ("values", _loses(column, found)),
                    ("text", found.has_nul),
                )
                if is_shorter
            ),
        ),
    )


def _stored(column: Column, found: Scanned) -> tuple[int, str]:
    if column.kind is ColumnKind.TEXT:
        # A code can stand in the text's own place.
        size = max(found.longest, *(len(each.encode()) for each in [*found.marks, "-"]))
        if size > LONGEST_STRING or found.has_nul:
            return Storage.LONG_TEXT, "%9s"
        return size, f"%-{size}s"
    if column.kind is ColumnKind.INTEGER:
        return _whole(found)
    decimals = column.decimals
    number = "%10.0g" if decimals is None else f"%{decimals + 12}.{decimals}f"
    return {
        ColumnKind.NUMBER: (Storage.DOUBLE, number),
        ColumnKind.MOMENT: (Storage.DOUBLE, "%tc"),
        ColumnKind.DATE: (Storage.LONG, "%td"),
    }.get(column.kind, (Storage.LONG, "%12.0g"))


def _whole(found: Scanned) -> tuple[int, str]:
    least, greatest = found.least or 0, found.greatest or 0
    if least < -EXACT or greatest > EXACT:
        size = max(DIGITS, *(len(each.encode()) for each in [*found.marks, "-"]))
        return size, f"%{size}s"
    if least < LEAST_LONG or greatest > GREATEST_LONG:
        return Storage.DOUBLE, f"%{DIGITS}.0f"
    return Storage.LONG, "%12.0g"


def _numbered(codes: list[str]) -> dict[str, int]:
    if whole_numbers(codes, least=LEAST_LONG, greatest=GREATEST_LONG):
        return {code: int(code) for code in codes}
    return {code: number for number, code in enumerate(codes, start=1)}


def _marked(marks: list[str]) -> dict[str, int]:
    return {
        code: MISSING + (place + 1 if place < len(LETTERS) else 0)
        for place, code in enumerate(marks)
    }


def _spoken(number: int) -> str:
    return "." if number == MISSING else f".{LETTERS[number - MISSING - 1]}"


def _loses(column: Column, found: Scanned) -> bool:
    """Whether some numbers are beyond what Stata has."""
    if column.kind is not ColumnKind.NUMBER:
        return False
    most = max(abs(found.least or 0), abs(found.greatest or 0))
    return not found.is_finite or most > GREATEST
