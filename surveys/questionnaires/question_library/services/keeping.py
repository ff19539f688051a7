"""Elements are kept in the library, kept anew, described, retired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.definitions import dump, load
from surveys.definitions.editing import EditError
from surveys.organisations.models import User
from surveys.organisations.search import search_key
from surveys.questionnaires.catalogue.queries import with_catalogue
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.question_library.content import (
    codes_of,
    content_of,
    kind_of,
    labels_of,
)
from surveys.questionnaires.question_library.enums import ItemKind
from surveys.questionnaires.question_library.models import TOPIC_LENGTH, LibraryItem
from surveys.questionnaires.uids import new_uid

TITLE_LENGTH: Final = 300
TAG_LENGTH: Final = 40
MOST_TAGS: Final = 20
WORDS_LENGTH: Final = 50_000


class ItemInvalid(DomainError):
    """A description that an item cannot have; ``field`` is title, topic or tags."""

    code = "library_item_invalid"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


class NotAnItem(DomainError):
    """Items are made of questions, tables, groups and sections."""

    code = "not_a_library_item"
    message = _("Only a question, a table, a group or a section can be kept in the library.")
    status = 422


class OtherKind(DomainError):
    """An item stays what it is."""

    code = "library_item_of_other_kind"
    message = _("The item is of another kind. Save this one as a new item.")


class ItemRetired(DomainError):
    """A retired item is neither taken nor changed."""

    code = "library_item_retired"
    message = _("The item is retired. Bring it back first.")


class ItemNotRetired(DomainError):
    """Only what is retired can be brought back."""

    code = "library_item_not_retired"
    message = _("The item is not retired.")


@dataclass(frozen=True, slots=True)
class Description:
    """What is said about an item: its title by language, a topic, and tags."""

    title: Mapping[str, str]
    topic: str = ""
    tags: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def save_item(
    version: QuestionnaireVersion,
    *,
    uid: str,
    description: Description,
    actor: User | None,
    at: datetime,
) -> LibraryItem:
    """Keep an element of a version in the library of its owner, with its lists, lookup tables and
    the metadata of its indicators.

    Raises ItemInvalid, and NotAnItem for what is no element.
    """
    told = _checked(description)
    owner = version.questionnaire.owner
    document = _document(version, at)
    item = LibraryItem(
        key=new_uid(),
        owner=owner,
        kind=_kind(document, uid),
        title=told.title,
        topic=told.topic,
        tags=told.tags,
        content=content_of(document, uid),
        origin_version=version,
        origin_uid=uid,
        created_at=at,
        created_by=actor,
        updated_at=at,
    )
    _index(item)
    item.save(force_insert=True)
    _record(Event.LIBRARY_ITEM_SAVED, item, actor, at, source=_source(version), node=uid)
    return item


@transaction.atomic
def update_item(
    item: LibraryItem,
    *,
    version: QuestionnaireVersion,
    uid: str,
    actor: User | None,
    at: datetime,
) -> LibraryItem:
    """Give an item the content of an element; nothing new leaves its revision.

    Raises ItemRetired, NotAnItem, and OtherKind.
    """
    row = _locked(item)
    if row.retired_at is not None:
        raise ItemRetired
    document = _document(version, at)
    blocks = {ItemKind.GROUP, ItemKind.SECTION}
    if (kind := _kind(document, uid)) != row.kind and not {kind, row.kind} <= blocks:
        raise OtherKind
    content = content_of(document, uid, like=row.content, key=row.key)
    if content == row.content:
        return row
    row.content = content
    row.revision += 1
    row.updated_at = at
    row.origin_version, row.origin_uid = version, uid
    _index(row)
    row.save()
    _record(Event.LIBRARY_ITEM_UPDATED, row, actor, at, source=_source(version), node=uid)
    return row


@transaction.atomic
def describe_item(
    item: LibraryItem, *, description: Description, actor: User | None, at: datetime
) -> LibraryItem:
    """Give an item another title, topic and tags; its content and revision stay. Raises ItemInvalid."""
    told = _checked(description)
    row = _locked(item)
    before = {"title": row.title, "topic": row.topic, "tags": row.tags}
    row.title, row.topic, row.tags = dict(told.title), told.topic, list(told.tags)
    after = {"title": row.title, "topic": row.topic, "tags": row.tags}
    if before == after:
        return row
    _index(row)
    row.save(update_fields=["title", "topic", "tags", "words"])
    _record(Event.LIBRARY_ITEM_DESCRIBED, row, actor, at, old=before, new=after)
    return row


@transaction.atomic
def retire_item(item: LibraryItem, *, actor: User | None, at: datetime) -> LibraryItem:
    """Offer an item no longer; its copies stay. Raises ItemRetired."""
    row = _locked(item)
    if row.retired_at is not None:
        raise ItemRetired
    row.retired_at = at
    row.save(update_fields=["retired_at"])
    _record(Event.LIBRARY_ITEM_RETIRED, row, actor, at)
    return row


@transaction.atomic
def restore_item(item: LibraryItem, *, actor: User | None, at: datetime) -> LibraryItem:
    """Offer a retired item again. Raises ItemNotRetired."""
    row = _locked(item)
    if row.retired_at is None:
        raise ItemNotRetired
    row.retired_at = None
    row.save(update_fields=["retired_at"])
    _record(Event.LIBRARY_ITEM_RESTORED, row, actor, at)
    return row


def _checked(description: Description) -> Description:
    title = {language: text.strip() for language, text in description.title.items()}
    title = {language: text for language, text in title.items() if text}
    topic = description.topic.strip()
    tags = list(dict.fromkeys(filter(None, (tag.strip() for tag in description.tags))))
    if not title:
        raise ItemInvalid("title", str(_("Give the item a title.")))
    for text in title.values():
        _check_length("title", text, TITLE_LENGTH)
    _check_length("topic", topic, TOPIC_LENGTH)
    if len(tags) > MOST_TAGS:
        advice = _("Give at most %(number)s tags.")
        raise ItemInvalid("tags", str(advice) % {"number": MOST_TAGS})
    for tag in tags:
        _check_length("tags", tag, TAG_LENGTH)
    return Description(title, topic, tags)


def _check_length(name: str, text: str, limit: int) -> None:
    if len(text) > limit or "\0" in text:
        advice = _("Write a text of at most %(number)s characters.")
        raise ItemInvalid(name, str(advice) % {"number": limit})


def can_be_kept(version: QuestionnaireVersion, uid: str) -> bool:
    """Whether an element of the version is of a kind that items are made of."""
    try:
        _kind(version.definition, uid)
    except NotAnItem:
        return False
    return True


def _document(version: QuestionnaireVersion, at: datetime) -> dict[str, Any]:
    """The definition with the indicators that its questions feed and only the catalogue has."""
    definition = load(version.definition)
    owner = version.questionnaire.owner_id
    return dump(with_catalogue(definition, owner, timezone.localdate(at)))


def _kind(document: dict[str, Any], uid: str) -> ItemKind:
    try:
        return kind_of(document, uid)
    except (EditError, ValueError) as failure:
        raise NotAnItem from failure


def _index(item: LibraryItem) -> None:
    """What the item is found by."""
    codes = codes_of(item.content)
    item.codes = f" {' '.join(codes)} " if codes else ""
    told = [*item.title.values(), item.topic, *item.tags, *codes, *labels_of(item.content)]
    item.words = search_key(" ".join(told))[:WORDS_LENGTH]


def _locked(item: LibraryItem) -> LibraryItem:
    rows = LibraryItem.objects.select_for_update(of=("self",)).select_related("owner")
    return rows.get(pk=item.pk)


def _source(version: QuestionnaireVersion) -> str:
    return f"{version.questionnaire.code}/{version.number}"


def _record(kind: Event, item: LibraryItem, actor: User | None, at: datetime, **told: Any) -> None:
    data = {
        "owner": item.owner.key,
        "item": item.key,
        "kind": str(item.kind),
        "title": item.title,
        "revision": item.revision,
        **told,
    }
    audit.record(kind, item, actor=actor, at=at, data=data)
