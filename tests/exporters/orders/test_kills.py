"""Workers that are killed in the middle of a file, and that are overtaken: the file is whole, and the
same as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from exporters.models import Export
from exporters.order import Wish
from exporters.orders import places
from exporters.orders.services import cancel, keep_file, remove_orphans, request_export
from surveys.background.context import LEASE, JobContext, LeaseLost
from surveys.background.models import Job
from surveys.background.runner import claim, run
from tests.database import database_url
from tests.exporters.orders.worker import LINES, slow_exporter
from tests.factories import department_person
from tests.surveys.verification.factories import HIGH, scored_round

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60


@pytest.fixture(autouse=True)
def slow():
    with slow_exporter():
        yield


@pytest.fixture
def round_():
    return scored_round(HIGH, HIGH)


@pytest.fixture
def export(round_):
    return asked(round_)


def asked(round_):
    person = department_person("designer", owner=round_.campaign.owner)
    wish = Wish(name="slow", format="json", language="vi")
    return request_export(subject=round_, wish=wish, actor=person, at=timezone.now())


@contextmanager
def worker(job, files):
    """A process that runs the job; killed at the end, if it is still there."""
    command = [sys.executable, "-m", "tests.exporters.orders.worker", str(job)]
    known = {"DATABASE_URL": database_url(), "MEDIA_ROOT": str(files.parent), "LOG_LEVEL": "ERROR"}
    with subprocess.Popen(command, env=os.environ | known) as process:
        try:
            yield process
        finally:
            process.kill()


def half_written(files):
    """The file of the attempt, once something of it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = [path for path in files.glob("parts/*/file.json") if path.stat().st_size > 0]
        if found:
            return found[0]
        time.sleep(0.01)
    raise AssertionError("the worker did not begin in time")


def after_the_lease():
    return timezone.now() + LEASE + timedelta(seconds=1)


def content(export, files):
    export.refresh_from_db()
    return (files / export.file).read_bytes()


def test_what_a_killed_worker_began_another_finishes_byte_by_byte(export, round_, files):
    with worker(export.job_id, files) as process:
        part = half_written(files)
        process.send_signal(signal.SIGKILL)
        process.wait()
    begun = part.read_bytes()
    assert run(export.job_id) is False
    assert run(export.job_id, clock=after_the_lease) is True

    undisturbed = asked(round_)
    run(undisturbed.job_id)

    assert 0 < begun.count(b"\n") < LINES
    assert content(export, files).count(b"\n") == LINES
    assert content(export, files) == content(undisturbed, files)
    assert export.sha256 == Export.objects.get(pk=undisturbed.pk).sha256
    assert Job.objects.get(pk=export.job_id).attempts == 2


def test_what_a_killed_worker_has_left_is_swept_away(export, files):
    with worker(export.job_id, files) as process:
        part = half_written(files)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert remove_orphans(at=timezone.now()) == 0
    run(export.job_id, clock=after_the_lease)

    assert remove_orphans(at=timezone.now()) == 1
    assert not part.parent.exists()
    assert content(export, files).count(b"\n") == LINES


def test_a_worker_that_was_overtaken_keeps_nothing(export, files):
    first = claim(export.job_id, at=timezone.now())
    assert first is not None
    with places.part_of(export, first.lease_token) as late:
        late.write_bytes(b"of the first")
        run(export.job_id, clock=after_the_lease)
        whole = content(export, files)

        with pytest.raises(LeaseLost):
            keep_file(export, late, job=JobContext(first, clock=timezone.now), at=timezone.now())

    assert content(export, files) == whole


def test_a_stopped_worker_ends_and_leaves_nothing(export, files):
    with worker(export.job_id, files) as process:
        half_written(files)
        cancel(Export.objects.get(pk=export.pk), actor=export.owner, at=timezone.now())
        process.wait(timeout=PATIENCE)

    assert list(files.glob("**/*.json")) == []
    assert Job.objects.get(pk=export.job_id).status == "cancelled"
