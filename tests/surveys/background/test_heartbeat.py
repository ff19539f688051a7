"""The lease beside a silent task."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.context import LEASE, JobContext
from surveys.background.heartbeat import beat
from surveys.background.models import Job
from surveys.background.runner import claim
from surveys.organisations.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ANOTHER = "another worker's"
LATER = NOW + timedelta(seconds=40)


@pytest.fixture(name="job")
def _job() -> Job:
    """A job that a worker has in hand."""
    person = User.objects.create_user("lan@example.vn")
    event = record(Event.ACCOUNT_CREATED, person, actor=person, at=NOW)
    waiting = Job.objects.create(event=event, task="any", payload={}, created_at=NOW)
    held = claim(waiting.pk, at=NOW)
    assert held is not None
    return held


def test_a_beat_renews_the_lease(job: Job) -> None:
    assert beat(JobContext(job, clock=lambda: LATER)) is True

    job.refresh_from_db()
    assert job.leased_until == LATER + LEASE


def test_no_beat_follows_a_lease_that_is_lost(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_token=ANOTHER)

    assert beat(JobContext(job, clock=lambda: LATER)) is False


def test_a_beat_that_the_database_refuses_is_followed_by_the_next(job: Job) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)  # from here on every statement is refused
        assert beat(JobContext(job, clock=lambda: LATER)) is True

    assert beat(JobContext(job, clock=lambda: LATER)) is True
    job.refresh_from_db()
    assert job.leased_until == LATER + LEASE
