"""How each column of a table becomes a variable of SPSS."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from exporters.naming import cut, legal_names
from exporters.scanning import Scanned, scanned, whole_numbers
from exporters.tables import Column, ColumnKind, DataTable, WrittenColumn

LONGEST_NAME: Final = 64
LONGEST_LABEL: Final = 255
LONGEST_VALUE_LABEL: Final = 120
LONGEST_TEXT: Final = 32_767
LONGEST_MISSING: Final = 8
MOST_MISSING: Final = 3
SYSTEM_MISSING: Final = "."
EXACT: Final = 2**53
GREATEST: Final = float.fromhex("0x1.ffffffffffffdp+1023")
"""Beyond it, on either side, are the doubles that SPSS takes for system-missing, LOWEST and HIGHEST."""
MOST_FIGURES: Final = 15
RESERVED: Final = frozenset("all and by eq ge gt le lt ne not or to with".split())  # noqa: SIM905
NOMINAL: Final = (ColumnKind.TEXT, ColumnKind.CATEGORY, ColumnKind.FLAG)
SHOWN: Final = {ColumnKind.DATE: "EDATE10", ColumnKind.MOMENT: "DATETIME20"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable: its column, and what stands in the file for its codes.

    ``numbers`` are the numbers of codes and missing codes; a variable ``is_text`` holds the codes
    themselves. ``missing`` is what pyreadstat takes for user-missing values.
    """

    column: Column
    name: str
    is_text: bool
    shown: str
    label: str
    numbers: Mapping[str, int]
    value_labels: Mapping[str | int, str]
    missing: Sequence[Any]
    written: WrittenColumn

    @property
    def measure(self) -> str:
        """What SPSS may reckon with it."""
        return "nominal" if self.column.kind in NOMINAL else "scale"


def variables_of(table: DataTable) -> list[Variable]:
    """The variables of a table, for which its rows are read once."""
    found = scanned(table)
    names = legal_names(
        [column.name for column in table.columns], most=LONGEST_NAME, reserved=RESERVED
    )
    return [
        _variable(column, found[column.name], name)
        for column, name in zip(table.columns, names, strict=True)
    ]


def _variable(column: Column, found: Scanned, name: str) -> Variable:
    is_text = _is_text(column, found)
    codes = [] if is_text or column.kind is not ColumnKind.CATEGORY else found.codes
    marks = [] if is_text else _numbers_of_marks(column, found)
    numbers = {code: int(code) for code in codes} | dict(zip(found.marks, marks, strict=False))
    labels = _labels(column, found, None if is_text else numbers)
    short = {value: cut(text, size=LONGEST_VALUE_LABEL) for value, text in labels.items()}
    label = cut(column.label, size=LONGEST_LABEL)
    lost = {
        "label": label != column.label,
        "labels": short != labels,
        "text": found.has_nul or found.longest > LONGEST_TEXT,
        "values": _loses(column, found),
    }
    return Variable(
        column=column,
        name=name,
        is_text=is_text,
        shown=_shown(column, is_text=is_text),
        label=label,
        numbers=numbers,
        value_labels=short,
        missing=_missing_texts(found.marks) if is_text else _missing_numbers(marks),
        written=WrittenColumn(
            column=column.name,
            name=name,
            missing=_told(found.marks, marks, is_text=is_text),
            shortened=tuple(what for what, is_lost in lost.items() if is_lost),
        ),
    )


def _is_text(column: Column, found: Scanned) -> bool:
    match column.kind:
        case ColumnKind.TEXT:
            return True
        case ColumnKind.CATEGORY:
            return not whole_numbers(found.codes, least=-EXACT, greatest=EXACT)
        case ColumnKind.INTEGER:
            return (found.least or 0) < -EXACT or (found.greatest or 0) > EXACT
        case _:
            return False


def _shown(column: Column, *, is_text: bool) -> str:
    if is_text:
        return ""
    if column.kind in SHOWN:
        return SHOWN[column.kind]
    if column.kind is ColumnKind.NUMBER:
        decimals = 2 if column.decimals is None else min(column.decimals, 16)
        return f"F{decimals + 12}.{decimals}"
    return "F12.0"


def _labels(
    column: Column, found: Scanned, numbers: Mapping[str, int] | None
) -> dict[str | int, str]:
    """The labels of codes by their numbers, of a text by the codes themselves."""
    texts = {code: column.labels[code] for code in found.codes if column.labels.get(code)}
    texts |= {code: column.missing[code] for code in found.marks if column.missing.get(code)}
    if column.kind is ColumnKind.FLAG:
        told: dict[str | int, str] = {
            int(code): text for code, text in column.labels.items() if code in {"0", "1"}
        }
        return told | {
            number: texts[code] for code, number in (numbers or {}).items() if code in texts
        }
    if numbers is not None:
        return {numbers[code]: text for code, text in texts.items() if code in numbers}
    return {
        code: text for code, text in texts.items() if 0 < len(code.encode()) <= LONGEST_VALUE_LABEL
    }


def _told(codes: Sequence[str], numbers: Sequence[int], *, is_text: bool) -> dict[str, str]:
    """What stands for each missing code, where it is not the code itself."""
    if is_text:
        return {}
    stands = [str(number) for number in numbers] or [SYSTEM_MISSING] * len(codes)
    return {code: text for code, text in zip(codes, stands, strict=True) if code != text}


def _loses(column: Column, found: Scanned) -> bool:
    """Whether some numbers are none that SPSS has."""
    if column.kind is not ColumnKind.NUMBER:
        return False
    most = max(abs(found.least or 0), abs(found.greatest or 0))
    return not found.is_finite or most > GREATEST


def _numbers_of_marks(column: Column, found: Scanned) -> list[int]:
    """A number for each missing code that no answer has: its own, or one below every answer, or one
    above; none at all where the answers go so far both ways that doubles become coarse."""
    if column.kind is ColumnKind.CATEGORY:
        answers = [int(code) for code in found.codes]
    else:
        bounds = (found.least, found.greatest)
        answers = [0, 1] if column.kind not in {ColumnKind.NUMBER, ColumnKind.INTEGER} else []
        answers += [math.floor(each) for each in bounds if each is not None]
    least, greatest = min(answers, default=0), max(answers, default=0)
    if whole_numbers(found.marks, least=-EXACT, greatest=EXACT):
        own = [int(mark) for mark in found.marks]
        below = all(number < least for number in own)
        if below or (not answers or all(number > greatest + 1 for number in own)):
            return own
        if len(own) <= MOST_MISSING and all(n < least or n > greatest + 1 for n in own):
            return own
    return _free_numbers(len(found.marks), least, greatest)


def _free_numbers(count: int, least: int, greatest: int) -> list[int]:
    """So many numbers that are none of the answers between ``least`` and ``greatest``: -99, -98, … or
    -999, …, else the same above them."""
    for sign, bound in ((-1, -min(least, 0)), (1, max(greatest + 1, 0))):
        for figures in range(2, MOST_FIGURES + 1):
            if 10**figures - count > bound:
                return [sign * (10**figures - 1 - place) for place in range(count)]
    return []


def _missing_numbers(numbers: Sequence[int]) -> list[Any]:
    if len(numbers) <= MOST_MISSING:
        return list(numbers)
    return [{"lo": min(numbers), "hi": max(numbers)}]


def _missing_texts(marks: Sequence[str]) -> list[str]:
    """Those codes that SPSS can hold for missing: at most three short ones."""
    short = [mark for mark in marks if 0 < len(mark.encode()) <= LONGEST_MISSING]
    return short[:MOST_MISSING]
