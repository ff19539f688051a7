"""CSV: exact for two readers, no formula for a spreadsheet, the same memory for any number of rows."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exporters.formats.csv import CsvOptions, Formulas, guarded, unguarded, write_csv
from exporters.tables import Column, ColumnKind, marks_of
from tests.exporters.made import made_batches, made_columns, no_progress, table_of
from tests.exporters.payloads import PAYLOADS

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
TEXT = Column(name="t", kind=ColumnKind.TEXT)
EXACT = {"formulas": Formulas.EXACT, "bom": False}


def archived(*tables, **options):
    out = io.BytesIO()
    write_csv(tables, out, title="", as_of=AT, progress=no_progress, options=CsvOptions(**options))
    return out.getvalue()


def written(table, **options):
    with zipfile.ZipFile(io.BytesIO(archived(table, **options))) as archive:
        return archive.read("answers.csv")


def by_python(content, separator=","):
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=separator, strict=True))


def by_arrow(content):
    read = pyarrow.csv.read_csv(
        io.BytesIO(content),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        ),
    )
    return [list(row) for row in zip(*(column.to_pylist() for column in read.columns), strict=True)]


def one(kind, values, **more):
    return table_of([Column(name="v", kind=kind, **more)], {"v": values})


@pytest.mark.parametrize(
    ("kind", "values", "lines"),
    [
        (ColumnKind.NUMBER, [1.5, None, -0.25, 1e308], ["1.5", "", "-0.25", "1e+308"]),
        (ColumnKind.NUMBER, [float("nan"), float("inf"), 5.0], ["nan", "inf", "5"]),
        (
            ColumnKind.INTEGER,
            [2**63 - 1, -(2**63)],
            ["9223372036854775807", "-9223372036854775808"],
        ),
        (ColumnKind.FLAG, [True, False], ["true", "false"]),
        (ColumnKind.DATE, [date(1, 1, 1), date(9999, 12, 31)], ["0001-01-01", "9999-12-31"]),
        (ColumnKind.TEXT, ["a", "", None, 'b"c'], ['"a"', '""', "", '"b""c"']),
        (ColumnKind.CATEGORY, ["1", "-9", "xa_1", "a b", ""], ["1", "-9", "xa_1", '"a b"', '""']),
    ],
)
def test_values_of_every_kind_are_written(kind, values, lines):
    assert written(one(kind, values), **EXACT).decode().split("\r\n") == ['"v"', *lines, ""]


@pytest.mark.parametrize(
    ("zone", "told"),
    [("UTC", "2026-11-22T02:30:00+00:00"), ("Asia/Ho_Chi_Minh", "2026-11-22T09:30:00+07:00")],
)
def test_moments_have_the_offset_of_the_zone(zone, told):
    assert by_python(written(one(ColumnKind.MOMENT, [AT]), zone=zone)) == [["v"], [told]]


def test_a_decimal_comma_goes_with_semicolons():
    content = written(one(ColumnKind.NUMBER, [1.5]), separator=";", decimal=",", bom=False)

    assert content == b'"v"\r\n1,5\r\n'


@pytest.mark.parametrize("options", [{"decimal": ","}, {"separator": "|"}, {"decimal": "x"}])
def test_signs_that_no_reader_can_tell_apart_are_refused(options):
    with pytest.raises(ValueError, match=r".+"):
        CsvOptions(**options)


@pytest.mark.parametrize("bom", [True, False])
def test_the_mark_that_excel_needs_can_be_left_out(bom):
    assert written(one(ColumnKind.TEXT, ["ố"]), bom=bom).startswith(b"\xef\xbb\xbf") is bom


@pytest.mark.parametrize("apart", [False, True])
def test_missing_codes_stand_in_the_field_or_in_one_of_their_own(apart):
    staff = Column(name="n", kind=ColumnKind.NUMBER, missing={"-9": "Không áp dụng"})
    table = table_of([staff], {"n": [1.0, None, None], marks_of("n"): [None, "-9", None]})

    rows = by_python(written(table, marks_apart=apart))

    apart_rows = [["n", "n:missing"], ["1", ""], ["", "-9"], ["", ""]]
    # A record of one empty field is an empty line, which this reader gives as no field.
    assert rows == (apart_rows if apart else [["n"], ["1"], ["-9"], []])


def test_each_table_is_a_file_and_their_checksums_follow():
    tables = [table_of([TEXT], {"t": ["a"]}, name=name) for name in ("Đợt 1", "đợt 1")]

    with zipfile.ZipFile(io.BytesIO(archived(*tables))) as archive:
        assert archive.namelist() == ["Đợt_1.csv", "đợt_1_2.csv", "SHA256SUMS"]
        line = archive.read("SHA256SUMS").decode().splitlines()[0]
        assert line.split("  ")[0] == hashlib.sha256(archive.read("Đợt_1.csv")).hexdigest()


def test_equal_tables_give_equal_bytes_however_they_are_cut():
    columns = made_columns(20)
    held = pa.Table.from_batches(made_batches(columns, 2_000))
    whole = table_of(columns, held)
    cut = table_of(columns, pa.Table.from_batches(held.to_batches(max_chunksize=7)))

    assert archived(whole) == archived(cut)


@pytest.mark.parametrize("columns", [[], [TEXT]])
def test_a_table_without_rows_has_its_head(columns):
    assert (
        by_python(written(table_of(columns, {})))
        == [[column.name for column in columns]][: len(columns)]
    )


def test_a_table_that_lost_rows_is_refused():
    table = table_of([TEXT], {"t": ["a"]})
    lying = type(table)(
        name="answers", title="", columns=table.columns, batches=table.batches, rows=2
    )

    with pytest.raises(ValueError, match="1 rows instead of 2"):
        written(lying)


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_exact_files_hold_what_was_given(text):
    content = written(table_of([TEXT], {"t": [text, "x"]}), **EXACT)

    assert by_python(content) == [["t"], [text], ["x"]]
    assert by_arrow(content) == [[text], ["x"]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("- Ban hành\n- Triển khai", "'- Ban hành\n'- Triển khai"),
        ("a;=1", "a;'=1"),
        ("\ufeff =1", "\ufeff '=1"),
        ("-9", "-9"),
        ("-1,26", "-1,26"),
        ("'tis", "'tis"),
        ("5-3", "5-3"),
    ],
)
def test_an_apostrophe_stands_where_a_formula_could_begin(text, shown):
    assert (guarded(text), unguarded(shown)) == (shown, text)


SIGNS = st.text(st.sampled_from("=+-@|%;,'\"\t\r\n 19a\u00a0\ufeff\uff1d"), max_size=12)


@settings(max_examples=500, deadline=None)
@example("'\n'=;;'=\r\n-")
@given(SIGNS | st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_guarded_is_given_back_exactly(text):
    assert unguarded(guarded(text)) == text


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=10))
def test_any_text_is_read_back(values):
    number = Column(name="k", kind=ColumnKind.INTEGER)
    table = table_of([number, TEXT], {"k": list(range(len(values))), "t": values})

    rows = by_python(written(table))[1:]

    assert [unguarded(row[1]) for row in rows] == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=20))
def test_any_number_is_read_back_to_the_last_bit(values):
    assert [
        float(row[0]) for row in by_python(written(one(ColumnKind.NUMBER, values)))[1:]
    ] == values
