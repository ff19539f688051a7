"""What stood behind a cited link is kept once, while the answers may change."""

import hashlib
import json
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.campaigns.enums import AssignmentStatus
from surveys.common.public_network import NotReached
from surveys.files import storage
from surveys.models import Assignment, Evidence, Job, Response
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.cleaning import discard_orphans
from surveys.responses.links.fetching import Fetched
from surveys.responses.links.services import archive_link
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.attachments import LINK, answer, prove, with_files
from tests.surveys.responses.factories import save

pytestmark = pytest.mark.django_db

PAGE = b"<script>alert(1)</script>Quyet dinh 27"
DIGEST = hashlib.sha256(PAGE).hexdigest()


@pytest.fixture(autouse=True)
def _now(settings, tmp_path: Path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    settings.LINK_FETCHING = True
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    return with_files()


@pytest.fixture
def link(response: Response) -> Evidence:
    prove(response, source=LINK)
    return Evidence.objects.get(response=response)


def found(url: str) -> Fetched:
    return Fetched(url, "text/html", PAGE)


def gone(url: str) -> Fetched:
    raise NotReached("status_404")


def test_citing_a_link_has_it_archived_in_the_background(link):
    job = Job.objects.get(task="surveys.responses.tasks.archive_link")

    assert job.payload["evidence"] == link.pk


def test_hash_day_and_content_are_kept(link):
    assert archive_link(link, at=NOW, get=found) == ""

    link.refresh_from_db()
    assert (link.sha256, link.fetched_at) == (DIGEST, NOW)
    assert link.snapshot is not None
    with storage.open_content(link.snapshot) as content:
        assert content.read() == PAGE


def test_what_is_kept_is_not_swept_away(link, tmp_path):
    archive_link(link, at=NOW, get=found)

    with time_machine.travel(NOW.replace(year=NOW.year + 30)):
        assert discard_orphans(at=NOW.replace(year=NOW.year + 20)) == 0


def test_why_there_is_nothing_is_said(link):
    assert archive_link(link, at=NOW, get=gone) == "status_404"

    link.refresh_from_db()
    assert (link.fetch_problem, link.sha256, link.snapshot) == ("status_404", "", None)


def test_a_link_is_followed_once(link):
    archive_link(link, at=NOW, get=found)
    link.refresh_from_db()

    archive_link(link, at=NOW, get=gone)

    link.refresh_from_db()
    assert link.fetch_problem == ""


def test_nothing_is_followed_where_it_is_switched_off(link, settings):
    settings.LINK_FETCHING = False

    assert archive_link(link, at=NOW, get=found) == "not_tried"


def test_what_was_sent_for_signature_stands_as_it_was_sent(link):
    Assignment.objects.update(status=AssignmentStatus.AWAITING_SIGNATURE)

    archive_link(link, at=NOW, get=found)

    link.refresh_from_db()
    assert link.fetched_at is None


def test_the_hash_stands_in_the_revision(link, response):
    archive_link(link, at=NOW, get=found)
    answer(response, "plan", edit_id="plan")
    save(response, "issued", services.CellEdit("issued", "3"))

    revision = services.send_for_signature(response, actor=None, at=NOW)

    (entry,) = json.loads(revision.canonical)["evidence"]
    assert (entry["url"], entry["sha256"]) == (LINK.url, DIGEST)


def test_the_copy_is_handed_out_as_nothing_a_browser_opens(link, response):
    archive_link(link, at=NOW, get=found)
    link.refresh_from_db()
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))

    given = client.get(reverse("link_copy", args=[link.snapshot]))

    assert b"".join(given.streaming_content) == PAGE  # type: ignore[attr-defined]  # a file's
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given["Content-Security-Policy"]


def test_a_stranger_gets_no_copy(link):
    archive_link(link, at=NOW, get=found)
    link.refresh_from_db()
    client = Client()
    client.force_login(member(AgencyFactory()))

    assert client.get(reverse("link_copy", args=[link.snapshot])).status_code == 404
