"""The explorer's pages: an address is all there is, and a wrong one is told."""

import pytest
from django.urls import reverse

from analytics.explorer.models import Tabulation
from surveys.background.runner import run_pending
from surveys.models import Campaign, Job, Round
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import NOW, RoundFactory

pytestmark = pytest.mark.django_db

COUNTS = ("n", "answered", "blank", "unticked", "incomplete", "zeros")
EVERY_KIND = (
    "a2_model",
    "a3_functions",
    "a4_current",
    "g4_date",
    "a19_remarks",
    "a18_ratings",
    "a13_platforms",
    "a9_contacts.rows",
    "a18_ratings.kip_thoi.a18_score",
)


@pytest.fixture
def round_():
    """Six agencies asked, four signed, everything computed."""
    made = answered_round()
    run_pending()
    return made


@pytest.fixture
def ask(client, round_):
    """Opens the explorer with a query."""

    def get(query="", role="designer"):
        client.force_login(department_person(role, owner=round_.campaign.owner))
        return client.get(reverse("round_explorer", args=[round_.code]) + f"?{query}")

    return get


def test_a_question_is_shown_at_once(ask):
    page = ask("q=a2_model").content.decode()

    assert 'id="t-a2_model"' in page
    assert "Đang tính" not in page


def test_a_cross_is_computed_first_and_then_shown(ask):
    assert "Đang tính" in ask("q=a2_model&by=type").content.decode()

    run_pending()

    page = ask("q=a2_model&by=type").content.decode()
    assert 'id="t-a2_model-1"' in page
    assert "Đang tính" not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=nothing",
        "q=a2_model&by=colour",
        "q=a2_model&in=type:moon",
        "q=a2_model&share=x",
        "q=g2_name",
        "q=a2_model&weighted=1",
        "q=a2_model&q=a1_reorganised",
        "limit=1",
        "q=a18_ratings&by=type",
    ],
)
def test_a_wrong_address_is_told_with_the_parameter_that_is_wrong(ask, query):
    answer = ask(query)

    assert answer.status_code == 400
    assert "Địa chỉ có phần không hợp lệ" in answer.content.decode()


def test_the_list_of_questions_is_searched_without_tone_marks(ask):
    page = ask("find=mo hinh don vi").content.decode()

    assert "?q=a2_model" in page
    assert "?q=a1_reorganised" not in page


def test_a_stranger_does_not_find_the_explorer(client, round_):
    client.force_login(department_person("designer", owner=AgencyFactory.create(type="province")))

    assert client.get(reverse("round_explorer", args=[round_.code])).status_code == 404


def test_of_confidential_answers_nothing_is_shown_before_the_round_is_closed(ask, round_):
    Campaign.objects.update(anonymity="confidential")

    page = ask("q=a2_model").content.decode()

    assert 'id="t-a2_model"' not in page


def test_a_round_without_answers_says_so(client):
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    client.force_login(department_person("designer", owner=round_.campaign.owner))

    page = client.get(reverse("round_explorer", args=[round_.code]) + "?q=cau_1")

    assert page.status_code == 200
    assert "Chưa có kết quả" in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_questions(
    client, round_, django_assert_max_num_queries
):
    client.force_login(department_person("designer", owner=round_.campaign.owner))
    address = reverse("round_explorer", args=[round_.code]) + "?q=a2_model"

    with django_assert_max_num_queries(24):
        client.get(address)


def test_every_kind_of_question_has_a_page_in_both_languages(client, round_):
    client.force_login(department_person("designer", owner=round_.campaign.owner))
    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        for name in EVERY_KIND:
            page = client.get(reverse("round_explorer", args=[round_.code]) + f"?q={name}")
            assert (name, page.status_code) == (name, 200)
            assert f'id="t-{name.replace(".", "-")}' in page.content.decode() or name in (
                "a19_remarks"
            )


def test_one_answer_alone_has_pages_too(client):
    round_ = answered_round(responses=1)
    run_pending()
    client.force_login(department_person("designer", owner=round_.campaign.owner))

    for name in EVERY_KIND:
        page = client.get(reverse("round_explorer", args=[round_.code]) + f"?q={name}")
        assert (name, page.status_code) == (name, 200)


@pytest.mark.parametrize("query", [*(f"q={name}" for name in EVERY_KIND), "q=a2_model&by=type"])
def test_of_a_closed_confidential_round_the_department_sees_protected_figures_only(client, query):
    round_ = confidential_round()
    client.force_login(department_person("designer", owner=round_.campaign.owner))
    address = reverse("round_explorer", args=[round_.code]) + f"?{query}"
    client.get(address)
    run_pending()

    page = client.get(address)

    assert page.status_code == 200
    assert page.context["page"].figure is not None
    stored = Tabulation.objects.get(round=round_, asking__question=page.context["page"].item.name)
    assert stored.result is not None
    assert small_counts(stored.result) == []
    assert "written" not in stored.result


def confidential_round():
    """Six agencies have signed; then the round was closed and had been confidential all along."""
    round_ = answered_round(responses=6)
    Campaign.objects.update(anonymity="confidential")
    Round.objects.update(status="closed", closed_at=NOW)
    Tabulation.objects.all().delete()
    return Round.objects.select_related("campaign").get(pk=round_.pk)


def small_counts(found):
    """Counts of one to four agencies, wherever they stand in a result."""
    match found:
        case dict():
            here = [found[name] for name in COUNTS if isinstance(found.get(name), int)]
            inner = [n for value in found.values() for n in small_counts(value)]
            return [n for n in here if 0 < n < 5] + inner
        case list():
            return [n for value in found for n in small_counts(value)]
        case _:
            return []


def test_the_rounds_to_look_into_are_listed(client, round_):
    client.force_login(department_person("researcher", owner=round_.campaign.owner))

    assert reverse("round_explorer", args=[round_.code]) in (
        client.get(reverse("analysis")).content.decode()
    )


def test_a_computation_that_failed_can_be_started_again(ask, client, round_):
    ask("q=a2_model&by=type")
    Job.objects.filter(task="analytics.explorer.tasks.tabulate").update(status="failed", error="x")
    assert "Tính lại" in ask("q=a2_model&by=type").content.decode()

    client.post(reverse("round_explorer", args=[round_.code]) + "?q=a2_model&by=type")
    run_pending()

    assert 'id="t-a2_model-1"' in ask("q=a2_model&by=type").content.decode()
