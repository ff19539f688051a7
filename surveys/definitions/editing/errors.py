"""Why an edit cannot be made; nothing is changed then."""

from typing import Any


class EditError(ValueError):
    """An edit is refused. ``node`` is the uid concerned, "" where there is none."""

    def __init__(self, message: str, *, node: str = "") -> None:
        super().__init__(message)
        self.node = node


class OperationMalformed(EditError):
    """The JSON is no operation."""


class NodeUnknown(EditError):
    """No node has the uid: somebody deleted it, or it never was."""

    def __init__(self, node: str) -> None:
        super().__init__(f"No node has the id {node!r}.", node=node)


class FieldUnknown(EditError):
    """The node has no such field, or one that only other operations change."""

    def __init__(self, node: str, field: str) -> None:
        super().__init__(f"{field!r} is no field to change.", node=node)
        self.field = field


class PlaceInvalid(EditError):
    """What is added or moved cannot stand there."""


class NameTaken(EditError):
    """Another choice list has the name."""

    def __init__(self, node: str, name: str) -> None:
        super().__init__(f"Another list is called {name!r}.", node=node)
        self.name = name


class TextUnfit(EditError):
    """A text is too long or holds characters that no workbook can; ``field`` is "" in a new node."""

    def __init__(self, node: str, field: str, *, too_long: bool) -> None:
        reason = "is too long" if too_long else "holds control characters"
        super().__init__(f"The text of {field or 'the new node'} {reason}.", node=node)
        self.field = field
        self.too_long = too_long


class Conflict(EditError):
    """What is changed is no longer what was seen.

    ``field`` is "" when a whole node was to be deleted; ``current`` is what stands there now and
    ``wanted`` what the edit would have made of it.
    """

    def __init__(self, node: str, field: str, current: Any, wanted: Any) -> None:
        super().__init__(f"{field or 'The node'} has changed since it was seen.", node=node)
        self.field = field
        self.current = current
        self.wanted = wanted
