"""A revision's paper is made once, is handed out as it was made, and goes with what it shows."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.files import storage
from surveys.files.refusals import FileLost
from surveys.models import AuditEvent, Job, RevisionPaper
from surveys.responses.cleaning import discard_orphans
from surveys.responses.erasing.services import erase_person
from surveys.responses.papers.queries import paper_of
from surveys.responses.papers.services import (
    LanguageUnknown,
    PaperNotReady,
    ask_for_paper,
    content_of,
    fetch_draft,
    fetch_paper,
    keep_paper,
)
from surveys.responses.services import CellEdit, add_row, send_for_signature
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.documents.samples import pages_of
from tests.surveys.responses.factories import finished, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def response():
    """A finished draft."""
    return finished()


def ask(response, revision, **kwargs):
    """Ask for a paper in Vietnamese."""
    given: dict[str, Any] = {"language": "vi", "actor": UserFactory.create(), "at": NOW} | kwargs
    return ask_for_paper(response, revision=revision, **given)


def sent(response):
    """The revision that awaits the signature."""
    return send_for_signature(response, actor=None, at=NOW)


def made(revision):
    """The revision's paper, made in the background."""
    ask(revision.response, revision)
    run_pending()
    return paper_of(revision)


def test_a_job_makes_the_paper_that_was_asked_for(response):
    revision = sent(response)
    paper = made(revision)
    content = content_of(paper)

    assert revision.sha256 in "".join(pages_of(content)).replace(" ", "")
    assert (paper.size, paper.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_paper_that_is_there_is_not_made_again(response):
    revision = sent(response)
    paper = made(revision)

    assert ask(response, revision) == paper
    assert AuditEvent.objects.filter(kind=Event.RESPONSE_PAPER_REQUESTED).count() == 1


def test_who_asks_while_it_is_being_made_gets_the_same_paper(response):
    revision = sent(response)
    ask(response, revision)
    ask(response, revision)
    run_pending()

    paper = RevisionPaper.objects.get()
    jobs = Job.objects.filter(task__contains="papers")
    assert [job.result["paper"] for job in jobs] == [str(paper.pk)] * 2


def test_the_paper_of_a_quicker_worker_stands(response):
    revision = sent(response)
    first = keep_paper(revision, b"%PDF first", language="vi", at=NOW)

    assert keep_paper(revision, b"%PDF second", language="vi", at=NOW) == first
    assert content_of(first) == b"%PDF first"


def test_every_language_has_its_own_paper(response):
    revision = sent(response)
    made(revision)
    ask(response, revision, language="en")
    run_pending()

    assert paper_of(revision, "en") != paper_of(revision, "vi")


def test_other_languages_are_refused(response):
    with pytest.raises(LanguageUnknown):
        ask(response, None, language="fr")


def test_handing_out_a_paper_is_noted(response):
    paper = made(sent(response))
    person = UserFactory.create()
    fetch_paper(paper, actor=person, at=NOW)
    event = AuditEvent.objects.get(kind=Event.RESPONSE_PAPER_DOWNLOADED)

    assert (event.actor, event.data["sha256"]) == (person, paper.sha256)


def test_the_print_of_a_draft_is_for_who_asked_for_it(response):
    person = UserFactory.create()
    ask(response, None, actor=person)
    run_pending()
    job = Job.objects.get(task__contains="papers")

    assert (
        "BẢN NHÁP"
        in pages_of(fetch_draft(job, response, actor=person, at=timezone.now()).read_bytes())[0]
    )
    with pytest.raises(PaperNotReady):
        fetch_draft(job, response, actor=UserFactory.create(), at=timezone.now())


def test_the_print_of_a_draft_is_kept_for_a_week(response):
    person = UserFactory.create()
    ask(response, None, actor=person)
    run_pending()

    later = timezone.now() + timedelta(days=8)

    with pytest.raises(PaperNotReady):
        fetch_draft(Job.objects.latest("pk"), response, actor=person, at=later)


def test_a_paper_goes_with_the_personal_data_that_it_shows(
    response, django_capture_on_commit_callbacks
):
    row = add_row(response, repeat="contacts", edit_id="add", actor=None, at=NOW).row
    save(response, "contact", CellEdit(f"contacts/{row}/contact_name", "Giàng A Páo"))
    revision = sent(response)
    paper = made(revision)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(
            response,
            paths=[f"contacts/{row}"],
            reason="Yêu cầu",
            document="12/CV",
            actor=None,
            at=NOW,
        )

    assert paper_of(revision) is None
    with pytest.raises(FileLost):
        content_of(paper)
    assert "đã xóa theo thời hạn lưu giữ" in " ".join(pages_of(content_of(made(revision))))


def test_the_nightly_cleaning_leaves_papers_alone(response):
    paper = made(sent(response))
    discard_orphans(at=timezone.now() + timedelta(days=3))

    with storage.open_content(paper.pk) as file:
        assert file.read(5) == b"%PDF-"
