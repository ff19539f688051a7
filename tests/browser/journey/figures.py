"""The exported workbook beside the page of results."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import openpyxl

SHEET: Final = "Mục tiêu"
NO_VALUE: Final = "\N{EN DASH}"


def targets_of(workbook: Path) -> dict[str, tuple[str, ...]]:
    """Numerator, denominator and value of each indicator, worded as on the page of results."""
    sheet = openpyxl.load_workbook(workbook, data_only=True)[SHEET]
    return {
        str(code): (_worded(numerator), _worded(denominator), _share(value, unit))
        for code, _label, unit, numerator, denominator, value, *_more in _rows(sheet)
        if numerator is not None
    }


def formulas_of(workbook: Path) -> list[str]:
    """What stands behind numerators, denominators and values."""
    rows = _rows(openpyxl.load_workbook(workbook)[SHEET])
    return [str(cell) for row in rows for cell in row[3:6] if cell is not None]


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows below the heads; what openpyxl reads has many types."""
    return list(sheet.iter_rows(min_row=2, values_only=True))


def _share(value: Any, unit: str) -> str:
    if value in {None, ""}:
        return NO_VALUE
    return f"{_worded(value, 1)}\u00a0%" if unit == "%" else _worded(value, 2)


def _worded(value: Any, digits: int | None = None) -> str:
    number = Decimal(str(value))
    text = f"{number:,f}" if digits is None else f"{round(number, digits):,f}"
    return text.translate(str.maketrans(",.", ".,"))
