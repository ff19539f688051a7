"""Publications as records of a catalogue."""

import json

import pytest

from analytics.releases import services
from analytics.releases.queries import catalogue
from exporters.codebooks.dcat import (
    Distribution,
    as_json_ld,
    as_turtle,
    catalogue_graph,
    record_graph,
)
from exporters.codebooks.dcat.releases import catalogue_of, record_of
from tests.analytics.releases.factories import AT, closed_round, person, proposed, published

pytestmark = pytest.mark.django_db

FILE = Distribution(
    title={"vi": "Bảng", "en": "Table"},
    access="https://khaosat.example.vn/data/",
    media_type="text/csv",
    file_type="CSV",
    package_type="application/zip",
    size=1234,
    sha256="ab" * 32,
)
MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {
        "dct:title",
        "dct:description",
        "dct:publisher",
        "dcat:contactPoint",
        "dct:identifier",
        "dct:issued",
        "dct:modified",
        "dct:accrualPeriodicity",
        "dct:language",
        "dcat:theme",
        "dcat:keyword",
        "dct:temporal",
        "dct:spatial",
        "dct:accessRights",
        "dcat:landingPage",
        "dcat:version",
        "dcat:distribution",
    },
    "dcat:Distribution": {
        "dct:title",
        "dcat:accessURL",
        "dcat:mediaType",
        "dct:format",
        "dct:license",
        "dcat:byteSize",
        "spdx:checksum",
        "dct:language",
    },
}
"""The properties that DCAT-AP demands or recommends, and portals read."""


@pytest.fixture
def release():
    return published(closed_round())


def described(things):
    return json.loads(as_json_ld(things))["@graph"]


def test_a_catalogue_has_every_class_with_what_portals_read(release):
    record = catalogue_of(catalogue(), None, {release.pk: [FILE]})

    found = {each["@type"]: set(each) for each in described(catalogue_graph(record))}

    assert {kind: MANDATORY[kind] - names for kind, names in found.items()} == {
        kind: set() for kind in MANDATORY
    }


def test_every_data_set_of_the_catalogue_is_described(release):
    things = described(catalogue_graph(catalogue_of(catalogue(), None)))

    named = [each["@id"] for each in things[0]["dcat:dataset"]]
    assert named == [each["@id"] for each in things if each["@type"] == "dcat:Dataset"]


def test_a_file_says_its_size_and_its_hash(release):
    (file,) = [
        each
        for each in described(record_graph(record_of(release, [FILE])))
        if each["@type"] == "dcat:Distribution"
    ]

    assert file["dcat:byteSize"] == [{"@value": "1234", "@type": "xsd:nonNegativeInteger"}]
    (checksum,) = file["spdx:checksum"]
    assert checksum["spdx:checksumValue"][0]["@value"] == "ab" * 32
    assert file["dcat:mediaType"] == [
        {"@id": "https://www.iana.org/assignments/media-types/text/csv"}
    ]


def test_the_licence_goes_by_its_address(release):
    assert record_of(release).licence == "https://creativecommons.org/licenses/by/4.0/"


def test_terms_without_an_address_stand_in_words():
    release = published(closed_round(), licence="open_government")

    (file,) = described(record_graph(record_of(release, [FILE])))[1:]

    assert "dct:license" not in file
    assert file["dct:rights"][0]["@type"] == "dct:RightsStatement"


def test_what_was_withdrawn_says_so(release):
    services.withdraw(release, reason="Sai số liệu", actor=person(release.round), at=AT)
    release.refresh_from_db()

    (dataset,) = described(record_graph(record_of(release)))

    assert dataset["adms:status"][0]["@id"].endswith("/dataset-status/WITHDRAWN")


def test_a_proposal_has_no_record():
    with pytest.raises(ValueError, match="never published"):
        record_of(proposed(closed_round()))


def test_turtle_names_the_same_things(release):
    record = record_of(release, [FILE])

    turtle = as_turtle(record_graph(record)).decode()

    for each in described(record_graph(record)):
        assert f"<{each['@id']}> a {each['@type']}\n" in turtle
