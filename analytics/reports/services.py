"""Asking for the PDF of a profile, keeping it, handing it out."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from analytics.indices.models import IndexRunUnit
from analytics.releases.models import Release
from analytics.reports.models import ProfilePaper
from analytics.reports.queries import LANGUAGES, paper_job, paper_of
from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.background.enums import OVER
from surveys.common.errors import DomainError
from surveys.organisations.models import User


class LanguageUnknown(DomainError):
    """A report is in Vietnamese or in English."""

    code = "profile_language_unknown"
    message = _("A report is printed in Vietnamese or in English.")
    status = 400


class PaperNotReady(DomainError):
    """The file is not there yet."""

    code = "profile_paper_not_ready"
    message = _("The PDF is not ready yet. Ask for it.")
    status = 404


@transaction.atomic
def ask_for_paper(
    unit: IndexRunUnit, release: Release | None, *, language: str, actor: User, at: datetime
) -> ProfilePaper | None:
    """The PDF of a profile, if it was made; else a background job makes it, which is asked for once.

    Raises LanguageUnknown.
    """
    if language not in LANGUAGES:
        raise LanguageUnknown
    if (known := paper_of(unit, release, language)) is not None:
        return known
    job = paper_job(unit, release, language)
    if job is None or job.status in OVER:
        data = _about(unit, release, language)
        audit.record(Event.PROFILE_PAPER_REQUESTED, unit, actor=actor, at=at, data=data)
    return None


def keep_paper(
    unit: IndexRunUnit, release: Release | None, content: bytes, *, language: str, at: datetime
) -> ProfilePaper:
    """Keep what was made; where another worker was quicker, its file stands."""
    paper = ProfilePaper(
        unit=unit,
        release=release,
        language=language,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=at,
    )
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError:
        found = paper_of(unit, release, language)
        assert found is not None, "somebody has just kept it"
        return found
    return paper


@transaction.atomic
def fetch_paper(
    unit: IndexRunUnit, release: Release | None, *, language: str, actor: User, at: datetime
) -> bytes:
    """The PDF for a person; noted in the audit. Raises PaperNotReady."""
    paper = paper_of(unit, release, language)
    if paper is None:
        raise PaperNotReady
    data = _about(unit, release, language) | {"sha256": paper.sha256}
    audit.record(Event.PROFILE_PAPER_DOWNLOADED, unit, actor=actor, at=at, data=data)
    return bytes(paper.content)


def _about(unit: IndexRunUnit, release: Release | None, language: str) -> dict[str, Any]:
    return {
        "run": unit.run_id,
        "release": release.pk if release else None,
        "language": language,
    }
