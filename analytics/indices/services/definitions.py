"""Indices and their versions: made, copied, edited, frozen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from analytics.definitions import DefinitionUnreadable, IndexDefinition, Problem
from analytics.indices.documents import as_stored, read_document
from analytics.indices.enums import VersionStatus
from analytics.indices.findings import blocking
from analytics.indices.models import CODE_LENGTH, NOTE_LENGTH, CompositeIndex, IndexVersion
from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.models import Agency, User

_CODE: Final = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{CODE_LENGTH - 1}}}")
NAME_LENGTH: Final = 200


class IndexCodeInvalid(DomainError):
    """A code that cannot stand in an address."""

    code = "index_code_invalid"
    message = _("A code has small letters without tones, digits and hyphens, at most 60.")
    status = 422


class IndexCodeTaken(DomainError):
    """Codes are unique over all owners."""

    code = "index_code_taken"
    message = _("There is an index with this code already.")


class IndexNameMissing(DomainError):
    """An index needs a name."""

    code = "index_name_missing"
    message = _("Give the index a Vietnamese name of at most 200 characters.")
    status = 422


class DefinitionInvalid(DomainError):
    """A document that is no definition; ``problems`` are all of them with their places."""

    code = "index_definition_invalid"
    message = _("The definition cannot be read. What is wrong stands below.")
    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=[str(each) for each in problems])
        self.problems = tuple(problems)


class FindingsLeft(DomainError):
    """A definition that cannot be computed as it stands is not frozen."""

    code = "index_findings_left"
    message = _("The version cannot be frozen: some findings must be settled first.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=[str(each) for each in problems])
        self.problems = tuple(problems)


class VersionFrozen(DomainError):
    """What is frozen never changes."""

    code = "index_version_frozen"
    message = _("This version is frozen. Make a new version to change it.")


class VersionChanged(DomainError):
    """Somebody has saved the draft since the page was opened."""

    code = "index_version_changed"
    message = _(
        "Somebody saved this version while you were at it. What you typed is still here; look at what "
        "differs and save again."
    )


@dataclass(frozen=True, slots=True)
class Start:
    """With what an index begins: its code and name, and what its first version says."""

    code: str
    name: Mapping[str, str]
    document: Mapping[str, Any]
    forked_from: IndexVersion | None = None


@transaction.atomic
def create_index(start: Start, *, owner: Agency, actor: User | None, at: datetime) -> IndexVersion:
    """An index with its first draft, which says what the document says under the code and name given.

    Raises IndexCodeInvalid, IndexNameMissing, IndexCodeTaken and DefinitionInvalid.
    """
    code = start.code
    if not _CODE.fullmatch(code):
        raise IndexCodeInvalid
    texts = {language: text.strip() for language, text in start.name.items() if text.strip()}
    if not texts.get("vi") or max(map(len, texts.values())) > NAME_LENGTH:
        raise IndexNameMissing
    definition = _readable({**start.document, "code": code, "name": texts})
    index, is_new = CompositeIndex.objects.get_or_create(
        code=code,
        defaults={"owner": owner, "name": texts, "created_at": at, "created_by": actor},
    )
    if not is_new:
        raise IndexCodeTaken
    data = {"code": code, "owner": owner.key, "name": texts}
    audit.record(Event.INDEX_CREATED, index, actor=actor, at=at, data=data)
    return _draft(index, definition, actor=actor, at=at, forked_from=start.forked_from)


@transaction.atomic
def fork_version(
    version: IndexVersion, *, actor: User | None, at: datetime, note: str = ""
) -> IndexVersion:
    """A new draft of the same index that says what the version says."""
    index = CompositeIndex.objects.select_for_update().get(pk=version.index_id)
    number = _next_number(index)
    definition = _readable({**version.definition, "version": str(number)})
    return _draft(index, definition, actor=actor, at=at, forked_from=version, note=note)


@transaction.atomic
def save_draft(
    version: IndexVersion,
    document: Mapping[str, Any],
    *,
    seen: str,
    actor: User | None,
    at: datetime,
    note: str | None = None,
) -> IndexVersion:
    """Let the draft say what the document says; ``seen`` is the hash that the editor had seen.

    The index keeps its code. Nothing new records nothing. Raises VersionFrozen, VersionChanged and
    DefinitionInvalid.
    """
    locked = _locked(version)
    if not locked.is_draft:
        raise VersionFrozen
    if locked.sha256 != seen:
        raise VersionChanged
    definition = _readable({**document, "code": locked.index.code})
    stored, sha256 = as_stored(definition)
    told = locked.note if note is None else note[:NOTE_LENGTH]
    if (sha256, told) == (locked.sha256, locked.note):
        return locked
    before = locked.sha256
    locked.definition, locked.sha256, locked.note = stored, sha256, told
    locked.save(update_fields=["definition", "sha256", "note"])
    _rename(locked.index, definition)
    data = {"code": locked.index.code, "number": locked.number, "old": before, "new": sha256}
    audit.record(Event.INDEX_VERSION_EDITED, locked, actor=actor, at=at, data=data)
    return locked


@transaction.atomic
def freeze_version(
    version: IndexVersion, *, seen: str, actor: User | None, at: datetime
) -> IndexVersion:
    """Let the version never change again, so that it can be run.

    Raises VersionFrozen, VersionChanged, and FindingsLeft while a finding blocks.
    """
    locked = _locked(version)
    if not locked.is_draft:
        raise VersionFrozen
    if locked.sha256 != seen:
        raise VersionChanged
    if left := blocking(read_document(locked.definition)):
        raise FindingsLeft(left)
    locked.status, locked.frozen_at = VersionStatus.FROZEN, at
    locked.save(update_fields=["status", "frozen_at"])
    data = {"code": locked.index.code, "number": locked.number, "sha256": locked.sha256}
    audit.record(Event.INDEX_VERSION_FROZEN, locked, actor=actor, at=at, data=data)
    return locked


def _draft(
    index: CompositeIndex,
    definition: IndexDefinition,
    *,
    actor: User | None,
    at: datetime,
    forked_from: IndexVersion | None,
    note: str = "",
) -> IndexVersion:
    stored, sha256 = as_stored(definition)
    version = IndexVersion.objects.create(
        index=index,
        number=_next_number(index),
        definition=stored,
        sha256=sha256,
        forked_from=forked_from,
        note=note[:NOTE_LENGTH],
        created_at=at,
        created_by=actor,
    )
    data = {
        "code": index.code,
        "number": version.number,
        "sha256": sha256,
        "forked_from": str(forked_from) if forked_from else "",
    }
    audit.record(Event.INDEX_VERSION_DRAFTED, version, actor=actor, at=at, data=data)
    return version


def _rename(index: CompositeIndex, definition: IndexDefinition) -> None:
    """The index is called as its newest edited version calls it."""
    name = dict(definition.name)
    if name and name != index.name:
        index.name = name
        index.save(update_fields=["name"])


def _next_number(index: CompositeIndex) -> int:
    newest = index.versions.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _readable(document: Mapping[str, Any]) -> IndexDefinition:
    try:
        return read_document(dict(document))
    except DefinitionUnreadable as refusal:
        raise DefinitionInvalid(refusal.problems) from refusal


def _locked(version: IndexVersion) -> IndexVersion:
    rows = IndexVersion.objects.select_for_update(of=("self",)).select_related("index")
    return rows.get(pk=version.pk)
