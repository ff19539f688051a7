"""What is kept no longer: files whose time has run out, that were withdrawn, that nobody names."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.db import transaction

from exporters.orders import places, queries
from exporters.orders.enums import Removal
from exporters.orders.models import Export
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.context import announce
from surveys.background.enums import JobStatus
from surveys.background.models import Job

PATIENCE: Final = timedelta(hours=1)
"""How long a file may lie that no row names: its row is committed right after it is moved there."""


def remove_expired(*, at: datetime) -> int:
    """Remove the files whose seven days are over; how many they were."""
    return sum(
        _remove(export, Removal.EXPIRED, at=at)
        for export in queries.kept().filter(expires_at__lte=at)
    )


def remove_withheld(*, at: datetime) -> int:
    """Remove the files that their owners may not have any more; how many they were."""
    return sum(
        _remove(export, Removal.WITHDRAWN, at=at)
        for export in queries.kept()
        if queries.is_withheld(export)
    )


def remove_orphans(*, at: datetime) -> int:
    """Remove what attempts have left that do not run any more, and files that no row names; how many
    they were."""
    attempts = places.attempts_on_disk()
    running = Job.objects.filter(lease_token__in=attempts, status=JobStatus.RUNNING)
    alive = set(running.values_list("lease_token", flat=True))
    dead = [path for attempt, path in attempts.items() if attempt not in alive]
    for path in dead:
        shutil.rmtree(path, ignore_errors=True)  # another sweep may be at it
    nameless = _nameless(at=at)
    for path in nameless:
        path.unlink(missing_ok=True)
    return len(dead) + len(nameless)


@transaction.atomic
def _remove(export: Export, why: Removal, *, at: datetime) -> int:
    """Forget the file, then remove it; 0 where another sweep was quicker."""
    path = places.file_of(export)
    named = Export.objects.filter(pk=export.pk, file=export.file)
    if not named.update(file="", removed_at=at, removal=why):
        return 0
    record(Event.EXPORT_EXPIRED, export, actor=None, at=at, data={"why": why})
    if export.job_id is not None:
        announce(export.job_id, at=at)
    if path is not None:
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    return 1


def _nameless(*, at: datetime) -> list[Path]:
    root = places.directory()
    if not root.is_dir():
        return []
    old = {
        path.name: path
        for path in root.iterdir()
        if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < at - PATIENCE
    }
    named = set(queries.kept().values_list("file", flat=True))
    return [path for name, path in sorted(old.items()) if name not in named]
