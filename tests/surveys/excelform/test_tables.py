"""Tables: their cells, their live sums, the last round's figures."""

from dataclasses import replace

from surveys.engine import Kind, MissingCode, Question, Table, Totals
from surveys.excelform import codes
from tests.surveys.excelform.books import (
    STAFF,
    cached,
    column_of,
    row_of,
    section,
    state_of,
    value_at,
    written,
)

HEAD = "table:staff"
FULL = {"staff": {"it": {"men": "3", "women": "4"}, "law": {"men": "5", "women": "6"}}}
CLOSED = replace(STAFF, closed="row() = 'law' and . = 'women'")


def test_sums_have_the_values_of_the_page_behind_their_formulas():
    sheet = section(cached(state_of(STAFF, answers=FULL)))

    down = [value_at(sheet, "total:staff", HEAD, f"column:{each}") for each in ("men", "women")]
    across = [value_at(sheet, f"row:staff/{each}", HEAD, codes.TOTAL) for each in ("it", "law")]

    assert down == [8, 10]
    assert across == [7, 11]
    assert value_at(sheet, "total:staff", HEAD, codes.TOTAL) == 18


def test_a_sum_shows_once_every_cell_has_a_number_or_does_not_apply():
    sheet = section(written(state_of(STAFF)))

    formula = value_at(sheet, "total:staff", HEAD, "column:men")

    assert formula == '=IF(COUNT(E7:E8)+COUNTIF(E7:E8,"KAD")>=2,SUM(E7:E8),"")'


def test_a_sum_that_is_not_known_yet_is_blank():
    sheet = section(cached(state_of(STAFF, answers={"staff": {"it": {"men": "3"}}})))

    assert not value_at(sheet, "total:staff", HEAD, "column:men")


def test_a_missing_code_stands_in_the_cell_itself():
    sheet = section(written(state_of(STAFF, remarks={"staff/it/men": {"missing": "CCSL"}})))

    assert value_at(sheet, "row:staff/it", HEAD, "column:men") == "CCSL"


def test_the_rule_of_a_column_lets_its_missing_codes_through():
    sheet = section(written(state_of(STAFF)))

    rule = next(
        each for each in sheet.data_validations.dataValidation if str(each.sqref) == "E7:E8"
    )

    assert rule.type == "custom"
    assert rule.formula1.endswith('E7="KAD",E7="CCSL")')


def test_a_closed_cell_is_locked_and_outside_the_sums():
    sheet = section(written(state_of(CLOSED, answers=FULL)))
    place = sheet.cell(row_of(sheet, "row:staff/law"), column_of(sheet, HEAD, "column:women"))

    assert (place.value, place.protection.locked) == (None, True)
    assert ">=1," in str(value_at(sheet, "total:staff", HEAD, "column:women"))


def test_a_cell_that_an_answer_may_open_again_stays_unlocked():
    table = replace(STAFF, closed=". = 'women' and ${men} > 2")
    sheet = section(written(state_of(table, answers=FULL)))

    place = sheet.cell(row_of(sheet, "row:staff/it"), column_of(sheet, HEAD, "column:women"))

    assert (place.value, place.protection.locked) == (None, False)


def test_the_last_round_stands_beside_a_small_table():
    sheet = section(written(state_of(STAFF, previous=FULL)))
    row = row_of(sheet, "row:staff/law")

    assert [cell.value for cell in sheet[row]][8:] == [5, 6]


def test_the_last_round_stands_below_a_wide_table():
    columns = tuple(
        Question(name=f"c{each}", kind=Kind.INTEGER, label={"vi": f"Cột {each}"})
        for each in range(12)
    )
    wide = Table(name="wide", row_list="groups", columns=columns)
    past = {"wide": {"it": {"c0": "77"}, "law": {}}}

    sheet = section(written(state_of(wide, previous=past)))

    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == 77]
    assert [(cell.row > row_of(sheet, "row:wide/law"), cell.column) for cell in found] == [
        (True, column_of(sheet, "table:wide", "column:c0"))
    ]


def test_a_sum_across_leaves_out_what_is_worked_out():
    share = Question(
        name="share", kind=Kind.DECIMAL, label={"vi": "Tỷ lệ"}, calculation="${women} div ${men}"
    )
    table = replace(STAFF, totals=Totals.ROWS, columns=(*STAFF.columns, share))

    sheet = section(written(state_of(table, answers=FULL)))

    assert "SUM(E7:F7)" in str(value_at(sheet, "row:staff/it", HEAD, codes.TOTAL))


def test_codes_are_named_above_the_table():
    sheet = section(written(state_of(STAFF)))
    assert MissingCode.NOT_YET in STAFF.columns[0].missing

    texts = [cell.value for row in sheet.iter_rows() for cell in row]

    assert "Không có số liệu thì ghi mã vào ô: KAD, CCSL." in texts


def test_a_cell_taken_over_from_the_last_round_is_locked_until_it_is_unlocked_on_the_page():
    remarks = {"staff/it/men": {"origin": "carried"}}
    sheet = section(written(state_of(STAFF, answers=FULL, remarks=remarks)))

    locked = [
        sheet.cell(row_of(sheet, f"row:staff/{row}"), column_of(sheet, HEAD, "column:men"))
        for row in ("it", "law")
    ]

    assert [cell.protection.locked for cell in locked] == [True, False]
