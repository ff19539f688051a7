"""XForms of versions: asked for, written in the background, kept for a week, fetched by who asked.

They belong here and not among the exports: an export is of a round and carries answers, an XForm is
the questionnaire itself in another language. pyxform is loaded by the task alone.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.background.models import Job
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion

KEPT_FOR: Final = timedelta(days=7)
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell."""


class XFormOfDraft(DomainError):
    """What goes to devices does not change any more."""

    code = "xform_of_draft"
    message = _("Publish the version first: what is on a device cannot be changed any more.")


class XFormNotReady(DomainError):
    """The file is not there yet, or no longer."""

    code = "xform_not_ready"
    message = _("The file is not ready, or its time has run out. Ask for it again.")


@transaction.atomic
def ask_for_xform(version: QuestionnaireVersion, *, actor: User, at: datetime) -> None:
    """Ask for the XForm of a version that was published; a background job writes it.

    Raises XFormOfDraft.
    """
    if version.status == VersionStatus.DRAFT:
        raise XFormOfDraft
    data = {"questionnaire": version.questionnaire.code, "number": version.number}
    audit.record(Event.XFORM_REQUESTED, version, actor=actor, at=at, data=data)


def store_xform(job_id: int, xml: str, media: Mapping[str, str], *, at: datetime) -> dict[str, Any]:
    """Keep the file for seven days, and remove those whose time has run out; its size and hash.

    A form that reads lookup tables is packed with them: Collect wants them beside it. A job that runs
    a second time writes the same file again.
    """
    content = _packed(xml, media) if media else xml.encode()
    path = _path(job_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_expired(path.parent, at=at)
    path.write_bytes(content)
    path.chmod(0o600)
    return {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "suffix": "zip" if media else "xml",
    }


@transaction.atomic
def fetch_xform(job: Job, *, actor: User, at: datetime) -> Path:
    """The file that a job wrote, for who asked for it; noted in the audit. Raises XFormNotReady."""
    path = _path(job.pk)
    expires_at = expiry_of(job)
    if job.owner_id != actor.pk or not expires_at or expires_at <= at or not path.is_file():
        raise XFormNotReady
    data = {"sha256": job.result["sha256"]}
    version = QuestionnaireVersion.objects.defer("definition").get(pk=job.event.subject_id)
    audit.record(Event.XFORM_DOWNLOADED, version, actor=actor, at=at, data=data)
    return path


def expiry_of(job: Job) -> datetime | None:
    """Until when the file is kept; ``None`` if the job wrote none."""
    if job.finished_at is None or not job.result.get("size"):
        return None
    return job.finished_at + KEPT_FOR


def _path(job_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "xforms" / f"{job_id}.xform"


def _packed(xml: str, media: Mapping[str, str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in {"form.xml": xml, **media}.items():
            # Equal forms give equal files, whatever the time.
            archive.writestr(ZipInfo(name, EARLIEST), text.encode(), ZIP_DEFLATED)
    return packed.getvalue()


def _remove_expired(folder: Path, *, at: datetime) -> None:
    files = {int(file.stem): file for file in folder.glob("*.xform")}
    gone = Job.objects.filter(pk__in=files, finished_at__lte=at - KEPT_FOR)
    for job_id in gone.values_list("pk", flat=True):
        files[job_id].unlink(missing_ok=True)
