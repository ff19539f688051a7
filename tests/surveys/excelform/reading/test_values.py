"""What people type into the cells of a workbook, and what is understood."""

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from surveys.engine import Cell
from surveys.excelform.comparing import Verdict
from tests.surveys.excelform.returned_books import Cells, compared, general, line, question

READ: list[tuple[str, Any, Any]] = [
    ("staff", 12, "12"),
    ("staff", "12", "12"),
    ("staff", "1.234", "1234"),
    ("staff", "1 234 567", "1234567"),
    ("staff", "1\u00a0234", "1234"),
    ("staff", "\uff11\uff12\uff13", "123"),
    ("staff", 0, "0"),
    ("cost", "1.234,5", "1234.5"),
    ("cost", "1234.5", "1234.5"),
    ("cost", "1,234.5", "1234.5"),
    ("cost", 1.234, "1.234"),
    ("cost", 0.1 + 0.2, "0.3"),
    ("cost", "12,5 triệu đồng", "12.5"),
    ("cost", -3, "-3"),
    ("share", "45,5 %", "45.5"),
    ("name", "Lào Cai", "Lào Cai"),
    ("name", "La\u0300o Cai", "Lào Cai"),
    ("name", 12, "12"),
    ("name", date(2026, 3, 1), "01/03/2026"),
    ("name", " hai\r\ndòng ", "hai\ndòng"),
    ("day", date(2026, 12, 31), "2026-12-31"),
    ("day", "31/12/2026", "2026-12-31"),
    ("day", "31-12-2026", "2026-12-31"),
    ("day", "ngày 5 tháng 3 năm 2026", "2026-03-05"),
    ("day", datetime(2026, 12, 31, 8, 30), "2026-12-31"),  # noqa: DTZ001  (a cell has no zone)
    ("clock", time(8, 30), "08:30"),
    ("clock", "8h30", "08:30"),
    ("level", "low", "low"),
    ("level", "Thấp", "low"),
    ("level", "THẤP", "low"),
    ("level", "Low", "low"),
    ("level", "thap", "low"),
    ("level", "da co muc cao", "high"),
    ("level", 3, "3"),
    ("level", "Không rõ [3]", "3"),
    ("several", "Thấp; Đã có, mức cao", ["low", "high"]),
    ("several", "Đã có, mức cao, Thấp", ["low", "high"]),
    ("several", "low\nhigh", ["low", "high"]),
    ("rank", "High; Low", ["high", "low"]),
    ("agreed", "x", "OK"),
    ("agreed", True, "OK"),
]


@pytest.mark.parametrize(("name", "typed", "value"), READ, ids=range(len(READ)))
def test_what_is_typed_is_understood(name: str, typed: Any, value: Any):
    assert line(general(question(name, typed))).new == Cell(value=value)


WRONG: list[tuple[str, Any, str]] = [
    ("staff", "khoảng 12", "no_number"),
    ("staff", 12.5, "not_whole"),
    ("staff", True, "no_number"),
    ("staff", date(2026, 5, 3), "number_is_date"),
    ("staff", "12345678901234567890123456789012", "too_many_digits"),
    ("staff", "45 %", "no_number"),
    ("day", 46000, "date_is_number"),
    ("day", "31/02/2026", "no_date"),
    ("day", date(1900, 1, 5), "no_date"),
    ("day", "hôm qua", "no_date"),
    ("clock", "sáng", "no_time"),
    ("level", "trung bình", "choice_unknown"),
    ("several", "Thấp; trung bình", "choice_unknown"),
    ("agreed", "chắc", "no_tick"),
    ("name", "a" * 10_001, "too_long"),
]


@pytest.mark.parametrize(("name", "typed", "reason"), WRONG)
def test_what_is_not_understood_is_said_with_its_place(name: str, typed: Any, reason: str):
    found = line(general(question(name, typed)))

    assert (found.verdict, found.reason) == (Verdict.WRONG, reason)
    assert (found.sheet, found.cell) == ("Chung", "D3")


@pytest.mark.parametrize("text", ["KAD", "kad"])
def test_a_missing_code_that_the_question_does_not_take_is_no_number(text: str):
    assert line(general(question("staff", text))).reason == "no_number"


def test_a_missing_code_may_stand_in_the_answers_own_cell():
    assert line(general(question("staff", "ccsl"))).new == Cell(missing="CCSL")


def test_a_missing_code_beside_the_answer_takes_its_place():
    found = compared(
        general(question("staff", None, None, "CCSL - chưa có", "đang đợi", date(2026, 12, 1)))
    )

    assert [(one.part, one.new, one.new_text) for one in found.lines] == [
        ("value", Cell(missing="CCSL"), ""),
        ("reason", Cell(), "đang đợi"),
        ("expected", Cell(), "2026-12-01"),
    ]


def test_a_missing_code_beside_a_value_is_not_guessed_about():
    assert line(general(question("staff", 3, None, "CCSL"))).reason == "missing_beside_value"


def percent(made: Workbook) -> None:
    made["Chung"]["D3"].number_format = "0.0%"


def test_a_percentage_is_the_number_that_it_shows():
    sheets = general(question("share", 0.455))

    assert line(sheets, change=percent).new == Cell(value="45.5")


def test_a_percentage_of_a_question_without_that_unit_is_the_number_itself():
    assert line(general(question("cost", 0.455)), change=percent).new == Cell(value="0.455")


def in_1904(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904


def test_dates_that_count_from_1904_are_the_days_they_show():
    sheets = general(question("day", date(2026, 12, 31)))

    assert line(sheets, change=in_1904).new == Cell(value="2026-12-31")


def with_error(made: Workbook) -> None:
    made["Chung"]["D3"].value = "#REF!"
    made["Chung"]["D3"].data_type = "e"


def test_a_cell_with_an_error_says_so():
    found = line(general(question("staff", 1)), change=with_error)

    assert (found.verdict, found.reason) == (Verdict.WRONG, "cell_error")


def test_a_formula_that_was_never_worked_out_says_so():
    found = line(general(question("staff", "=1+1")))

    assert (found.verdict, found.reason) == (Verdict.WRONG, "formula_without_value")


@pytest.mark.parametrize("text", ["_x0000_", "a_x0007_b"])
def test_signs_that_no_text_has_are_refused(text: str):
    found = line(general(question("name", text)))

    assert (found.verdict, found.reason) == (Verdict.WRONG, "cell_unreadable")


def choices(name: str, **beside: Any) -> list[Cells]:
    return [
        question(name, len(beside)),
        *((f"choice:{name}/{code}", None, code, beside.get(code)) for code in ("low", "high", "3")),
    ]


def test_ticks_beside_the_choices_are_the_answer():
    found = line(general(*choices("several", low="x", high="X ")))

    assert found.new == Cell(value=["low", "high"])


def test_places_beside_the_choices_are_the_order():
    assert line(general(*choices("rank", low=2, high="1"))).new == Cell(value=["high", "low"])


def test_a_place_given_twice_is_no_order():
    found = line(general(*choices("rank", low=1, high=1)))

    assert (found.reason, found.cell) == ("no_rank", "D5")


def test_a_choice_whose_row_is_gone_stays_chosen():
    rows = [row for row in choices("several", low="x") if not str(row[0]).endswith("/high")]

    found = line(general(*rows), {"several": ["high"]})

    assert found.new == Cell(value=["low", "high"])
