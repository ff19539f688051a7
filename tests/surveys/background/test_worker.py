"""A real worker: it knows every periodic task, and what is due happens without any command."""

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from surveys.audit.enums import Event
from surveys.campaigns.deadlines import ZONE
from surveys.campaigns.enums import CampaignStatus, RoundStatus
from surveys.campaigns.tasks import send_due_reminders
from surveys.mailing.models import OutgoingMail
from surveys.models import AuditEvent, Notice, Round
from tests.database import database_url
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = timedelta(seconds=90)
PERIODIC = re.compile(r"^@db_periodic_task.*\n(?:@.*\n)*def (\w+)", re.MULTILINE)


@pytest.fixture
def worker(repository, tmp_path):
    """The worker as it is started in production, on the tests' database; killed at the end. Its log
    is in the file."""
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        command = [sys.executable, "manage.py", "run_huey", "--huey-verbose"]
        known = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        process = subprocess.Popen(
            command, cwd=repository, env=os.environ | known, stdout=output, stderr=output
        )
        try:
            yield log
        finally:
            process.kill()
            process.wait()


def wait_until(holds):
    """Give the worker time; its schedule begins with its start."""
    end = timezone.now() + PATIENCE
    while not holds():
        assert timezone.now() < end, "the worker did not do it in time"
        time.sleep(0.1)


def periodic_tasks(root):
    """The name of every periodic task in the code."""
    return {
        f"{path.relative_to(root).with_suffix('').as_posix().replace('/', '.')}.{name}"
        for app in ("surveys", "analytics", "exporters")
        for path in (root / app).rglob("tasks.py")
        for name in PERIODIC.findall(path.read_text(encoding="utf-8"))
    }


def test_a_due_round_opens_and_its_agencies_are_invited_without_a_command(request, repository):
    person = member(AgencyFactory())
    now = timezone.now()
    RoundFactory.create(
        campaign__status=CampaignStatus.RUNNING,
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=9),
    )
    log = request.getfixturevalue("worker")

    wait_until(OutgoingMail.objects.filter(to_user=person, step="invitation").exists)
    wait_until(Notice.objects.filter(user=person, kind="assigned").exists)

    assert Round.objects.get().status == RoundStatus.OPEN
    assert AuditEvent.objects.filter(kind=Event.ROUND_OPENED, actor=None).count() == 1
    known = set(re.findall(r"^\+ (\S+)$", log.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(periodic_tasks(repository)) > 5
    assert periodic_tasks(repository) - known == set()


def test_reminders_go_out_in_the_country_s_office_hours():
    day = [datetime(2026, 11, 20, hour, 10, tzinfo=UTC) for hour in range(24)]
    due = send_due_reminders.task_class().validate_datetime

    hours = {at.astimezone(ZONE).hour for at in day if due(at)}

    assert hours == set(range(8, 18))
