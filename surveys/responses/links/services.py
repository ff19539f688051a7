"""Keeping what stood behind a cited link."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.public_network import NotReached
from surveys.files import storage
from surveys.live import services as live
from surveys.responses.enums import EvidenceKind
from surveys.responses.links.fetching import Fetched, fetch
from surveys.responses.models import Evidence
from surveys.responses.services.drafts import lock, topic
from surveys.responses.workflow import EDITABLE

MOST_KEPT: Final = 5 * 1024 * 1024
"""Of a longer page only the hash is kept."""

NOT_TRIED: Final = "not_tried"

Fetch = Callable[[str], Fetched]


def archive_link(evidence: Evidence, *, at: datetime, get: Fetch = fetch) -> str:
    """Fetch what a link leads to, and keep its hash, its day and its content; "" or why not.

    Once for each piece of evidence, and only while its answers may change: what was sent for
    signature stands as it was sent. Nothing is fetched where ``LINK_FETCHING`` is off.
    """
    if evidence.kind != EvidenceKind.LINK or evidence.fetched_at is not None:
        return ""
    if not settings.LINK_FETCHING:
        return NOT_TRIED
    try:
        found = get(evidence.url)
    except NotReached as failure:
        return _record(evidence, None, failure.code, at=at)
    return _record(evidence, found, "", at=at)


def _record(evidence: Evidence, found: Fetched | None, problem: str, *, at: datetime) -> str:
    snapshot = uuid.uuid4() if found and 0 < len(found.content) <= MOST_KEPT else None
    if found and snapshot:
        # Before its row: what a process leaves that dies here, the cleaning finds.
        storage.keep(snapshot, found.content)
    with transaction.atomic():
        draft = lock(evidence.response_id, at=at)
        known = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if draft.assignment.status not in EDITABLE or known.fetched_at is not None:
            if snapshot:
                storage.discard(snapshot)
            return NOT_TRIED
        known.fetched_at, known.fetch_problem = at, problem
        if found:
            known.sha256 = hashlib.sha256(found.content).hexdigest()
            known.media_type, known.snapshot = found.media_type, snapshot
        known.save(
            update_fields=["fetched_at", "fetch_problem", "sha256", "media_type", "snapshot"]
        )
        data = {"evidence": known.pk, "path": known.path, "problem": problem}
        audit.record(
            Event.LINK_ARCHIVED,
            draft.response,
            actor=None,
            at=at,
            data=data | {"sha256": known.sha256},
        )
        live.publish(topic(draft.response.pk), [known.path], at=at)
    return problem
