"""The chain of seals: each seal is the SHA-256 over the event and the seal before it.

The sealer works after commit, in batches, so no writer waits for another; the unsealed tail is
shown as such.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from django.db import transaction

from surveys.audit.models import AuditEvent

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: ``gap`` (an event is missing) or ``changed``."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found."""

    sealed: int
    unsealed: int
    head: str
    breaks: tuple[Break, ...]


def seal_of(event: AuditEvent, *, position: int, previous: str) -> str:
    """The seal that an event must carry at a position after the seal ``previous``."""
    row = [
        position,
        previous,
        event.pk,
        event.kind,
        event.at.astimezone(UTC).isoformat(),
        event.actor_id,
        event.subject_type,
        event.subject_id,
        event.data,
        event.request_id,
    ]
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_all() -> int:
    """Seal every event that is committed by now; the number sealed."""
    total = 0
    while sealed := seal_batch():
        total += sealed
    return total


@transaction.atomic
def seal_batch(size: int = BATCH) -> int:
    """Seal up to ``size`` events in the order of their ids; the number sealed.

    Two sealers at once cannot fork the chain: the slower one finds the events sealed, or its
    position taken, and leaves the rest to the next run.
    """
    last = AuditEvent.objects.sealed().last()
    position, previous = (last.position or 0, last.seal) if last else (0, "")
    sealed = 0
    for event in AuditEvent.objects.unsealed()[:size]:
        seal = seal_of(event, position=position + 1, previous=previous)
        if not AuditEvent.objects.add_seal(event, position=position + 1, seal=seal):
            break
        position, previous = position + 1, seal
        sealed += 1
    return sealed


def verify() -> Verdict:
    """Recompute every seal."""
    count, expected, head = 0, 1, ""
    breaks = []
    for event in AuditEvent.objects.sealed().iterator():
        position = event.position or 0
        if position != expected:
            breaks.append(Break(expected, "gap"))
        elif event.seal != seal_of(event, position=position, previous=head):
            breaks.append(Break(position, "changed"))
        count, expected, head = count + 1, position + 1, event.seal
    return Verdict(
        sealed=count,
        unsealed=AuditEvent.objects.unsealed().count(),
        head=head,
        breaks=tuple(breaks),
    )
