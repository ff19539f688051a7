"""Exports: asked for on a page, made in the background, fetched by their owner only."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from exporters.models import Export
from surveys.background.runner import run_pending
from surveys.models import AuditEvent
from tests.answered import answered_round
from tests.factories import department_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def designer(client):
    """A designer who has asked for the workbook of a round with two signed responses."""
    round_ = answered_round(responses=2)
    person = department_person("designer", owner=round_.campaign.owner)
    client.force_login(person)
    client.post(reverse("round_export", args=[round_.code]))
    return person


def download(client):
    """By the link that the button gives."""
    return client.get(reverse("export_download", args=[Export.objects.get().pk]), follow=True)


def content_of(response):
    """The whole file; reading it to its end also closes it."""
    return b"".join(response.streaming_content)


def test_the_file_is_there_when_the_job_has_run(client, designer):
    run_pending()

    content = content_of(download(client))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[0] == "Bìa"


def test_the_list_hears_of_every_file_of_its_owner(client, designer):
    page = client.get(reverse("export_list")).content.decode()

    assert f'data-live-topic="exports:{designer.pk}"' in page


def test_without_a_socket_the_list_asks_every_three_seconds_while_a_file_is_being_made(
    client, designer
):
    page = client.get(reverse("export_list")).content.decode()

    assert 'data-live-ask="3"' in page


def test_the_list_stops_asking_when_it_is_done(client, designer):
    run_pending()

    page = client.get(reverse("export_list")).content.decode()
    address = reverse("export_download", args=[Export.objects.get().pk])
    assert ("data-live-ask" in page, address in page) == (False, True)


def test_htmx_gets_the_rows_alone(client, designer):
    rows = client.get(reverse("export_list"), headers={"HX-Request": "true"}).content.decode()

    assert rows.lstrip().startswith('<div id="exports"')


@pytest.mark.parametrize("page", ["999", "0", "x"])
def test_a_page_that_the_list_does_not_have_is_the_nearest_one(client, designer, page):
    answer = client.get(reverse("export_list"), {"page": page})

    assert (answer.status_code, answer.context["page_obj"].number) == (200, 1)


def test_a_file_that_is_not_ready_is_refused_in_words(client, designer):
    assert download(client).status_code == 409


def test_another_persons_file_does_not_exist(client, designer):
    run_pending()
    client.force_login(
        department_person("designer", owner=Export.objects.get().round.campaign.owner)
    )

    assert download(client).status_code == 404


def test_a_file_cannot_be_fetched_after_seven_days(client, designer):
    run_pending()

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        client.force_login(designer)
        status = download(client).status_code

    assert status == 409


def test_asking_making_and_fetching_are_audited(client, designer):
    run_pending()
    content_of(download(client))

    kinds = AuditEvent.objects.filter(kind__startswith="export").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "export.requested",
        "export.finished",
        "export.downloaded",
    ]
