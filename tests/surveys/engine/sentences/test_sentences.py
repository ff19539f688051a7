"""What expressions say, and that saying it changes nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    FormState,
    Kind,
    Question,
    compile_definition,
)
from surveys.engine.expressions import Node, parse
from surveys.engine.expressions.nodes import Call, Chain, Dot, Number, Reference, Text
from surveys.engine.sentences import (
    ALWAYS,
    NEVER,
    Comparison,
    Condition,
    Group,
    Joined,
    Term,
    bare,
    node_of,
    normal,
    read,
    text_of_node,
    write,
)

C = Comparison
A, B, M, N = (Reference(name, 0) for name in ("a", "b", "m", "n"))
DOT = Dot(0)


def t(text: str) -> Text:
    return Text(text, 0)


def n(number: str) -> Number:
    return Number(Decimal(number), 0)


def term(subject: Node, comparison: Comparison, *values: Node) -> Term:
    return Term(subject, comparison, values)


def all_of(*parts: Condition) -> Group:
    return Group(Joined.ALL, parts)


def any_of(*parts: Condition) -> Group:
    return Group(Joined.ANY, parts)


def none_of(*parts: Condition) -> Group:
    return Group(Joined.NONE, parts)


def call(name: str, *arguments: Node) -> Call:
    return Call(name, arguments, 0)


SAID: Mapping[str, Condition] = {
    "${a} = 'x'": term(A, C.IS, t("x")),
    '${a} = "x"': term(A, C.IS, t("x")),
    "'x' = ${a}": term(A, C.IS, t("x")),
    "${a} != 'x'": term(A, C.IS_NOT, t("x")),
    "not(${a} = 'x')": term(A, C.IS_NOT, t("x")),
    "not(${a} != 'x')": term(A, C.IS, t("x")),
    "${a} = 'x' or ${a} = 'y'": term(A, C.ONE_OF, t("x"), t("y")),
    "(${a} = 'x' or ${a} = 'y') or ${a} = 'z'": term(A, C.ONE_OF, t("x"), t("y"), t("z")),
    "${n} = 1 or ${n} = 2": term(N, C.ONE_OF, n("1"), n("2")),
    "${a} != 'x' and ${a} != 'y'": term(A, C.NONE_OF, t("x"), t("y")),
    "not(${a} = 'x' or ${a} = 'y')": term(A, C.NONE_OF, t("x"), t("y")),
    "${a} = ''": term(A, C.BLANK),
    "${a} != ''": term(A, C.ANSWERED),
    "not(${a} = '')": term(A, C.ANSWERED),
    "'' != ${a}": term(A, C.ANSWERED),
    "selected(${m}, 'x')": term(M, C.INCLUDES, t("x")),
    "selected(${m}, 'x') or selected(${m}, 'y')": term(M, C.INCLUDES, t("x"), t("y")),
    "selected(${m}, 'x') and selected(${m}, 'y')": term(M, C.INCLUDES_ALL, t("x"), t("y")),
    "not(selected(${m}, 'x'))": term(M, C.INCLUDES_NONE, t("x")),
    "not(selected(${m}, 'x') or selected(${m}, 'y'))": term(M, C.INCLUDES_NONE, t("x"), t("y")),
    "not(selected(${m}, 'x')) and not(selected(${m}, 'y'))": term(
        M, C.INCLUDES_NONE, t("x"), t("y")
    ),
    ". > 5": term(DOT, C.ABOVE, n("5")),
    "5 < .": term(DOT, C.ABOVE, n("5")),
    ". < 5": term(DOT, C.BELOW, n("5")),
    "5 >= .": term(DOT, C.AT_MOST, n("5")),
    ". >= -5": term(DOT, C.AT_LEAST, call("-", n("5"))),
    ". >= 0 and . <= 100": term(DOT, C.BETWEEN, n("0"), n("100")),
    ". >= 0 and . <= ${n}": term(DOT, C.BETWEEN, n("0"), N),
    ". <= ${n} * 1.1": term(DOT, C.AT_MOST, Chain(N, (("*", n("1.1")),), 0)),
    "${n} - ${b} > 0": term(Chain(N, (("-", B),), 0), C.ABOVE, n("0")),
    "sum(${n}) = ${b}": term(call("sum", N), C.IS, B),
    "count-selected(${m}) > 0": term(call("count-selected", M), C.ABOVE, n("0")),
    "string-length(.) <= 2000": term(call("string-length", DOT), C.AT_MOST, n("2000")),
    ". <= today()": term(DOT, C.AT_MOST, call("today")),
    "today() >= .": term(DOT, C.AT_MOST, call("today")),
    ". > date('2023-12-26')": term(DOT, C.ABOVE, call("date", t("2023-12-26"))),
    "row() != 'x'": term(call("row"), C.IS_NOT, t("x")),
    "cell(${n}, 'x') > 1": term(call("cell", N, t("x")), C.ABOVE, n("1")),
    "previous(${n}) > ${n}": term(call("previous", N), C.ABOVE, N),
    "regex(., '[0-9]+')": term(DOT, C.MATCHES, t("[0-9]+")),
    "contains(${a}, 'x')": term(A, C.CONTAINS, t("x")),
    "starts-with(${a}, 'x')": term(A, C.STARTS_WITH, t("x")),
    "ends-with(${a}, 'x')": term(A, C.ENDS_WITH, t("x")),
    "${a} = 'x' and ${n} > 1": all_of(term(A, C.IS, t("x")), term(N, C.ABOVE, n("1"))),
    "${a} = 'x' or ${n} > 1": any_of(term(A, C.IS, t("x")), term(N, C.ABOVE, n("1"))),
    "${a} = 'x' and (${n} > 1 or ${b} < 2)": all_of(
        term(A, C.IS, t("x")), any_of(term(N, C.ABOVE, n("1")), term(B, C.BELOW, n("2")))
    ),
    "${a} = 'x' or ${n} > 1 and ${b} < 2": any_of(
        term(A, C.IS, t("x")), all_of(term(N, C.ABOVE, n("1")), term(B, C.BELOW, n("2")))
    ),
    "not(${n} > 1)": none_of(term(N, C.ABOVE, n("1"))),
    "not(not(${n} > 1))": term(N, C.ABOVE, n("1")),
    "not(${n} > 1 or ${b} > 2)": none_of(term(N, C.ABOVE, n("1")), term(B, C.ABOVE, n("2"))),
    "not(${n} > 1 and ${b} > 2)": none_of(
        all_of(term(N, C.ABOVE, n("1")), term(B, C.ABOVE, n("2")))
    ),
    "${a} = 'x' or ${a} = ''": any_of(term(A, C.IS, t("x")), term(A, C.BLANK)),
    "${a} = 'x' or ${a} = ${b}": any_of(term(A, C.IS, t("x")), term(A, C.IS, B)),
    "true()": ALWAYS,
    "false()": NEVER,
    "not(true())": NEVER,
    "region = ${a}": term(parse("region"), C.IS, A),
    "${a} = concat('it', \"'\", 's \"so\"')": term(A, C.IS, t('it\'s "so"')),
}
UNSAID = (
    "${a}",
    "1",
    "'x'",
    "${a} + ${b}",
    "${a} = ${b} = ${n}",
    "1 < ${n} < 3",
    "if(${a} = 'x', 1, 0)",
    "if(${a} = 'x', 1, 0) = 1",
    "(${a} = 'x') = (${b} = 'y')",
    "${a} = 'x' and ${b}",
    "not(${a})",
    "boolean(${a})",
    "pulldata('t', 'c', 'k', ${a}) = '1'",
    "instance('l')/root/item[name = ${a}]/score > 1",
    "substr(${a}, 0, 1) = 'x'",
    "once(1) = 1",
    "selected-at(${m}, 0) = 'x'",
    "indexed-repeat(${n}, ${b}, 1) > 0",
    "position(.., 1) = 1",
    "selected(${m}, '')",
    "${n} > ''",
    "checklist(1, 2, ${a}, ${b})",
    "coalesce(${a}, ${a} = 'x') = 'x'",
)


@pytest.mark.parametrize(("text", "condition"), SAID.items(), ids=list(SAID))
def test_an_expression_says(text, condition):
    assert read(parse(text)) == condition


@pytest.mark.parametrize("text", UNSAID)
def test_no_sentence_says(text):
    assert read(parse(text)) is None


@pytest.mark.parametrize("condition", SAID.values(), ids=list(SAID))
def test_what_was_read_is_written_and_read_again(condition):
    assert read(parse(write(condition))) == condition


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5 < ${n}", "${n} > 5"),
        ("(((${a} = 'x')))", "${a} = 'x'"),
        ("not(${a} = 'x' or ${a} = 'y')", "${a} != 'x' and ${a} != 'y'"),
        (
            "${n} > 1 and (selected(${m}, 'x') or selected(${m}, 'y'))",
            "${n} > 1 and (selected(${m}, 'x') or selected(${m}, 'y'))",
        ),
        ('${a} = "it\'s"', '${a} = "it\'s"'),
        ("(1 + ${n}) * 2 > -(3 - ${b})", "(1 + ${n}) * 2 > -(3 - ${b})"),
        ("${n} - (${b} - 1) = 2", "${n} - (${b} - 1) = 2"),
    ],
)
def test_a_sentence_is_written_plainly(text, written):
    condition = read(parse(text))

    assert condition is not None
    assert write(condition) == written


@pytest.mark.parametrize("text", [*SAID, *UNSAID, "--${n}", "-(-(${n}))", "1.50", "a:b(1)"])
def test_the_text_of_nodes_is_read_as_the_same_nodes(text):
    node = bare(parse(text))

    assert bare(parse(text_of_node(node))) == node


# ---- on random conditions and answers

LIST = ChoiceList("l", tuple(Choice(code, {"vi": code}) for code in ("x", "y", "z")))
FORM = compile_definition(
    Definition(
        code="q",
        title={"vi": "Q"},
        lists={"l": LIST},
        children=(
            Question(name="a", kind=Kind.SELECT_ONE, list_name="l"),
            Question(name="b", kind=Kind.DECIMAL),
            Question(name="m", kind=Kind.SELECT_MULTIPLE, list_name="l"),
            Question(name="n", kind=Kind.INTEGER),
            Question(name="w", kind=Kind.TEXT),
        ),
    )
)
CODES = ("x", "y", "z")
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(
    lambda text: Text("".join(parse_text(text)), 0)
)
codes = st.sampled_from([t(code) for code in CODES])
figures = st.integers(-3, 3).map(
    lambda value: call("-", n(str(-value))) if value < 0 else n(str(value))
)
numbers = st.one_of(
    st.sampled_from([N, B]),
    st.builds(lambda a, s, b: Chain(a, ((s, b),), 0), st.just(N), st.sampled_from("+-*"), figures),
)


def parse_text(text: str) -> str:
    node = bare(parse(text_of_node(Text(text, 0))))
    assert isinstance(node, Text)
    return node.value


def with_values(subjects, comparisons, values, least=1, most=1):
    return st.builds(
        lambda s, c, v: Term(s, c, tuple(v)),
        subjects,
        st.sampled_from(comparisons),
        st.lists(values, min_size=least, max_size=most),
    )


ORDER = [C.IS, C.IS_NOT, C.ABOVE, C.BELOW, C.AT_LEAST, C.AT_MOST]
INCLUSION = [C.INCLUDES, C.INCLUDES_ALL, C.INCLUDES_NONE]
TEXTUAL = [C.IS, C.IS_NOT, C.CONTAINS, C.STARTS_WITH, C.ENDS_WITH]
terms = st.one_of(
    with_values(st.just(A), [C.ONE_OF, C.NONE_OF], codes, 1, 3),
    with_values(st.just(M), INCLUSION, codes, 1, 3),
    with_values(numbers, ORDER, st.one_of(figures, numbers)),
    with_values(numbers, [C.BETWEEN], figures, 2, 2),
    with_values(st.just(Reference("w", 0)), TEXTUAL, texts),
    with_values(st.sampled_from([A, M, N]), [C.ANSWERED, C.BLANK], codes, 0, 0),
)
conditions = st.recursive(
    terms,
    lambda inside: st.builds(
        lambda kind, parts: Group(kind, tuple(parts)),
        st.sampled_from(Joined),
        st.lists(inside, max_size=3),
    ),
    max_leaves=8,
)
figure = st.one_of(st.none(), st.integers(-5, 5).map(str))
answers = st.fixed_dictionaries(
    {
        "a": st.sampled_from([None, *CODES]),
        "b": figure,
        "m": st.sets(st.sampled_from(CODES)).map(lambda chosen: sorted(chosen) or None),
        "n": figure,
        "w": st.one_of(st.none(), st.text(st.sampled_from("xy'\""), min_size=1, max_size=3)),
    }
).map(lambda given: {name: value for name, value in given.items() if value is not None})


def value(node: Node, given_answers: dict[str, object]) -> object:
    context = Context(today=date(2026, 4, 1), now=datetime(2026, 4, 1, tzinfo=UTC))
    return FormState(FORM, answers=given_answers, context=context).evaluate(text_of_node(node))


@given(conditions)
def test_what_was_written_is_read_as_its_normal_form(condition):
    assert read(parse(write(condition))) == normal(condition)


@given(conditions)
def test_the_normal_form_is_normal(condition):
    assert normal(normal(condition)) == normal(condition)


@given(conditions, answers)
def test_reading_and_writing_keep_the_meaning(condition, given_answers):
    node = node_of(condition)
    again = read(parse(text_of_node(node)))

    assert again is not None
    assert value(node_of(again), given_answers) == value(node, given_answers)
