"""A draft is translated in the grid and by a workbook, in Chromium, against the running product."""

import io
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from tests.factories import department_person
from tests.live import sign_in
from tests.surveys.questionnaires.factories import imported, survey_of

SAME = survey_of(
    ["integer", "bien_che", "Biên chế"],
    ["integer", "nu", "Trong đó nữ"],
    ["integer", "bien_che_truoc", "Biên chế"],
)


@pytest.fixture
def draft(live_site: str) -> QuestionnaireVersion:
    return imported(SAME)


@pytest.fixture
def grid(page: Page, draft: QuestionnaireVersion, live_site: str) -> Page:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    sign_in(page.context, person, live_site)
    page.goto(f"{live_site}/questionnaires/to-chuc/draft/translations/?to=en")
    return page


def test_a_translation_is_typed_taken_by_its_twin_and_undone_by_keyboard(grid: Page) -> None:
    cells = grid.locator("[data-cell]")
    expect(grid.locator("#missing-texts")).to_contain_text("3")

    cells.first.focus()
    grid.keyboard.type("Posts ")
    grid.keyboard.press("Enter")

    expect(cells.nth(1)).to_be_focused()
    expect(grid.locator(".texts__remarks")).to_contain_text("Dấu cách")
    grid.get_by_role("button", name="1 chỗ khác có cùng văn bản").click()
    expect(cells.nth(2)).to_have_value("Posts ")
    expect(grid.locator("#missing-texts")).to_contain_text("1")
    assert Axe().run(grid).response["violations"] == []

    grid.keyboard.press("Control+z")
    expect(cells.nth(2)).to_have_value("")
    grid.keyboard.press("Escape")
    expect(cells.first).to_have_value("Posts ")


def filled(data: bytes, **texts: str) -> bytes:
    """The workbook with these translations of sources typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["translations"].iter_rows(min_row=2):
        row[6].value = texts.get(str(row[5].value), row[6].value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_goes_out_is_filled_in_and_taken(grid: Page, tmp_path: Path) -> None:
    with grid.expect_download() as download:
        grid.get_by_role("link", name="Xuất Excel").click()
    went = Path(download.value.path()).read_bytes()
    file = tmp_path / "dich.xlsx"
    file.write_bytes(filled(went, **{"Trong đó nữ": "Of these women", "Phần A": "Section A"}))

    title = grid.locator("[data-cell]").nth(4)
    title.fill("Chapter A")
    with grid.expect_response("**/edits/"):
        title.press("Enter")
    grid.get_by_role("link", name="Nhập từ Excel").click()
    grid.locator("input[type=file]").set_input_files(file)
    grid.get_by_role("button", name="Xem trước thay đổi").click()

    expect(grid.get_by_role("region", name="Mới và sửa lại")).to_contain_text("Of these women")
    expect(grid.get_by_role("region", name="Xung đột")).to_contain_text("Chapter A")
    assert Axe().run(grid).response["violations"] == []
    grid.get_by_role("checkbox").check()
    grid.get_by_role("button", name="Nhận, thành một lần sửa").click()

    expect(grid.locator("#notices")).to_contain_text("2")
    definition = QuestionnaireVersion.objects.get(questionnaire__code="to-chuc").definition
    section = definition["children"][0]
    labels = [section["label"]["en"], section["children"][1]["label"]["en"]]
    assert labels == ["Section A", "Of these women"]
