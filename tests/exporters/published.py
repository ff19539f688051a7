"""A round of protected agencies as it is published, for tables over its answers."""

from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from surveys.models import Job
from tests.analytics.releases.factories import AT
from tests.answered import answered_round
from tests.factories import UserFactory

TYPES = ["ministry"] * 7 + ["province"] * 9


def publication_of_fifteen() -> Release:
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
