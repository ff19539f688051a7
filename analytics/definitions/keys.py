"""Which keys a JSON Schema allows at a place of a document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]


def keys_at(schema: Schema, place: Sequence[str | int]) -> list[str]:
    """The keys of the object at ``place`` (keys and positions from the root down), sorted.

    Where a union could stand, those of all its members; none where no object is described. Only
    references inside of the schema are followed.
    """
    found = [schema]
    for part in place:
        found = [inner for each in found for inner in _step(schema, each, part)]
    return sorted({key for each in found for one in _members(schema, each) for key in _keys(one)})


def _step(root: Schema, schema: Schema, part: str | int) -> Iterator[Schema]:
    for each in _members(root, schema):
        if isinstance(part, int):
            inner = each.get("items")
        else:
            inner = each.get("properties", {}).get(part, each.get("additionalProperties"))
        if isinstance(inner, Mapping):
            yield inner


def _members(root: Schema, schema: Schema) -> Iterator[Schema]:
    """A schema with its reference followed, or each of those that it is a union of."""
    if "$ref" in schema:
        yield from _members(root, root["$defs"][str(schema["$ref"]).rsplit("/", 1)[-1]])
        return
    union = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if not union:
        yield schema
    for each in union:
        yield from _members(root, each)


def _keys(schema: Schema) -> Sequence[str]:
    return list(schema.get("properties", {}))
