"""Operations as JSON."""

from typing import Any

import pytest

from surveys.definitions.editing import (
    Add,
    Change,
    Delete,
    Move,
    Operation,
    OperationMalformed,
    Place,
    Slot,
    read_operations,
    write_operations,
)

PLACE = Place("s", Slot.CHILDREN, "a")


def added(value: dict[str, Any]) -> dict[str, Any]:
    return {"op": "add", "parent": "s", "slot": "children", "after": "", "values": [value]}


def nested(depth: int) -> dict[str, Any]:
    group: dict[str, Any] = {"element": "group", "name": "g"}
    for _level in range(depth):
        group = {"element": "group", "name": "g", "children": [group]}
    return group


@pytest.mark.parametrize(
    "operation",
    [
        Change("a", "label.vi", None, "x"),
        Add(PLACE, ({"element": "question", "name": "q", "kind": "text"},)),
        Move("a", PLACE),
        Move("a", PLACE, Place("t", Slot.COLUMNS)),
        Delete("a"),
        Delete("a", {"name": "a"}, PLACE),
    ],
)
def test_an_operation_comes_back_equal_from_json(operation: Operation):
    assert read_operations(write_operations([operation])) == (operation,)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [],
        ["change"],
        [{"op": "explode"}],
        [{"op": "change", "node": 3, "field": "label.vi"}],
        [{"op": "add", "parent": "s", "slot": "pages", "after": "", "values": [{}]}],
        [{"op": "add", "parent": "s", "slot": "children", "values": []}],
        [{"op": "add", "parent": "s", "slot": "children", "values": ["x"]}],
        [{"op": "move", "node": "a"}],
        [{"op": "delete", "node": "a", "value": []}],
        [{"op": "delete", "node": "a", "origin": "s"}],
        [{"op": "delete", "node": "a"}] * 2_001,
        [{"op": "delete", "node": "a", "value": {"children": "x"}}],
        [added({"element": "group", "children": 5})],
        [added({"element": "group", "children": [5]})],
        [added({"element": "group", "children": [[]]})],
        [added({"element": "group", "children": [{"element": "table", "columns": [None]}]})],
        [added(nested(400))],
    ],
)
def test_what_is_no_operation_is_refused(data: Any):
    with pytest.raises(OperationMalformed):
        read_operations(data)
