"""Which fields a node has, and how their values stand in JSON."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from surveys.definitions.editing.errors import FieldUnknown
from surveys.engine.model import (
    Choice,
    ChoiceList,
    Definition,
    Group,
    Indicator,
    Question,
    Repeat,
    Table,
)

STRUCTURE: Final = frozenset({"uid", "children", "columns", "choices", "lists", "indicators"})
"""What operations other than a change see to, and the code of the questionnaire."""


class Sort(StrEnum):
    """What a node is."""

    ROOT = "root"
    LIST = "list"
    CHOICE = "choice"
    INDICATOR = "indicator"
    QUESTION = "question"
    GROUP = "group"
    REPEAT = "repeat"
    TABLE = "table"


CLASSES: Final[Mapping[Sort, type]] = {
    Sort.ROOT: Definition,
    Sort.LIST: ChoiceList,
    Sort.CHOICE: Choice,
    Sort.INDICATOR: Indicator,
    Sort.QUESTION: Question,
    Sort.GROUP: Group,
    Sort.REPEAT: Repeat,
    Sort.TABLE: Table,
}
ELEMENTS: Final = frozenset({Sort.QUESTION, Sort.GROUP, Sort.REPEAT, Sort.TABLE})


@dataclass(frozen=True, slots=True)
class NodeField:
    """A field: its key, the entry in it for a map, and the value that is not written."""

    key: str
    entry: str | None
    default: Any


def field_of(sort: Sort, node: str, path: str) -> NodeField:
    """The field that ``label.vi`` names on a node of that sort. Raises FieldUnknown."""
    key, dot, entry = path.partition(".")
    found = _FIELDS[sort].get(key)
    if found is None or found.is_map is not bool(dot) or (dot and not entry):
        raise FieldUnknown(node, path)
    return NodeField(key, entry if found.is_map else None, None if dot else found.default)


def read_field(data: Mapping[str, Any], field: NodeField) -> Any:
    """The value, ``None`` where it is the default."""
    value = data.get(field.key)
    if field.entry is not None:
        value = value.get(field.entry) if isinstance(value, Mapping) else None
    return normal(value, field)


def normal(value: Any, field: NodeField) -> Any:
    """The value as it is compared and kept: ``None`` for the default and for nothing."""
    if value is None or value == field.default or value in ("", [], {}):
        return None
    return value


@dataclass(frozen=True, slots=True)
class _Known:
    default: Any
    is_map: bool


def _known(item: Field[Any]) -> _Known:
    if item.default_factory is not MISSING:
        return _Known(None, is_map=True)
    default = None if item.default is MISSING else item.default
    plain = list(default) if isinstance(default, tuple) else default
    return _Known(plain, is_map=item.name in {"label", "title"})


_FIELDS: Final[Mapping[Sort, Mapping[str, _Known]]] = {
    sort: {item.name: _known(item) for item in fields(kind) if item.name not in STRUCTURE}
    for sort, kind in CLASSES.items()
}
