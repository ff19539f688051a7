"""A round's mails over a real SMTP server, and runs of the schedule at the same time."""

import re
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from surveys.campaigns import services
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import deliver_due
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory
from tests.surveys.mailing.smtp import mail_server

HREF = re.compile(r'href="(http[^"]*/l/[^"]*)"')


@pytest.fixture
def clock(monkeypatch):
    """Requests arrive when the tests' world stands."""
    monkeypatch.setattr("surveys.common.middleware.timezone.now", lambda: NOW)


@pytest.mark.django_db
def test_the_link_in_the_mail_that_arrives_opens_the_assignment(clock, client):
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    assignment = AssignmentFactory.create(
        round=round_, agency=AgencyFactory(name="Sở <Nội vụ>"), agency_name="Sở <Nội vụ>"
    )
    person = member(assignment.agency)
    services.invite(round_, actor=None, at=NOW)

    with mail_server() as postman:
        deliver_due(at=NOW)

    [envelope] = postman.envelopes
    arrived = message_from_bytes(envelope.content, policy=default)
    plain, page = (part.get_content() for part in arrived.iter_parts())
    found = HREF.search(page)
    assert found is not None
    assert envelope.rcpt_tos == [person.email]
    assert found[1] in plain
    assert "Sở <Nội vụ>" in plain
    assert "Sở &lt;Nội vụ&gt;" in page
    client.get(urlsplit(found[1]).path)
    client.post("/access/")
    assert client.get(f"/assignments/{assignment.pk}/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_runs_at_the_same_time_queue_each_mail_once():
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    superior = AgencyFactory()
    for number in range(6):
        agency = AgencyFactory(parent=superior, attributes={"email": f"xa-{number}@x.vn"})
        AssignmentFactory.create(round=round_, agency=agency, asked_at=NOW)
        if number % 2:
            member(agency)

    def run(at):
        try:
            services.invite(round_, actor=None, at=NOW)
            return services.send_due_reminders(at=at)
        finally:
            connections[connection.alias].close()

    late = round_.closes_at
    with ThreadPoolExecutor(4) as pool:
        queued = list(pool.map(run, [late] * 4))

    steps = list(OutgoingMail.objects.values_list("about", "step"))
    assert sum(queued) == 6
    assert len(steps) == len(set(steps)) == 12
