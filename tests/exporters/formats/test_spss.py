"""SPSS files: read back by pyreadstat with labels and missing values."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas import isna

from exporters.formats.spss import SpssOptions, write_spss, write_spss_table
from exporters.formats.spss.variables import GREATEST
from exporters.tables import Column, ColumnKind, marks_of
from tests.exporters.made import made_batches, made_columns, no_progress, table_of

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
KNOWN = {"1": "Có", "2": "Không"}
ABSENT = {"-9": "Không biết", "-8": "Từ chối"}


def file_of(table, folder):
    file = folder / "a.sav"
    told = write_spss_table(
        table,
        file,
        title="Đợt 1",
        as_of=AT,
        progress=no_progress,
        options=SpssOptions(zone="Asia/Ho_Chi_Minh"),
    )
    return file, told


def read(table, folder):
    return pyreadstat.read_sav(file_of(table, folder)[0], user_missing=True)


def one(kind, values, **more):
    return table_of([Column(name="v", kind=kind, **more)], {"v": values})


def point(value):
    return {"lo": value, "hi": value}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (ColumnKind.NUMBER, [1.5, -0.25, 1e308, 5e-324]),
        (ColumnKind.INTEGER, [2**53, -(2**53), 0]),
        (ColumnKind.TEXT, ["Hà Nội", "", "=1+1", " a"]),
        (ColumnKind.TEXT, ["đ" * 10_000, "x"]),
        (ColumnKind.DATE, [date(1, 1, 1), date(9999, 12, 31), date(1900, 2, 28)]),
        (ColumnKind.FLAG, [True, False]),
        (ColumnKind.CATEGORY, ["1", "2", "-7"]),
        (ColumnKind.CATEGORY, ["tot", "mã số rất dài", ""]),
    ],
)
def test_values_of_every_kind_are_read_back(kind, values, tmp_path):
    frame, _ = read(one(kind, values), tmp_path)

    numbered = kind is ColumnKind.CATEGORY and values[0] == "1"
    assert frame["v"].tolist() == ([int(each) for each in values] if numbered else values)


def test_whole_numbers_that_no_double_tells_apart_are_texts(tmp_path):
    frame, _ = read(one(ColumnKind.INTEGER, [2**63 - 1, -(2**63), None]), tmp_path)

    assert frame["v"].tolist() == ["9223372036854775807", "-9223372036854775808", ""]


def test_numbers_that_spss_lacks_are_missing_and_told(tmp_path):
    file, told = file_of(one(ColumnKind.NUMBER, [float("inf"), float("nan"), None, 1.0]), tmp_path)

    frame, _ = pyreadstat.read_sav(file)
    assert frame["v"].isna().tolist() == [True, True, True, False]
    assert told.columns[0].shortened == ("values",)


def test_moments_show_the_wall_clock_of_the_zone(tmp_path):
    frame, _ = read(one(ColumnKind.MOMENT, [AT]), tmp_path)

    assert str(frame["v"][0]) == "2026-11-22 09:30:00"


@pytest.mark.parametrize("kind", [ColumnKind.NUMBER, ColumnKind.INTEGER, ColumnKind.CATEGORY])
def test_missing_codes_are_user_missing_with_labels(kind, tmp_path):
    value = "1" if kind is ColumnKind.CATEGORY else 1
    labels = KNOWN if kind is ColumnKind.CATEGORY else {}
    column = Column(name="v", kind=kind, missing=ABSENT, labels=labels)
    table = table_of([column], {"v": [value, None, None], marks_of("v"): [None, "-9", "-8"]})

    frame, meta = read(table, tmp_path)

    assert frame["v"].tolist() == [1, -9, -8]
    assert meta.missing_ranges == {"v": [point(-9.0), point(-8.0)]}
    own = {1: "Có", 2: "Không"} if labels else {}
    assert meta.variable_value_labels["v"] == own | {-9: "Không biết", -8: "Từ chối"}
    blank, _ = pyreadstat.read_sav(file_of(table, tmp_path)[0])
    assert blank["v"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("values", "missing", "numbers"),
    [
        ([-9.0], {"-9": "?"}, {"-9": "-99"}),
        ([-500.5], {"NA": "?", "DK": "?"}, {"NA": "-999", "DK": "-998"}),
        ([5.0], {"NA": "?"}, {"NA": "-99"}),
        ([5.0], {"999": "?"}, {}),
        ([5.0], {"-1": "", "-2": "", "-3": "", "-7": ""}, {}),
        ([5.0, 9.5], {"1": "", "9": ""}, {"1": "-99", "9": "-98"}),
        ([-97.5], {"NA": "?"}, {"NA": "-99"}),
        ([-98.5], {"NA": "?"}, {"NA": "-999"}),
        ([-1e300], {"NA": "?", "DK": "?"}, {"NA": "99", "DK": "98"}),
        ([-1e300, 98.5], {"NA": "?"}, {"NA": "999"}),
    ],
)
def test_a_missing_code_has_a_number_that_no_answer_has(values, missing, numbers, tmp_path):
    column = Column(name="v", kind=ColumnKind.NUMBER, missing=missing)
    code = next(iter(missing))
    table = table_of([column], {"v": [*values, None], marks_of("v"): [None] * len(values) + [code]})

    file, told = file_of(table, tmp_path)

    assert told.columns[0].missing == numbers
    frame, meta = pyreadstat.read_sav(file, user_missing=True)
    assert frame["v"].tolist() == [*values, float(numbers.get(code, code))]
    ranges: list[Any] = [*meta.missing_ranges["v"]]
    hit = [any(each["lo"] <= value <= each["hi"] for each in ranges) for value in frame["v"]]
    assert hit == [False] * len(values) + [True]


def test_missing_codes_of_texts_are_declared_where_they_are_short(tmp_path):
    column = Column(name="v", kind=ColumnKind.TEXT, missing={"-9": "?", "rất dài dòng": "?"})
    table = table_of(
        [column], {"v": ["a", None, None], marks_of("v"): [None, "-9", "rất dài dòng"]}
    )

    frame, meta = read(table, tmp_path)

    assert frame["v"].tolist() == ["a", "-9", "rất dài dòng"]
    assert meta.missing_ranges == {"v": [point("-9")]}


def test_texts_and_labels_are_made_to_fit_and_told(tmp_path):
    column = Column(
        name="tên xã", kind=ColumnKind.CATEGORY, label="đ" * 200, labels={"1": "ố" * 60}
    )
    long = Column(name="t", kind=ColumnKind.TEXT)
    table = table_of([column, long], {"tên xã": ["1"], "t": ["x" * 40_000]})

    file, told = file_of(table, tmp_path)

    frame, meta = pyreadstat.read_sav(file)
    assert meta.column_names == ["ten_xa", "t"]
    assert meta.column_labels[0] == "đ" * 126 + "…"
    assert meta.variable_value_labels["ten_xa"] == {1: "ố" * 39 + "…"}
    assert len(frame["t"][0].encode()) == 32_767
    assert [each.shortened for each in told.columns] == [("label", "labels"), ("text",)]


def test_the_header_holds_the_time_of_the_data(tmp_path):
    _, meta = read(one(ColumnKind.TEXT, ["a"]), tmp_path)

    assert (meta.creation_time, meta.file_label) == (AT.replace(tzinfo=None), "Trả lời")


def test_a_table_without_rows_keeps_its_variables(tmp_path):
    assert read(table_of(made_columns(14), {}), tmp_path)[0].shape == (0, 14)


def test_a_table_without_columns_has_no_file():
    out = io.BytesIO()

    (told,) = write_spss([table_of([], {})], out, title="", as_of=AT, progress=no_progress)

    assert told.places == ()
    assert zipfile.ZipFile(out).namelist() == ["SHA256SUMS"]


def test_equal_tables_give_equal_bytes_however_they_are_cut():
    columns = made_columns(20)
    held = pa.Table.from_batches(made_batches(columns, 1_000))
    cut = pa.Table.from_batches(held.to_batches(max_chunksize=7))

    def archived(rows):
        out = io.BytesIO()
        write_spss([table_of(columns, rows)], out, title="", as_of=AT, progress=no_progress)
        return out.getvalue()

    assert archived(held) == archived(cut)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_any_text_is_read_back_but_for_blanks_at_its_end(tmp_path_factory, values):
    frame, _ = read(one(ColumnKind.TEXT, values), tmp_path_factory.mktemp("any"))

    assert frame["v"].tolist() == [value.rstrip(" ") for value in values]


WHOLE = st.integers(-(2**53), 2**53)
NUMBERS = st.floats(-GREATEST, GREATEST)
DAYS = st.dates()
MOMENTS = st.datetimes(
    datetime(1600, 1, 1),  # noqa: DTZ001  (hypothesis wants bounds without a zone)
    datetime(9999, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(
        st.tuples(st.just(ColumnKind.NUMBER), st.lists(NUMBERS, min_size=1)),
        st.tuples(st.just(ColumnKind.INTEGER), st.lists(WHOLE, min_size=1)),
        st.tuples(st.just(ColumnKind.DATE), st.lists(DAYS, min_size=1)),
    )
)
def test_any_number_and_any_day_is_read_back(tmp_path_factory, given_values):
    kind, values = given_values

    frame, _ = read(one(kind, values), tmp_path_factory.mktemp("any"))

    assert frame["v"].tolist() == values


@settings(max_examples=40, deadline=None)
@given(st.lists(MOMENTS, min_size=1))
def test_any_moment_is_read_back_by_the_wall_clock(tmp_path_factory, values):
    frame, _ = read(one(ColumnKind.MOMENT, values), tmp_path_factory.mktemp("any"))

    walls = [each.astimezone(ZONE).replace(tzinfo=None) for each in values]
    apart = [abs(found - wall) for found, wall in zip(frame["v"].tolist(), walls, strict=True)]
    # A double of seconds since 1582 tells microseconds apart up to some tens of them.
    assert max(apart) < timedelta(milliseconds=0.1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.none(), NUMBERS, st.integers(-1_000, 1_000).map(float)), min_size=1),
    st.dictionaries(
        st.one_of(st.integers(-1_000, 1_000).map(str), st.text("ABC", min_size=1)),
        st.just("?"),
        min_size=1,
        max_size=5,
    ),
    st.data(),
)
def test_no_answer_is_ever_taken_for_a_missing_code(tmp_path_factory, answers, missing, data):
    codes = st.one_of(st.none(), st.sampled_from(sorted(missing)))
    marks = [data.draw(codes) if each is None else None for each in answers]
    column = Column(name="v", kind=ColumnKind.NUMBER, missing=missing)
    table = table_of([column], {"v": answers, marks_of("v"): marks})

    file, told = file_of(table, tmp_path_factory.mktemp("any"))

    kept, meta = pyreadstat.read_sav(file, user_missing=True)
    stands = told.columns[0].missing
    numbers = {code: stands.get(code, code) for code in missing}
    expected = [
        answer if mark is None else None if numbers[mark] == "." else float(numbers[mark])
        for answer, mark in zip(answers, marks, strict=True)
    ]
    assert [None if isna(each) else each for each in kept["v"]] == expected
    ranges: list[Any] = [*meta.missing_ranges.get("v", [])]
    hit = [
        each is None or any(span["lo"] <= each <= span["hi"] for span in ranges)
        for each in expected
    ]
    assert hit == [answer is None for answer in answers]
