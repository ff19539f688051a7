"""A frozen result as plain Python, ready for JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


def plain(value: object) -> Any:
    """Dataclasses and mappings as dicts, tuples as lists, enums as their values.

    Guarantees that ``json.loads(json.dumps(plain(x))) == plain(x)`` for results of the methods.
    Raises TypeError for anything else, numpy scalars among them: a result holds plain numbers.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or type(value) in {bool, int, float, str}:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    raise TypeError(f"no plain form for {type(value).__name__}")
