"""The workbook of a round: LibreOffice computes what the page shows."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from analytics.results.models import RoundResult
from surveys.background.runner import run_pending
from tests.answered import answered_round
from tests.exporters.recalculation import recalculated, spoilt
from tests.exporters.written import round_as_xlsx

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    made = answered_round()
    run_pending()
    return made


def targets(workbook, name):
    """Numerator, denominator and value by code, as the targets sheet shows them."""
    rows = workbook[name].iter_rows(min_row=2, max_col=6, values_only=True)
    return {row[0]: row[3:6] for row in rows if row[3] is not None}


def of_the_page():
    return {
        item["code"]: (item["numerator"], item["denominator"], item["value"])
        for item in RoundResult.objects.get().indicators
        if item["coverage"] != "not_asked"
    }


def test_libreoffice_recalculates_the_targets_of_the_page(round_, tmp_path):
    content = round_as_xlsx(round_, language="vi", at=AT)

    computed = targets(recalculated(spoilt(content), tmp_path), "Mục tiêu")

    assert computed == {code: pytest.approx(values) for code, values in of_the_page().items()}


def test_the_file_shows_the_targets_without_recalculation(round_):
    content = round_as_xlsx(round_, language="en", at=AT)

    shown = targets(openpyxl.load_workbook(io.BytesIO(content), data_only=True), "Targets")

    assert shown == {code: pytest.approx(values) for code, values in of_the_page().items()}


def test_every_agency_asked_has_one_row(round_):
    workbook = openpyxl.load_workbook(io.BytesIO(round_as_xlsx(round_, language="vi", at=AT)))

    statuses = [str(row[3].value) for row in workbook["Dữ liệu"].iter_rows(min_row=3)]
    assert sorted(statuses) == ["Chưa bắt đầu"] * 2 + ["Đã nộp"] * 4


def test_no_personal_data_leave_in_the_workbook(round_):
    workbook = openpyxl.load_workbook(io.BytesIO(round_as_xlsx(round_, language="vi", at=AT)))

    names = [cell.value for cell in workbook["Dữ liệu"][1]]
    assert not {"g2_name", "g2_phone", "g2_email", "g3_approver"} & set(names)


@pytest.mark.parametrize(("language", "expected"), [("vi", "điểm"), ("en", "points")])
def test_units_stand_in_the_language_of_the_workbook(round_, language, expected):
    workbook = openpyxl.load_workbook(io.BytesIO(round_as_xlsx(round_, language=language, at=AT)))

    units = {row[0]: str(row[2]) for row in workbook.worksheets[1].iter_rows(values_only=True)}
    assert (units["T2030a"].split()[0], units["T1a"]) == (expected, "%")


def test_the_same_round_gives_the_same_file(round_):
    assert round_as_xlsx(round_, language="vi", at=AT) == round_as_xlsx(
        round_, language="vi", at=AT
    )
