"""Letting go of a file that answers nothing."""

from datetime import datetime
from functools import partial

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.files import storage
from surveys.organisations.models import User
from surveys.responses.models import StoredFile


@transaction.atomic
def discard_beside(file: StoredFile, *, actor: User | None, at: datetime) -> None:
    """Delete a file that was kept beside the answers and that nothing names any more.

    Its content goes once this is committed; what a kill leaves of it the nightly cleaning finds.
    """
    data = {"response": file.response_id, "path": file.path, "sha256": file.sha256}
    audit.record(Event.FILE_DISCARDED, file, actor=actor, at=at, data=data)
    transaction.on_commit(partial(storage.discard, file.pk))
    file.delete()
