from datetime import UTC, datetime

import pytest

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.models import Job
from surveys.live.services import publish
from tests.factories import UserFactory
from tests.live import sign_in

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

LISTEN = """topic => new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/ws/live/?topic=${topic}`);
    window.heard = new Promise(heard => {
        socket.onmessage = event => heard(JSON.parse(event.data));
    });
    socket.onopen = () => resolve("open");
    socket.onclose = () => resolve("closed");
})"""

pytestmark = pytest.mark.live


@pytest.fixture
def job(live_site):
    owner = UserFactory()
    event = record(Event.EXPORT_REQUESTED, owner, actor=owner, at=NOW)
    Job.objects.all().delete()
    return Job.objects.create(event=event, task="none", owner=owner, created_at=NOW)


def test_a_browser_hears_what_another_process_commits(live_site, page, job):
    sign_in(page.context, job.owner, live_site)
    page.goto(f"{live_site}/healthz")
    assert page.evaluate(LISTEN, f"job:{job.pk}") == "open"

    message = publish(f"job:{job.pk}", ["progress"], at=NOW)

    assert page.evaluate("window.heard") == message.as_json()


def test_a_browser_cannot_listen_to_somebody_elses_job(live_site, page, job):
    sign_in(page.context, UserFactory(), live_site)
    page.goto(f"{live_site}/healthz")

    assert page.evaluate(LISTEN, f"job:{job.pk}") == "closed"
