"""The report of a round: every question, from stored results."""

import pytest
from django.urls import reverse

from analytics.explorer.queries import items_of_round
from surveys.background.runner import run_pending
from surveys.models import Campaign
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import NOW, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    """Six agencies asked, four signed, everything computed."""
    made = answered_round()
    run_pending()
    return made


def report(client, round_, role="designer"):
    """The page, opened by somebody of that role."""
    client.force_login(department_person(role, owner=round_.campaign.owner))
    return client.get(reverse("round_report", args=[round_.code]))


def test_every_question_of_the_list_is_in_the_report(client, round_):
    sections = report(client, round_).context["report"].sections

    shown = [question.name for section in sections for question in section.questions]
    assert shown == [item.name for item in items_of_round(round_).values() if item.listed]


def test_the_sections_are_those_of_the_questionnaire(client, round_):
    sections = report(client, round_).context["report"].sections

    assert sections[1].title == "1. Tổ chức và biên chế"


def test_the_response_rates_have_the_names_of_aapor(client, round_):
    names = [line.rate.name for line in report(client, round_).context["rates"]]

    assert names == ["RR1", "RR2", "COOP1", "REF1", "CON1"]


def test_what_was_left_blank_is_told_by_question_and_by_agency(client, round_):
    answers = report(client, round_).context["report"].blanks

    assert [table.key for table in answers] == ["t-blank-questions", "t-blank-agencies"]


def test_a_researcher_gets_a_report_without_agencies_after_it_is_computed(client):
    round_ = answered_round(responses=6)
    run_pending()
    assert report(client, round_, "researcher").context["waiting"]

    run_pending()

    found = report(client, round_, "researcher").context["report"]
    assert found.blanks == ()
    assert len(found.sections) > 1


def test_of_confidential_answers_nothing_is_shown_before_the_round_is_closed(client, round_):
    Campaign.objects.update(anonymity="confidential")

    assert "report" not in report(client, round_).context


def test_a_round_without_answers_says_so(client):
    round_ = RoundFactory.create(status="open", opened_at=NOW)

    assert "Chưa có kết quả" in report(client, round_).content.decode()


def test_a_stranger_does_not_find_the_report(client, round_):
    client.force_login(department_person("designer", owner=AgencyFactory.create(type="province")))

    assert client.get(reverse("round_report", args=[round_.code])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_questions(
    client, round_, django_assert_max_num_queries
):
    client.force_login(department_person("designer", owner=round_.campaign.owner))

    with django_assert_max_num_queries(22):
        client.get(reverse("round_report", args=[round_.code]))
