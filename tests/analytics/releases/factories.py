"""A closed round of signed answers, its results computed, and its publication."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from analytics.indices.models import IndexRun
from analytics.releases import services
from analytics.releases.models import Release
from analytics.releases.services import Details
from surveys.background.runner import run_pending
from surveys.campaigns import services as campaigns
from surveys.campaigns.models import Round
from surveys.models import Campaign, User
from tests.answered import NOW, answered_round
from tests.factories import department_person
from tests.surveys.verification.factories import HIGH, scored_round

AT = NOW + timedelta(days=2)


def closed_round(*answers: Mapping[str, Any]) -> Round:
    """A small round without verification, closed, its results computed."""
    return _computed(scored_round(*(answers or (HIGH, HIGH))))


def closed_library_round(**kwargs: Any) -> Round:
    """A round of the library's questionnaire, over which an index can be computed."""
    round_ = answered_round(**kwargs)
    campaigns.close_round(round_, actor=None, at=NOW + timedelta(hours=1), reason="Đủ phiếu.")
    return _computed(round_)


def _computed(round_: Round) -> Round:
    Campaign.objects.update(verifies=False)
    run_pending()
    return Round.objects.select_related("campaign__owner", "version").get(pk=round_.pk)


def person(round_: Round, role: str = "administrator") -> User:
    """Somebody with the role within the round's owner."""
    return department_person(role, owner=round_.campaign.owner)


def details(**changes: Any) -> Details:
    """What is proposed."""
    return Details(**{"title": {"vi": "Kết quả năm 2026"}, "released_on": AT.date(), **changes})


def proposed(round_: Round, *, run: IndexRun | None = None, **changes: Any) -> Release:
    """A proposal by a designer."""
    wanted = details(run=run, **changes)
    return services.propose(round_, wanted, actor=person(round_, "designer"), at=AT)


def approved(release: Release) -> Release:
    """The proposal approved by an administrator."""
    seen = release.manifest_sha256
    return services.approve(release, seen=seen, actor=person(release.round), at=AT)


def published(round_: Round, *, run: IndexRun | None = None, **changes: Any) -> Release:
    """A publication in force."""
    return approved(proposed(round_, run=run, **changes))
