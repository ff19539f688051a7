"""Writing a campaign's letter, and asking for the files of a round."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.campaigns.letters.enums import LetterFormat
from surveys.campaigns.letters.queries import texts_of
from surveys.campaigns.letters.services import (
    AddresseeUnknown,
    CapacityIncomplete,
    LetterNotReady,
    LetterUnwritten,
    NameUnknown,
    SignerMissing,
    ask_for_letters,
    fetch_letters,
    write_letter,
)
from surveys.models import AuditEvent, Job, LetterText, Round
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory, UserFactory
from tests.surveys.campaigns.factories import NOW, CampaignFactory, RoundFactory
from tests.surveys.campaigns.letters.samples import signed, write
from tests.surveys.documents.samples import pages_of, paragraphs_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def round_() -> Round:
    """A planned round of two provinces whose letter is written."""
    planned = RoundFactory.create(code="ky-1")
    write(planned.campaign)
    for key, name in (("tinh-01", "Tỉnh Một"), ("tinh-02", "Tỉnh Hai")):
        AgencyFactory.create(key=key, name=name, type=AgencyType.PROVINCE)
    return planned


def made(round_: Round, file_format: LetterFormat, agency: str | None) -> Job:
    """The job that a person's request led to, done."""
    person = UserFactory.create()
    ask_for_letters(round_, file_format=file_format, agency=agency, actor=person, at=NOW)
    run_pending()
    return Job.objects.latest("pk")


def content_of(job: Job, *, after: timedelta = timedelta(0)) -> bytes:
    """The file, as who asked for it gets it."""
    assert job.owner is not None
    return fetch_letters(job, actor=job.owner, at=timezone.now() + after).read_bytes()


def test_a_letter_is_written_once_for_a_campaign_and_then_changed():
    campaign = CampaignFactory.create()
    texts = write(campaign)
    write_letter(campaign, replace(texts, place="Huế"), actor=UserFactory(), at=NOW)

    assert LetterText.objects.get().texts == replace(texts, place="Huế")
    event = AuditEvent.objects.filter(kind=Event.LETTER_WRITTEN).latest("pk")
    assert event.data == {"changed": ["place"]}


def test_an_unknown_name_is_refused_with_its_place_and_those_there_are():
    campaign = CampaignFactory.create()
    texts = replace(signed(texts_of(campaign)), closing="Trước {dedline}.")

    with pytest.raises(NameUnknown) as refusal:
        write_letter(campaign, texts, actor=UserFactory(), at=NOW)

    assert "7" in str(refusal.value)
    assert "{dedline}" in str(refusal.value)
    assert "{deadline}" in str(refusal.value)


def test_a_letter_that_nobody_signs_is_refused():
    campaign = CampaignFactory.create()

    with pytest.raises(SignerMissing):
        write_letter(campaign, texts_of(campaign), actor=UserFactory(), at=NOW)


def test_who_signs_for_another_says_for_whom():
    campaign = CampaignFactory.create()
    texts = replace(signed(texts_of(campaign)), instead_of="")

    with pytest.raises(CapacityIncomplete):
        write_letter(campaign, texts, actor=UserFactory(), at=NOW)


def test_nothing_is_printed_before_the_letter_is_written():
    with pytest.raises(LetterUnwritten):
        made(RoundFactory.create(), LetterFormat.PDF, None)


def test_a_name_that_the_round_does_not_ask_is_refused(round_):
    with pytest.raises(AddresseeUnknown):
        made(round_, LetterFormat.PDF, "Huế")


def test_the_letter_to_one_agency_is_a_pdf_of_its_own(round_):
    job = made(round_, LetterFormat.PDF, "tinh hai")

    assert job.result["name"] == "tinh-02-uy-ban-nhan-dan-tinh-hai.pdf"
    assert "Kính gửi: Ủy ban nhân dân tỉnh Hai" in pages_of(content_of(job))[0]


def test_the_letter_to_one_agency_can_be_finished_in_word(round_):
    job = made(round_, LetterFormat.DOCX, "tinh-01")

    assert "Kính gửi: Ủy ban nhân dân tỉnh Một" in paragraphs_of(content_of(job))


def test_the_letters_to_all_are_an_archive_with_one_file_each(round_):
    job = made(round_, LetterFormat.DOCX, None)
    content = content_of(job)

    with ZipFile(BytesIO(content)) as archive:
        letters = {name: paragraphs_of(archive.read(name)) for name in archive.namelist()}
    assert sorted(letters) == [
        "tinh-01-uy-ban-nhan-dan-tinh-mot.docx",
        "tinh-02-uy-ban-nhan-dan-tinh-hai.docx",
    ]
    assert "Kính gửi: Ủy ban nhân dân tỉnh Hai" in letters["tinh-02-uy-ban-nhan-dan-tinh-hai.docx"]
    assert (job.progress, job.total) == (2, 2)
    assert job.result == {
        "name": "ky-1-docx.zip",
        "number": 2,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_files_are_read_by_this_process_only(round_, settings):
    made(round_, LetterFormat.PDF, "")
    (file,) = settings.MEDIA_ROOT.glob("letters/*")

    assert file.stat().st_mode & 0o777 == 0o600


def test_only_who_asked_fetches_the_file(round_):
    job = made(round_, LetterFormat.PDF, "")

    with pytest.raises(LetterNotReady):
        fetch_letters(job, actor=UserFactory(), at=timezone.now())


def test_after_seven_days_the_file_is_gone(round_):
    job = made(round_, LetterFormat.PDF, "")

    with pytest.raises(LetterNotReady):
        content_of(job, after=timedelta(days=7, minutes=1))


def test_fetching_is_recorded(round_):
    job = made(round_, LetterFormat.PDF, "")
    content_of(job)

    event = AuditEvent.objects.get(kind=Event.LETTERS_DOWNLOADED)
    assert (event.actor, event.data) == (job.owner, {"sha256": job.result["sha256"]})
