"""Targets over the rounds: values, differences, breaks, what is hidden stays hidden."""

from datetime import timedelta

import pytest
from django.urls import reverse

from analytics.gate.enums import Audience
from analytics.results.models import RoundResult
from analytics.results.queries import results_of
from analytics.results.series import series_page
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from surveys.questionnaires.models import QuestionnaireVersion
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds():
    """Two rounds of a campaign; in the second every value is 7 higher, and one is not measured."""
    first = answered_round()
    run_pending()
    stored = RoundResult.objects.get()
    later = RoundFactory.create(
        campaign=first.campaign,
        version=first.version,
        status="closed",
        reference_date=first.reference_date + timedelta(days=365),
    )
    indicators = [
        item | ({"value": item["value"] + 7} if item.get("value") is not None else {})
        for item in stored.indicators
    ]
    indicators[0] |= {"value": None}
    RoundResult.objects.create(
        round=later, computed_at=stored.computed_at, base=stored.base, indicators=indicators
    )
    return first, later


def page_of(campaign):
    results = [(*each, Audience.DEPARTMENT) for each in results_of(campaign)]
    return series_page(campaign, results, "vi")


def measured(page):
    return [line for line in page.lines if len(line.measured) == 2]


def test_rounds_stand_in_the_order_of_their_dates(rounds):
    assert page_of(rounds[0].campaign).rounds == rounds


def test_the_difference_is_from_the_round_before(rounds):
    lines = measured(page_of(rounds[0].campaign))

    assert len(lines) > 3
    assert {round(line.points[1].change, 9) for line in lines} == {7.0}


def test_an_indicator_without_a_value_has_no_difference(rounds):
    line = page_of(rounds[0].campaign).lines[0]

    assert (line.points[1].value, line.points[1].change, line.newest) == (
        None,
        None,
        line.points[0],
    )


def test_another_way_of_measuring_breaks_the_series(rounds):
    first, later = rounds
    other = first.version.definition
    code = measured(page_of(first.campaign))[0].code
    for indicator in other["indicators"]:
        if indicator["code"] == code:
            indicator["numerator"] = "1"
    version = QuestionnaireVersion.objects.get(pk=first.version_id)
    version.pk, version.number, version.definition = None, version.number + 1, other
    version.save()
    later.version = version
    later.save()

    line = next(line for line in page_of(first.campaign).lines if line.code == code)

    assert (line.points[1].is_break, line.points[1].change, line.strokes) == (True, None, ())


def test_a_stroke_joins_two_values(rounds):
    line = measured(page_of(rounds[0].campaign))[0]

    assert (len(line.dots), len(line.strokes)) == (2, 1)
    assert line.strokes[0] == (*line.dots[0], *line.dots[1])


def test_the_chart_begins_with_the_newest_round(rounds):
    page = page_of(rounds[0].campaign)

    assert page.newest_first == rounds[::-1]
    assert page.drawn[0].newest_first == page.drawn[0].points[::-1]


def test_an_open_confidential_round_is_withheld(rounds):
    campaign = rounds[0].campaign
    campaign.anonymity = Anonymity.CONFIDENTIAL
    campaign.save()

    page = page_of(campaign)

    assert (page.withheld, page.rounds) == (rounds[:1], rounds[1:])


def test_the_page_shows_both_rounds(client, rounds):
    campaign = rounds[0].campaign
    client.force_login(department_person("researcher", owner=campaign.owner))

    page = client.get(reverse("campaign_series", args=[campaign.code])).content.decode()

    assert [reverse("round_result", args=[each.code]) in page for each in rounds] == [True, True]


def test_a_stranger_does_not_find_it(client, rounds):
    client.force_login(department_person("designer", owner=AgencyFactory.create(type="province")))

    assert client.get(reverse("campaign_series", args=[rounds[0].campaign.code])).status_code == 404


def test_a_campaign_without_results_says_so(client):
    round_ = RoundFactory.create()
    client.force_login(department_person("researcher", owner=round_.campaign.owner))

    page = client.get(reverse("campaign_series", args=[round_.campaign.code])).content.decode()

    assert "Chưa có kết quả" in page
