from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import get_language

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.context import JobContext, LeaseLost
from surveys.background.enums import JobStatus
from surveys.background.models import Job
from surveys.background.runner import LOST, claim, give_up_lost, run, run_pending
from surveys.common.errors import DomainError
from surveys.live.models import LiveMessage
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at

    def move(self, **by):
        self.at += timedelta(**by)


class TooFew(DomainError):
    code = "too_few"
    message = "There is nothing to export."


def count_to_three(job):
    for step in range(1, 4):
        job.progress(step, 3, f"step {step}")
    return {"round": job.payload["round"], "owner": job.owner.email}


def fail(_job):
    raise ValueError("no such sheet")


def refuse(_job):
    raise TooFew


def name_its_language(_job):
    return {"language": get_language()}


def lose_the_lease(job):
    Job.objects.filter(pk=job.id).update(lease_token=ANOTHER)
    job.progress(1, 2)


def report_often(job):
    for step in range(100):
        job.progress(step, 1000)


ANOTHER = "another worker's"
HERE = "tests.surveys.background.test_runner"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make_job():
    def make(task):
        person = User.objects.create_user("lan@example.vn")
        event = record(Event.ACCOUNT_CREATED, person, actor=person, at=NOW, data={"round": 7})
        return Job.objects.create(
            event=event,
            task=f"{HERE}.{task.__name__}",
            owner=person,
            payload=event.data,
            created_at=NOW,
        )

    return make


def test_a_job_that_ends_well_keeps_its_result(make_job, clock):
    job = make_job(count_to_three)

    assert run(job.pk, clock=clock) is True

    job.refresh_from_db()
    assert (job.status, job.result) == ("done", {"round": 7, "owner": "lan@example.vn"})
    assert (job.progress, job.total, job.message) == (3, 3, "step 3")


def test_a_finished_job_is_not_run_again(make_job, clock):
    job = make_job(count_to_three)
    run(job.pk, clock=clock)

    assert run(job.pk, clock=clock) is False


def test_two_workers_cannot_hold_one_job(make_job):
    job = make_job(count_to_three)

    first, second = claim(job.pk, at=NOW), claim(job.pk, at=NOW)

    assert first is not None
    assert second is None


def test_a_job_whose_worker_died_is_taken_over_when_the_lease_has_run_out(make_job, clock):
    job = make_job(count_to_three)
    claim(job.pk, at=NOW)

    clock.move(seconds=59)
    assert run_pending(clock=clock) == 0
    clock.move(seconds=2)
    assert run_pending(clock=clock) == 1

    job.refresh_from_db()
    assert (job.status, job.attempts) == ("done", 2)


def test_a_worker_that_lost_its_lease_writes_nothing(make_job, clock):
    job = make_job(lose_the_lease)

    run(job.pk, clock=clock)

    job.refresh_from_db()
    assert (job.status, job.progress, job.error) == ("running", 0, "")


def test_progress_renews_the_lease(make_job, clock):
    job = make_job(lose_the_lease)
    claimed = claim(job.pk, at=NOW)
    assert claimed is not None
    clock.move(seconds=50)

    JobContext(claimed, clock=clock).progress(1, 2)

    job.refresh_from_db()
    assert job.leased_until == NOW + timedelta(seconds=110)


def test_progress_without_the_lease_is_refused(make_job, clock):
    job = claim(make_job(count_to_three).pk, at=NOW)
    assert job is not None
    Job.objects.update(lease_token=ANOTHER)

    with pytest.raises(LeaseLost):
        JobContext(job, clock=clock).progress(1, 2)


def test_a_failed_attempt_waits_before_the_next_one(make_job, clock):
    job = make_job(fail)

    run(job.pk, clock=clock)

    job.refresh_from_db()
    assert (job.status, job.error) == ("waiting", "ValueError: no such sheet")
    assert run(job.pk, clock=clock) is False


def test_after_three_attempts_a_job_has_failed(make_job, clock):
    job = make_job(fail)

    for _ in range(3):
        run(job.pk, clock=clock)
        clock.move(minutes=10)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.error) == ("failed", 3, "ValueError: no such sheet")
    assert run(job.pk, clock=clock) is False


def test_a_refusal_fails_at_once_in_its_own_words(make_job, clock):
    job = make_job(refuse)

    run(job.pk, clock=clock)

    job.refresh_from_db()
    assert (job.status, job.error) == ("failed", "There is nothing to export.")


def test_a_job_speaks_its_owners_language(make_job, clock):
    job = make_job(name_its_language)
    User.objects.update(language="en")

    run(job.pk, clock=clock)

    job.refresh_from_db()
    assert job.result == {"language": "en"}


def test_a_job_whose_worker_died_three_times_has_failed(make_job, clock):
    job = make_job(count_to_three)
    for _ in range(3):
        claim(job.pk, at=clock())
        clock.move(seconds=61)

    assert give_up_lost(at=clock()) == 1

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.error == LOST


def test_a_job_that_the_queue_lost_is_found_by_the_sweep(make_job):
    job = make_job(count_to_three)
    later = NOW + timedelta(minutes=1)

    assert list(Job.objects.to_wake(later, patience=timedelta(seconds=30))) == [job]


def test_the_queue_has_some_time_before_the_sweep_looks(make_job):
    make_job(count_to_three)

    assert not Job.objects.to_wake(NOW, patience=timedelta(seconds=30)).exists()


def test_each_report_tells_who_watches_the_job(make_job, clock):
    job = make_job(count_to_three)

    run(job.pk, clock=clock)

    topics = LiveMessage.objects.values_list("topic", flat=True)
    assert list(topics) == [f"job:{job.pk}"] * 4


def test_reports_that_follow_each_other_at_once_are_left_out(make_job, clock):
    job = make_job(report_often)

    run(job.pk, clock=clock)

    assert LiveMessage.objects.filter(topic=f"job:{job.pk}").count() == 2
