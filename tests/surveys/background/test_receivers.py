from datetime import UTC, datetime

import pytest
from django.db import transaction

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.audit.signals import event_recorded
from surveys.background.models import Job
from surveys.background.tasks import run_job, sweep_jobs
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HERE = "tests.surveys.background.test_receivers"


def welcome(job):
    return {"welcomed": job.event.subject_id}


def note(_job):
    return None


TABLE = {Event.ACCOUNT_CREATED: [f"{HERE}.welcome", f"{HERE}.note"]}


@pytest.fixture(autouse=True)
def _table(settings):
    settings.JOB_TABLE = f"{HERE}.TABLE"


def record_account(**data):
    person = User.objects.create_user("lan@example.vn")
    return record(Event.ACCOUNT_CREATED, person, actor=person, at=NOW, data=data)


@pytest.mark.django_db
def test_an_event_brings_about_one_job_for_each_task_in_the_table():
    event = record_account(round=7)

    jobs = Job.objects.order_by("pk")
    assert [job.task for job in jobs] == TABLE[Event.ACCOUNT_CREATED]
    assert {(job.event, job.owner, job.payload["round"]) for job in jobs} == {
        (event, event.actor, 7)
    }


@pytest.mark.django_db
def test_an_event_outside_the_table_brings_about_nothing():
    person = User.objects.create_user("lan@example.vn")

    record(Event.SIGNED_IN, person, actor=person, at=NOW)

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_an_event_sent_twice_has_its_jobs_once():
    event = record_account()

    event_recorded.send(sender=type(event), event=event)

    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_of_state_that_is_undone_leaves_no_job():
    with transaction.atomic():
        record_account()
        transaction.set_rollback(True)

    assert not Job.objects.exists()


@pytest.fixture
def queue():
    queue = run_job.huey
    queue.flush()
    yield queue
    queue.flush()


@pytest.mark.django_db
def test_the_queue_is_woken_only_after_commit(queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record_account()
        before_commit = queue.pending_count()

    assert (before_commit, queue.pending_count()) == (0, 2)


@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_what_the_queue_holds(queue):
    event = record_account()

    queue.execute(queue.dequeue())

    job = Job.objects.get(task=f"{HERE}.welcome")
    assert (job.status, job.result) == ("done", {"welcomed": event.subject_id})


@pytest.mark.django_db
def test_the_sweep_wakes_what_the_queue_lost(queue):
    record_account()

    sweep_jobs.call_local()

    assert queue.pending_count() == 2


@pytest.mark.django_db
def test_the_sweep_leaves_a_long_queue_alone(queue):
    record_account()
    job = Job.objects.earliest("pk")
    for _ in range(100):
        run_job(job.pk)

    sweep_jobs.call_local()

    assert queue.pending_count() == 100
