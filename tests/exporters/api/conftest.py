"""A published round for programs and people to look at."""

import pytest

from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from exporters.portal import services
from exporters.portal.terms import current
from surveys.models import Job
from tests.analytics.releases.factories import AT
from tests.answered import answered_round
from tests.factories import UserFactory

TYPES = ["ministry"] * 7 + ["province"] * 9


@pytest.fixture
def release(db):
    """The publication of fifteen protected agencies' answers. What follows from each signature is left
    out: tables rest on none of it."""
    round_ = answered_round(responses=15, types=TYPES)
    Job.objects.all().delete()
    return Release.objects.create(
        round=round_,
        number=1,
        status=ReleaseStatus.APPROVED,
        approved_at=AT,
        approved_by=UserFactory.create(),
        title={"vi": "Kết quả"},
        released_on=AT.date(),
        manifest={},
        manifest_sha256="a" * 64,
        proposed_at=AT,
        proposed_by=UserFactory.create(),
    )


@pytest.fixture
def accepted():
    """Has a person accept the terms of use."""

    def accept(user):
        services.accept_terms(version=current().version, actor=user, at=AT)
        return user

    return accept
