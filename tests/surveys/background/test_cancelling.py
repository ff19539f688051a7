"""Stopping jobs: waiting ones never run, running ones notice it and keep nothing."""

from datetime import UTC, datetime

import pytest

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.audit.services import record
from surveys.background.context import JobCancelled, JobContext
from surveys.background.models import Job
from surveys.background.runner import claim, run, run_pending
from surveys.background.services import JobOver, cancel
from surveys.live.models import LiveMessage
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HERE = "tests.surveys.background.test_cancelling"

pytestmark = pytest.mark.django_db


def work(job):
    job.progress(1, 1)


def be_stopped(job):
    stop(Job.objects.get(pk=job.id))
    job.progress(1, 2)


def be_stopped_at_the_end(job):
    stop(Job.objects.get(pk=job.id))
    return {"file": 1}


@pytest.fixture
def make_job():
    def make(task=work):
        person = User.objects.create_user("lan@example.vn")
        event = record(Event.ACCOUNT_CREATED, person, actor=person, at=NOW)
        path = f"{HERE}.{task.__name__}"
        return Job.objects.create(event=event, task=path, owner=person, created_at=NOW)

    return make


def stop(job):
    cancel(job, event=Event.EXPORT_CANCELLED, about=job.owner, actor=job.owner, at=NOW)


def test_a_waiting_job_that_is_stopped_never_runs(make_job):
    job = make_job()

    stop(job)

    assert job.status == "cancelled"
    assert run_pending(clock=lambda: NOW) == 0


def test_a_running_job_learns_of_it_when_it_reports(make_job):
    job = claim(make_job().pk, at=NOW)
    assert job is not None
    context = JobContext(job, clock=lambda: NOW)

    stop(Job.objects.get())

    with pytest.raises(JobCancelled):
        context.progress(1, 2)


@pytest.mark.parametrize("task", [be_stopped, be_stopped_at_the_end])
def test_what_a_stopped_job_gives_is_not_kept(make_job, task):
    job = make_job(task)

    run(job.pk, clock=lambda: NOW)

    job.refresh_from_db()
    assert (job.status, job.result, job.error, job.progress) == ("cancelled", {}, "", 0)


def test_a_stopped_job_is_not_tried_again(make_job):
    job = make_job(be_stopped)

    run(job.pk, clock=lambda: NOW)

    assert not Job.objects.claimable(NOW.replace(year=2027)).exists()


def test_a_job_that_is_over_is_not_stopped(make_job):
    job = make_job()
    run(job.pk, clock=lambda: NOW)

    with pytest.raises(JobOver):
        stop(job)

    assert not AuditEvent.objects.filter(kind=Event.EXPORT_CANCELLED).exists()


def test_stopping_is_recorded_as_its_context_says(make_job):
    job = make_job()

    stop(job)

    event = AuditEvent.objects.get(kind=Event.EXPORT_CANCELLED)
    assert (event.subject_id, event.actor) == (str(job.owner.pk), job.owner)
    assert event.data == {"job": job.pk, "task": job.task}


def test_who_watches_the_job_is_told(make_job):
    job = make_job()

    stop(job)

    assert list(LiveMessage.objects.values_list("topic", flat=True)) == [f"job:{job.pk}"]
