"""Plain data of numpy's figures: what is not finite is None."""

from collections.abc import Mapping
from typing import Any

import numpy as np  # noqa: TID253  (this module is imported by task bodies only)

from analytics.definitions import Reason
from analytics.methods.index import Table


def reason(table: Table, row: int, column: int) -> str:
    """Why a cell has no figure; empty where it has one."""
    found: Reason | None = table.reason(table.units[row], table.columns[column])
    return str(found) if found else ""


def figure(value: Any) -> float | None:
    """A figure of JSON; None for NaN."""
    return float(value) if np.isfinite(value) else None


def whole(value: Any) -> int | None:
    """A whole number; None for NaN."""
    return int(value) if np.isfinite(value) else None


def plain(value: Any) -> Any:
    """Plain data of what may hold numpy's numbers; what is not finite is None."""
    match value:
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case bool() | str() | int() | None:
            return value
        case np.integer():
            return int(value)
        case float() | np.floating():
            return figure(value)
        case _:
            return str(value)
