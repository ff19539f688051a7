"""The pages: send a workbook, look through it, take the marked one away, take the answers over."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from surveys.excelform.marking.styles import HARD
from surveys.models import Response, User, WorkbookUpload
from surveys.organisations.enums import MembershipRole
from tests.factories import MembershipFactory, UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft
from tests.surveys.responses.workbooks.sending import as_file, filled, handed_out, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def person(response: Response) -> User:
    member = MembershipFactory.create(
        agency=response.assignment.agency, role=MembershipRole.COORDINATOR
    )
    return member.user


@pytest.fixture
def client(client: Client, person: User, time_machine: Any) -> Client:
    time_machine.move_to(NOW)
    client.force_login(person)
    return client


def address(response: Response, upload: WorkbookUpload | None = None, name: str = "") -> str:
    if upload is None:
        return reverse("workbook_upload", args=[response.assignment_id])
    return reverse(name or "workbook_preview", args=[response.assignment_id, upload.pk])


def test_the_front_page_leads_to_the_page_that_takes_workbooks(client, response):
    page = client.get(reverse("assignment_detail", args=[response.assignment_id]))

    assert f'href="{address(response)}"' in page.content.decode()
    assert client.get(address(response)).status_code == 200


def test_a_workbook_leads_to_its_preview(client, response):
    data = filled(handed_out(response), {"staff": 12, "note": "An"})

    answered = client.post(address(response), {"file": as_file(data)})

    upload = WorkbookUpload.objects.get()
    assert answered["Location"] == address(response, upload)
    page = client.get(answered["Location"]).content.decode()
    assert "Nhận 2 trả lời" in page
    assert "Số người" in page


def test_a_file_that_is_not_taken_is_refused_in_words(client, response):
    answered = client.post(address(response), {"file": as_file(b"PK\x03\x04", "a.xlsx")})

    assert answered.status_code == 422
    assert not WorkbookUpload.objects.exists()


def test_the_button_takes_the_answers_over(client, response, person):
    upload = sent(response, {"staff": 12}, person)

    page = client.post(address(response, upload), follow=True).content.decode()

    assert "Đã lưu 1 trả lời từ tệp." in page
    response.refresh_from_db()
    assert response.answers["staff"] == "12"


def test_wrong_cells_are_told_with_their_places(client, response, person):
    upload = sent(response, {"staff": "khoảng 20"}, person)

    page = client.get(address(response, upload)).content.decode()

    assert "Đây không phải số." in page
    assert "khoảng 20" in page
    assert "1 ô cần sửa" in page


def test_the_lines_are_filtered_by_what_becomes_of_them(client, response, person):
    upload = sent(response, {"staff": "khoảng 20", "note": "Ghi chú mới"}, person)

    page = client.get(address(response, upload) + "?verdict=new").content.decode()

    assert "Ghi chú mới" in page
    assert "khoảng 20" not in page


def test_the_very_workbook_comes_back_marked(client, response, person):
    upload = sent(response, {"staff": "khoảng 20"}, person)

    answered = client.get(address(response, upload, "workbook_marked"))

    assert "attachment" in answered["Content-Disposition"]
    book = load_workbook(io.BytesIO(answered.content))
    listed = book["Cần sửa"]
    sheet, cell = listed["A4"].value, listed["B4"].value
    assert book[sheet][cell].value == "khoảng 20"
    assert book[sheet][cell].fill.fgColor.rgb == HARD
    assert "Đây không phải số" in book[sheet][cell].comment.text


def test_findings_of_the_new_answers_are_shown(client, response, person):
    upload = sent(response, {"staff": 12, "women": 20}, person)

    page = client.get(address(response, upload)).content.decode()

    assert "Các kiểm tra sẽ báo" in page


def test_a_stranger_finds_nothing(client, response, person):
    upload = sent(response, {"staff": 12}, person)
    client.force_login(UserFactory.create())

    for place in (
        address(response),
        address(response, upload),
        address(response, upload, "workbook_marked"),
    ):
        assert client.get(place).status_code in {403, 404}
