"""The published index as data: what each unit got, where units are published by name."""

import csv
import io
import zipfile

import pyreadstat
import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from python_calamine import CalamineWorkbook

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from analytics.models import IndexRunUnit, Release
from exporters.models import Export
from exporters.order import Wish
from exporters.orders import places
from exporters.orders.services import ExportRefused, fetch, request_export
from exporters.portal import services
from exporters.portal.files import offers
from exporters.portal.scores import scores_table
from exporters.portal.terms import current
from surveys.background.runner import run_pending
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import AT, closed_library_round, published
from tests.factories import AgencyFactory, member

pytestmark = pytest.mark.django_db

TYPES = ("ministry", "province", "province", "province")


@pytest.fixture(scope="module")
def published_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """A publication of an index over four public bodies, by name; computed once for all tests, each of
    which takes back what it does."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            run = computed(closed_library_round(responses=4, types=TYPES), draws=20)
            made = published(run.round, run=run)
            protect(made, Identity.PUBLISHED)
        yield made, media
        transaction.set_rollback(True)


@pytest.fixture
def release(published_once, settings):
    """The publication, as the database has it now."""
    made, settings.MEDIA_ROOT = published_once
    return Release.objects.get(pk=made.pk)


@pytest.fixture
def reader():
    """Somebody with an account, who has accepted the terms of use."""
    person = member(AgencyFactory.create(), "coordinator")
    services.accept_terms(version=current().version, actor=person, at=AT)
    return person


def protect(release, identity):
    """From now on the units of the round are known in this way."""
    DisclosurePolicy.objects.create(round=release.round, identity=identity, set_at=AT)


def asked(release, reader, file_format):
    wish = Wish(name="data_set_scores", format=file_format, language="en")
    return request_export(subject=release, wish=wish, actor=reader, at=AT)


def file_of(release, reader, file_format):
    """Where the file lies that a worker has made."""
    export = asked(release, reader, file_format)
    run_pending()
    export.refresh_from_db()
    return places.file_of(export)


def lines_of(path):
    """The rows of the table in a zip of CSV files."""
    with zipfile.ZipFile(path) as packed:
        name = next(each for each in packed.namelist() if each.endswith(".csv"))
        return list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))


def test_every_unit_has_its_score_and_rank(release, reader):
    lines = lines_of(file_of(release, reader, "csv"))
    units = IndexRunUnit.objects.filter(run=release.run).order_by("rank", "position")

    assert [(line["unit_key"], float(line["score"]), int(line["rank"])) for line in lines] == [
        (unit.key, unit.score, unit.rank) for unit in units
    ]


def test_nodes_and_indicators_are_those_of_the_run(release, reader):
    line = lines_of(file_of(release, reader, "csv"))[0]
    told = IndexRunUnit.objects.get(run=release.run, key=line["unit_key"]).data
    nodes = {name: got["score"] for name, got in told["nodes"].items() if name in line}
    leaves = {name: got["normalised"] for name, got in told["leaves"].items()}

    assert {name: float(line[name]) for name in nodes} == nodes
    assert {name: float(line[f"{name}_scaled"]) for name in leaves if leaves[name] is not None} == {
        name: value for name, value in leaves.items() if value is not None
    }


def test_a_value_that_is_missing_says_why(release):
    told = IndexRunUnit.objects.filter(run=release.run).order_by("rank")[0]
    code = next(iter(told.data["leaves"]))
    told.data["leaves"][code] |= {"raw": None, "state": "not_applicable"}
    told.save()
    table = scores_table(release, "en")
    column = next(each for each in table.columns if each.name == code)
    rows = next(table.batches()).to_pylist()

    assert list(column.missing) == ["not_applicable"]
    assert (rows[0][code], rows[0][f"{code}:missing"]) == (None, "not_applicable")
    assert rows[1][f"{code}:missing"] is None


def test_stata_has_the_labels_in_the_reader_s_language(release, reader, tmp_path):
    with zipfile.ZipFile(file_of(release, reader, "dta")) as packed:
        name = next(each for each in packed.namelist() if each.endswith(".dta"))
        path = packed.extract(name, tmp_path)
    frame, meta = pyreadstat.read_dta(path)

    assert meta.column_names_to_labels["score"] == "Score"
    units = IndexRunUnit.objects.filter(run=release.run).order_by("rank", "position")
    assert list(frame["score"]) == [unit.score for unit in units]


def test_the_workbook_has_a_line_for_each_unit(release, reader):
    book = CalamineWorkbook.from_path(str(file_of(release, reader, "xlsx")))
    rows = book.get_sheet_by_index(0).to_python()

    assert len(rows) == 2 + IndexRunUnit.objects.filter(run=release.run).count()
    assert rows[0][:3] == ["unit_key", "unit", "unit_type"]


def test_it_is_offered_where_units_are_published_by_name(release):
    assert "data_set_scores" in {each.name for each in offers(release)}


def test_it_is_not_offered_where_units_are_protected(release):
    protect(release, Identity.PROTECTED)

    assert "data_set_scores" not in {each.name for each in offers(release)}


def test_it_is_refused_where_units_are_protected(release, reader):
    protect(release, Identity.PROTECTED)

    with pytest.raises(ExportRefused):
        asked(release, reader, "csv")


def test_a_file_made_before_is_not_given_once_units_are_protected(release, reader):
    file_of(release, reader, "csv")
    protect(release, Identity.PROTECTED)

    with pytest.raises(ExportRefused):
        fetch(Export.objects.get(), actor=reader, at=AT)


def test_it_is_asked_for_on_the_page_of_the_data_set(client, release, reader):
    client.force_login(reader)
    address = reverse("data_file", args=[release.round.code, release.number])

    client.post(address, {"name": "data_set_scores", "format": "parquet"})

    assert Export.objects.get().name == "data_set_scores"
