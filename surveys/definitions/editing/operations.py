"""The operations and their JSON.

``{"op": "change", "node": UID, "field": "label.vi", "old": …, "new": …}``
``{"op": "add", "parent": UID, "slot": "children", "after": UID, "values": […]}``
``{"op": "move", "node": UID, "parent": UID, "slot": "children", "after": UID}``
``{"op": "delete", "node": UID}``

``after`` is the uid of the node before the place, "" for the first place. A field of texts or of
parameters is changed entry by entry (``label.vi``, ``parameters.start``); a value of ``None`` is the
field's default.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from surveys.definitions.editing.errors import OperationMalformed

Data = dict[str, Any]


class Slot(StrEnum):
    """Where nodes stand in their parent."""

    CHILDREN = "children"
    COLUMNS = "columns"
    CHOICES = "choices"
    LISTS = "lists"
    INDICATORS = "indicators"


_HELD: Final = (Slot.CHILDREN, Slot.COLUMNS, Slot.CHOICES)


@dataclass(frozen=True, slots=True)
class Place:
    """Behind the node ``after`` in a slot of ``parent``; first where ``after`` is ""."""

    parent: str
    slot: Slot
    after: str = ""

    @classmethod
    def read(cls, data: Any) -> Self:
        """From JSON; raises OperationMalformed."""
        if not isinstance(data, Mapping):
            raise OperationMalformed("A place is an object.")
        try:
            slot = Slot(data.get("slot", ""))
        except ValueError as failure:
            raise OperationMalformed(f"{data.get('slot')!r} is no slot.") from failure
        return cls(_text(data, "parent"), slot, _text(data, "after", ""))


@dataclass(frozen=True, slots=True)
class Change:
    """Sets a field of a node that has ``old`` to ``new``."""

    node: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Puts new nodes one after the other at a place."""

    place: Place
    values: tuple[Data, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Puts a node elsewhere. ``origin`` is filled in when it is applied; given, it must hold."""

    node: str
    place: Place
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Takes a node away with all it holds.

    ``value`` and ``origin`` are filled in when it is applied; a given ``value`` must still hold.
    """

    node: str
    value: Data | None = None
    origin: Place | None = None


Operation = Change | Add | Move | Delete

MAX_OPERATIONS: Final = 2_000
MAX_VALUES: Final = 20_000
MAX_DEPTH: Final = 64
"""Of blocks in one another; the engine refuses deeper ones."""


def read_operations(data: Any) -> tuple[Operation, ...]:
    """Operations from JSON. Raises OperationMalformed, also for none and for more than 2,000."""
    if not isinstance(data, list) or not data:
        raise OperationMalformed("An edit is a list of operations.")
    if len(data) > MAX_OPERATIONS:
        raise OperationMalformed(f"An edit has at most {MAX_OPERATIONS} operations.")
    return kept_operations(data)


def kept_operations(data: Iterable[Any]) -> tuple[Operation, ...]:
    """Operations as ``write_operations`` wrote them, however many a command made.

    Raises OperationMalformed.
    """
    return tuple(_read(each) for each in data)


def write_operations(operations: Iterable[Operation]) -> list[Data]:
    """Operations as JSON; ``read_operations`` gives them back equal."""
    return [_write(each) for each in operations]


def _read(data: Any) -> Operation:
    if not isinstance(data, Mapping):
        raise OperationMalformed("An operation is an object.")
    match data.get("op"):
        case "change":
            return Change(
                _text(data, "node"), _text(data, "field"), data.get("old"), data.get("new")
            )
        case "add":
            return Add(Place.read(data), _values(data.get("values")))
        case "move":
            return Move(_text(data, "node"), Place.read(data), _origin(data))
        case "delete":
            value = data.get("value")
            if value is not None:
                _check_shape([value])
            return Delete(_text(data, "node"), value, _origin(data))
        case other:
            raise OperationMalformed(f"{other!r} is no operation.")


def _write(operation: Operation) -> Data:
    match operation:
        case Change():
            return {"op": "change", **asdict(operation)}
        case Add(place=place, values=values):
            return {"op": "add", **asdict(place), "values": list(values)}
        case Move(node=node, place=place, origin=origin):
            return {"op": "move", "node": node, **asdict(place), **_origin_data(origin)}
        case Delete(node=node, value=value, origin=origin):
            written = {"value": value} if value is not None else {}
            return {"op": "delete", "node": node, **written, **_origin_data(origin)}


def _origin(data: Mapping[str, Any]) -> Place | None:
    return Place.read(data["origin"]) if data.get("origin") is not None else None


def _origin_data(origin: Place | None) -> Data:
    return {"origin": asdict(origin)} if origin is not None else {}


def _values(values: Any) -> tuple[Data, ...]:
    if not isinstance(values, list) or not values or len(values) > MAX_VALUES:
        raise OperationMalformed(f"An addition has between 1 and {MAX_VALUES} nodes.")
    _check_shape(values)
    return tuple(values)


def _check_shape(values: Iterable[Any]) -> None:
    """What nodes hold are nodes again: trees are walked before their fields are read."""
    level = list(values)
    for _depth in range(MAX_DEPTH + len(Slot)):
        if not all(isinstance(value, dict) for value in level):
            raise OperationMalformed("A node is an object.")
        held = [value[slot] for value in level for slot in _HELD if value.get(slot) is not None]
        if not all(isinstance(each, list) for each in held):
            raise OperationMalformed("What a node holds is a list of nodes.")
        level = [value for each in held for value in each]
        if not level:
            return
    raise OperationMalformed(f"Blocks nest deeper than {MAX_DEPTH}.")


def _text(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise OperationMalformed(f"{key!r} is a text.")
    return value
