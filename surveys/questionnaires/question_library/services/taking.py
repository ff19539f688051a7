"""What the library changes in drafts: items are copied into them, wordings taken over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.definitions.editing import EditError, Tree
from surveys.organisations.models import User
from surveys.questionnaires import drafting
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.origins import Origin
from surveys.questionnaires.question_library.enums import ItemKind
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.questionnaires.question_library.services.keeping import ItemRetired
from surveys.questionnaires.question_library.wording import compare
from surveys.questionnaires.services import (
    Edited,
    EditRefused,
    carry_tables,
    edit_draft,
    held_draft,
)


class NotACopy(DomainError):
    """The element is no copy of the item."""

    code = "not_a_copy"
    message = _("This element was not taken from the library.")


@dataclass(frozen=True, slots=True)
class Inserted:
    """A draft after an insertion, and the node to select."""

    edited: Edited
    select: str


@transaction.atomic
def insert_item(
    version: QuestionnaireVersion,
    *,
    item: LibraryItem,
    after: str,
    edit_id: UUID,
    actor: User | None,
    at: datetime,
) -> Inserted:
    """Copy an item into a draft behind a node, as one edit.

    Lookup tables that the draft lacks are attached beside it and stay when the edit is undone.
    Raises ItemRetired, TableDiffers, and what ``edit_draft`` raises.
    """
    if item.retired_at is not None:
        raise ItemRetired
    draft = held_draft(version)
    content = item.content
    carry_tables(draft, content["tables"], actor=actor, at=at)
    arguments = {
        "origin": str(Origin(item.key, item.revision)),
        "elements": content["elements"],
        "lists": content["lists"],
        "indicators": content["indicators"],
        "after": after,
        "section": item.kind == ItemKind.SECTION,
    }
    try:
        planned = drafting.plan(Tree(draft.definition), "insert_item", arguments)
    except EditError as failure:
        raise EditRefused(failure) from failure
    edited = edit_draft(draft, edit_id=edit_id, operations=planned.operations, actor=actor, at=at)
    return Inserted(edited, planned.select)


@transaction.atomic
def take_wording(
    version: QuestionnaireVersion,
    *,
    uid: str,
    item: LibraryItem,
    edit_id: UUID,
    actor: User | None,
    at: datetime,
) -> Edited:
    """Give a copy of an item the item's texts as they are now, as one edit; all else stays.

    Raises NotACopy, and what ``edit_draft`` raises.
    """
    draft = held_draft(version)
    try:
        found = compare(
            draft.definition, uid, key=item.key, revision=item.revision, content=item.content
        )
    except EditError as failure:
        raise EditRefused(failure) from failure
    origin = Origin.read(Tree(draft.definition).node(uid).get("library_item"))
    if origin is None or origin.key != item.key:
        raise NotACopy
    return edit_draft(draft, edit_id=edit_id, operations=found.changes, actor=actor, at=at)
