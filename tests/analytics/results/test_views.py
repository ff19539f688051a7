"""The result page: stored results only, and an export only for those who may read answers."""

import pytest
from django.urls import reverse

from surveys.background.runner import run_pending
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    made = answered_round()
    run_pending()
    return made


def opened(client, round_, role):
    client.force_login(department_person(role, owner=round_.campaign.owner))
    return client.get(reverse("round_result", args=[round_.code]))


@pytest.mark.parametrize("role", ["verifier", "researcher"])
def test_the_page_leads_to_the_files_of_the_round(client, round_, role):
    page = opened(client, round_, role).content.decode()

    assert reverse("round_export", args=[round_.code]) in page


def test_a_researcher_who_asks_for_the_workbook_is_refused(client, round_):
    client.force_login(department_person("researcher", owner=round_.campaign.owner))

    assert client.post(reverse("round_export", args=[round_.code])).status_code == 403


def test_a_stranger_does_not_find_the_results(client, round_):
    client.force_login(department_person("designer", owner=AgencyFactory.create(type="province")))

    assert client.get(reverse("round_result", args=[round_.code])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_indicators(
    client, round_, django_assert_max_num_queries
):
    client.force_login(department_person("designer", owner=round_.campaign.owner))

    with django_assert_max_num_queries(9):
        client.get(reverse("round_result", args=[round_.code]))
