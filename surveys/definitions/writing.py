"""Definition → JSON."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, Final

from surveys.engine.model import (
    Choice,
    ChoiceList,
    DataTable,
    Definition,
    Group,
    Indicator,
    Question,
    Repeat,
    Table,
)

SCHEMA_VERSION: Final = 1

ELEMENT_TAGS: Final[Mapping[type, str]] = {
    Question: "question",
    Group: "group",
    Repeat: "repeat",
    Table: "table",
}


def dump(definition: Definition) -> dict[str, Any]:
    """The definition as plain JSON data; ``load`` gives back an equal definition.

    Attributes that have their default are left out, so that what is written is what was designed.
    """
    return {"schema": SCHEMA_VERSION, **_object(definition)}


def _object(value: Any) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if tag := ELEMENT_TAGS.get(type(value)):
        written["element"] = tag
    for name, default in _ATTRIBUTES[type(value)]:
        attribute = getattr(value, name)
        if default is MISSING or attribute != default:
            written[name] = _json(attribute)
    return written


def _json(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    return _object(value)


def _attributes_of(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (item.name, item.default if item.default_factory is MISSING else item.default_factory())
        for item in fields(kind)
    )


_ATTRIBUTES: Final = {
    kind: _attributes_of(kind)
    for kind in (
        Definition,
        ChoiceList,
        Choice,
        DataTable,
        Indicator,
        Question,
        Group,
        Repeat,
        Table,
    )
}
