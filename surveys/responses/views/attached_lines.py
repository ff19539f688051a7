"""Files and evidence in words, for the pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.files.policy import FileType
from surveys.organisations.models import User
from surveys.rendering.page import AttachedLine
from surveys.responses.attached import Attached, evidence_words
from surveys.responses.enums import EvidenceKind
from surveys.responses.models import Evidence, StoredFile
from surveys.responses.views.deadlines import moment

_ICONS: Final[Mapping[str, str]] = {
    FileType.PDF: "file-earmark-pdf",
    FileType.XLSX: "file-earmark-spreadsheet",
    FileType.ODS: "file-earmark-spreadsheet",
    EvidenceKind.LINK: "box-arrow-right",
}
_OTHER: Final = "file-earmark"


def file_lines(attached: Attached, *, at: datetime) -> dict[str, AttachedLine]:
    """The files by their ids."""
    return {
        key: AttachedLine(
            key=key,
            text=file.name,
            about=f"{filesizeformat(file.size)}, {_added(file.uploaded_by, file.uploaded_at, at)}",
            url=reverse("file_download", args=[file.pk]),
            icon=_ICONS.get(file.kind, _OTHER),
        )
        for key, file in attached.files.items()
    }


def evidence_lines(attached: Attached, *, at: datetime) -> dict[str, tuple[AttachedLine, ...]]:
    """The evidence by the path of its answer."""
    return {
        path: tuple(_evidence_line(item, at) for item in items)
        for path, items in attached.evidence.items()
    }


def _evidence_line(evidence: Evidence, at: datetime) -> AttachedLine:
    file = evidence.file
    about = [*_facts(evidence, file), _added(evidence.added_by, evidence.added_at, at)]
    return AttachedLine(
        key=str(evidence.pk),
        text=evidence_words(evidence),
        about=", ".join(about),
        url=reverse("file_download", args=[file.pk]) if file else evidence.url,
        icon=_ICONS.get(file.kind if file else evidence.kind, _OTHER),
        copy_url=reverse("link_copy", args=[evidence.snapshot]) if evidence.snapshot else "",
    )


def _facts(evidence: Evidence, file: StoredFile | None) -> list[str]:
    facts = [filesizeformat(file.size)] if file else []
    if evidence.page:
        facts.append(_("page %(page)s") % {"page": evidence.page})
    if day := evidence.issued_on:
        facts.append(f"{day.day}/{day.month}/{day.year}")
    if evidence.abstract:
        facts.append(evidence.abstract)
    if day := evidence.fetched_at:
        facts.append(_fetched(evidence, timezone.localtime(day)))
    return facts


def _fetched(evidence: Evidence, at: datetime) -> str:
    """When a link was followed, and the beginning of the hash of what stood there."""
    when = f"{at.day}/{at.month}/{at.year} {at:%H:%M}"
    if evidence.fetch_problem:
        return _("the page could not be opened on %(at)s") % {"at": when}
    return _("seen on %(at)s, SHA-256 %(hash)s…") % {"at": when, "hash": evidence.sha256[:12]}


def _added(person: User | None, when: datetime, now: datetime) -> str:
    return _("%(person)s, %(at)s") % {
        "person": str(person) if person else _("the system"),
        "at": moment(when, now),
    }
