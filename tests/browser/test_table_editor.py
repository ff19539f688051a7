"""The table editor in Chromium, against the running product."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from tests.factories import department_person
from tests.live import sign_in
from tests.surveys.questionnaires.factories import imported
from tests.surveys.questionnaires.tables import table_of, wide

BLOCK = (
    "Chỉ tiêu\tNăm 2024\t\tGhi chú\n\tTổng số (người)\tNữ (người)\t\n"
    "Cấp tỉnh\t\t\t\nCấp xã\t\t\t\nCấp trung ương\t\t\t"
)


@pytest.fixture
def draft(live_site: str) -> QuestionnaireVersion:
    made = imported()
    made.definition = wide(1, 2, named=False)
    made.save()
    return made


@pytest.fixture
def designer(page: Page, draft: QuestionnaireVersion, live_site: str) -> Page:
    """A designer's browser with the table selected."""
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    sign_in(page.context, person, live_site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_site}/questionnaires/to-chuc/draft/?at=u_t")
    expect(page.locator("#sheet-pane")).to_be_visible()
    return page


def labels(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator("[data-line='label.vi'] input").all()]


def test_a_block_from_excel_becomes_a_table_and_one_undo_takes_it_back(
    designer: Page, draft: QuestionnaireVersion
) -> None:
    before = table_of(draft)
    designer.evaluate("text => navigator.clipboard.writeText(text)", BLOCK)
    designer.locator("#sheet-corner").focus()
    designer.keyboard.press("Control+v")

    expect(designer.locator("#sheet-paste-preview")).to_contain_text("tong_so")
    assert Axe().run(designer).response["violations"] == []
    designer.keyboard.press("Enter")

    expect(designer.locator("[data-col]")).to_have_count(3)
    expect(designer.locator("tr[data-row]")).to_have_count(3)
    assert labels(designer)[2] == "Ghi chú"
    draft.refresh_from_db()
    assert [(each["kind"], each.get("unit")) for each in table_of(draft)["columns"]] == [
        ("integer", {"vi": "người"}),
        ("integer", {"vi": "người"}),
        ("text", None),
    ]

    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-col]")).to_have_count(1)
    draft.refresh_from_db()
    assert (table_of(draft)["columns"][0]["name"], draft.revision) == (
        before["columns"][0]["name"],
        2,
    )


def test_a_table_is_built_by_keyboard_alone(designer: Page, draft: QuestionnaireVersion) -> None:
    designer.locator("[data-line='label.vi'] input").first.focus()
    designer.keyboard.type("Tổng số")
    designer.keyboard.press("Insert")
    expect(designer.locator("[data-col]")).to_have_count(2)
    designer.keyboard.press("ArrowRight")
    designer.keyboard.type("Nữ")
    designer.keyboard.press("Enter")
    expect(designer.locator("[data-col]").nth(1)).to_contain_text("Nữ")
    designer.locator("[data-line='label.vi'] input").nth(1).focus()
    designer.keyboard.press("Alt+ArrowLeft")
    expect(designer.locator("[data-col]").first).to_contain_text("Nữ")

    designer.locator("td.k").first.focus()
    designer.keyboard.press("Space")
    expect(designer.locator("td.k--grey")).to_have_count(1)
    draft.refresh_from_db()
    table = table_of(draft)
    assert [each["label"]["vi"] for each in table["columns"]] == ["Nữ", "Tổng số"]
    assert table["closed"] == f"row() = 'h0' and . = '{table['columns'][0]['name']}'"
    assert Axe().run(designer).response["violations"] == []
