"""Reads of the library."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from surveys.audit.models import AuditEvent
from surveys.definitions.editing import Tree
from surveys.definitions.editing.nodes import walk
from surveys.organisations.models import User
from surveys.organisations.rules import Person
from surveys.organisations.search import search_key
from surveys.questionnaires.models import QuestionnaireVersion, QuestionnaireVersionQuerySet
from surveys.questionnaires.origins import Origin
from surveys.questionnaires.question_library.models import LibraryItem, LibraryItemQuerySet

NEEDLE: Final = '"{}@'


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" leaves it open."""

    text: str = ""
    kind: str = ""
    topic: str = ""
    indicator: str = ""
    with_retired: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an item in a version."""

    name: str
    label: dict[str, str]
    revision: int


@dataclass(frozen=True, slots=True)
class Use:
    """A version with copies of an item."""

    version: QuestionnaireVersion
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Kinship:
    """What ties an element of a draft to the library.

    ``origin`` is set for a copy, and not for the element that the item was saved from.
    """

    item: LibraryItem
    origin: Origin | None

    @property
    def is_outdated(self) -> bool:
        """Whether the item has changed since it was copied."""
        return self.origin is not None and self.origin.revision < self.item.revision


def find_items(wanted: Wanted, *, user: Person) -> LibraryItemQuerySet:
    """The items that the person may see and that fit, by topic, the latest first; contents deferred."""
    found = LibraryItem.objects.visible_to(user).select_related("owner").defer("content", "words")
    if not wanted.with_retired:
        found = found.filter(retired_at=None)
    for word in search_key(wanted.text).split():
        found = found.filter(words__contains=word)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.indicator:
        found = found.filter(codes__contains=f" {wanted.indicator} ")
    return found.order_by("topic", "-updated_at", "-pk")


def topics(user: Person) -> list[str]:
    """The topics of the items that the person may see, each once."""
    visible = LibraryItem.objects.visible_to(user).filter(retired_at=None).exclude(topic="")
    return list(visible.order_by("topic").values_list("topic", flat=True).distinct())


def indicators(user: Person) -> list[str]:
    """The codes of the indicators that such items feed, each once."""
    visible = LibraryItem.objects.visible_to(user).filter(retired_at=None).exclude(codes="")
    found = {code for codes in visible.values_list("codes", flat=True) for code in codes.split()}
    return sorted(found)


def versions_with(item: LibraryItem, user: Person) -> QuestionnaireVersionQuerySet:
    """The versions that the person may see in which a copy of the item may stand."""
    visible = QuestionnaireVersion.objects.visible_to(user)
    return visible.filter(definition__icontains=NEEDLE.format(item.key))


def uses_of(item: LibraryItem, user: Person) -> list[Use]:
    """The versions that the person may see with copies of the item, the newest first."""
    found = versions_with(item, user).select_related("questionnaire__owner")
    ordered = found.order_by("questionnaire", "-number")
    uses = (Use(each, tuple(_copies(each.definition, item.key))) for each in ordered)
    return [use for use in uses if use.copies]


def kinship_of(version: QuestionnaireVersion, uid: str, user: User) -> Kinship | None:
    """The item that an element is a copy of, or that was saved from it; None for neither."""
    tree = Tree(version.definition)
    origin = Origin.read(tree.node(uid).get("library_item")) if uid in tree else None
    visible = LibraryItem.objects.visible_to(user)
    if origin is not None:
        item = visible.filter(key=origin.key).first()
        return Kinship(item, origin) if item else None
    saved = visible.filter(
        origin_uid=uid, origin_version__questionnaire=version.questionnaire_id, retired_at=None
    )
    latest = saved.order_by("-updated_at").first() if uid else None
    return Kinship(latest, None) if latest else None


def history_of(item: LibraryItem) -> list[AuditEvent]:
    """What was done to the item, the latest first."""
    events = AuditEvent.objects.filter(subject_type=item._meta.label_lower, subject_id=str(item.pk))
    return list(events.select_related("actor").order_by("-pk"))


def _copies(document: dict[str, Any], key: str) -> Iterator[Copy]:
    for node in walk(document):
        origin = Origin.read(node.get("library_item"))
        if origin is not None and origin.key == key and not origin.name:
            yield Copy(str(node["name"]), node.get("label", {}), origin.revision)
