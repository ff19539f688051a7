"""Taking a workbook back: it is read, compared and kept; nothing is changed by that."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.engine import Form
from surveys.excelform.comparing import compare
from surveys.excelform.reading.returned import Returned, returned
from surveys.excelform.reading.sheets import WorkbookRefused as FileUnreadable
from surveys.excelform.reading.sheets import read_workbook
from surveys.files import storage
from surveys.files.checking import CheckedFile, checked
from surveys.files.policy import Purpose
from surveys.organisations.models import User
from surveys.organisations.search import search_key
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.models import Response
from surveys.responses.services.drafts import lock, refuse_unless_editable, share_in
from surveys.responses.services.starting import start
from surveys.responses.workbooks.lines import line_json, lines_of
from surveys.responses.workbooks.models import WorkbookUpload
from surveys.responses.workbooks.refusals import (
    WorkbookOfAnotherQuestionnaire,
    WorkbookRefused,
    WorkbooksTooMany,
    WorkbookUnknown,
    WorkbookWithoutAnswers,
    of_another_version,
)
from surveys.responses.workbooks.terms import terms_of


def take_back(
    assignment: Assignment, *, file: "UploadedFile[bytes]", actor: User, at: datetime
) -> WorkbookUpload:
    """Keep a filled-in workbook beside what it would change in the assignment's draft.

    Whose answers these are is the assignment's matter; the file says only of which version it is. A
    draft that nobody has started is started. Raises FileRefused, WorkbookRefused, AnswersLocked or
    RoundClosedForEditing; each refusal stands in the audit, and nothing of the file is kept then.
    """
    try:
        return _take_back(assignment, file, actor, at)
    except DomainError as refusal:
        data = {**_about(assignment), "name": (file.name or "")[:200], "code": refusal.code}
        audit.record(Event.WORKBOOK_REFUSED, assignment, actor=actor, at=at, data=data)
        raise


def _take_back(
    assignment: Assignment, file: "UploadedFile[bytes]", actor: User, at: datetime
) -> WorkbookUpload:
    content = checked(file, Purpose.WORKBOOK)
    version = _version_of(assignment)
    workbook = _read(content, version, form_of(version))
    with transaction.atomic():
        draft = lock(start(assignment, actor=actor, at=at), at=at)
        refuse_unless_editable(draft, at=at)
        if draft.response.version_id != version.pk:
            raise of_another_version(workbook.identity.version, draft.response.version.number)
        _refuse_too_many(draft.response, content.size)
        identity = workbook.identity
        terms = terms_of(
            draft.response,
            share_in(draft, actor=actor),
            actor=actor,
            made_at=identity.made_at,
            language=identity.language,
        )
        lines = lines_of(compare(workbook, draft.state, terms))
        upload = WorkbookUpload(
            response=draft.response,
            name=content.name,
            size=content.size,
            sha256=content.sha256,
            is_scanned=content.is_scanned,
            version_number=version.number,
            made_at=identity.made_at,
            is_of_another=not _names(workbook, assignment),
            lines=[line_json(line) for line in lines],
            uploaded_at=at,
            uploaded_by=actor,
        )
        # The content first: what a kill leaves behind is found by the nightly cleaning.
        storage.keep(upload.pk, content.content)
        upload.save(force_insert=True)
        data = {**_about(assignment), "upload": str(upload.pk), "sha256": content.sha256}
        audit.record(Event.WORKBOOK_UPLOADED, draft.response, actor=actor, at=at, data=data)
        return upload


def _version_of(assignment: Assignment) -> QuestionnaireVersion:
    """The version of the draft; of the assignment where there is none yet."""
    response = Response.objects.select_related("version").filter(assignment=assignment)
    started = response.defer("version__definition").first()
    return assignment.version if started is None else started.version


def _read(content: CheckedFile, version: QuestionnaireVersion, form: Form) -> Returned:
    try:
        sheets = read_workbook(content.content, content.name)
    except FileUnreadable as refusal:
        raise WorkbookRefused.because(refusal.problem) from refusal
    workbook = returned(sheets, form)
    identity = workbook.identity
    if not identity.is_known:
        raise WorkbookUnknown
    asked = version.questionnaire.code
    if identity.questionnaire != asked:
        words = {"given": identity.questionnaire[:100], "asked": asked}
        raise WorkbookOfAnotherQuestionnaire(str(WorkbookOfAnotherQuestionnaire.message) % words)
    if identity.version != str(version.number):
        raise of_another_version(identity.version, version.number)
    if not workbook.given and not workbook.rows:
        raise WorkbookWithoutAnswers
    return workbook


def _refuse_too_many(response: Response, size: int) -> None:
    limit: int = settings.UPLOAD_MOST_BYTES_PER_RESPONSE
    used = WorkbookUpload.objects.filter(response=response).aggregate(bytes=Sum("size"))["bytes"]
    if (used or 0) + size > limit:
        words = {"limit": filesizeformat(limit)}
        raise WorkbooksTooMany(str(WorkbooksTooMany.message) % words)


def _names(workbook: Returned, assignment: Assignment) -> bool:
    """Whether the workbook's front names the agency, by any of its names."""
    front = " ".join(search_key(text) for text in workbook.front)
    agency = assignment.agency
    names = {search_key(name) for name in (agency.name, agency.name_en) if name}
    return any(name in front for name in names)


def _about(assignment: Assignment) -> dict[str, object]:
    """What the audit keeps of every act on a response."""
    return {
        "assignment": assignment.pk,
        "round": assignment.round_id,
        "agency": assignment.agency_id,
    }
