"""Files of data, in a browser: a researcher makes a table and takes it along, the department asks for raw
data by a plan. What was downloaded is read again."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Download, Locator, Page, expect

from analytics.answers import signed_answers
from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from exporters.models import Export
from surveys.background.context import JobContext
from surveys.background.runner import claim, run_pending
from surveys.models import Job, Round
from tests.analytics.releases.factories import closed_library_round, published
from tests.answered import NOW
from tests.factories import department_person
from tests.live import sign_in

MODEL = "A2. Mô hình đơn vị chuyên trách"
WORDS = {
    "cuc": "Cục",
    "vu": "Vụ",
    "trung_tam": "Trung tâm",
    "so": "Sở Khoa học và Công nghệ",
    "khac": "Mô hình khác",
}


@pytest.fixture
def round_(live_site: str) -> Round:
    """Six agencies asked and signed, the round closed and published, its units by their names."""
    made = closed_library_round(responses=6)
    DisclosurePolicy.objects.create(round=made, identity=Identity.PUBLISHED, set_at=NOW)
    published(made)
    run_pending()
    return made


def page_of(browser: Browser, live_site: str, round_: Round, role: str) -> Page:
    context = browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
    sign_in(context, department_person(role, owner=round_.campaign.owner), live_site)
    return context.new_page()


def looks_right(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than a phone or a desk."""
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def models_signed(round_: Round) -> dict[str, int]:
    """How many agencies gave each answer, counted from what was signed."""
    counts = dict.fromkeys(WORDS.values(), 0)
    for signed in signed_answers(round_):
        counts[WORDS[str(signed.answers["a2_model"])]] += 1
    return counts


def fetched(page: Page, folder: Path) -> Path:
    """The file that was asked for last, once a worker has made it."""
    newest = page.locator("#exports .job").first
    expect(newest).to_be_visible()  # the click has asked for it
    run_pending()
    link = newest.get_by_role("link", name="Tải về")
    expect(link).to_be_visible()
    with page.expect_download() as found:
        link.click()
    return kept(found.value, folder)


def kept(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def shown(table: Locator) -> dict[str, str]:
    """What the table on the page says of each answer."""
    rows = table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return {label: text for label, text in rows if label != "Tất cả"}


def test_a_researcher_accepts_the_terms_makes_a_table_and_takes_it_along(
    browser: Browser, live_site: str, round_: Round, tmp_path: Path
) -> None:
    page = page_of(browser, live_site, round_, "researcher")
    page.goto(f"{live_site}/data/")
    looks_right(page)
    page.locator("tbody a.row-link").first.click()
    looks_right(page)
    page.get_by_role("link", name="Lập bảng").click()
    looks_right(page)
    page.get_by_role("button", name="Tôi đồng ý").click()

    page.get_by_label("Dòng", exact=True).select_option(label=MODEL)
    page.get_by_role("button", name="Hiển thị bảng").click()
    expect(page.get_by_text("Đang tính…")).to_be_visible()
    run_pending()
    table = page.locator("#table table")
    expect(table).to_be_visible()
    looks_right(page)
    address, counts = page.url, shown(table)
    assert counts == {word: str(n) for word, n in models_signed(round_).items() if n}

    page.get_by_role("button", name="Excel").click()
    sheet = openpyxl.load_workbook(fetched(page, tmp_path)).worksheets[0]
    rows = {str(row[0]): str(row[1]) for row in sheet.iter_rows(values_only=True)}
    assert {word: rows[word] for word in counts} == counts
    looks_right(page)

    page.goto(address)
    page.get_by_role("button", name="CSV").click()
    with zipfile.ZipFile(fetched(page, tmp_path)) as packed:
        name = next(each for each in packed.namelist() if each.endswith(".csv"))
        text = packed.read(name).decode("utf-8-sig")
    lines = csv.DictReader(io.StringIO(text))
    values = {line["a2_model"]: line["value"] for line in lines if line["a2_model"] in WORDS}
    told = {WORDS[code]: f"{float(value):.0f}" for code, value in values.items()}
    assert {word: n for word, n in told.items() if n != "0"} == counts


def test_the_department_asks_for_raw_data_by_a_plan_follows_and_fetches_it(
    browser: Browser, live_site: str, round_: Round, tmp_path: Path
) -> None:
    page = page_of(browser, live_site, round_, "designer")
    page.goto(f"{live_site}/rounds/{round_.code}/export/")
    looks_right(page)
    page.get_by_role("link", name="Chọn nội dung").click()
    looks_right(page)
    page.get_by_role("radio", name="CSV").check()
    page.get_by_label("Câu chọn nhiều").select_option(label="Ghép trong một cột")
    page.get_by_role("button", name="Xem các cột").click()
    expect(page.get_by_role("heading", name="Nội dung dự kiến")).to_be_visible()
    page.locator("form").get_by_role("button", name="Lập tệp").click()

    listed = page.locator("#exports .job").first
    expect(listed).to_contain_text("Đang chờ")
    job = Export.objects.latest("pk").job
    assert job is not None
    taken = claim(job.pk, at=timezone.now())
    assert taken is not None
    JobContext(taken, clock=timezone.now).progress(63, 100, "writing")
    expect(listed).to_contain_text("Đang ghi tệp")
    expect(listed.get_by_role("progressbar")).to_have_attribute("value", "63")
    looks_right(page)
    # The worker dies; another takes the work over.
    Job.objects.filter(pk=job.pk).update(leased_until=NOW)

    with zipfile.ZipFile(fetched(page, tmp_path)) as packed:
        name = next(each for each in packed.namelist() if each.endswith("responses.csv"))
        lines = list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))
    expected = [str(each.answers["a2_model"]) for each in signed_answers(round_)]
    assert sorted(line["a2_model"] for line in lines) == sorted(expected)
    assert not [head for head in lines[0] if head.startswith("a3_functions.")]
