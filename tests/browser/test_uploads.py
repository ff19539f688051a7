"""Files and evidence in Chromium, against the running product, with scripts and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from surveys.models import Evidence, Response, StoredFile
from surveys.organisations.enums import MembershipRole
from tests.browser.filling import as_coordinator, started
from tests.factories import member
from tests.live import sign_in
from tests.surveys.files.samples import pdf
from tests.surveys.responses.attachments import DEFINITION

PLAN: FilePayload = {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": pdf()}
EMPTY: FilePayload = {"name": "rong.pdf", "mimeType": "application/pdf", "buffer": b""}


@pytest.fixture
def response(live_site: str) -> Response:
    """A draft that takes files, due in ten days."""
    return started(DEFINITION)


@pytest.fixture
def address(live_site: str, response: Response) -> str:
    return f"{live_site}/assignments/{response.assignment_id}/sections/papers/"


@pytest.fixture
def filler(page: Page, response: Response, live_site: str) -> Page:
    """A coordinator's browser."""
    return as_coordinator(page, response, live_site)


def choose(page: Page, button: str, *files: FilePayload) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator(button).click()
    chooser.value.set_files(list(files))


def test_a_file_is_uploaded_at_once_and_removed_and_put_back(filler, address, response):
    filler.goto(address)
    filler.wait_for_load_state("networkidle")

    choose(filler, "#c-plan", PLAN)
    expect(filler.locator("#q-plan .evidence a")).to_have_text("ke-hoach.pdf")
    expect(filler.locator("#c-plan")).to_be_focused()

    filler.locator("#clear-c-plan").click()
    expect(filler.locator("#q-plan .evidence")).to_have_count(0)
    filler.get_by_role("button", name="Khôi phục").click()
    expect(filler.locator("#q-plan .evidence a")).to_have_text("ke-hoach.pdf")


def test_several_files_are_sent_and_a_bad_one_is_refused_at_its_place(filler, address):
    filler.goto(address)
    filler.wait_for_load_state("networkidle")

    choose(filler, "#c-issued-e", EMPTY, PLAN)

    place = filler.locator("#q-issued")
    expect(place.locator(".msg[role=alert]")).to_contain_text("rong.pdf: Tệp rỗng")
    expect(place.locator(".evidence a")).to_have_text("ke-hoach.pdf")
    assert Axe().run(filler).response["violations"] == []


def test_a_document_is_cited_in_a_dialog(filler, address):
    filler.goto(address)
    filler.wait_for_load_state("networkidle")

    filler.locator("#c-note-e-doc").click()
    filler.locator("#attach").get_by_role("button", name="Thêm").click()
    expect(filler.locator("#attach .msg")).to_contain_text("Hãy ghi số, ký hiệu")
    filler.get_by_label("Số, ký hiệu").fill("27/2025/QĐ-UBND")
    filler.locator("#attach").get_by_role("button", name="Thêm").click()

    expect(filler.locator("#q-note .evidence")).to_contain_text("27/2025/QĐ-UBND")
    expect(filler.locator("#c-note-e-doc")).to_be_focused()


def test_without_scripts_what_was_typed_is_saved_before_the_form_comes(
    browser: Browser, address, response, live_site
):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    sign_in(context, member(response.assignment.agency, MembershipRole.COORDINATOR), live_site)
    page = context.new_page()
    page.goto(address)

    page.locator("#c-note").fill("Đã ban hành")
    page.locator("#c-plan").click()
    page.locator("#attach-file-answer").set_input_files(PLAN)
    page.get_by_role("button", name="Tải lên").first.click()

    expect(page.locator("#q-plan .evidence a")).to_have_text("ke-hoach.pdf")
    expect(page.locator("#c-note")).to_have_value("Đã ban hành")
    assert (StoredFile.objects.count(), Evidence.objects.count()) == (1, 0)
    context.close()


LONG = pdf(b"1 0 obj<<>>endobj" * 60_000)
SCAN: FilePayload = {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": LONG}


def test_a_long_file_goes_on_where_the_line_broke(filler, address, response):
    filler.goto(address)
    filler.wait_for_load_state("networkidle")
    sent: list[str] = []

    def line(route: Route) -> None:
        sent.append(route.request.headers.get("upload-offset", ""))
        if len(sent) == 3:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    filler.route("**/uploads/*/", line)
    choose(filler, "#c-issued-e", SCAN)

    expect(filler.locator("#q-issued .evidence a")).to_have_text("ban-quet.pdf", timeout=20_000)
    file = StoredFile.objects.get(response=response)
    assert (file.size, sent[2]) == (len(LONG), sent[3])


def test_a_long_file_chosen_again_after_a_reload_is_not_sent_anew(
    filler, address, response, tmp_path
):
    path = tmp_path / "ban-quet.pdf"
    path.write_bytes(LONG)
    begun: list[str] = []
    filler.on(
        "request", lambda each: begun.append(each.url) if each.url.endswith("/uploads/") else None
    )
    filler.goto(address)
    filler.wait_for_load_state("networkidle")
    pieces: list[str] = []

    def line(route: Route) -> None:
        pieces.append(route.request.method)
        if len(pieces) > 1:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    filler.route("**/uploads/*/", line)
    with filler.expect_file_chooser() as chooser:
        filler.locator("#c-issued-e").click()
    chooser.value.set_files(path)
    expect(filler.locator("#c-issued-e-state")).to_contain_text("Mất kết nối")

    filler.unroute("**/uploads/*/")
    filler.reload()
    filler.wait_for_load_state("networkidle")
    with filler.expect_file_chooser() as chooser:
        filler.locator("#c-issued-e").click()
    chooser.value.set_files(path)

    expect(filler.locator("#q-issued .evidence a")).to_have_text("ban-quet.pdf", timeout=20_000)
    assert len(begun) == 1
