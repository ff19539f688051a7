"""The Excel questionnaire from the front page and back, filled in by hand and saved by LibreOffice."""

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect

from surveys.excelform.marking.styles import HARD
from surveys.models import Response
from tests.browser.filling import as_coordinator, started, stored
from tests.surveys.excelform.test_round_trip import saved_by_office
from tests.surveys.responses.factories import DEFINITION
from tests.surveys.responses.workbooks.sending import filled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def response(live_site: str) -> Response:
    """A draft of every kind of place, due in ten days."""
    return started(DEFINITION)


@pytest.fixture
def filler(page: Page, response: Response, live_site: str) -> Page:
    """A coordinator's browser on the front page of the assignment."""
    as_coordinator(page, response, live_site)
    page.goto(f"{live_site}/assignments/{response.assignment_id}/")
    return page


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as download:
        page.locator(link).first.click()
    return Path(download.value.path()).read_bytes()


def send(page: Page, data: bytes) -> None:
    file: FilePayload = {"name": "phieu.xlsx", "mimeType": XLSX, "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button[type=submit]").click()


def test_a_workbook_goes_out_comes_back_marked_and_is_taken_over(filler, response, tmp_path):
    filler.get_by_role("link", name="Điền bằng Excel").click()
    workbook = downloaded(filler, "a[href$='/workbook/']")
    values = {
        "staff": "khoảng 20",
        "note": "Gõ trong bảng tính",
        "budget/oda/planned": "1.234,5",
        "contacts//contact_name": "Bà Bình",
    }
    back = saved_by_office(filled(workbook, values), tmp_path, ("xlsx",))

    send(filler, back)

    expect(filler.locator("main")).to_contain_text("1 ô cần sửa")
    expect(filler.locator("main")).to_contain_text("Đây không phải số.")
    assert Axe().run(filler).response["violations"] == []

    marked = load_workbook(io.BytesIO(downloaded(filler, "a[href$='/marked/']")))
    listed = marked["Cần sửa"]
    wrong = marked[str(listed["A4"].value)][str(listed["B4"].value)]
    assert (wrong.value, wrong.fill.fgColor.rgb) == ("khoảng 20", HARD)

    filler.get_by_role("button", name="Nhận 3 trả lời").click()

    expect(filler.locator("body")).to_contain_text("Đã lưu 3 trả lời từ tệp.")
    answers = stored(response)
    assert answers["note"] == "Gõ trong bảng tính"
    assert answers["budget"] == {"oda": {"planned": "1234.5"}}
    assert "staff" not in answers
