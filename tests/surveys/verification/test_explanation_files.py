"""Files behind an explanation: from the browser to the dossier."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.files import storage
from surveys.files.refusals import FileLost
from surveys.models import AuditEvent, ExplanationFile, StoredFile, User, VerificationItem
from surveys.organisations.enums import MembershipRole
from surveys.responses.dossier.verify import verify
from surveys.verification import services
from surveys.verification.enums import Verdict
from surveys.verification.services import ExplainedAlready, Said
from tests.factories import AgencyFactory, UserFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.files.samples import pdf
from tests.surveys.responses.attachments import document
from tests.surveys.responses.dossier.samples import dossier_of
from tests.surveys.verification.factories import LATER, administrator, item_of, released, verifier
from tests.surveys.verification.test_services import AFTER, closed, decided

pytestmark = pytest.mark.django_db

SAID = Said(text="Đã có quyết định.")
HEADERS = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _world(settings, tmp_path: Path):
    """Requests arrive on the day of the tests; files lie in a folder of the test."""
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def item() -> VerificationItem:
    """A finding against the agency, released to it."""
    return item_of(released(CS1=Verdict.NOT_ACCEPTED), "CS1")


@pytest.fixture
def coordinator(item: VerificationItem) -> User:
    return member(item.case.assignment.agency, MembershipRole.COORDINATOR)


@pytest.fixture
def client(coordinator: User) -> Client:
    return signed_in(coordinator)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(item: VerificationItem, name: str = "finding_files") -> str:
    return reverse(name, args=[item.case.assignment_id, item.pk])


def upload(name: str = "quyet-dinh.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf())


def added(item: VerificationItem, name: str = "quyet-dinh.pdf") -> ExplanationFile:
    return services.add_explanation_file(item, document(name), actor=UserFactory.create(), at=NOW)


def names(item: VerificationItem) -> list[str]:
    return list(item.explanation_files.values_list("file__name", flat=True))


# Adding and removing


def test_the_same_file_is_kept_once(item):
    assert added(item) == added(item)
    assert names(item) == ["quyet-dinh.pdf"]


def test_an_explanation_takes_so_many_files(item, monkeypatch):
    monkeypatch.setattr("surveys.verification.services.explanation_files.MOST_FILES", 1)
    added(item)

    with pytest.raises(services.TooManyExplanationFiles):
        added(item, "khac.pdf")


def test_a_file_that_is_taken_away_is_gone(item, django_capture_on_commit_callbacks):
    file = added(item).file
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_explanation_file(item, file.pk, actor=UserFactory.create(), at=NOW)

    assert not StoredFile.objects.exists()
    with pytest.raises(FileLost):
        storage.open_content(file.pk)
    assert AuditEvent.objects.get(kind=Event.FILE_DISCARDED).data["sha256"] == file.sha256


def test_files_stand_with_the_explanation(item):
    kept = added(item)
    services.explain(item, SAID, actor=None, at=LATER)

    with pytest.raises(ExplainedAlready):
        added(item, "khac.pdf")
    with pytest.raises(ExplainedAlready):
        services.remove_explanation_file(item, kept.file_id, actor=UserFactory.create(), at=LATER)
    assert AuditEvent.objects.get(kind=Event.FINDING_EXPLAINED).data["files"] == [kept.file.sha256]


def test_what_was_never_handed_in_goes_with_the_end(item):
    added(item)
    services.close_verification(item.case.plan, actor=None, at=AFTER)

    assert (ExplanationFile.objects.count(), StoredFile.objects.count()) == (0, 0)


# The verified revision and the dossier


def test_the_verified_revision_and_the_dossier_hold_the_file(item):
    file = added(item).file
    services.explain(item, SAID, actor=None, at=LATER)
    item.refresh_from_db()
    decided(item)
    closed(item.case.plan)
    item.case.refresh_from_db()
    entry = json.loads(item.case.verified.canonical)["verification"]["items"][0]

    assert entry["explanation"]["files"] == [
        {
            "id": str(file.pk),
            "name": "quyet-dinh.pdf",
            "type": "pdf",
            "size": file.size,
            "sha256": file.sha256,
        }
    ]
    with time_machine.travel(AFTER, tick=False):
        path = dossier_of(item.case.revision.response)
    assert f"attached/{file.pk}.pdf" in ZipFile(path).namelist()
    assert "attached files: 1, each as the revisions name it" in verify(path)


# Pages


def test_a_file_is_added_and_the_list_comes_back(client, item):
    answer = client.post(address(item), {"file": upload(), "inline": "1"}, headers=HEADERS)

    assert names(item) == ["quyet-dinh.pdf"]
    assert 'id="explanation-files" hx-swap-oob="true"' in answer.content.decode()
    assert "quyet-dinh.pdf" in answer.content.decode()


def test_a_file_that_came_in_pieces_is_added(client, item):
    content = pdf()
    begun = client.post(
        reverse("explanation_upload", args=[item.case.assignment_id]),
        {"name": "quyet-dinh.pdf", "size": len(content)},
    ).json()
    client.patch(
        begun["address"], content, "application/octet-stream", headers={"Upload-Offset": "0"}
    )

    client.post(address(item), {"upload": begun["id"], "inline": "1"}, headers=HEADERS)

    assert names(item) == ["quyet-dinh.pdf"]


def test_a_file_of_a_kind_that_is_not_taken_is_refused_in_words(client, item):
    answer = client.post(
        address(item), {"file": upload("a.pdf", b"MZ\x90"), "inline": "1"}, headers=HEADERS
    )

    assert (answer.status_code, names(item)) == (422, [])
    assert AuditEvent.objects.get(kind=Event.FILE_REFUSED).data["name"] == "a.pdf"


def test_without_scripts_adding_a_file_keeps_what_was_typed(client, item):
    answer = client.post(address(item), {"file": upload(), "text": "Đã có văn bản."})

    assert answer.status_code == 200
    assert answer.context["form"]["text"].value() == "Đã có văn bản."
    assert [line.text for line in answer.context["files"]] == ["quyet-dinh.pdf"]


def test_without_scripts_a_chosen_file_goes_with_the_explanation(client, item):
    client.post(address(item, "finding_explain"), {"file": upload(), "text": "Đã có văn bản."})

    item.refresh_from_db()
    assert (item.explanation.text, names(item)) == ("Đã có văn bản.", ["quyet-dinh.pdf"])


def test_the_enter_key_hands_nothing_in(client, item):
    answer = client.post(address(item), {"enter": "1", "text": "Đã có văn bản."})

    item.refresh_from_db()
    assert not hasattr(item, "explanation")
    assert answer.context["problem"].startswith("Nothing is handed in yet.")
    assert answer.context["form"]["text"].value() == "Đã có văn bản."


def test_a_file_is_removed_before_it_is_handed_in(client, item):
    kept = added(item)
    client.post(address(item), {"remove": str(kept.file_id)}, headers=HEADERS)

    assert names(item) == []


def test_a_file_of_another_finding_is_not_removed(client, item):
    kept = added(item_of(item.case.plan, "CS1"))
    other = VerificationItem.objects.exclude(pk=item.pk).exclude(case=item.case).first()
    assert other is not None

    answer = client.post(
        reverse("finding_files", args=[item.case.assignment_id, other.pk]),
        {"remove": str(kept.file_id)},
        headers=HEADERS,
    )

    assert (answer.status_code, names(item)) == (404, ["quyet-dinh.pdf"])


def test_the_department_opens_what_was_handed_in_and_sees_nothing_before(item):
    kept = added(item)
    page = reverse("verification_item", args=[item.pk])
    for person in (verifier(), administrator()):
        assert b"quyet-dinh.pdf" not in signed_in(person).get(page).content
    services.explain(item, SAID, actor=None, at=NOW)

    for person in (verifier(), administrator()):
        seen = signed_in(person)
        download = reverse("file_download", args=[kept.file_id])
        assert download in seen.get(page).content.decode()
        answer = seen.get(download)
        assert answer.getvalue() == pdf(b"1 0 obj<<>>endobj")


@pytest.mark.parametrize("name", ["finding_files", "explanation_upload"])
def test_strangers_find_no_door_for_files(item, name):
    place = [item.case.assignment_id, item.pk][: 2 if name == "finding_files" else 1]
    for person in (member(AgencyFactory(), MembershipRole.COORDINATOR), verifier()):
        assert signed_in(person).post(reverse(name, args=place)).status_code == 404


@pytest.mark.parametrize("name", ["finding_files", "explanation_upload"])
def test_whoever_fills_in_adds_no_file(item, name):
    place = [item.case.assignment_id, item.pk][: 2 if name == "finding_files" else 1]
    person = member(item.case.assignment.agency, MembershipRole.CONTRIBUTOR)

    assert signed_in(person).post(reverse(name, args=place)).status_code == 403
