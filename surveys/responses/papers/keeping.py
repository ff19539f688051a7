"""Files that a job makes for who asked for them: prints of drafts, dossiers. They are kept for a week."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from surveys.background.models import Job

KEPT_FOR: Final = timedelta(days=7)


@contextmanager
def made_file(kind: str, job_id: int, *, at: datetime) -> Iterator[IO[bytes]]:
    """A file to write into: for this process only, and there when it is whole.

    Those of the kind whose week is over are removed. A job that runs again writes the same file again.
    """
    path = place_of(kind, job_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _remove_expired(path.parent, at=at)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w+b") as file:
        unfinished.chmod(0o600)
        yield file
    unfinished.replace(path)


def size_and_hash(kind: str, job_id: int) -> dict[str, Any]:
    """What a job says of the file it made."""
    path = place_of(kind, job_id)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"size": path.stat().st_size, "sha256": digest}


def kept_file(kind: str, job: Job, *, at: datetime) -> Path | None:
    """The file of a job while it is kept."""
    path, expires_at = place_of(kind, job.pk), expiry_of(job)
    is_there = expires_at is not None and expires_at > at and path.is_file()
    return path if is_there else None


def expiry_of(job: Job) -> datetime | None:
    """Until when the file is kept; None if the job made none."""
    if job.finished_at is None or not job.result.get("size"):
        return None
    return job.finished_at + KEPT_FOR


def place_of(kind: str, job_id: int) -> Path:
    """Where the file of a job lies; no address leads there."""
    return Path(settings.MEDIA_ROOT) / kind / f"{job_id}.made"


def discard(kind: str, job_ids: list[int]) -> None:
    """Remove the files of jobs."""
    for job_id in job_ids:
        place_of(kind, job_id).unlink(missing_ok=True)


def _remove_expired(folder: Path, *, at: datetime) -> None:
    files = {int(file.stem): file for file in folder.glob("*.made")}
    gone = Job.objects.filter(pk__in=files, finished_at__lte=at - KEPT_FOR)
    for job_id in gone.values_list("pk", flat=True):
        files[job_id].unlink(missing_ok=True)
