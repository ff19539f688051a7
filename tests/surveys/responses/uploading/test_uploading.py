"""Files that come in pieces."""

from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.audit.enums import Event
from surveys.files.refusals import FileEmpty, FileNameRunnable, FileTooLarge
from surveys.models import ArrivingFile, AuditEvent, Evidence, Response, User
from surveys.organisations.enums import MembershipRole
from surveys.responses.uploading import services
from surveys.responses.uploading.models import KEPT
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.files.samples import pdf
from tests.surveys.responses.attachments import with_files
from tests.surveys.responses.test_concurrency import at_once

pytestmark = pytest.mark.django_db

CONTENT = pdf(b"1 0 obj<<>>endobj" * 500)


@pytest.fixture(autouse=True)
def _now(settings, tmp_path: Path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    return with_files()


@pytest.fixture
def person(response: Response) -> User:
    return member(response.assignment.agency, MembershipRole.CONTRIBUTOR)


@pytest.fixture
def client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def begin(response: Response, actor: User, content: bytes = CONTENT) -> ArrivingFile:
    return services.begin(response, name="ke-hoach.pdf", size=len(content), actor=actor, at=NOW)


def address(file: ArrivingFile) -> str:
    return reverse("upload_piece", args=[file.response.assignment_id, file.pk])


def patch(client: Client, file: ArrivingFile, offset: int, content: bytes):
    return client.patch(
        address(file), content, "application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


@given(cuts=st.lists(st.integers(1, len(CONTENT) - 1), unique=True, max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_pieces_of_any_sizes_are_the_whole_again(response, person, cuts):
    file = begin(response, person)
    edges = [0, *sorted(cuts), len(CONTENT)]
    for start, end in pairwise(edges):
        services.add_piece(file.pk, offset=start, content=CONTENT[start:end], actor=person)

    with services.handed_over(file.pk, actor=person) as whole:
        assert (whole.read(), whole.name, whole.size) == (CONTENT, "ke-hoach.pdf", len(CONTENT))
    assert not ArrivingFile.objects.filter(pk=file.pk).exists()


def test_a_piece_that_comes_twice_stands_there_once(response, person):
    file = begin(response, person)
    services.add_piece(file.pk, offset=0, content=CONTENT[:100], actor=person)

    again = services.add_piece(file.pk, offset=0, content=CONTENT[:100], actor=person)

    assert (again.received, again.pieces) == (100, [0])


def test_a_piece_at_the_wrong_place_is_answered_with_the_right_one(client, response, person):
    file = begin(response, person)
    patch(client, file, 0, CONTENT[:100])

    answer = patch(client, file, 50, CONTENT[50:300])

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")


def test_more_than_was_announced_is_not_taken(client, response, person):
    file = begin(response, person)

    answer = patch(client, file, 0, CONTENT + b"x")

    file.refresh_from_db()
    assert (answer.status_code, file.received) == (413, 0)


@pytest.mark.parametrize(
    ("name", "size", "refusal"),
    [
        ("lon.pdf", 10**12, FileTooLarge),
        ("rong.pdf", 0, FileEmpty),
        ("chay.exe", 10, FileNameRunnable),
    ],
)
def test_what_will_not_be_taken_is_refused_before_it_is_sent(response, person, name, size, refusal):
    with pytest.raises(refusal):
        services.begin(response, name=name, size=size, actor=person, at=NOW)


def test_a_person_has_ten_files_on_the_way_at_most(response, person):
    for _ in range(services.MOST_AT_ONCE):
        begin(response, person)

    with pytest.raises(services.TooManyUploads):
        begin(response, person)


def test_a_file_does_not_come_byte_by_byte(client, response, person):
    file = begin(response, person)
    ArrivingFile.objects.filter(pk=file.pk).update(
        received=services.MOST_PIECES, pieces=list(range(services.MOST_PIECES))
    )

    answer = patch(client, file, services.MOST_PIECES, b"x")

    file.refresh_from_db()
    assert (answer.status_code, file.received) == (422, services.MOST_PIECES)


@pytest.mark.django_db(transaction=True)
def test_of_many_that_begin_at_once_ten_find_room(response, person):
    outcomes = at_once(*[lambda: begin(response, person)] * (services.MOST_AT_ONCE + 5))

    refused = [each for each in outcomes if isinstance(each, services.TooManyUploads)]
    assert (len(refused), ArrivingFile.objects.count()) == (5, services.MOST_AT_ONCE)


def test_a_name_with_characters_that_no_database_takes_is_cleaned(client, response):
    answer = client.post(
        reverse("upload_begin", args=[response.assignment_id]), {"name": "a\0b.pdf", "size": 9}
    )

    assert (answer.status_code, "\0" in ArrivingFile.objects.get().name) == (201, False)


def test_what_lies_too_far_back_is_gone(response, person):
    file = begin(response, person)

    services.begin(response, name="a.pdf", size=1, actor=person, at=NOW + KEPT + KEPT)

    assert not ArrivingFile.objects.filter(pk=file.pk).exists()


def test_the_server_says_how_far_it_has_come(client, response, person):
    file = begin(response, person)
    patch(client, file, 0, CONTENT[:100])

    answer = client.head(address(file))

    assert (answer.status_code, answer["Upload-Offset"]) == (204, "100")


def test_a_colleague_cannot_go_on_with_it(response, person):
    file = begin(response, person)
    colleague = Client()
    colleague.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))

    answers = [colleague.head(address(file)), patch(colleague, file, 0, b"x")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_file_in_pieces_becomes_evidence(client, response, person):
    announced = client.post(
        reverse("upload_begin", args=[response.assignment_id]),
        {"name": "ke-hoach.pdf", "size": len(CONTENT)},
    ).json()
    file = ArrivingFile.objects.get(pk=announced["id"])
    patch(client, file, 0, CONTENT[:1000])
    patch(client, file, 1000, CONTENT[1000:])

    answer = client.post(
        reverse("attachments", args=[response.assignment_id]),
        {
            "path": "issued",
            "kind": "file",
            "use": "evidence",
            "edit_id": "e",
            "upload": announced["id"],
        },
        headers={"HX-Request": "true"},
    )

    evidence = Evidence.objects.get(response=response)
    assert evidence.file is not None
    assert (answer.status_code, evidence.file.size) == (200, len(CONTENT))
    assert not ArrivingFile.objects.exists()


def test_half_a_file_is_no_evidence(client, response, person):
    file = begin(response, person)
    patch(client, file, 0, CONTENT[:1000])

    answer = client.post(
        reverse("attachments", args=[response.assignment_id]),
        {"path": "issued", "kind": "file", "use": "evidence", "edit_id": "e", "upload": file.pk},
    )

    assert (answer.status_code, Evidence.objects.count()) == (422, 0)
    assert ArrivingFile.objects.filter(pk=file.pk).exists()


def test_a_whole_that_is_refused_is_forgotten_and_its_refusal_kept(client, response, person):
    file = begin(response, person, b"MZ" * 50)
    patch(client, file, 0, b"MZ" * 50)

    client.post(
        reverse("attachments", args=[response.assignment_id]),
        {"path": "issued", "kind": "file", "use": "evidence", "edit_id": "e", "upload": file.pk},
    )

    event = AuditEvent.objects.get(kind=Event.FILE_REFUSED)
    assert (event.data["name"], ArrivingFile.objects.count()) == ("ke-hoach.pdf", 0)


def test_an_unknown_upload_is_refused_in_words(client, response):
    answer = client.post(
        reverse("attachments", args=[response.assignment_id]),
        {"path": "issued", "kind": "file", "use": "evidence", "edit_id": "e", "upload": uuid4()},
    )

    assert answer.status_code == 422
    assert "chọn lại tệp" in answer.content.decode()
