"""Everything that changes the library, and what it changes in drafts."""

from surveys.questionnaires.question_library.services.keeping import (
    Description,
    ItemInvalid,
    ItemNotRetired,
    ItemRetired,
    NotAnItem,
    OtherKind,
    can_be_kept,
    describe_item,
    restore_item,
    retire_item,
    save_item,
    update_item,
)
from surveys.questionnaires.question_library.services.taking import (
    Inserted,
    NotACopy,
    insert_item,
    take_wording,
)

__all__ = [
    "Description",
    "Inserted",
    "ItemInvalid",
    "ItemNotRetired",
    "ItemRetired",
    "NotACopy",
    "NotAnItem",
    "OtherKind",
    "can_be_kept",
    "describe_item",
    "insert_item",
    "restore_item",
    "retire_item",
    "save_item",
    "take_wording",
    "update_item",
]
