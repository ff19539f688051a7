"""Runs of the schedule that are killed at any moment, two at a time, against a real mail server."""

import os
from collections.abc import Iterator

import pytest

from tests.database import database_url
from tests.surveys.campaigns.attack.scene import Findings, Plan, attack, look, make_scene
from tests.surveys.mailing.smtp import Postman, mail_server

pytestmark = pytest.mark.django_db(transaction=True)

CAMPAIGNS, AGENCIES = 3, 12
TIMES = int(os.environ.get("ATTACK_TIMES", "4"))


@pytest.fixture(name="postman")
def _postman() -> Iterator[Postman]:
    """The mail server."""
    with mail_server() as server:
        yield server


def test_killed_and_overlapping_runs_do_everything_once(postman: Postman) -> None:
    make_scene(campaigns=CAMPAIGNS, agencies=AGENCIES)
    findings = Findings()

    attack(findings, Plan(TIMES, 0.4), port=postman.port, database=database_url())
    look(findings, postman.times, campaigns=CAMPAIGNS, agencies=AGENCIES)

    assert findings.faults == []
    assert (findings.killed, findings.mails) == (8 * TIMES, 3 * CAMPAIGNS * AGENCIES)
