"""Reading the text of expressions."""

from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.engine import ExpressionError
from surveys.engine.expressions import parse
from surveys.engine.expressions.nodes import Call, Chain, Lookup, Number, Reference, Text
from surveys.engine.expressions.references import names_in
from surveys.engine.quality.wording import text_of_node
from tests.surveys.engine.factories import evaluate


def test_multiplication_binds_closer_than_addition():
    assert parse("1+2*3") == Chain(
        Number(Decimal(1), 0),
        (("+", Chain(Number(Decimal(2), 2), (("*", Number(Decimal(3), 4)),), 2)),),
        0,
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("10 - 4 - 3", "3"),
        ("-2 * -3", "6"),
        ("-(8*5)", "-40"),
        ("8 div 4 div 2", "1"),
        ("6div 2", "3"),
        ("2div1", "2"),
        ("1 = 1 and 2 > 1 or false()", True),
        ("1 or 0 and 0", True),
        ("not(1 = 2) = true()", True),
        ("today()-1 < today()", True),
        (".5 + 5.", "5.5"),
    ],
)
def test_operators_bind_as_in_xpath(text: str, value: object):
    assert evaluate(text) == value


def test_a_name_may_begin_with_the_letters_of_an_operator():
    assert parse("${order}") == Reference("order", 0)


def test_a_lookup_is_read_whole():
    found = parse("instance('L')/root/item[key = ${x}]/col")

    assert isinstance(found, Lookup)
    assert (found.list_name, found.column, names_in(found)) == ("L", "col", {"x"})


def test_text_keeps_what_looks_like_operators():
    assert parse("concat('a or b', \"it's\")") == Call(
        "concat", (Text("a or b", 7), Text("it's", 17)), 0
    )


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("1 +", 3, "something is missing at the end"),
        ("(1 + 2", 6, "1 closing ')'"),
        ("${a", 0, "never closed"),
        ("'abc", 0, "never closed"),
        ("1 2", 2, "'2' is not understood here"),
        ("1 # 2", 2, "'#' is not understood here"),
        ("concat(1,)", 9, "')' is not understood here"),
        ("1 + /data/x", 4, "node paths"),
    ],
)
def test_an_unreadable_expression_says_where_and_what(text: str, position: int, words: str):
    with pytest.raises(ExpressionError) as refusal:
        parse(text)

    assert refusal.value.position == position
    assert words in refusal.value.advice


def test_a_lookup_elsewhere_than_in_a_list_is_refused():
    with pytest.raises(ExpressionError) as refusal:
        parse("instance('L')/data/item[key = 1]/col")

    assert refusal.value.code == "path_unsupported"


def test_more_than_ten_thousand_characters_are_refused():
    with pytest.raises(ExpressionError) as refusal:
        parse("1" * 10_001)

    assert refusal.value.code == "expression_too_long"


def test_ten_thousand_characters_are_read():
    assert parse("'" + "a" * 9_998 + "'") == Text("a" * 9_998, 0)


def test_a_refusal_says_its_code_and_its_advice():
    with pytest.raises(ExpressionError) as refusal:
        parse(" ")

    assert str(refusal.value) == ("expression_empty: Write an expression or leave the cell empty.")
    assert (refusal.value.position, refusal.value.name) == (0, "")


def test_parentheses_deeper_than_sixty_four_are_refused():
    with pytest.raises(ExpressionError) as refusal:
        parse("(" * 65 + "1" + ")" * 65)

    assert refusal.value.code == "nesting_too_deep"


def test_a_sum_of_thousands_of_terms_does_not_nest():
    assert evaluate("+".join(["1"] * 4_000)) == "4000"


def test_sixty_four_nested_calls_are_evaluated():
    assert evaluate("not(" * 64 + "0" + ")" * 64) is False


def refusal_of(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as refusal:
        return refusal
    return None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str):
    refusal = refusal_of(text)

    assert refusal is None or (0 <= refusal.position <= len(text) and refusal.advice)


TOKENS = ["1", "'a'", "${q}", ".", "..", "+", "-", "*", "div", "and", "=", "<", "(", ")", ","]
TOKENS += ["not", "if", "count", "instance", "[", "]", "/", "root", " "]


@settings(deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=20).map("".join))
def test_any_row_of_tokens_is_read_or_refused(text: str):
    refusal = refusal_of(text)

    assert refusal is None or refusal.code


SUMS = st.recursive(
    st.integers(0, 999).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(SUMS)
def test_whole_sums_agree_with_python(text: str):
    expected = eval(text)  # noqa: S307 - digits, signs and parentheses made above

    assert evaluate(text) == str(expected)


def shape(node: object) -> object:
    """What a node says, without where it stood."""
    if isinstance(node, tuple):
        return tuple(shape(each) for each in node)
    if not is_dataclass(node):
        return node
    return type(node), *(shape(getattr(node, f.name)) for f in fields(node) if f.name != "at")


SPACE = st.sampled_from(["", " ", "\n  "])
LETTERS = st.characters(exclude_characters="'\"", codec="utf-8")
LITERALS = st.one_of(
    st.from_regex(r"[0-9]{1,30}(\.[0-9]{0,9})?|\.[0-9]{1,9}", fullmatch=True),
    st.text(LETTERS, max_size=6).map("'{}'".format),
    st.text(LETTERS, max_size=6).map('"it\'s {}"'.format),
    st.sampled_from(["${q}", "${ q }", ".", "rank", "họ_tên", "position(..)", "today()"]),
)
SIGNS = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
WRITTEN = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        st.builds("{} {}{}{}".format, inner, SIGNS, st.just(" "), inner),
        st.builds("{0}{1}({2}){0}".format, SPACE, st.sampled_from(["", "-", "--", "not"]), inner),
        st.builds("coalesce({}{},{})".format, SPACE, inner, inner),
        st.builds("instance('L')/root/item[{}]/col".format, inner),
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300)
@given(WRITTEN)
def test_what_is_read_and_written_out_is_read_as_the_same(text: str):
    node = parse(text)

    assert shape(parse(text_of_node(node))) == shape(node)
