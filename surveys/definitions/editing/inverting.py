"""Taking an edit back."""

from collections.abc import Iterable, Iterator

from surveys.definitions.editing.operations import Add, Change, Delete, Move, Operation


def inverse(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """What undoes operations as ``apply`` gave them back, the last one first.

    Applied right after them it gives the document as it was. Applied later it meets a Conflict
    where what it would undo has been changed since.
    """
    return tuple(inverted for each in reversed(list(operations)) for inverted in _inverse(each))


def _inverse(operation: Operation) -> Iterator[Operation]:
    match operation:
        case Change(node=node, field=field, old=old, new=new):
            yield Change(node, field, new, old)
        case Add(values=values):
            for value in reversed(values):
                yield Delete(str(value["uid"]), value)
        case Move(node=node, place=place, origin=origin):
            assert origin is not None, "apply says where it had stood"
            yield Move(node, origin, place)
        case Delete(value=value, origin=origin):
            assert value is not None, "apply says what was deleted"
            assert origin is not None, "apply says where it had stood"
            yield Add(origin, (value,))
