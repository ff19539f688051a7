"""Whether two orders come to the same file: what was asked for, of which state of the data, by which
code. Computed from what is stored, without reading the data themselves."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Max

from exporters.orders.models import Export
from exporters.orders.queries import audience_for
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Assignment

CHANGES_NO_FILE: Final = frozenset(
    {
        Event.SIGNED_IN,
        Event.SIGN_IN_FAILED,
        Event.SIGNED_OUT,
        Event.XFORM_REQUESTED,
        Event.XFORM_DOWNLOADED,
        Event.SIMULATION_REQUESTED,
        Event.LETTERS_REQUESTED,
        Event.LETTERS_DOWNLOADED,
        Event.ACCESS_LINK_USED,
        Event.RESPONSE_PAPER_REQUESTED,
        Event.RESPONSE_PAPER_DOWNLOADED,
        Event.DOSSIER_REQUESTED,
        Event.DOSSIER_DOWNLOADED,
        Event.SIGNED_PDF_DOWNLOADED,
        Event.WORKBOOK_DOWNLOADED,
        Event.INDEX_RUN_STOPPED,
        Event.INDEX_TABLES_DOWNLOADED,
        Event.PROFILE_PAPER_REQUESTED,
        Event.PROFILE_PAPER_DOWNLOADED,
        Event.TABULATION_REQUESTED,
        Event.MAIL_BOUNCED,
        Event.MAIL_RETRIED,
        Event.NOTICE_PREFERENCES_SET,
        Event.EXPORT_REQUESTED,
        Event.EXPORT_REUSED,
        Event.EXPORT_RETRIED,
        Event.EXPORT_CANCELLED,
        Event.EXPORT_FINISHED,
        Event.EXPORT_DOWNLOADED,
        Event.EXPORT_EXPIRED,
        Event.EXPORT_PROFILE_SAVED,
        Event.EXPORT_PROFILE_RENAMED,
        Event.EXPORT_PROFILE_REMOVED,
    }
)
"""What happens without any file becoming another one. Everything that this list does not name may
change any file: an order too many is written anew, never an old file given for a new one."""
OVERLAP: Final = 1000
"""On PostgreSQL an event may become visible after one with a higher id."""


def sameness_of(export: Export) -> str:
    """Equal for two exports only if their files are equal, as of now."""
    asked = {
        "wish": [export.name, export.format, export.language, export.options],
        "subject": [export.round_id, export.run_id, export.release_id],
        "audience": audience_for(export),
        "owner": export.owner_id,
        "data": _state_of_data(export),
        "code": code_version(),
    }
    return sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _state_of_data(export: Export) -> list[object]:
    """What differs once anything has happened that a file could show. Drafts are saved without events:
    their assignments say when."""
    telling = AuditEvent.objects.exclude(kind__in=CHANGES_NO_FILE)
    newest = telling.order_by("-pk").values_list("pk", flat=True).first() or 0
    lately = telling.filter(pk__gt=newest - OVERLAP).count()
    drafted = Assignment.objects.filter(round=export.round_id).aggregate(at=Max("last_activity"))
    return [newest, lately, drafted["at"]]


@cache
def code_version() -> str:
    """The hash of the product's Python, which a process does not change while it runs."""
    digest = sha256()
    for app in ("surveys", "analytics", "exporters"):
        for file in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            digest.update(file.relative_to(settings.BASE_DIR).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
