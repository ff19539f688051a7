"""The columns and rows in a block of headings."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine import Kind
from surveys.questionnaires.drafting.heading_words import kind_of_heading, unit_of
from surveys.questionnaires.drafting.headings import (
    MAX_ROWS,
    Heading,
    Headings,
    Part,
    Remark,
    RemarkCode,
    RowHeading,
    code_words,
    headings_of,
)
from surveys.questionnaires.drafting.pasting import cells_of


def read(text: str, part: Part = Part.BLOCK) -> Headings:
    return headings_of(cells_of(text), part)


def labels(found: Headings) -> tuple[list[str], list[str]]:
    return [each.label for each in found.columns], [each.label for each in found.rows]


def remarks(found: Headings) -> list[tuple[RemarkCode, str]]:
    return [(each.code, each.text) for each in found.remarks]


@pytest.mark.parametrize(
    ("heading", "label", "unit"),
    [
        ("Số cán bộ (người)", "Số cán bộ", "người"),
        ("Kinh phí (triệu đồng)", "Kinh phí", "triệu đồng"),
        ("Kinh phí (ĐVT: đồng)", "Kinh phí", "đồng"),
        ("Tỷ lệ (%)", "Tỷ lệ", "%"),
        ("Tỷ lệ %", "Tỷ lệ", "%"),
        ("Ghi chú (nếu có)", "Ghi chú (nếu có)", ""),
        ("(người)", "(người)", ""),
        ("Máy [chiếc]", "Máy", "chiếc"),
    ],
)
def test_units_are_read_from_brackets(heading: str, label: str, unit: str):
    assert unit_of(heading) == (label, unit)


@pytest.mark.parametrize(
    ("label", "unit", "kind"),
    [
        ("Tổng số", "", Kind.INTEGER),
        ("Cán bộ nữ", "người", Kind.INTEGER),
        ("Kinh phí", "triệu đồng", Kind.DECIMAL),
        ("Tỷ lệ", "%", Kind.DECIMAL),
        ("Tỷ lệ hoàn thành", "", Kind.DECIMAL),
        ("Ngày ban hành", "", Kind.DATE),
        ("Số ngày công", "", Kind.INTEGER),
        ("Ngày công", "", Kind.INTEGER),
        ("Tên đơn vị", "", Kind.TEXT),
        ("Ghi chú", "", Kind.TEXT),
        ("Văn bản \N{EN DASH} Số hiệu", "", Kind.TEXT),
    ],
)
def test_kinds_are_guessed_from_units_and_words(label: str, unit: str, kind: Kind):
    assert kind_of_heading(label, unit) is kind


def test_a_row_of_headings_gives_columns():
    assert labels(read("Tổng số\tNữ\tGhi chú", Part.COLUMNS)) == (["Tổng số", "Nữ", "Ghi chú"], [])


def test_a_list_pasted_into_the_columns_gives_columns():
    assert labels(read("Tổng số\nNữ", Part.COLUMNS)) == (["Tổng số", "Nữ"], [])


def test_merged_groups_are_joined_with_their_columns():
    found = read("Tên\tNăm 2023\t\tNăm 2024\t\n\tTổng (người)\tNữ\tTổng\tNữ", Part.COLUMNS)

    assert labels(found)[0] == ["Tên", "Năm 2023 – Tổng", "Năm 2023 – Nữ", "Năm 2024 – Tổng", "Năm 2024 – Nữ"]  # fmt: skip  # noqa: RUF001
    assert [each.unit for each in found.columns] == ["", "người", "", "", ""]


def test_the_unit_of_a_group_is_that_of_its_columns():
    found = read("Kinh phí (triệu đồng)\t\nGiao\tGiải ngân", Part.COLUMNS)

    assert [(each.unit, each.kind) for each in found.columns] == [("triệu đồng", Kind.DECIMAL)] * 2


def test_three_levels_are_joined():
    found = read("A\t\t\nB\t\tC\nx\ty\tz", Part.COLUMNS)

    assert labels(found)[0] == ["A – B – x", "A – B – y", "A – C – z"]  # noqa: RUF001


def test_a_column_gives_rows():
    assert labels(read("Cấp tỉnh\nCấp xã", Part.ROWS)) == ([], ["Cấp tỉnh", "Cấp xã"])


@pytest.mark.parametrize("text", ["tinh\tCấp tỉnh\nxa\tCấp xã", "Cấp tỉnh\ttinh\nCấp xã\txa"])
def test_codes_beside_labels_are_codes(text: str):
    assert [(each.code, each.label) for each in read(text, Part.ROWS).rows] == [
        ("tinh", "Cấp tỉnh"),
        ("xa", "Cấp xã"),
    ]


def test_the_head_of_a_pasted_list_is_no_row():
    found = read("Mã\tTên\n1\tCấp tỉnh", Part.ROWS)

    assert (labels(found)[1], remarks(found)) == (["Cấp tỉnh"], [(RemarkCode.LIST_HEAD, "Mã")])


def test_merged_groups_of_rows_are_joined():
    found = read("Cấp tỉnh\tSở\n\tBan quản lý\nCấp xã\tỦy ban", Part.ROWS)

    assert labels(found)[1] == ["Cấp tỉnh – Sở", "Cấp tỉnh – Ban quản lý", "Cấp xã – Ủy ban"]  # noqa: RUF001


def test_a_block_gives_both_and_leaves_its_corner_and_values_aside():
    found = read("Chỉ tiêu\tTổng số\tNữ\nCấp tỉnh\t12\t5\nCấp xã\t30\t")

    assert labels(found) == (["Tổng số", "Nữ"], ["Cấp tỉnh", "Cấp xã"])
    assert remarks(found) == [(RemarkCode.CORNER, "Chỉ tiêu"), (RemarkCode.VALUES, "12")]


def test_an_official_form_with_levels_numbering_and_units_is_read():
    found = read(
        "STT\tChỉ tiêu\tĐVT\tNăm 2024\t\n\t\t\tKế hoạch\tThực hiện\nA\tB\tC\t1\t2\n"
        "1\tSố phiên họp\tcuộc\t\t\n2\tSố văn bản\tvăn bản"
    )

    assert labels(found)[0] == ["Năm 2024 – Kế hoạch", "Năm 2024 – Thực hiện"]  # noqa: RUF001
    assert [(each.code, each.label) for each in found.rows] == [
        ("1", "Số phiên họp (cuộc)"),
        ("2", "Số văn bản (văn bản)"),
    ]
    assert [code for code, _text in remarks(found)] == [RemarkCode.NUMBERING, RemarkCode.CORNER]


def test_a_formula_is_left_aside():
    assert remarks(read("=SUM(A1:A9)\tNữ", Part.COLUMNS)) == [(RemarkCode.FORMULA, "=SUM(A1:A9)")]


def test_labels_that_stand_twice_are_kept_and_told():
    found = read("Nữ\tNữ", Part.COLUMNS)

    assert (labels(found)[0], remarks(found)) == (["Nữ", "Nữ"], [(RemarkCode.REPEATED, "Nữ")])


def test_rows_beyond_the_most_are_told():
    found = read("\n".join(f"Hàng {n}" for n in range(MAX_ROWS + 2)), Part.ROWS)

    assert (len(found.rows), remarks(found)) == (
        MAX_ROWS,
        [(RemarkCode.TOO_MANY, f"Hàng {MAX_ROWS}")],
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("1. Cấp tỉnh", "Cấp tỉnh"),
        ("a) Nữ", "Nữ"),
        ("- Trong đó", "Trong đó"),
        ("Cấp 1. Xã", "Cấp 1. Xã"),
    ],
)
def test_codes_are_made_without_the_number_of_a_row(label: str, words: str):
    assert code_words(label) == words


def spots(found: Sequence[Heading | RowHeading | Remark]) -> set[tuple[int, int]]:
    return {at for each in found for at in each.cells}


TEXT = st.sampled_from(
    ["", "", "A", "1", "2", "=A1", "Nữ (người)", "Tổng", "STT", "Mã", "Tên", "ĐVT", "1.5", "x", "%"]
) | st.text(max_size=4)


@given(st.lists(st.lists(TEXT, max_size=5), max_size=7), st.sampled_from(Part))
def test_every_cell_that_says_something_ends_somewhere(rows: list[list[str]], part: Part):
    cells = cells_of("\n".join("\t".join(row) for row in rows))
    found = headings_of(cells, part)

    ends = spots(found.columns) | spots(found.rows) | spots(found.remarks)
    assert ends == {
        (row, column) for row, line in enumerate(cells) for column, text in enumerate(line) if text
    }


@given(st.text(max_size=60), st.sampled_from(Part))
def test_whatever_is_pasted_is_read(text: str, part: Part):
    found = read(text, part)

    assert "" not in [label for side in labels(found) for label in side]
