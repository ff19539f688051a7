"""The files of a round that a person may ask for, and the list of what was asked for."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exporters.models import Export
from exporters.orders.menu import sections
from exporters.registry import EXPORTERS, Holds
from surveys.background.models import Job
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from surveys.models import Campaign, Round
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import closed_library_round
from tests.factories import department_person

pytestmark = pytest.mark.django_db


def offered(round_, person):
    known = Round.objects.select_related("campaign__owner", "version").get(pk=round_.pk)
    return {offer.name for section in sections(known, person) for offer in section.offers}


def of_rounds(*holds):
    return {each.name for each in EXPORTERS if each.subject == "round" and each.holds in holds}


def test_a_designer_may_have_everything_of_the_round(round_, person):
    assert offered(round_, person) == of_rounds(*Holds)


def test_a_researcher_is_offered_no_rows(round_):
    researcher = department_person("researcher", owner=round_.campaign.owner)

    assert not offered(round_, researcher) & of_rounds(Holds.ROWS)


def test_of_confidential_answers_nobody_is_offered_rows(round_, person):
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)

    assert not offered(round_, person) & of_rounds(Holds.ROWS)


def test_a_run_is_offered_where_there_is_one(client):
    run = computed(closed_library_round(responses=2, types=("ministry", "province")))
    person = department_person("designer", owner=run.round.campaign.owner)
    client.force_login(person)
    address = reverse("round_export", args=[run.round.code])
    wish = {"name": "assessment", "format": "xlsx", "language": "en", "subject": str(run.pk)}

    assert "assessment" in client.get(address).content.decode()
    client.post(address, wish)

    export = Export.objects.get()
    assert (export.run, export.language, export.name) == (run, "en", "assessment")
    assert client.post(address, wish | {"subject": "999"}).status_code == 403


def test_a_profile_is_asked_for_of_a_unit_that_the_run_has(client):
    run = computed(closed_library_round(responses=2, types=("ministry", "province")))
    client.force_login(department_person("designer", owner=run.round.campaign.owner))
    address = reverse("round_export", args=[run.round.code])
    wish = {"name": "profile", "format": "pdf", "language": "vi", "subject": str(run.pk)}
    unit = run.units.all()[0]

    page = client.get(address).content.decode()
    refused = client.post(address, wish | {"unit": "nowhere"}, follow=True).content.decode()
    client.post(address, wish | {"unit": unit.key})
    run_pending()

    assert f'<option value="{unit.key}">{unit.localised_name}</option>' in page
    assert "Hãy chọn một đơn vị có trong lần tính đã chọn." in refused
    export = Export.objects.get()
    assert export.options == {"unit": unit.key}
    assert export.size > 0
    assert unit.localised_name in client.get(reverse("export_list")).content.decode()


@pytest.mark.parametrize(
    "wish", [{"name": "x"}, {"format": "x"}, {"name": "round", "format": "csv"}]
)
def test_what_there_is_not_cannot_be_asked_for(client, round_, person, wish):
    client.force_login(person)

    answer = client.post(reverse("round_export", args=[round_.code]), {"format": "xlsx", **wish})

    assert (answer.status_code, Export.objects.count()) == (404, 0)


def test_asked_for_twice_the_page_says_that_it_is_the_same(client, round_, person):
    client.force_login(person)
    address = reverse("round_export", args=[round_.code])
    client.post(address)
    run_pending()

    page = client.post(address, follow=True).content.decode()

    assert "Bạn đã yêu cầu tệp này. Số liệu vẫn như lúc" in page


def test_a_waiting_file_says_what_is_before_it_and_can_be_dropped(client, ask, person):
    ask(language="en")
    export = ask()
    client.force_login(person)

    page = client.get(reverse("export_list")).content.decode()
    assert "Chờ 1 việc trước" in page
    client.post(reverse("export_cancel", args=[export.pk]))

    assert Job.objects.get(pk=export.job_id).status == "cancelled"


def test_what_failed_says_why_and_is_asked_for_again(client, ask, person):
    export = ask()
    Job.objects.filter(pk=export.job_id).update(status="failed", error="Quá ít phiếu.")
    client.force_login(person)
    address = reverse("export_retry", args=[export.pk])

    page = client.get(reverse("export_list")).content.decode()
    assert "Quá ít phiếu." in page
    assert address in page
    client.post(address)

    assert Job.objects.filter(export__retry_of=export, status="waiting").exists()
    assert address not in client.get(reverse("export_list")).content.decode()


@pytest.mark.parametrize("act", ["export_cancel", "export_retry"])
def test_nothing_changes_by_looking(client, ready, act):
    client.force_login(ready.owner)

    assert client.get(reverse(act, args=[ready.pk])).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_files(
    client, ask, person, django_assert_max_num_queries
):
    for number in range(12):
        ask(options={"number": number})
    waiting = Export.objects.exclude(pk__in=Export.objects.values("pk")[:6])
    Job.objects.filter(export__in=waiting).update(status="failed")
    client.force_login(person)

    with django_assert_max_num_queries(12):
        client.get(reverse("export_list"))


def test_the_number_of_queries_of_the_menu_does_not_grow_with_the_files(
    client, ask, round_, person, django_assert_max_num_queries
):
    for number in range(12):
        ask(at=timezone.now(), options={"number": number})
    client.force_login(person)

    with django_assert_max_num_queries(20):
        client.get(reverse("round_export", args=[round_.code]))
