"""What a person can undo and do again: two stacks, told by their own edits in order."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.questionnaires.enums import DraftEditKind


@dataclass(frozen=True, slots=True)
class Stacks:
    """Ids of the edits that can be undone and of the undos that can be taken back, the next last."""

    undoable: tuple[int, ...] = ()
    redoable: tuple[int, ...] = ()


def stacks(history: Iterable[tuple[int, DraftEditKind]]) -> Stacks:
    """The stacks after a person's edits (id, kind), the first one first.

    A new edit empties what could be done again. An edit that was given up leaves its stack, so that
    those before it can be undone although it could not. After an import nothing can be undone: the
    draft is another one.
    """
    undoable: list[int] = []
    redoable: list[int] = []
    for pk, kind in history:
        match kind:
            case DraftEditKind.EDIT:
                undoable.append(pk)
                redoable.clear()
            case DraftEditKind.UNDO:
                undoable.pop()
                redoable.append(pk)
            case DraftEditKind.REDO:
                redoable.pop()
                undoable.append(pk)
            case DraftEditKind.GIVEN_UP:
                undoable.pop()
            case DraftEditKind.REPLACED:
                undoable.clear()
                redoable.clear()
    return Stacks(tuple(undoable), tuple(redoable))
