"""The workbook of a stored run: what it proves, to whom it is refused, and that it is the same twice."""

import io

import openpyxl
import pytest

from analytics.gate.enums import Audience
from analytics.indices.services import AnswersConfidential
from exporters.books.assessment.assembly import write_assessment
from exporters.books.assessment.gathering import gathered
from exporters.books.assessment.places import placed
from exporters.books.assessment.weights_sheet import WEIGHT
from exporters.order import Order
from exporters.orders.states import as_of
from surveys.campaigns.enums import Anonymity
from surveys.campaigns.models import Campaign
from tests.analytics.indices.factories import computed, frozen
from tests.answered import answered_round
from tests.exporters.books.assessment.reading import wrong_cells
from tests.exporters.recalculation import recalculated, spoilt

pytestmark = pytest.mark.django_db

LEVELS = [{"nodes": ["index"], "bands": [{"level": 1}, {"level": 2, "from": 40}]}]


@pytest.fixture
def run():
    return computed(answered_round(), frozen(levels=LEVELS), draws=5)


def written(run, folder, language="vi"):
    order = Order(
        name="assessment",
        format="xlsx",
        language=language,
        subject=run,
        audience=Audience.DEPARTMENT,
        as_of=as_of(run),
    )
    out = folder / f"{language}.xlsx"
    write_assessment(order, out, lambda _done, _total, _message: None)
    return out.read_bytes()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def test_libreoffice_computes_every_cell_as_the_run_has_stored_it(run, tmp_path):
    content = written(run, tmp_path)

    assert wrong_cells(opened(content), recalculated(spoilt(content), tmp_path)) == []


def test_the_workbook_says_of_itself_that_it_agrees_with_the_server(run, tmp_path):
    sheet = opened(written(run, tmp_path, "en"))["Verify"]

    assert (sheet["B3"].value, sheet["C3"].value) == (0, "✓ agrees with the server")


def test_a_unit_without_a_score_shows_the_reason(run, tmp_path):
    sheet = opened(written(run, tmp_path))["Chỉ số"]

    shown = {row[0]: row[2] for row in sheet.iter_rows(min_row=8, values_only=True)}
    stored = {
        unit.key: unit.data["nodes"]["index"].get("reason", unit.score) for unit in run.units.all()
    }
    assert shown == stored
    assert "NO_DATA" in shown.values()


def test_the_same_run_gives_the_same_bytes(run, tmp_path):
    assert written(run, tmp_path) == written(run, tmp_path)


def test_a_name_leads_to_the_weight_of_each_child(run, tmp_path):
    contents = gathered(run)
    places = placed(contents, "vi")
    workbook = opened(written(run, tmp_path))

    weights = {
        name: workbook[sheet][cell.replace("$", "")].value
        for name in workbook.defined_names
        if name.startswith("w_")
        for sheet, cell in workbook.defined_names[name].destinations
    }
    expected = {
        f"w_{row.child}": workbook[places.sheets["weights"]]
        .cell(places.weights[row.node, row.child], WEIGHT)
        .value
        for row in contents.weights
    }
    assert weights == expected


def test_no_workbook_is_made_of_confidential_answers(run, tmp_path):
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)
    run.round.campaign.refresh_from_db()

    with pytest.raises(AnswersConfidential):
        written(run, tmp_path)
