"""The XLSForm of the demonstration is imported, changed in three ways, compared and published."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from surveys.definitions.editing import Change
from surveys.models import Assignment, QuestionnaireVersion
from surveys.organisations.models import Agency
from surveys.questionnaires import services
from surveys.questionnaires.queries import form_of
from tests.factories import AgencyFactory, DepartmentFactory, department_person
from tests.live import sign_in
from tests.surveys.campaigns.factories import CampaignFactory, RoundFactory
from tests.surveys.questionnaires.factories import NOW
from tests.surveys.responses.factories import draft as response_draft

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "tochuc-1690"
CHANGED = "a4_2023"
WORKBOOK = Path(__file__).parents[2] / "surveys" / "questionnaires" / "library" / "tochuc_1690.xlsx"


@pytest.fixture
def owner() -> Agency:
    return DepartmentFactory.create()


@pytest.fixture
def designer(page: Page, context: BrowserContext, live_site: str, owner: Agency) -> Page:
    sign_in(context, department_person("designer", owner=owner), live_site)
    return page


def uid(version: QuestionnaireVersion, name: str) -> str:
    return form_of(version).element(name).uid


def answered_draft(version: QuestionnaireVersion) -> None:
    """An open round in which somebody has answered the question whose type will change."""
    campaign = CampaignFactory.create(questionnaire=version.questionnaire)
    round_ = RoundFactory.create(campaign=campaign, version=version, status="open")
    assignment = Assignment.objects.create(
        round=round_, agency=AgencyFactory.create(), version=version, due_at=round_.closes_at
    )
    response = response_draft(assignment)
    response.answers = {CHANGED: "4"}
    response.save()


def import_form(page: Page, live_site: str) -> QuestionnaireVersion:
    page.goto(f"{live_site}/questionnaires/import/")
    page.set_input_files("input[type=file]", WORKBOOK)
    page.fill("input[name=code]", CODE)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("h1")).to_be_visible()
    return QuestionnaireVersion.objects.get(questionnaire__code=CODE)


def change_label(page: Page, live_site: str, name: str, label: str) -> None:
    """A new label, typed into the right pane."""
    draft = QuestionnaireVersion.objects.get(questionnaire__code=CODE, status="draft")
    page.goto(f"{live_site}/questionnaires/{CODE}/draft/?at={uid(draft, name)}")
    field = page.locator("#props [data-field='label.vi']").first
    with page.expect_response(re.compile("/edits/")):
        field.fill(label)
        field.press("Tab")


def send(page: Page, body: dict[str, object]) -> None:
    """One edit through the page's own queue."""
    with page.expect_response(re.compile("/edits/")):
        page.evaluate(
            """async (body) => {
              const { edit, command } = await import(document.querySelector("script[src*='builder/main']").src.replace(/main[^/]*$/, "draft.js"));
              return body.do ? command(body.do, body.with) : edit(body.operations);
            }""",
            body,
        )


def test_a_form_is_imported_changed_in_three_ways_and_published(
    designer: Page, owner: Agency, live_site: str
) -> None:
    page = designer
    first = services.publish(import_form(page, live_site), actor=None, at=NOW)
    answered_draft(first)
    page.goto(f"{live_site}/questionnaires/{CODE}/versions/")
    page.get_by_role("button", name="Tạo bản nháp tiếp theo").click()
    page.wait_for_url(re.compile("/draft/"))

    change_label(page, live_site, "a2_model", "Mô hình của đơn vị")
    draft = QuestionnaireVersion.objects.get(questionnaire__code=CODE, status="draft")
    send(page, {"do": "add", "with": {"kind": "text", "after": uid(draft, "a2_model")}})
    node = uid(draft, CHANGED)
    change = {"op": "change", "node": node, "field": "kind", "old": "integer", "new": "text"}
    send(page, {"operations": [change]})

    page.get_by_role("link", name="Công bố").click()
    page.wait_for_url(re.compile("/publish/"))
    rows = page.locator("#publish-form tbody tr")
    expect(rows.filter(has_text="Phá vỡ")).to_contain_text(CHANGED)
    expect(rows.filter(has_text="Phá vỡ").locator("td.num")).to_have_text("1")
    expect(rows.filter(has_text="Tương thích")).to_have_count(1)
    expect(rows.filter(has_text="Mô hình của đơn vị")).to_contain_text("Chỉ đổi chữ")

    page.get_by_label("Ghi chú phiên bản").fill("Số phiên họp ghi bằng chữ.")
    page.locator("main").get_by_role("button", name="Công bố").click()
    expect(page.locator("#confirmation-error")).to_be_visible()
    expect(page.get_by_label("Ghi chú phiên bản")).to_have_value("Số phiên họp ghi bằng chữ.")
    page.locator("#id_confirmation").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/versions/2/published/"))

    draft.refresh_from_db()
    assert (draft.status, draft.note) == ("published", "Số phiên họp ghi bằng chữ.")
    expect(page.get_by_text("1 bản nháp dùng phiên bản 1")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1024, 360])
def test_the_tabs_pass_axe_and_fit(
    width: int, designer: Page, owner: Agency, live_site: str
) -> None:
    page = designer
    first = services.publish(import_form(page, live_site), actor=None, at=NOW)
    draft = services.start_draft(first.questionnaire, actor=None, at=NOW)
    change = Change(uid(draft, CHANGED), "kind", "integer", "text")
    wrong = Change(uid(draft, "a2_model"), "relevant", None, "${a1_reorganisedd} = 'da'")
    services.edit_draft(draft, edit_id=uuid4(), operations=[change, wrong], actor=None, at=NOW)
    page.set_viewport_size({"width": width, "height": 900})

    for part in (
        "draft/check/",
        "draft/publish/",
        "draft/preview/",
        "draft/preview/check/",
        "versions/",
        "versions/1/published/",
    ):
        page.goto(f"{live_site}/questionnaires/{CODE}/{part}")
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{part}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part


def test_the_phone_of_the_preview_has_the_width_of_a_phone(
    designer: Page, owner: Agency, live_site: str
) -> None:
    page = designer
    import_form(page, live_site)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_site}/questionnaires/{CODE}/draft/preview/")
    frame = page.frame_locator("#preview-frame")
    expect(frame.locator("h1")).to_be_visible()
    wide = frame.locator("body").evaluate("() => innerWidth")

    page.locator("[data-frame=phone]").click()

    assert wide > 900
    assert frame.locator("body").evaluate(
        "() => [innerWidth, matchMedia('(max-width: 575.98px)').matches,"
        " document.documentElement.scrollWidth <= innerWidth]"
    ) == [360, True, True]


def test_an_answer_in_the_preview_changes_the_path_beside_it(
    designer: Page, owner: Agency, live_site: str
) -> None:
    page = designer
    import_form(page, live_site)
    page.goto(f"{live_site}/questionnaires/{CODE}/draft/preview/")
    path = page.locator("#preview-path .step").filter(has_text="Ngày công văn")
    expect(path).to_have_class(re.compile("is-hidden"))

    field = page.frame_locator("#preview-frame").locator("#c-g4_document")
    field.fill("12/CV")
    field.press("Tab")

    expect(path).not_to_have_class(re.compile("is-hidden"))
    expect(path).to_contain_text("12/CV")
