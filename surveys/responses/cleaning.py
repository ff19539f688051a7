"""Content on the disk that no row knows: a process died between writing it and committing."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from surveys.files import storage
from surveys.responses.models import Evidence, StoredFile
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.signatures.models import SignedPdf, SignedPdfStatus
from surveys.responses.workbooks.models import WorkbookUpload

PATIENCE: Final = timedelta(days=1)

logger = logging.getLogger(__name__)


def discard_orphans(*, at: datetime) -> int:
    """Delete content older than a day that no file, copy, paper, signed PDF or workbook names; how
    much there was.

    A row is only ever made together with the answer or the evidence that names it, in one
    transaction with its history. So content that has a row is needed, and content without one never
    was.
    """
    discarded = 0
    for file_id in list(storage.kept_before(at - PATIENCE)):
        if any(known.filter(pk=file_id).exists() for known in _known()):
            continue
        if Evidence.objects.filter(snapshot=file_id).exists():
            continue
        storage.discard(file_id)
        logger.warning("The content %s belonged to no file and is deleted", file_id)
        discarded += 1
    return discarded


def _known() -> Iterator[QuerySet[Any]]:
    yield StoredFile.objects.all()
    yield RevisionPaper.objects.filter(is_erased=False)
    yield SignedPdf.objects.filter(is_erased=False).exclude(status=SignedPdfStatus.REFUSED)
    yield WorkbookUpload.objects.all()
