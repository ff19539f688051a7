"""Everything that changes questionnaires."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.definitions import dump
from surveys.engine import Change, Definition, Problem, errors
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, User
from surveys.questionnaires.catalogue.queries import indicators_of
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import attached_tables, form_of, names_broken_by
from surveys.questionnaires.services.codes import CodeTaken, check_code
from surveys.questionnaires.services.creating import checked_title
from surveys.questionnaires.services.drafts import replace_draft, write_draft
from surveys.xlsform import read_workbook

NOTE_LENGTH = 2_000


class WorkbookRefused(DomainError):
    """The workbook has errors; ``problems`` names all of them with their cells."""

    code = "workbook_refused"
    message = _("The workbook has errors; nothing was written.")
    status = 422

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems=[plain(problem) for problem in problems])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as it was sent."""

    data: bytes
    filename: str


class OwnedByAnother(DomainError):
    """The code belongs to a questionnaire of another owner."""

    code = "owned_by_another"
    message = _("Another owner has a questionnaire with this code.")


class VersionNotPublishable(DomainError):
    """The version is no draft, or its definition has errors."""

    code = "version_not_publishable"
    message = _("Only a draft can be published.")

    def __init__(self, message: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, problems=[plain(problem) for problem in problems])
        self.problems = problems


class NamesChanged(VersionNotPublishable):
    """Published names would come to mean something else; ``changes`` says which and how."""

    code = "names_changed"

    def __init__(self, changes: tuple[Change, ...]) -> None:
        names = ", ".join(change.place for change in changes)
        super().__init__(
            str(
                _(
                    "A published name keeps its meaning. Give these questions new names, and the old "
                    "name in successor_of: %(names)s."
                )
            )
            % {"names": names}
        )
        self.changes = changes


class VersionNotRetirable(DomainError):
    """Only what is published can be retired."""

    code = "version_not_retirable"
    message = _("Only a published version can be retired.")


class NoteUnstorable(DomainError):
    """A note is a text of at most 2,000 characters."""

    code = "note_unstorable"
    message = _("A note is a text of at most 2,000 characters.")
    status = 422


def plain(problem: Problem) -> dict[str, str]:
    """A problem as JSON."""
    return {
        "code": problem.code,
        "at": problem.at,
        "name": problem.name,
        "advice": problem.advice,
        "severity": str(problem.severity),
    }


def import_workbook(
    *, data: bytes, filename: str, code: str, owner: Agency, actor: User | None, at: datetime
) -> QuestionnaireVersion:
    """Make the draft of a questionnaire from an XLSForm, or replace the draft it has.

    Raises WorkbookRefused if the workbook has errors, CodeInvalid, and OwnedByAnother; nothing is
    written then. Lookup tables that the newest version has and the workbook has not stay. The workbook
    is read before the transaction begins: reading holds up nobody.
    """
    definition, told = _read(data, filename, code=code, owner=owner, at=at)
    with transaction.atomic():
        version = _write_draft(definition, owner=owner, actor=actor, at=at)
        _record_import(version, told, actor=actor, at=at)
    return version


def create_from_workbook(
    workbook: Workbook,
    *,
    code: str,
    title: Mapping[str, str],
    owner: Agency,
    actor: User | None,
    at: datetime,
) -> QuestionnaireVersion:
    """The first draft of a new questionnaire from an XLSForm, under its own title where none is given.

    Raises CodeInvalid, CodeTaken, TitleInvalid, and WorkbookRefused; nothing is written then.
    """
    texts = checked_title(title) if any(text.strip() for text in title.values()) else {}
    definition, told = _read(workbook.data, workbook.filename, code=code, owner=owner, at=at)
    with transaction.atomic():
        if Questionnaire.objects.filter(code=code).exists():
            raise CodeTaken
        titled = replace(definition, title={**definition.title, **texts})
        version = _write_draft(titled, owner=owner, actor=actor, at=at)
        _record_import(version, told, actor=actor, at=at)
    return version


@transaction.atomic
def publish(
    version: QuestionnaireVersion, *, actor: User | None, at: datetime, note: str = ""
) -> QuestionnaireVersion:
    """Freeze a draft; rounds can use it from now on and it never changes again.

    Raises VersionNotPublishable unless it is a draft without errors, NamesChanged if a name that was
    published comes to mean something else, and NoteUnstorable.
    """
    if len(note) > NOTE_LENGTH or "\0" in note:
        raise NoteUnstorable
    draft = QuestionnaireVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if draft.status != VersionStatus.DRAFT:
        raise VersionNotPublishable
    if found := errors(form_of(draft).problems):
        raise VersionNotPublishable(
            str(_("The version has errors and cannot be published.")), tuple(found)
        )
    if broken := names_broken_by(draft):
        raise NamesChanged(broken)
    draft.status = VersionStatus.PUBLISHED
    draft.published_at = at
    draft.published_by = actor
    draft.note = note
    draft.save(update_fields=["status", "published_at", "published_by", "note"])
    audit.record(
        Event.QUESTIONNAIRE_PUBLISHED,
        draft,
        actor=actor,
        at=at,
        data={"questionnaire": draft.questionnaire.code, "number": draft.number, "note": note},
    )
    return draft


@transaction.atomic
def retire(
    version: QuestionnaireVersion, *, actor: User | None, at: datetime
) -> QuestionnaireVersion:
    """Take a published version out of use: no new round takes it; rounds that have it keep it.

    Raises VersionNotRetirable unless it is published.
    """
    published = QuestionnaireVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if published.status != VersionStatus.PUBLISHED:
        raise VersionNotRetirable
    published.status = VersionStatus.RETIRED
    published.save(update_fields=["status"])
    audit.record(
        Event.QUESTIONNAIRE_RETIRED,
        published,
        actor=actor,
        at=at,
        data={"questionnaire": published.questionnaire.code, "number": published.number},
    )
    return published


def _read(
    data: bytes, filename: str, *, code: str, owner: Agency, at: datetime
) -> tuple[Definition, dict[str, Any]]:
    """The definition of a workbook and what is recorded of it. Raises CodeInvalid, WorkbookRefused."""
    check_code(code)
    listed = indicators_of(owner, timezone.localdate(at))
    result = read_workbook(
        data,
        filename,
        code=code,
        agency_types=AgencyType.values,
        catalogue=[indicator.code for indicator in listed],
        attached=attached_tables(code),
    )
    if result.definition is None:
        raise WorkbookRefused(result.problems)
    return result.definition, {
        "questionnaire": code,
        "filename": filename,
        "sha256": hashlib.sha256(data).hexdigest(),
        "problems": [plain(problem) for problem in result.problems],
    }


def _record_import(
    version: QuestionnaireVersion, told: dict[str, Any], *, actor: User | None, at: datetime
) -> None:
    data = {**told, "number": version.number}
    audit.record(Event.QUESTIONNAIRE_IMPORTED, version, actor=actor, at=at, data=data)


def _write_draft(
    definition: Definition, *, owner: Agency, actor: User | None, at: datetime
) -> QuestionnaireVersion:
    questionnaire, _created = Questionnaire.objects.select_for_update(of=("self",)).get_or_create(
        code=definition.code, defaults={"owner": owner, "created_at": at}
    )
    if questionnaire.owner_id != owner.pk:
        raise OwnedByAnother
    document = dump(definition)
    draft = questionnaire.versions.filter(status=VersionStatus.DRAFT).first()
    if draft is None:
        return write_draft(questionnaire, document, actor=actor, at=at)
    return replace_draft(draft, document, actor=actor, at=at)
