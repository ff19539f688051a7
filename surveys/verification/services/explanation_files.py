"""Files behind an explanation: added and removed until it is handed in."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.files.checking import CheckedFile
from surveys.organisations.models import User
from surveys.responses import services as responses
from surveys.responses.models import Response
from surveys.verification.models import ExplanationFile, VerificationItem, VerificationPlan
from surveys.verification.services.explaining import refuse_explaining
from surveys.verification.services.locking import lock_item

MOST_FILES: Final = 20
"""The most files behind one explanation: as many as there are pieces of evidence behind an answer."""


class TooManyExplanationFiles(DomainError):
    """An explanation has at most 20 files."""

    code = "too_many_explanation_files"
    message = _("An explanation takes at most 20 files. Remove one first.")
    status = 422


class ExplanationFileUnknown(DomainError):
    """There is no such file behind the explanation."""

    code = "explanation_file_unknown"
    message = _("There is no such file any more; perhaps a colleague removed it.")
    status = 404


@transaction.atomic
def add_explanation_file(
    item: VerificationItem, file: CheckedFile, *, actor: User, at: datetime
) -> ExplanationFile:
    """Keep a file that is handed in with the explanation of a finding; the same one is kept once.

    Raises TooManyExplanationFiles, QuotaUsedUp, StorageFull, and what keeps from explaining:
    VerificationMovedOn, FindingsNotReleased, ExplainedAlready, ExplanationTooLate, ItemMovedOn or
    NothingToExplain. Nothing is kept then.
    """
    # The response is held before its case, as everywhere.
    response = Response.objects.select_for_update(no_key=True, of=("self",)).only("pk")
    held = response.get(pk=item.case.revision.response_id)
    locked = lock_item(item)
    refuse_explaining(locked, at=at)
    same = locked.explanation_files.filter(file__sha256=file.sha256, file__name=file.name).first()
    if same is not None:
        return same
    if locked.explanation_files.count() >= MOST_FILES:
        raise TooManyExplanationFiles
    edit = responses.Edit(edit_id=uuid4().hex, actor=actor, at=at)
    kept = responses.keep_beside(held, path=place_of(locked), file=file, edit=edit)
    return ExplanationFile.objects.create(item=locked, file=kept)


@transaction.atomic
def remove_explanation_file(
    item: VerificationItem, file_id: UUID, *, actor: User, at: datetime
) -> None:
    """Take a file away before the explanation is handed in; it is gone then.

    Raises ExplanationFileUnknown, and what keeps from explaining.
    """
    locked = lock_item(item)
    refuse_explaining(locked, at=at)
    found = locked.explanation_files.filter(file=file_id).select_related("file").first()
    if found is None:
        raise ExplanationFileUnknown
    _discard(found, actor=actor, at=at)


def discard_unsaid(plan: VerificationPlan, *, actor: User | None, at: datetime) -> None:
    """Delete the files of explanations that were never handed in; part of the closing."""
    unsaid = ExplanationFile.objects.filter(item__case__plan=plan, item__explanation=None)
    for each in unsaid.select_related("file"):
        _discard(each, actor=actor, at=at)


def place_of(item: VerificationItem) -> str:
    """Where such a file belongs; no question has such a path."""
    return f"#explanation/{item.code}"


def _discard(found: ExplanationFile, *, actor: User | None, at: datetime) -> None:
    file = found.file
    found.delete()
    responses.discard_beside(file, actor=actor, at=at)
