"""Operations on the definition of a draft: what is changed, where, from what to what.

A draft is edited as its JSON (``surveys.definitions.dump``), each node named by its hidden ``uid``. An
edit is a sequence of operations that is applied whole or not at all, and that can be inverted.
"""

from surveys.definitions.editing.applying import apply
from surveys.definitions.editing.errors import (
    Conflict,
    EditError,
    FieldUnknown,
    NameTaken,
    NodeUnknown,
    OperationMalformed,
    PlaceInvalid,
    TextUnfit,
)
from surveys.definitions.editing.excerpts import Excerpt, excerpt_of, read_excerpt, write_excerpt
from surveys.definitions.editing.fields import Sort
from surveys.definitions.editing.identity import with_new_uids, with_uids
from surveys.definitions.editing.inverting import inverse
from surveys.definitions.editing.operations import (
    MAX_OPERATIONS,
    Add,
    Change,
    Delete,
    Move,
    Operation,
    Place,
    Slot,
    kept_operations,
    read_operations,
    write_operations,
)
from surveys.definitions.editing.references import renaming
from surveys.definitions.editing.texts import MAX_TEXT, check_texts
from surveys.definitions.editing.tree import ROOT, Tree

__all__ = [
    "MAX_OPERATIONS",
    "MAX_TEXT",
    "ROOT",
    "Add",
    "Change",
    "Conflict",
    "Delete",
    "EditError",
    "Excerpt",
    "FieldUnknown",
    "Move",
    "NameTaken",
    "NodeUnknown",
    "Operation",
    "OperationMalformed",
    "Place",
    "PlaceInvalid",
    "Slot",
    "Sort",
    "TextUnfit",
    "Tree",
    "apply",
    "check_texts",
    "excerpt_of",
    "inverse",
    "kept_operations",
    "read_excerpt",
    "read_operations",
    "renaming",
    "with_new_uids",
    "with_uids",
    "write_excerpt",
    "write_operations",
]
