"""The sheets around the computing ones: whole, the same twice, and recomputed to what they show."""

import io

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from analytics.explorer.models import Tabulation
from analytics.gate.enums import Audience
from exporters.books.assessment.around.names import NAMES
from exporters.books.assessment.assembly import write_assessment
from exporters.order import Order
from exporters.orders.states import as_of
from tests.analytics.indices.factories import computed, frozen
from tests.answered import answered_round
from tests.exporters.parts import faults
from tests.exporters.recalculation import recalculated, spoilt

pytestmark = pytest.mark.django_db

SHEETS = (
    "Summary",
    "Ranking",
    "Unit profile",
    "Heat map",
    "Targets",
    "Target data",
    "Response",
    "Uncertainty",
)
LEVELS = [{"nodes": ["index"], "bands": [{"level": 1}, {"level": 2, "from": 40}]}]


@pytest.fixture
def run():
    return computed(answered_round(), frozen(levels=LEVELS), draws=5)


def written(run, folder, language="en"):
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


def opened(content, *, values=True):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_parts_hang_together_and_charts_hold_what_their_cells_show(run, tmp_path, language):
    assert faults(written(run, tmp_path, language)) == {}


def test_calamine_opens_it_with_the_sheets_in_order(run, tmp_path):
    names = CalamineWorkbook.from_filelike(io.BytesIO(written(run, tmp_path))).sheet_names

    assert names[:4] == ["Cover", "Summary", "Ranking", "Unit profile"]
    assert names[-4:] == ["Codebook", "Methods", "Change log", "Glossary"]


def test_every_sheet_that_is_there_is_linked_from_the_cover(run, tmp_path):
    book = opened(written(run, tmp_path), values=False)

    linked = [cell.value for row in book["Cover"].iter_rows() for cell in row if cell.hyperlink]
    assert linked == book.sheetnames[1:]


def test_libreoffice_computes_what_the_sheets_show(run, tmp_path):
    content = written(run, tmp_path)
    shown, found = opened(content), recalculated(spoilt(content), tmp_path)

    wrong = [
        (name, cell.coordinate, cell.value, found[name][cell.coordinate].value)
        for name in SHEETS
        for row in shown[name].iter_rows()
        for cell in row
        if not same(cell.value, found[name][cell.coordinate].value)
    ]
    assert wrong == []


def same(shown, found):
    if isinstance(shown, int | float) and isinstance(found, int | float):
        return found == pytest.approx(shown, rel=1e-9, abs=1e-9)
    return (shown or None) == (found or None)


def test_the_ranking_stands_in_the_order_of_the_scores(run, tmp_path):
    page = opened(written(run, tmp_path))["Ranking"]

    scores = [page.cell(row, 5).value for row in range(5, page.max_row + 1)]
    known = [score for score in scores if isinstance(score, float | int)]
    assert known == sorted(known, reverse=True)
    assert len(known) == run.units.filter(score__isnull=False).count()


def test_what_pillars_give_adds_up_to_the_score(run, tmp_path):
    page = opened(written(run, tmp_path))["Ranking"]
    heads = [cell.value or "" for cell in page[4]]
    parts = [at for at, head in enumerate(heads, 1) if head.endswith(": contribution")]

    assert len(parts) == 2
    for row in range(5, 5 + run.units.filter(score__isnull=False).count()):
        given = sum(page.cell(row, at).value for at in parts)
        assert given == pytest.approx(page.cell(row, 5).value)


def test_scores_and_levels_of_the_index_are_coloured(run, tmp_path):
    laid = opened(written(run, tmp_path))["Index"].conditional_formatting

    kinds = [(str(area.sqref)[0], rule.type) for area in laid for rule in area.rules]
    assert kinds == [("C", "dataBar"), ("F", "expression"), ("F", "expression")]


def test_the_profile_follows_the_unit_that_is_chosen(run, tmp_path):
    book = opened(written(run, tmp_path), values=False)
    rule = book["Unit profile"].data_validations.dataValidation[0]
    other = run.units.order_by("position")[1]
    book["Unit profile"]["B3"] = other.name_en or other.name
    changed = io.BytesIO()
    book.save(changed)

    page = recalculated(changed.getvalue(), tmp_path)["Unit profile"]

    assert (rule.type, str(rule.sqref)) == ("list", "B3")
    assert (page["A6"].value, page["I3"].value) == (other.name_en or other.name, 2)


def test_properties_and_pages_tell_the_run(run, tmp_path):
    book = opened(written(run, tmp_path))

    told = {each.name: each.value for each in book.custom_doc_props.props}
    assert told["Run SHA-256"] == run.tables_sha256
    assert book.properties.modified == run.computed_at.replace(tzinfo=None, microsecond=0)
    assert {page.oddFooter.left.text for page in book} == {
        f"Run {run.pk} · {run.tables_sha256[:12]}"
    }


def test_the_same_order_gives_the_same_bytes(run, tmp_path):
    assert written(run, tmp_path) == written(run, tmp_path)


def test_what_was_not_tabulated_is_left_out_with_a_note(run, tmp_path):
    Tabulation.objects.all().delete()

    page = opened(written(run, tmp_path))["Questions"]

    assert page["A2"].value.startswith("No tables of questions are stored")


def test_names_of_sheets_differ_in_each_language():
    for language in ("vi", "en"):
        names = [words[language].casefold() for words in NAMES.values()]
        assert len(set(names)) == len(names)
