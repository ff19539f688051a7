"""Uploading, citing and downloading through pages, with and without scripts."""

import re
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus
from surveys.models import Assignment, AuditEvent, Evidence, Response, StoredFile
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.files.samples import bomb, office, pdf, picture, upload
from tests.surveys.responses.attachments import LINK, answer, prove, with_files
from tests.surveys.responses.factories import draft, save

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


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
def client(response: Response) -> Client:
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))
    return client


def attach(client: Client, response: Response, *, inline: bool = True, **given: object):
    data = {"path": "plan", "kind": "file", "use": "answer", "seen": "", "edit_id": "e1", **given}
    if inline:
        data["inline"] = "1"
    url = reverse("attachments", args=[response.assignment_id])
    return client.post(url, data, headers=HTMX if inline else {})


def act(client: Client, response: Response, name: str, query: str = "", **data: object):
    url = reverse(name, args=[response.assignment_id]) + query
    return client.post(url, {"edit_id": f"act-{name}", **data}, headers=HTMX)


def section(client: Client, response: Response, step: str = "papers") -> str:
    url = reverse("section", args=[response.assignment_id, step])
    return client.get(url).content.decode()


def test_an_upload_answers_with_what_changes_on_the_page(client, response):
    page = attach(client, response, file=upload("ke-hoach.pdf", pdf())).content.decode()

    assert 'id="q-plan"' in page
    assert "ke-hoach.pdf" in page
    assert "Thay tệp" in page


def test_without_scripts_an_upload_leads_back_to_its_place(client, response):
    page = attach(client, response, inline=False, file=upload("ke-hoach.pdf", pdf()))

    assert page.status_code == 302
    assert page["Location"].endswith("/sections/papers/#q-plan")


def test_without_scripts_the_button_saves_the_page_and_leads_to_the_form(client, response):
    url = reverse("section", args=[response.assignment_id, "papers"])
    answered = client.post(
        url, {"edit_id": "page", "attach": "plan", "section-current_step": "papers"}
    )

    assert (
        answered["Location"] == reverse("attachments", args=[response.assignment_id]) + "?path=plan"
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("trong.pdf", b"", "Tệp rỗng"),
        ("anh.pdf", picture(), "nội dung là JPEG"),
        ("chay.pdf.exe", pdf(), "đuôi của chương trình"),
        ("bom.png", bomb(), "triệu điểm ảnh"),
        ("macro.docx", office(more={"word/vbaProject.bin": b"x"}), "macro"),
        ("trang.html", b"<html>", "đuôi của chương trình"),
        ("x" * 300 + ".exe", b"MZ", "đuôi của chương trình"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_words_and_noted(
    client, response, name, content, words
):
    page = attach(client, response, file=upload(name, content))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert StoredFile.objects.count() == 0
    assert AuditEvent.objects.filter(kind=Event.FILE_REFUSED).count() == 1


def test_a_refusal_stands_in_the_form_where_there_are_no_scripts(client, response):
    page = attach(client, response, inline=False, file=upload("trong.pdf", b""))

    assert page.status_code == 422
    assert "Tệp rỗng" in page.content.decode()


def test_a_path_in_a_name_is_cut_off(client, response):
    attach(client, response, file=upload("../../etc/ke-hoach.pdf", pdf()))

    assert StoredFile.objects.get().name == "ke-hoach.pdf"


def test_a_picture_is_made_as_small_as_its_question_says(client, response):
    attach(client, response, path="photo", file=upload("anh.jpg", picture(size=(900, 300))))

    assert StoredFile.objects.get().kind == "jpeg"


def test_a_question_that_takes_nothing_has_no_such_page(client, response):
    url = reverse("attachments", args=[response.assignment_id])

    assert client.get(url, {"path": "system"}).status_code == 404
    assert client.get(url, {"path": "nowhere"}).status_code == 404


def test_locked_answers_take_no_file(client, response):
    Assignment.objects.update(status=AssignmentStatus.SUBMITTED)

    page = attach(client, response, file=upload("ke-hoach.pdf", pdf()))

    assert (page.status_code, StoredFile.objects.count()) == (422, 0)


def test_a_document_is_cited_with_its_day(client, response):
    attach(
        client,
        response,
        path="issued",
        kind="document",
        number="27/2025/QĐ-UBND",
        issued_on="14/7/2025",
    )

    evidence = Evidence.objects.get()
    assert (evidence.number, str(evidence.issued_on)) == ("27/2025/QĐ-UBND", "2025-07-14")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "document", "number": ""}, "Hãy ghi số, ký hiệu"),
        ({"kind": "document", "number": "1", "issued_on": "32/1/2025"}, "không phải ngày"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "không phải địa chỉ"),
        ({"kind": "link", "url": ""}, "Hãy ghi địa chỉ"),
        ({"kind": "file"}, "Hãy chọn tệp"),
    ],
)
def test_a_citation_that_cannot_be_read_is_refused_in_words(client, response, given, words):
    page = attach(client, response, path="issued", **{"use": "evidence", **given})

    assert page.status_code == 422
    assert words in page.content.decode()


def test_evidence_is_removed_and_put_back_from_the_page(client, response):
    prove(response)
    evidence = Evidence.objects.get()

    act(client, response, "evidence_remove", evidence=evidence.pk)
    assert Evidence.objects.get().removed_at == NOW

    act(client, response, "evidence_restore", f"?evidence={evidence.pk}")
    assert Evidence.objects.get().removed_at is None


def test_a_file_is_removed_and_put_back_from_the_page(client, response):
    answer(response)
    file = str(StoredFile.objects.get().pk)

    act(client, response, "file_clear", clear="plan", **{"held:plan": file})
    assert "plan" not in Response.objects.get(pk=response.pk).answers

    act(client, response, "file_restore", f"?path=plan&file={file}")
    assert Response.objects.get(pk=response.pk).answers["plan"] == file


def test_a_file_is_handed_out_to_be_saved_and_never_shown(client, response):
    answer(response)

    got = client.get(reverse("file_download", args=[StoredFile.objects.get().pk]))

    assert b"".join(got.streaming_content) == pdf(b"1 0 obj<<>>endobj")
    assert got["Content-Disposition"] == 'attachment; filename="ke-hoach.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_stranger_finds_no_file(response):
    answer(response)
    stranger = Client()
    stranger.force_login(member(draft().assignment.agency, MembershipRole.COORDINATOR))

    url = reverse("file_download", args=[StoredFile.objects.get().pk])
    assert stranger.get(url).status_code == 404


def test_a_file_whose_content_is_gone_says_so(client, response, tmp_path):
    answer(response)
    next(path for path in (tmp_path / "media").rglob("*") if path.is_file()).unlink()

    got = client.get(reverse("file_download", args=[StoredFile.objects.get().pk]))
    assert got.status_code == 410


def test_the_pages_name_what_is_attached(client, response):
    answer(response)
    prove(response, "note", LINK)

    url = reverse("check_answers", args=[response.assignment_id])
    page = client.get(url).content.decode()

    assert "ke-hoach.pdf" in page
    assert f"Minh chứng: {LINK.url}" in page
    assert re.search(r'<a [^>]*href="/files/[0-9a-f-]{36}/"', section(client, response))


def test_the_history_names_files_and_evidence(client, response):
    answer(response)
    prove(response)
    url = reverse("cell_history", args=[response.assignment_id])

    assert "ke-hoach.pdf" in client.get(url, {"path": "plan"}).content.decode()
    assert "Thêm minh chứng: 27/2025" in client.get(url, {"path": "issued"}).content.decode()


@pytest.mark.parametrize(("path", "leads"), [("issued", True), ("plan", False)])
def test_the_panel_of_a_cell_leads_to_its_evidence(client, response, path, leads):
    answer(response)
    url = reverse("cell_history", args=[response.assignment_id])

    panel = client.get(
        url, {"path": path}, headers={"HX-Request": "true", "HX-Target": "cell-panel"}
    )

    page = reverse("attachments", args=[response.assignment_id])
    assert (f'href="{page}?path={path}"' in panel.content.decode()) is leads


def test_what_is_not_a_scripts_address_opens_in_nothing_of_ours(client, response):
    prove(response, "note", LINK)

    assert 'rel="noopener noreferrer">https://congbao.example.vn/27' in section(client, response)


def test_a_replaced_file_of_a_colleague_is_not_overwritten(client, response):
    answer(response)

    page = attach(client, response, file=upload("khac.pdf", pdf(b"2")), seen="")

    assert (page.status_code, StoredFile.objects.count()) == (422, 1)
    assert services.FileMeanwhileChanged.code == "file_meanwhile_changed"


def test_the_receipt_names_the_files_that_the_signature_covers(client, response):
    answer(response)
    prove(response)
    save(response, "issued", CellEdit("issued", "3"))
    services.send_for_signature(response, actor=None, at=NOW)
    services.sign(response, actor=None, at=NOW)

    page = client.get(reverse("response_receipt", args=[response.assignment_id]))

    assert StoredFile.objects.get().sha256 in page.content.decode()
