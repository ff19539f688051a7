"""Stata files: read back by pyreadstat and pandas with labels, missing values, long texts."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.formats.stata import StataOptions, write_stata, write_stata_table
from exporters.tables import Column, ColumnKind, marks_of
from tests.exporters.made import made_batches, made_columns, no_progress, table_of

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
KNOWN = {"1": "Có", "2": "Không"}
ABSENT = {"-9": "Không biết", "-8": "Từ chối"}


def file_of(table, folder):
    file = folder / "a.dta"
    told = write_stata_table(
        table,
        file,
        title="Đợt 1",
        as_of=AT,
        progress=no_progress,
        options=StataOptions(zone="Asia/Ho_Chi_Minh"),
    )
    return file, told


def read(table, folder):
    return pyreadstat.read_dta(file_of(table, folder)[0], user_missing=True)


def by_pandas(table, folder):
    return pd.read_stata(file_of(table, folder)[0], convert_categoricals=False)


def one(kind, values, **more):
    return table_of([Column(name="v", kind=kind, **more)], {"v": values})


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (ColumnKind.NUMBER, [1.5, -0.25, 8.9e307, 5e-324]),
        (ColumnKind.INTEGER, [2**31 - 28, -(2**31) + 1, 0]),
        (ColumnKind.INTEGER, [2**53, -(2**53)]),
        (ColumnKind.TEXT, ["Hà Nội", "", "=1+1", " a "]),
        (ColumnKind.TEXT, ["x" * 245, "", "đ" * 20_000]),
        (ColumnKind.DATE, [date(1, 1, 1), date(9999, 12, 31), date(1900, 2, 28)]),
        (ColumnKind.FLAG, [True, False]),
        (ColumnKind.CATEGORY, ["1", "2", "-7"]),
    ],
)
def test_values_of_every_kind_are_read_back(kind, values, tmp_path):
    frame, _ = read(one(kind, values), tmp_path)

    codes = kind is ColumnKind.CATEGORY
    assert frame["v"].tolist() == ([int(each) for each in values] if codes else values)


def test_pandas_reads_the_same_texts(tmp_path):
    values = ["=1+1", "đ" * 400, "", "x"]

    assert by_pandas(one(ColumnKind.TEXT, values), tmp_path)["v"].tolist() == values


def test_whole_numbers_that_no_double_tells_apart_are_texts(tmp_path):
    frame, _ = read(one(ColumnKind.INTEGER, [2**63 - 1, -(2**63), 1]), tmp_path)

    assert frame["v"].tolist() == ["9223372036854775807", "-9223372036854775808", "1"]


def test_numbers_that_stata_lacks_are_missing_and_told(tmp_path):
    table = one(ColumnKind.NUMBER, [1e308, float("inf"), float("nan"), None, 1.0])

    file, told = file_of(table, tmp_path)

    assert pd.read_stata(file)["v"].isna().tolist() == [True, True, True, True, False]
    assert told.columns[0].shortened == ("values",)


def test_moments_show_the_wall_clock_of_the_zone(tmp_path):
    frame, _ = read(one(ColumnKind.MOMENT, [AT, datetime(9999, 1, 1, tzinfo=UTC)]), tmp_path)

    assert [str(each) for each in frame["v"]] == ["2026-11-22 09:30:00", "9999-01-01 07:00:00"]


@pytest.mark.parametrize("kind", [ColumnKind.NUMBER, ColumnKind.INTEGER, ColumnKind.CATEGORY])
def test_missing_codes_are_letters_with_labels(kind, tmp_path):
    value = "1" if kind is ColumnKind.CATEGORY else 1
    labels = KNOWN if kind is ColumnKind.CATEGORY else {}
    column = Column(name="v", kind=kind, missing=ABSENT, labels=labels)
    table = table_of([column], {"v": [value, None, None], marks_of("v"): [None, "-9", "-8"]})

    frame, meta = read(table, tmp_path)

    assert frame["v"].tolist() == [1, "a", "b"]
    own = {1: "Có", 2: "Không"} if labels else {}
    assert meta.variable_value_labels["v"] == own | {"a": "Không biết", "b": "Từ chối"}
    assert file_of(table, tmp_path)[1].columns[0].missing == {"-9": ".a", "-8": ".b"}


def test_more_missing_codes_than_letters_are_plainly_missing(tmp_path):
    codes = {f"m{number}": f"Mã {number}" for number in range(28)}
    column = Column(name="v", kind=ColumnKind.NUMBER, missing=codes)
    table = table_of([column], {marks_of("v"): list(codes)})

    file, told = file_of(table, tmp_path)

    shown = pd.read_stata(file, convert_missing=True, convert_categoricals=False)["v"]
    assert [str(each) for each in shown[24:]] == [".y", ".z", ".", "."]
    assert told.columns[0].missing["m27"] == "."


def test_a_missing_code_of_a_text_stands_in_its_place(tmp_path):
    column = Column(name="v", kind=ColumnKind.TEXT, missing=ABSENT)
    table = table_of([column], {"v": ["a", None], marks_of("v"): [None, "-9"]})

    assert read(table, tmp_path)[0]["v"].tolist() == ["a", "-9"]


def test_codes_that_are_no_numbers_are_numbered_and_told(tmp_path):
    column = Column(name="v", kind=ColumnKind.CATEGORY, labels={"tot": "Tốt", "kem": "Kém"})
    table = table_of([column], {"v": ["kem", "tot", "la", None]})

    frame, meta = read(table, tmp_path)

    assert frame["v"].tolist()[:3] == [2, 1, 3]
    assert meta.variable_value_labels["v"] == {1: "Tốt", 2: "Kém", 3: "la"}
    told = file_of(table, tmp_path)[1].columns[0]
    assert told.codes == {"tot": "1", "kem": "2", "la": "3"}


def test_names_and_labels_are_made_to_fit_and_told(tmp_path):
    column = Column(name="tên xã", kind=ColumnKind.TEXT, label="Nhãn " * 40)

    file, told = file_of(table_of([column], {"tên xã": ["a"]}), tmp_path)

    _, meta = pyreadstat.read_dta(file)
    assert meta.column_names == ["ten_xa"]
    assert len(str(meta.column_labels[0])) == 80
    assert (told.columns[0].name, told.columns[0].shortened) == ("ten_xa", ("label",))


def test_a_nul_in_a_text_is_replaced(tmp_path):
    assert read(one(ColumnKind.TEXT, ["a\0b"]), tmp_path)[0]["v"].tolist() == ["a\ufffdb"]


def test_the_header_holds_the_time_of_the_data(tmp_path):
    _, meta = read(one(ColumnKind.TEXT, ["a"]), tmp_path)

    assert (meta.creation_time, meta.file_label) == (AT.replace(tzinfo=None), "Trả lời")


def test_more_variables_than_release_118_has_give_119(tmp_path):
    columns = [Column(name=f"v{number}", kind=ColumnKind.FLAG) for number in range(32_768)]
    columns.append(Column(name="t", kind=ColumnKind.TEXT))
    table = table_of(columns, {"v32767": [True], "t": ["x" * 300]})

    file, _ = file_of(table, tmp_path)

    assert file.read_bytes()[:50].startswith(b"<stata_dta><header><release>119</release>")
    frame, _ = pyreadstat.read_dta(file, usecols=["v32767", "t"])
    assert frame.to_dict("list") == {"v32767": [1], "t": ["x" * 300]}


def test_too_many_columns_are_refused_before_a_file_is_begun(tmp_path):
    columns = [Column(name=f"v{number}", kind=ColumnKind.FLAG) for number in range(120_001)]

    with pytest.raises(ValueError, match="more than 120000"):
        file_of(table_of(columns, {}), tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("columns", [[Column(name="t", kind=ColumnKind.TEXT)], made_columns(14)])
def test_a_table_without_rows_keeps_its_variables(columns, tmp_path):
    assert read(table_of(columns, {}), tmp_path)[0].shape == (0, len(columns))


def test_equal_tables_give_equal_bytes_however_they_are_cut():
    columns = made_columns(20)
    held = pa.Table.from_batches(made_batches(columns, 1_000))
    cut = pa.Table.from_batches(held.to_batches(max_chunksize=7))

    def archived(rows):
        out = io.BytesIO()
        write_stata([table_of(columns, rows)], out, title="", as_of=AT, progress=no_progress)
        return out.getvalue()

    assert archived(held) == archived(cut)
    with zipfile.ZipFile(io.BytesIO(archived(held))) as archive:
        assert archive.namelist() == ["answers.dta", "SHA256SUMS"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.booleans())
def test_any_text_is_read_back(tmp_path_factory, values, is_long):
    values = [*values, "x" * 300] if is_long else values

    frame, _ = read(one(ColumnKind.TEXT, values), tmp_path_factory.mktemp("any"))

    assert frame["v"].tolist() == values


WHOLE = st.integers(-(2**53), 2**53)
NUMBERS = st.floats(-8.9e307, 8.9e307)
DAYS = st.dates()
MOMENTS = st.datetimes(
    datetime(1, 1, 2),  # noqa: DTZ001  (hypothesis wants bounds without a zone)
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
    # Stata counts milliseconds.
    assert max(apart) <= timedelta(milliseconds=1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.none(), NUMBERS), min_size=1),
    st.dictionaries(st.text("ABC-9", min_size=1), st.just("?"), min_size=1, max_size=27),
    st.data(),
)
def test_no_answer_is_ever_taken_for_a_missing_code(tmp_path_factory, answers, missing, data):
    codes = st.one_of(st.none(), st.sampled_from(sorted(missing)))
    marks = [data.draw(codes) if each is None else None for each in answers]
    column = Column(name="v", kind=ColumnKind.NUMBER, missing=missing)
    table = table_of([column], {"v": answers, marks_of("v"): marks})

    file, told = file_of(table, tmp_path_factory.mktemp("any"))

    shown = pd.read_stata(file, convert_missing=True, convert_categoricals=False)["v"].tolist()
    letters = told.columns[0].missing
    expected = [
        (letters[mark] if mark is not None else ".") if answer is None else answer
        for answer, mark in zip(answers, marks, strict=True)
    ]
    assert [each if isinstance(each, float) else str(each) for each in shown] == expected
