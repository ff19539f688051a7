"""The pages on which versions are compared, published and retired."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from surveys.models import Assignment
from surveys.questionnaires.services import publish, retire
from tests.factories import AgencyFactory, department_person
from tests.live import sign_in
from tests.surveys.campaigns.factories import CampaignFactory, RoundFactory
from tests.surveys.questionnaires.factories import NOW, imported, survey_of
from tests.surveys.responses.factories import draft

OLD = survey_of(
    ["integer", "bien_che", "Biên chế được giao", "Posts"],
    ["text", "so_phien", "Số phiên họp", "Meetings"],
    ["text", "ghi_chu", "Ghi chú", "Remark"],
)
NEW = survey_of(
    ["decimal", "bien_che", "Biên chế được giao năm nay", "Posts"],
    ["integer", "so_phien", "Số phiên họp", "Meetings"],
    ["text", "y_kien", "Ý kiến", "Opinion", "yes"],
)
COMPARE = "/questionnaires/to-chuc/compare/1/2/"


@pytest.fixture
def versions(db):
    """A published version and the next draft."""
    return publish(imported(OLD), actor=None, at=NOW), imported(NEW)


@pytest.fixture
def page_of(client, versions):
    """The text of an address as a designer reads it."""
    client.force_login(department_person("designer"))
    return lambda address: client.get(address).content.decode()


def test_two_versions_are_compared_with_words_for_each_change(page_of):
    page = page_of(COMPARE)

    words = (
        "Phá vỡ",
        "Tương thích",
        "Chỉ đổi chữ",
        "Biên chế được giao năm nay",
        "Số nguyên",
        "Số thập phân",
        "Bỏ khỏi bản nháp",
        "Giữ, cần xem lại",
        "y_kien",
    )
    assert [word for word in words if word not in page] == []


def test_the_changes_are_narrowed_to_a_class(page_of):
    page = page_of(COMPARE + "?class=cosmetic")

    assert "Biên chế được giao năm nay" in page
    assert "y_kien" not in page


def test_a_comparison_can_be_read_in_english(client, page_of):
    client.cookies["django_language"] = "en"

    page = page_of(COMPARE)

    assert [word for word in ("Breaking", "Whole number", "Meetings") if word not in page] == []


def test_any_two_versions_can_be_compared_either_way(page_of):
    page = page_of("/questionnaires/to-chuc/compare/2/1/")

    assert "Phiên bản 2 và phiên bản 1" in page


def test_a_version_compared_with_itself_has_no_changes(page_of):
    assert "Không có thay đổi" in page_of("/questionnaires/to-chuc/compare/1/1/")


def test_a_version_that_is_not_there_is_not_found(client, page_of):
    statuses = [
        client.get(f"/questionnaires/to-chuc/compare/{pair}/").status_code
        for pair in ("1/9", "9/1")
    ]

    assert statuses == [404, 404]


def test_a_stranger_finds_no_comparison(client, versions):
    client.force_login(department_person("designer", owner=AgencyFactory()))

    assert client.get(COMPARE).status_code == 404


def test_before_publishing_one_sees_what_changed_and_how_many_drafts_use_the_old(page_of, versions):
    first, second = versions
    campaign = CampaignFactory.create(questionnaire=first.questionnaire)
    round_ = RoundFactory.create(campaign=campaign, version=first, status="open")
    draft(
        Assignment.objects.create(
            round=round_, agency=AgencyFactory(), version=first, due_at=round_.closes_at
        )
    )

    page = page_of(reverse("version_detail", args=["to-chuc", second.number]))

    assert "1 bản nháp đang dùng bản đó" in page
    assert COMPARE in page


def test_the_first_draft_is_compared_with_nothing(client, db):
    imported(OLD)
    client.force_login(department_person("designer"))

    page = client.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()

    assert "Xem mọi thay đổi" not in page


def test_names_with_another_meaning_are_named_before_publishing(page_of):
    imported(survey_of(["note", "ghi_chu", "Ghi chú", "Remark"]))

    page = page_of(reverse("version_detail", args=["to-chuc", 2]))

    assert "Các tên này đã công bố với ý nghĩa khác:" in page


def test_a_published_version_is_retired_from_its_page(client, page_of, versions):
    client.post(reverse("version_retire", args=["to-chuc", 1]))

    versions[0].refresh_from_db()
    assert versions[0].status == "retired"


def test_retiring_a_draft_is_refused_in_words(client, page_of):
    answer = client.post(reverse("version_retire", args=["to-chuc", 2]), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


@pytest.mark.parametrize("role", ["verifier", "researcher"])
def test_who_only_follows_compares_but_does_not_retire(client, versions, role):
    client.force_login(department_person(role))

    statuses = [
        client.get(COMPARE).status_code,
        client.post(reverse("version_retire", args=["to-chuc", 1])).status_code,
    ]

    assert statuses == [200, 403]


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_pass_axe_and_fit(width, page, context, live_site):
    publish(imported(OLD), actor=None, at=NOW)
    imported(NEW)
    sign_in(context, department_person("designer"), live_site)
    page.set_viewport_size({"width": width, "height": 900})

    for address in (COMPARE, COMPARE + "?class=breaking", "/questionnaires/to-chuc/versions/2/"):
        page.goto(live_site + address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("query", ["old=1&new=2", "old=2&new=1"])
def test_any_two_versions_can_be_chosen_in_either_order(client, versions, query):
    client.force_login(department_person("designer"))

    assert client.get(f"/questionnaires/to-chuc/compare/?{query}").url == COMPARE


@pytest.mark.parametrize("query", ["", "old=1", "old=a&new=2", "old=1&new=9999999999"])
def test_what_is_no_version_is_not_compared(client, versions, query):
    client.force_login(department_person("designer"))

    assert client.get(f"/questionnaires/to-chuc/compare/?{query}").status_code == 404


def test_the_page_of_a_retired_version_says_what_that_means(page_of, versions):
    retire(versions[0], actor=None, at=NOW)

    assert "đợt khảo sát mới không chọn được" in page_of("/questionnaires/to-chuc/versions/1/")


def test_a_retired_version_is_not_offered_to_a_new_round(page_of, versions):
    campaign = CampaignFactory.create(questionnaire=versions[0].questionnaire)
    address = reverse("round_create", args=[campaign.code])
    offered = f'<option value="{versions[0].pk}"'
    assert offered in page_of(address)

    retire(versions[0], actor=None, at=NOW)

    assert offered not in page_of(address)
