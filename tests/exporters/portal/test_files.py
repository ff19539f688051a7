"""The files that stand with a data set, and its records for open-data portals."""

import json

import pytest
from django.urls import reverse

from analytics.gate.enums import Audience
from exporters.models import Export
from exporters.orders import menu
from exporters.orders.services import order_of
from exporters.portal import services
from exporters.portal.files import OFFERED
from exporters.portal.terms import current
from exporters.registry import Holds
from surveys.background.runner import run_pending
from tests.analytics.releases.factories import AT, person
from tests.factories import AgencyFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def outsider():
    """Somebody with an account and no role."""
    return member(AgencyFactory.create(), "coordinator")


def accepted(user):
    """Who has accepted the terms of use."""
    services.accept_terms(version=current().version, actor=user, at=AT)
    return user


def asked(client, release, name, file_format):
    address = reverse("data_file", args=[release.round.code, release.number])
    return client.post(address, {"name": name, "format": file_format})


def record(client, name, *place):
    return client.get(reverse(name, args=place))


def test_the_terms_are_asked_before_the_first_file(client, release, outsider):
    client.force_login(outsider)

    answer = asked(client, release, "data_set_codebook", "html")

    assert answer.url.startswith(reverse("data_terms"))
    assert Export.objects.count() == 0


@pytest.mark.parametrize(
    "exporter",
    [each for each in OFFERED if each.holds != Holds.NAMED],
    ids=lambda each: each.name,
)
def test_every_file_of_protected_units_is_made_for_whoever_has_an_account(
    client, release, outsider, settings, tmp_path, exporter
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(accepted(outsider))

    for file_format in exporter.formats:
        asked(client, release, exporter.name, file_format)
    run_pending()

    finished = Export.objects.exclude(finished_at=None)
    assert {each.format for each in finished} == set(exporter.formats)


def test_figures_are_protected_for_who_asks(client, release, outsider):
    client.force_login(accepted(outsider))
    asked(client, release, "data_set_report", "pdf")

    assert order_of(Export.objects.get()).audience == Audience.AGENCIES


@pytest.mark.parametrize("name", ["raw", "round", "assessment", "table", "nothing"])
def test_what_does_not_stand_with_data_sets_is_not_made(client, release, outsider, name):
    client.force_login(accepted(outsider))

    assert asked(client, release, name, "xlsx").status_code == 404


def test_no_menu_of_a_round_has_the_files_of_data_sets(release):
    sections = menu.sections(release.round, person(release.round, "designer"))

    names = {offer.name for section in sections for offer in section.offers}
    assert "codebook" in names
    assert not names & {"table", *(each.name for each in OFFERED)}


def test_a_data_set_tells_open_data_portals_of_itself(client, release):
    answer = record(client, "data_record", release.round.code, release.number, "jsonld")

    told = json.loads(answer.content)["@graph"]
    assert answer["Content-Type"] == "application/ld+json"
    assert any(each["@type"] == "dcat:Dataset" for each in told)


def test_the_catalogue_tells_of_every_data_set(client, release):
    answer = record(client, "data_catalogue_record", "ttl")

    address = reverse("data_set", args=[release.round.code, release.number])
    assert f"{address}>" in answer.content.decode()


def test_there_is_no_record_in_another_form(client, release):
    assert record(client, "data_catalogue_record", "xml").status_code == 404
