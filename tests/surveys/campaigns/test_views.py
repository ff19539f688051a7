"""The pages of campaigns and rounds, through the middleware."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.models import Assignment, Campaign, Round
from surveys.organisations.enums import AgencyType, DepartmentRoleName
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import (
    AssignmentFactory,
    CampaignFactory,
    RoundFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

PLAN = {
    "period": "yearly",
    "opens_after_days": "1",
    "answer_days": "30",
    "grace_days": "0",
    "signature": "simple",
    "anonymity": "identified",
}
"""What the form of a campaign sends of its plan and rules as they stand there at first."""


@pytest.fixture
def english(client):
    """Texts are compared as they stand in the code."""
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def as_designer(english):
    english.force_login(department_person())
    return english


def round_closing_in(days, **details):
    today = date.today()  # noqa: DTZ011  (the views take the real time)
    return RoundFactory.create(
        opens_at=start_of(today - timedelta(days=30)),
        closes_at=end_of(today + timedelta(days=days)),
        **details,
    )


def address(name, round_, query=""):
    return reverse(name, kwargs={"code": round_.code}) + query


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_list_shows_rounds_under_their_campaigns(as_designer):
    round_ = round_closing_in(12, status=RoundStatus.OPEN)
    AssignmentFactory.create(round=round_, status=AssignmentStatus.SUBMITTED)
    AssignmentFactory.create(round=round_)

    page = text_of(as_designer.get(reverse("campaign_list")))

    assert "Organisational capacity for digital transformation" in page
    assert "1 / 2" in page
    assert "12 days left" in page


def test_an_empty_list_says_what_to_do(as_designer):
    assert "No campaign yet" in text_of(as_designer.get(reverse("campaign_list")))
    assert "No round fits" in text_of(as_designer.get(reverse("campaign_list"), {"q": "zzz"}))


def test_a_campaign_is_created_with_a_code_made_of_its_title(as_designer):
    version = VersionFactory.create()
    given = {
        "title": "Góp ý về chín nền tảng",
        "basis_number": "Công văn 12/CĐS",
        "basis_on": "5/1/2026",
        "basis_issuer": "Cục Chuyển đổi số quốc gia",
        "basis_abstract": "Đề nghị cung cấp thông tin",
        "owner": version.questionnaire.owner.pk,
        "questionnaire": version.questionnaire.pk,
        "target_types": ["province", "commune"],
        **PLAN,
    }

    answer = as_designer.post(reverse("campaign_create"), given)

    campaign = Campaign.objects.get()
    assert campaign.code == "gop-y-ve-chin-nen-tang"
    assert campaign.targets == {"types": ["province", "commune"]}
    assert answer.url == reverse("round_create", kwargs={"code": campaign.code})


def test_a_campaign_without_legal_basis_comes_back_with_what_was_typed(as_designer):
    answer = as_designer.post(reverse("campaign_create"), {"title": "Góp ý về chín nền tảng"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert 'href="#id_basis_number"' in page
    assert 'value="Góp ý về chín nền tảng"' in page
    assert not Campaign.objects.exists()


def test_a_taken_code_is_said_beside_the_code(as_designer):
    campaign = CampaignFactory.create(code="dot-1690")
    given = {
        "title": "Đợt mới",
        "basis_number": "Công văn 12/CĐS",
        "basis_on": "5/1/2026",
        "basis_issuer": "Cục Chuyển đổi số quốc gia",
        "basis_abstract": "Đề nghị cung cấp thông tin",
        "owner": campaign.owner.pk,
        "questionnaire": campaign.questionnaire.pk,
        "target_types": ["province"],
        **PLAN,
        "code": "dot-1690",
    }

    page = text_of(as_designer.post(reverse("campaign_create"), given))

    assert 'href="#id_code"' in page
    assert "This code is already in use" in page


def test_the_chosen_types_are_counted_as_they_are_chosen(as_designer):
    AgencyFactory.create_batch(3)
    AgencyFactory.create(type=AgencyType.MINISTRY)

    answer = as_designer.get(
        reverse("campaign_targets"), {"target_types": ["province", "ministry"]}
    )

    assert "4 agencies of these types today" in text_of(answer)


def test_a_round_is_created_from_days_as_officials_write_them(as_designer):
    campaign = CampaignFactory.create(code="dot")
    version = VersionFactory.create(questionnaire=campaign.questionnaire)
    closing = date(date.today().year + 1, 1, 31)  # noqa: DTZ011
    given = {
        "period": "Quý IV",
        "reference_date": "31/12/2026",
        "opens_on": "1/1/2026",
        "closes_on": f"31/1/{closing.year}",
        "version": version.pk,
    }

    answer = as_designer.post(reverse("round_create", kwargs={"code": "dot"}), given)

    round_ = Round.objects.get()
    assert answer.url == address("round_overview", round_)
    assert (round_.code, round_.reference_date) == ("dot-quy-iv", date(2026, 12, 31))
    assert (round_.opens_at, round_.closes_at) == (start_of(date(2026, 1, 1)), end_of(closing))


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "words"),
    [
        ("1/3/2099", "28/2/2099", "must not be before the opening day"),
        ("1/1/2020", "31/1/2020", "This day has passed"),
        ("1/1/2099", "32/1/2099", "valid date"),
        ("1/1/2099", "31/12/9999", "Give a year from 2000 to 2199"),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(
    opens_on, closes_on, words, as_designer
):
    campaign = CampaignFactory.create(code="dot")
    version = VersionFactory.create(questionnaire=campaign.questionnaire)
    given = {
        "period": "Quý IV",
        "reference_date": "31/12/2026",
        "opens_on": opens_on,
        "closes_on": closes_on,
        "version": version.pk,
    }

    page = text_of(as_designer.post(reverse("round_create", kwargs={"code": "dot"}), given))

    assert words in page
    assert 'href="#id_closes_on"' in page
    assert not Round.objects.exists()


def test_a_mistyped_year_is_refused_beside_the_field(as_designer):
    CampaignFactory.create(code="dot")
    given = {"reference_date": "31/12/2026", "opens_on": "1/1/0001", "closes_on": "31/12/2026"}

    page = as_designer.post(reverse("round_create", kwargs={"code": "dot"}), given)

    assert page.status_code == 422
    assert list(page.context["form"].errors["opens_on"]) == ["Give a year from 2000 to 2199."]


def test_opening_asks_with_the_number_of_agencies_then_opens(as_designer):
    AgencyFactory.create_batch(3)
    round_ = round_closing_in(10)

    question = text_of(as_designer.get(address("round_open", round_)))
    answer = as_designer.post(address("round_open", round_), follow=True)

    assert "Open the round for 3 agencies?" in question
    assert "3 agencies are asked" in text_of(answer)
    assert Assignment.objects.filter(round=round_).count() == 3


def test_a_second_opening_is_refused_in_words(as_designer):
    AgencyFactory.create()
    round_ = round_closing_in(10)
    as_designer.post(address("round_open", round_))

    answer = as_designer.post(address("round_open", round_), follow=True)

    assert "The round is already open" in text_of(answer)
    assert Assignment.objects.filter(round=round_).count() == 1


def test_closing_says_who_is_shut_out_then_closes(as_designer):
    round_ = round_closing_in(10, status=RoundStatus.OPEN)
    AssignmentFactory.create(round=round_)

    question = text_of(as_designer.get(address("round_close", round_)))
    as_designer.post(address("round_close", round_), {"reason": "Đã đủ"})

    assert "1 agency has not submitted" in question
    assert Round.objects.get(pk=round_.pk).status == RoundStatus.CLOSED


@pytest.fixture
def open_round():
    """An open round: Đà Nẵng drafting, Bộ Y tế submitted."""
    round_ = round_closing_in(-3, status=RoundStatus.OPEN)
    AssignmentFactory.create(round=round_, agency__name="Đà Nẵng", status=AssignmentStatus.DRAFT)
    AssignmentFactory.create(
        round=round_,
        agency__name="Bộ Y tế",
        agency__type=AgencyType.MINISTRY,
        status=AssignmentStatus.SUBMITTED,
    )
    return round_


def test_the_page_of_a_round_has_figures_map_table_and_types(as_designer, open_round):
    page = text_of(as_designer.get(address("round_overview", open_round)))

    for words in ("Must answer", "1 late", "50.0%", "3 days late", "By level and type"):
        assert words in page
    for part in ('id="round-figures"', 'id="t-provinces"', 'id="units"', 'id="round-types"'):
        assert part in page
    assert page.count(f'data-live-topic="round:{open_round.pk}"') == 2
    assert "Hoàng Sa archipelago" in page
    assert "Trường Sa archipelago" in page


def test_progress_and_analysis_are_two_sides_of_a_round(as_designer, open_round):
    page = text_of(as_designer.get(address("round_overview", open_round)))

    progress, results = (address(name, open_round) for name in ("round_overview", "round_result"))
    assert f'<a href="{progress}" aria-current="page">Progress</a>' in page
    assert f'<a href="{results}">Analysis</a>' in page


def test_a_planned_round_has_no_results_to_go_to(as_designer):
    planned = round_closing_in(12, status=RoundStatus.PLANNED)

    page = text_of(as_designer.get(address("round_overview", planned)))

    assert address("round_result", planned) not in page


def test_filters_stand_in_the_address(as_designer, open_round):
    page = text_of(as_designer.get(address("round_overview", open_round, "?q=da+nang")))

    table = page[page.index('id="t-units"') :]
    assert "Đà Nẵng" in table
    assert "Bộ Y tế" not in table[: table.index("</table>")]


def test_an_unknown_word_in_the_address_is_left_out(as_designer, open_round):
    answer = as_designer.get(address("round_overview", open_round, "?status=x&page=zz&size=9"))

    assert answer.status_code == 200
    assert "Bộ Y tế" in text_of(answer)


def test_the_table_is_fetched_alone_and_moves_the_address(as_designer, open_round):
    answer = as_designer.get(address("round_units", open_round, "?late=1"))

    assert text_of(answer).startswith("<section")
    assert answer["HX-Replace-Url"] == address("round_overview", open_round, "?late=1")


def test_the_figures_bring_the_maps_table_and_the_types_along(as_designer, open_round):
    fragment = text_of(as_designer.get(address("round_figures", open_round)))

    assert fragment.startswith('<section id="round-figures"')
    assert fragment.count("hx-swap-oob") == 5


@pytest.mark.parametrize("more", [0, 30])
def test_the_page_asks_as_much_for_many_agencies_as_for_few(
    more, as_designer, open_round, django_assert_max_num_queries
):
    AssignmentFactory.create_batch(more, round=open_round)

    with django_assert_max_num_queries(16):
        as_designer.get(address("round_overview", open_round))


def test_a_planned_round_says_whom_it_will_ask(as_designer):
    AgencyFactory.create_batch(2)

    page = text_of(as_designer.get(address("round_overview", round_closing_in(10))))

    assert "2 agencies will be asked" in page
    assert 'id="units"' not in page


NAMES = ("round_overview", "round_units", "round_figures", "round_open", "round_close")


@pytest.mark.parametrize("name", NAMES)
def test_another_owners_people_do_not_find_the_round(name, english, open_round):
    elsewhere = department_person(owner=AgencyFactory.create())
    english.force_login(elsewhere)

    assert english.get(address(name, open_round)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_member_of_an_agency_asked_does_not_see_how_others_get_on(name, english, open_round):
    own = open_round.assignments.get(agency__name="Đà Nẵng").agency
    english.force_login(member(own))

    assert english.get(address(name, open_round)).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [("round_overview", 200), ("round_units", 200), ("round_open", 403), ("round_close", 403)],
)
def test_a_verifier_follows_but_does_not_open_or_close(name, status, english, open_round):
    verifier = department_person(DepartmentRoleName.VERIFIER)
    english.force_login(verifier)

    assert english.get(address(name, open_round)).status_code == status


def test_a_verifier_is_not_offered_what_designers_do(english, open_round):
    english.force_login(department_person(DepartmentRoleName.VERIFIER))

    assert "Close the round" not in text_of(english.get(address("round_overview", open_round)))
    assert "Create a campaign" not in text_of(english.get(reverse("campaign_list")))
    assert english.get(reverse("campaign_create")).status_code == 403


def test_the_table_is_saved_as_it_is_filtered_and_safe_from_formulas(as_designer, open_round):
    AssignmentFactory.create(round=open_round, agency__name="=HYPERLINK(1)", status="draft")

    answer = as_designer.get(
        address("round_units_file", open_round, "?status=drafting&sort=agency")
    )
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith("Code,Agency,Level,Type")
    assert [line.split(",")[1] for line in lines[1:] if "HYPERLINK" in line] == ["'=HYPERLINK(1)"]
    assert {line.split(",")[6] for line in lines[1:]} == {"Drafting"}


@pytest.mark.parametrize("name", ["round_units_file", "round_figures", "round_units"])
def test_the_parts_of_the_overview_are_not_for_those_who_are_asked(name, english):
    assignment = AssignmentFactory.create()
    english.force_login(member(assignment.agency))

    assert english.get(address(name, assignment.round)).status_code == 403


@pytest.mark.parametrize("name", ["round_units_file", "round_figures", "round_units"])
def test_the_parts_of_the_overview_do_not_exist_for_strangers(name, english, open_round):
    english.force_login(department_person(owner=AgencyFactory.create()))

    assert english.get(address(name, open_round)).status_code == 404


def test_the_page_names_the_rates_and_the_numbers_in_them(as_designer):
    round_ = round_closing_in(10, status=RoundStatus.OPEN)
    AssignmentFactory.create(round=round_, status="submitted", submitted_at=round_.opens_at)
    AssignmentFactory.create(round=round_, disposition="refused")
    AssignmentFactory.create(round=round_, disposition="ineligible")

    page = text_of(as_designer.get(address("round_overview", round_)))

    assert "1 / ((1 + 0) + (1 + 0 + 0) + (0 + 0))" in page
    assert "50.0% have submitted" in page
