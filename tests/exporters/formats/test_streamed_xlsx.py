"""Streamed workbooks: what goes in is read back by openpyxl, calamine and LibreOffice."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from exporters.formats.streamed_xlsx import Heads, Words, XlsxOptions, write_xlsx
from exporters.tables import Column, ColumnKind, DataTable, marks_of
from tests.exporters.made import made_batches, made_columns, no_progress, table_of
from tests.exporters.recalculation import converted
from tests.exporters.workbook_parts import problems_of

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
TEXT = Column(name="t", kind=ColumnKind.TEXT)


def written(*tables, **options):
    out = io.BytesIO()
    write_xlsx(
        tables, out, title="Đợt 1", as_of=AT, progress=no_progress, options=XlsxOptions(**options)
    )
    assert problems_of(out) == []
    return out.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def by_openpyxl(content, sheet=0):
    return [list(row) for row in opened(content).worksheets[sheet].iter_rows(values_only=True)]


def by_calamine(content, sheet=0):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet)
    return [[None if value == "" else value for value in row] for row in rows.to_python()]


def one(kind, values, **more):
    """A table of one column."""
    return table_of([Column(name="v", kind=kind, **more)], {"v": values})


def read_back(kind, values, **options):
    content = written(one(kind, values), **options)
    return [row[0] for row in by_openpyxl(content)[1:]]


@pytest.mark.parametrize(
    ("kind", "values", "read"),
    [
        (
            ColumnKind.NUMBER,
            [1.5, -0.0, 1e308, None, 5e-324, 0.1],
            [1.5, 0, 1e308, None, 5e-324, 0.1],
        ),
        (ColumnKind.NUMBER, [float("nan"), float("inf"), -float("inf")], ["nan", "inf", "-inf"]),
        (ColumnKind.INTEGER, [2**53, -(2**53), None, 0], [2**53, -(2**53), None, 0]),
        (ColumnKind.INTEGER, [2**63 - 1, 2**53 + 1], ["9223372036854775807", "9007199254740993"]),
        (ColumnKind.FLAG, [True, False, None], [True, False, None]),
        (
            ColumnKind.DATE,
            [date(1900, 3, 1), date(9999, 12, 31), None],
            [datetime(1900, 3, 1), datetime(9999, 12, 31), None],  # noqa: DTZ001  (Excel knows none)
        ),
        (ColumnKind.DATE, [date(1, 1, 1), date(1900, 2, 28)], ["0001-01-01", "1900-02-28"]),
        (ColumnKind.CATEGORY, ["1", None, "02"], ["1", None, "02"]),
        (ColumnKind.TEXT, ["012", "", None, " a  b "], ["012", None, None, " a  b "]),
    ],
)
def test_values_of_every_kind_are_read_back(kind, values, read):
    assert read_back(kind, values) == [*read]


def test_moments_show_the_wall_clock_of_the_zone():
    moments = [datetime(2026, 11, 22, 2, 30, 6, tzinfo=UTC), datetime(1800, 1, 1, tzinfo=UTC)]

    read = read_back(ColumnKind.MOMENT, moments, zone="Asia/Ho_Chi_Minh")

    assert read[0] == datetime(2026, 11, 22, 9, 30, 6)  # noqa: DTZ001  (Excel knows no zones)
    assert read[1].startswith("1800-01-01T07:")


def test_plain_text_columns_are_read_like_dictionaries():
    values = ["a", "=1", None, "", "x" * 100]
    columns = [TEXT, Column(name="c", kind=ColumnKind.CATEGORY)]
    held = pa.table({"t": pa.array(values), "c": pa.array(values)})

    rows = by_openpyxl(written(table_of(columns, held)))[1:]

    assert rows == [[value or None, value or None] for value in values]


@pytest.mark.parametrize("apart", [False, True])
def test_missing_codes_stand_in_the_cell_or_in_a_column_of_their_own(apart):
    staff = Column(name="n", kind=ColumnKind.NUMBER, missing={"-9": "Không áp dụng"})
    table = table_of([staff], {"n": [1.0, None, None], marks_of("n"): [None, "-9", None]})

    rows = by_openpyxl(written(table, marks_apart=apart))

    inside = [["n"], [1], ["-9"], [None]]
    assert rows == (
        [["n", "n:missing"], [1, None], [None, "-9"], [None, None]] if apart else inside
    )


@pytest.mark.parametrize(
    ("heads", "rows"),
    [(Heads.NAMES, [["t"]]), (Heads.LABELS, [["Tên <xã>"]]), (Heads.BOTH, [["t"], ["Tên <xã>"]])],
)
def test_names_labels_or_both_stand_above(heads, rows):
    table = table_of([Column(name="t", kind=ColumnKind.TEXT, label="Tên <xã>")], {"t": ["a"]})

    sheet = opened(written(table, heads=heads)).worksheets[0]

    assert [list(row) for row in sheet.values] == [*rows, ["a"]]
    assert sheet.freeze_panes == f"A{len(rows) + 1}"
    assert sheet.auto_filter.ref == f"A{len(rows)}:A{len(rows) + 1}"


def test_decimals_dates_and_moments_have_formats():
    columns = [
        Column(name="n", kind=ColumnKind.NUMBER, decimals=2),
        Column(name="d", kind=ColumnKind.DATE),
        Column(name="m", kind=ColumnKind.MOMENT),
    ]
    table = table_of(columns, {"n": [1.0], "d": [date(2026, 1, 2)], "m": [AT]})

    cells = opened(written(table)).worksheets[0][2]

    assert [cell.number_format for cell in cells] == [
        "#,##0.00",
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm:ss",
    ]


def test_a_table_goes_on_in_a_next_sheet_when_rows_run_out():
    content = written(one(ColumnKind.INTEGER, list(range(7))), most_rows=4)

    book = opened(content)
    assert book.sheetnames == ["Trả lời", "Trả lời (2)", "Trả lời (3)"]
    assert [by_openpyxl(content, number)[1:] for number in range(3)] == [
        [[0], [1], [2]],
        [[3], [4], [5]],
        [[6]],
    ]


def test_a_table_goes_on_in_a_next_sheet_when_columns_run_out():
    columns = [Column(name=f"c{number}", kind=ColumnKind.INTEGER) for number in range(6)]
    table = table_of(columns, {column.name: [number] for number, column in enumerate(columns)})

    content = written(table, most_columns=3)

    assert [by_openpyxl(content, number) for number in range(3)] == [
        [["c0", "c1", "c2"], [0, 1, 2]],
        [["c0", "c3", "c4"], [0, 3, 4]],
        [["c0", "c5"], [0, 5]],
    ]


def test_a_sheet_holds_as_many_columns_as_excel_has_and_no_more():
    columns = [Column(name=f"c{number}", kind=ColumnKind.INTEGER) for number in range(16_385)]
    table = table_of(columns, {"c0": [7], "c16383": [8], "c16384": [9]})

    content = written(table)

    first, second = by_calamine(content, 0), by_calamine(content, 1)
    assert (len(first[0]), first[1][-1], second) == (16_384, 8, [["c0", "c16384"], [7, 9]])


def test_a_sheet_holds_as_many_rows_as_excel_has_and_no_more():
    batch = pa.record_batch({"v": pa.array(range(262_144), pa.int64())})
    table = DataTable(
        name="v",
        title="V",
        columns=(Column(name="v", kind=ColumnKind.INTEGER),),
        batches=lambda: iter([batch] * 4),
        rows=1_048_576,
    )
    out = io.BytesIO()
    write_xlsx([table], out, title="V", as_of=AT, progress=no_progress)

    first, second = (by_calamine(out.getvalue(), number) for number in range(2))

    assert (len(first), len(second), second) == (1_048_576, 2, [["v"], [262_143]])


@pytest.mark.parametrize("text", ["L" * 32_768, "đ" * 70_000, "😀" * 20_000, "=" * 40_000])
@pytest.mark.parametrize("shape", ["dictionary", "plain"])
def test_a_text_too_long_for_a_cell_stands_whole_on_a_linked_sheet(text, shape):
    values = pa.array(["a", text])
    held = pa.table({"t": values.dictionary_encode() if shape == "dictionary" else values})

    content = written(table_of([TEXT], held), words=Words(long_texts="Văn bản dài"))

    cell = opened(content).worksheets[0]["A3"]
    assert (cell.value, cell.hyperlink.location) == (
        text[: len(cell.value) - 1] + "…",
        "'Văn bản dài'!E2",
    )
    rows = by_calamine(content, 1)[1:]
    assert "".join(row[4] for row in rows) == text
    assert max(len(row[4].encode("utf-16-le")) // 2 for row in rows) <= 32_767
    assert opened(content).worksheets[1]["B2"].hyperlink.location == "'Trả lời'!A3"


def test_a_text_that_just_fits_stays_in_its_cell():
    assert read_back(ColumnKind.TEXT, ["😀" * 16_383 + "x"]) == ["😀" * 16_383 + "x"]


def test_which_columns_were_shortened_is_told():
    out = io.BytesIO()
    table = table_of(
        [TEXT, Column(name="u", kind=ColumnKind.TEXT)], {"t": ["x" * 40_000], "u": ["y"]}
    )

    (told,) = write_xlsx([table], out, title="", as_of=AT, progress=no_progress)

    assert {column.column: column.shortened for column in told.columns} == {"t": ("text",), "u": ()}
    assert (told.places, told.rows) == (("Trả lời",), 1)


@pytest.mark.parametrize(
    "text", ["\x00\x01\x1f", "a\rb\r\nc\td", "_x0041_", "__x0041_", "_x12_", "<&>\"']]>"]
)
def test_odd_characters_are_read_back_by_calamine_and_libreoffice(text, tmp_path):
    content = written(one(ColumnKind.TEXT, ["first", text]))

    again = converted(content, tmp_path)

    assert by_calamine(content)[2] == [text]
    assert by_calamine(again)[2] == [re.sub("\r\n?", "\n", text)]


@pytest.mark.parametrize("text", ["_x0041_", "_x0041_x0042_", "__x00e9_"])
def test_openpyxl_reads_a_text_that_looks_like_a_coded_character(text):
    assert read_back(ColumnKind.CATEGORY, [text]) == [text]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["A/B[1]:*?\\", "a b 1"], ["A B 1", "a b 1 (2)"]),
        (["History", "", "'"], ["History (2)", "Sheet", "Sheet (2)"]),
        (["ố" * 40, "Ố" * 40], ["ố" * 31, "Ố" * 27 + " (2)"]),
        (["😀" * 20], ["😀" * 15]),
        (["=1+1", "x\ud800"], ["=1+1", "x"]),
    ],
)
def test_sheets_get_names_that_excel_takes(titles, names):
    tables = [table_of([TEXT], {"t": ["a"]}, title=title, name="") for title in titles]

    assert opened(written(*tables)).sheetnames == names


def test_lone_surrogates_in_heads_are_replaced():
    table = table_of([Column(name="t", kind=ColumnKind.TEXT, label="a\ud800b")], {"t": ["x"]})

    assert by_openpyxl(written(table, heads=Heads.LABELS))[0] == ["a\ufffdb"]


@pytest.mark.parametrize("columns", [[], [TEXT], [TEXT, Column(name="n", kind=ColumnKind.NUMBER)]])
def test_a_table_without_rows_has_its_head(columns):
    content = written(table_of(columns, {}))

    assert by_openpyxl(content) == ([[column.name for column in columns]] if columns else [])


def test_equal_tables_give_equal_bytes():
    table = table_of([TEXT], {"t": ["a", "x" * 40_000]})

    assert written(table) == written(table)


def test_how_rows_are_cut_into_batches_changes_no_value():
    columns = made_columns(20)
    held = pa.Table.from_batches(made_batches(columns, 3_000))
    small = DataTable(
        name="answers",
        title="Trả lời",
        columns=columns,
        batches=lambda: iter(held.to_batches(max_chunksize=7)),
        rows=held.num_rows,
    )

    assert by_calamine(written(small)) == by_calamine(written(table_of(columns, held)))


def test_a_table_that_lost_rows_is_refused():
    table = one(ColumnKind.INTEGER, [1, 2])
    lying = DataTable(name="v", title="V", columns=table.columns, batches=table.batches, rows=3)

    with pytest.raises(ValueError, match="2 rows instead of 3"):
        written(lying)


def test_progress_counts_every_row():
    told = []
    tables = [one(ColumnKind.INTEGER, list(range(20_000)))]

    write_xlsx(tables, io.BytesIO(), title="", as_of=AT, progress=lambda *each: told.append(each))

    assert [done for done, _, _ in told] == [8_192, 16_384, 20_000]
    assert {each[1:] for each in told} == {(20_000, "Trả lời")}


def test_the_properties_hold_the_time_of_the_data():
    content = written(one(ColumnKind.TEXT, ["a"]), creator="Sở & ban")

    properties = opened(content).properties
    assert (properties.created, properties.title, properties.creator) == (
        AT.replace(tzinfo=None),
        "Đợt 1",
        "Sở & ban",
    )


def test_the_first_member_tells_what_the_file_is():
    with zipfile.ZipFile(io.BytesIO(written(one(ColumnKind.TEXT, ["a"])))) as package:
        assert package.namelist()[0] == "_rels/.rels"


def test_what_is_no_character_is_escaped_as_the_standard_says():
    with zipfile.ZipFile(io.BytesIO(written(one(ColumnKind.TEXT, ["\ufffe\uffff"])))) as package:
        assert b">_xFFFE__xFFFF_<" in package.read("xl/sharedStrings.xml")


SOUND = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
TEXTS = st.text(SOUND, min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | TEXTS, min_size=1, max_size=20), st.booleans())
def test_any_text_is_read_back(values, plain):
    array = pa.array(values, pa.string())
    held = pa.table(
        {"k": pa.array(range(len(values))), "t": array if plain else array.dictionary_encode()}
    )
    columns = [Column(name="k", kind=ColumnKind.INTEGER), TEXT]

    rows = by_calamine(written(table_of(columns, held)))[1:]

    assert [row[1] if len(row) > 1 else None for row in rows] == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_any_number_is_read_back_to_the_last_bit(values):
    assert read_back(ColumnKind.NUMBER, values) == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(), min_size=1, max_size=10))
def test_any_day_is_read_back(values):
    read = read_back(ColumnKind.DATE, values)

    assert [
        each.date() if isinstance(each, datetime) else date.fromisoformat(each) for each in read
    ] == values


def test_libreoffice_opens_what_was_written(tmp_path):
    columns = made_columns(14)
    held = pa.Table.from_batches(made_batches(columns, 200))
    content = written(table_of(columns, held), zone="Asia/Ho_Chi_Minh")

    assert by_calamine(converted(content, tmp_path)) == by_calamine(content)
