"""The workbook of a round with two questionnaires: each has its sheets, and the targets add up."""

import io

import openpyxl
import pytest

from analytics.results.compute import round_indicators
from surveys.campaigns.models import Round
from tests.exporters.recalculation import recalculated, spoilt
from tests.exporters.written import round_as_xlsx
from tests.surveys.campaigns.factories import NOW
from tests.varied import varied_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return varied_round()


@pytest.fixture
def workbook(round_: Round) -> openpyxl.Workbook:
    content = round_as_xlsx(round_, language="vi", at=NOW)
    return openpyxl.load_workbook(io.BytesIO(content))


def heads(workbook, name):
    return [cell.value for cell in workbook[name][1]]


def test_libreoffice_adds_up_the_sheets_to_the_figures_of_the_page(round_, tmp_path):
    found, _base = round_indicators(round_, at=NOW)
    content = spoilt(round_as_xlsx(round_, language="vi", at=NOW))

    rows = recalculated(content, tmp_path)["Mục tiêu"].iter_rows(min_row=2, values_only=True)

    assert {row[0]: row[3:6] for row in rows} == {
        item["code"]: pytest.approx((item["numerator"], item["denominator"], item["value"]))
        for item in found
    }


def test_each_questionnaire_has_its_data_its_rows_and_its_codebook(workbook):
    assert workbook.sheetnames == [
        "Bìa",
        "Mục tiêu",
        "Còn thiếu",
        "Dữ liệu",
        "Dữ liệu (2)",
        "works",
        "works (2)",
        "Bảng mã",
        "Bảng mã (2)",
    ]


def test_the_variables_are_those_of_the_questionnaire(workbook):
    assert [
        set(heads(workbook, name)) & {"staff", "officials"} for name in ("Dữ liệu", "Dữ liệu (2)")
    ] == [
        {"staff"},
        {"officials"},
    ]


def test_each_agency_stands_on_the_sheet_of_its_questionnaire(workbook):
    kinds = [
        {row[2].value for row in workbook[name].iter_rows(min_row=3)}
        for name in ("Dữ liệu", "Dữ liệu (2)")
    ]
    assert kinds == [{"Tỉnh, thành phố"}, {"Bộ"}]


def test_rows_of_a_list_with_the_same_name_are_kept_apart(workbook):
    assert [workbook[name]["D2"].value for name in ("works", "works (2)")] == [7, "Xong"]


def test_the_cover_says_where_the_second_questionnaire_is(workbook):
    said = [row[1].value for row in workbook["Bìa"].iter_rows() if row[0].value == "Phiếu hỏi"]
    assert said == ["Ba câu hỏi, phiên bản 1", "Phiếu bộ, phiên bản 1: Dữ liệu (2)"]
