"""What people type, and how it is shown to them again."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.engine import (
    Cell,
    Context,
    Kind,
    MissingCode,
    Question,
    format_value,
    new_row_id,
    read_number,
)
from surveys.engine.expressions.values import number_text
from surveys.engine.values import format_number
from tests.surveys.engine.factories import (
    CONTEXT,
    codes,
    evaluate,
    form,
    integer,
    select,
    several,
    state,
    text,
)

NUMBERS = [
    ("1.234,5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("1234.5", "1234.5"),
    ("1234,5", "1234.5"),
    ("1.234", "1234"),
    ("1,234", "1.234"),
    ("0.123", "0.123"),
    ("0,123", "0.123"),
    ("1.234.567", "1234567"),
    ("1,234,567", "1234567"),
    ("1.234.567,89", "1234567.89"),
    ("12345,678", "12345.678"),
    ("1,2345", "1.2345"),
    ("1 234 567", "1234567"),
    ("1\u00a0234,5", "1234.5"),
    ("-5", "-5"),
    ("\u22125", "-5"),
    ("+5", "5"),
    ("  7 ", "7"),
    (",5", "0.5"),
    ("007", "7"),
    ("1.50", "1.5"),
    ("1,234,567.89", "1234567.89"),
    ("-1.234,5", "-1234.5"),
    ("-1.234", "-1234"),
    ("12.345", "12345"),
    ("123.456", "123456"),
    ("1234.567", "1234.567"),
    ("1'234", "1234"),
    ("1\u202f234\u2009567", "1234567"),
]
UNREADABLE = [
    "abc",
    "1.2.3",
    "12.34.567",
    "1,2,3",
    "1e5",
    "5%",
    "--5",
    "1.234,5,6",
    "5 triệu",
    ".",
    "1 23",
    "1  234",
    "- 5",
    "+-5",
    "0.123.456",
    "5.",
]


@pytest.mark.parametrize(("typed", "read"), NUMBERS)
def test_numbers_are_read_in_both_notations(typed: str, read: str):
    compiled = form(Question(name="a", kind=Kind.DECIMAL))

    assert state(compiled).read_input("a", typed) == Cell(value=read)


@pytest.mark.parametrize("typed", UNREADABLE)
def test_what_is_no_number_is_kept_as_typed(typed: str):
    compiled = form(Question(name="a", kind=Kind.DECIMAL))

    assert state(compiled).read_input("a", typed) == Cell(typed=typed)


def test_a_lone_comma_groups_in_english():
    english = Context(CONTEXT.today, CONTEXT.now, language="en")
    compiled = form(Question(name="a", kind=Kind.DECIMAL))

    assert state(compiled, context=english).read_input("a", "1,234") == Cell(value="1234")
    assert state(compiled, context=english).read_input("a", "1.234") == Cell(value="1.234")


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("1,5", Cell(typed="1,5")),
        ("1,0", Cell(value="1")),
        ("1.234", Cell(value="1234")),
        ("1,234", Cell(value="1234")),
        ("", Cell()),
        ("kad", Cell(missing="KAD")),
        ("HC", Cell(typed="HC")),
    ],
)
def test_whole_numbers(typed: str, cell: Cell):
    compiled = form(integer("a", missing=(MissingCode.NOT_APPLICABLE,)))

    assert state(compiled).read_input("a", typed) == cell


DATED = [
    (Kind.DATE, "25/12/2026", "2026-12-25"),
    (Kind.DATE, "5-1-2026", "2026-01-05"),
    (Kind.DATE, "05.01.2026", "2026-01-05"),
    (Kind.DATE, "2026-12-25", "2026-12-25"),
    (Kind.DATE, "2026/12/25", "2026-12-25"),
    (Kind.TIME, "9:05", "09:05"),
    (Kind.TIME, "14h30", "14:30"),
    (Kind.TIME, "14:30:15", "14:30:15"),
    (Kind.DATETIME, "25/12/2026 14:30", "2026-12-25T14:30"),
    (Kind.DATETIME, "2026-12-25T14:30", "2026-12-25T14:30"),
    (Kind.DATETIME, "25/12/2026", "2026-12-25T00:00"),
    (Kind.TIME, "9h", "09:00"),
    (Kind.TIME, "9 giờ 05", "09:05"),
    (Kind.TIME, "14 H 30", "14:30"),
]


@pytest.mark.parametrize(("kind", "typed", "read"), DATED)
def test_dates_and_times_are_read_day_first_or_iso(kind: Kind, typed: str, read: str):
    compiled = form(Question(name="a", kind=kind))

    assert state(compiled).read_input("a", typed) == Cell(value=read)


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "12/25/2026", "25/12/26", "hôm qua", "25/12", "1/2/2026/"]
)
def test_an_impossible_date_is_kept_as_typed(typed: str):
    compiled = form(Question(name="a", kind=Kind.DATE))

    assert state(compiled).read_input("a", typed) == Cell(typed=typed)


def test_a_choice_is_read_by_code_or_label():
    compiled = form(select("a", "yes_no"))

    assert state(compiled).read_input("a", "yes") == Cell(value="yes")
    assert state(compiled).read_input("a", "nhãn YES") == Cell(value="yes")
    assert state(compiled).read_input("a", "maybe") == Cell(typed="maybe")


def test_several_choices_stand_in_the_order_of_the_list_and_ranks_in_ones_own():
    compiled = form(
        several("a", "colours"), Question(name="r", kind=Kind.RANK, list_name="colours")
    )

    assert state(compiled).read_input("a", ["blue", "red"]) == Cell(value=["red", "blue"])
    assert state(compiled).read_input("r", ["blue", "red"]) == Cell(value=["blue", "red"])
    assert state(compiled).read_input("a", "blue red") == Cell(value=["red", "blue"])
    assert state(compiled).read_input("a", ["", "red"]) == Cell(value=["red"])
    assert state(compiled).read_input("a", []) == Cell()
    assert state(compiled).read_input("a", ["red", "pink"]) == Cell(typed="red, pink")


def test_text_is_normalised_and_loses_control_characters():
    compiled = form(text("a"))

    assert state(compiled).read_input("a", " a\u0301\x00\nb ") == Cell(value="á\nb")


@pytest.mark.parametrize("typed", ["on", "OK", "true", "1", "Yes", "x"])
def test_an_acknowledgement_is_ok(typed: str):
    compiled = form(Question(name="a", kind=Kind.ACKNOWLEDGE))

    assert state(compiled).read_input("a", typed) == Cell(value="OK")


def test_what_is_no_tick_is_kept_as_typed():
    compiled = form(Question(name="a", kind=Kind.ACKNOWLEDGE))

    assert state(compiled).read_input("a", "không") == Cell(typed="không")


@pytest.mark.parametrize(
    ("question", "typed", "cell"),
    [
        (several("a", "colours"), "red, blue", Cell(value=["red", "blue"])),
        (several("a", "colours"), "Nhãn RED; blue\nred", Cell(value=["red", "blue"])),
        (several("a", "colours"), "red pink", Cell(typed="red pink")),
        (several("a", "colours", or_other=True), ["other", "red"], Cell(value=["red", "other"])),
        (several("a", "colours"), ["other"], Cell(typed="other")),
        (select("a", "colours", or_other=True), "other", Cell(value="other")),
        (select("a", "colours"), "other", Cell(typed="other")),
        (select("a", "colours"), ["red"], Cell(value="red")),
        (select("a", "colours"), ["red", "blue"], Cell(typed="red, blue")),
        (select("a", "colours"), ["", " "], Cell()),
        (Question(name="a", kind=Kind.FILE), ["x.pdf", "y.pdf"], Cell(value=["x.pdf", "y.pdf"])),
        (Question(name="a", kind=Kind.IMAGE), ["x.png"], Cell(value=["x.png"])),
        (Question(name="a", kind=Kind.FILE), [], Cell()),
        (text("a", missing=(MissingCode.NOT_YET,)), "ccsl", Cell(missing="CCSL")),
        (text("a"), "ccsl", Cell(value="ccsl")),
    ],
)
def test_choices_and_files_are_read_as_typed_or_ticked(question, typed, cell):
    assert state(form(question)).read_input("a", typed) == cell


@pytest.mark.parametrize(
    ("kind", "value", "language", "shown"),
    [
        (Kind.DECIMAL, "1234567.5", "vi", "1.234.567,5"),
        (Kind.DECIMAL, "1234567.5", "en", "1,234,567.5"),
        (Kind.INTEGER, "-1234", "vi", "-1.234"),
        (Kind.DATE, "2026-12-25", "vi", "25/12/2026"),
        (Kind.DATETIME, "2026-12-25T14:30", "vi", "25/12/2026 14:30"),
        (Kind.TIME, "14:30", "vi", "14:30"),
        (Kind.TEXT, "chữ", "vi", "chữ"),
        (Kind.INTEGER, "chữ", "vi", "chữ"),
        (Kind.INTEGER, None, "vi", ""),
        (Kind.CALCULATE, "1234.5", "vi", "1.234,5"),
        (Kind.SELECT_MULTIPLE, ["a", "b"], "vi", "a b"),
    ],
)
def test_values_are_shown_as_the_language_writes_them(
    kind: Kind, value: str, language: str, shown: str
):
    assert format_value(Question(name="a", kind=kind), value, language=language) == shown


def test_without_a_language_figures_are_shown_as_in_vietnamese():
    assert format_value(integer("a"), "1234") == "1.234"
    assert format_number("1234.5") == "1.234,5"


DECIMALS = st.decimals(-(10**15), 10**15, places=2, allow_nan=False)


@settings(deadline=None)
@given(DECIMALS, st.sampled_from(["vi", "en"]))
def test_every_number_that_is_shown_is_read_as_the_same_number(number: Decimal, language: str):
    shown = format_number(number_text(number), language=language)

    assert read_number(shown, language=language) == number


@settings(deadline=None)
@given(st.text(max_size=30), st.sampled_from(list(Kind)))
def test_no_text_is_lost_or_breaks_the_reader(typed: str, kind: Kind):
    question = Question(
        name="a", kind=kind, list_name="yes_no", calculation="1" if kind is Kind.CALCULATE else ""
    )

    cell = state(form(question)).read_input("a", typed)

    assert sum((cell.value is not None, bool(cell.typed), bool(cell.missing))) <= 1


def test_a_row_id_is_short_and_of_the_bytes_given():
    assert new_row_id(b"\x00" * 6) == "aaaaaaaaaa"


LONG = "1" * 40


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (LONG, None),
        (f"-{LONG}", None),
        ("0," + "3" * 29, None),
        ("1" * 28, "1" * 28),
        ("0" * 40 + "7", "7"),
        ("1," + "0" * 40, "1"),
        (".".join(["111"] * 10), None),
    ],
)
def test_a_number_is_read_exactly_or_not_at_all(typed: str, value: str | None):
    question = Question(name="a", kind=Kind.DECIMAL)
    cell = state(form(question)).read_input("a", typed)

    assert cell == (Cell(value=value) if value else Cell(typed=typed))


def test_what_is_typed_with_too_many_digits_is_told_so():
    filled = state(form(integer("a")), typed={"a": LONG})

    assert [each.code for each in filled.findings()] == ["too_many_digits"]


@pytest.mark.parametrize("stored", [LONG, int(LONG)], ids=["text", "number"])
def test_a_stored_number_with_too_many_digits_is_unreadable(stored: object):
    filled = state(form(integer("a")), {"a": stored})

    assert (filled.value("a"), [each.code for each in filled.findings()]) == (
        None,
        ["too_many_digits"],
    )


def test_a_default_with_too_many_digits_is_a_problem():
    assert codes(integer("a", default=LONG)) == ["number_too_large"]


def test_text_with_too_many_digits_is_no_number_in_expressions():
    assert evaluate(f"number('{LONG}')") is None
