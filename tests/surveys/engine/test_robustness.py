"""No input makes the engine raise anything but its own errors."""

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.engine import (
    Cell,
    EvaluationError,
    ExpressionError,
    Form,
    FormState,
    Kind,
    Question,
    Repeat,
    Table,
    Totals,
    compile_definition,
    initial_answers,
)
from surveys.engine.expressions import parse
from surveys.engine.expressions.compiler import SPECIAL
from surveys.engine.expressions.functions import FUNCTIONS
from tests.surveys.engine.factories import CONTEXT, definition, state

OFTEN = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
CHARACTERS = st.characters(codec=None, exclude_categories=())
LISTED = {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}
KINDS = tuple(
    Question(
        name=f"q_{kind}",
        kind=kind,
        list_name="colours" if kind in LISTED else "",
        calculation="${q_text}" if kind is Kind.CALCULATE else "",
        required="yes",
        or_other=kind is Kind.SELECT_ONE,
    )
    for kind in Kind
)
ROWS = Repeat(
    name="r",
    children=(
        Question(name="r_n", kind=Kind.INTEGER, parameters={"unique": "yes"}),
        Question(name="r_t", kind=Kind.TEXT, constraint="string-length(.) < 5"),
    ),
)
TABLE = Table(
    name="t",
    row_list="rows",
    totals=Totals.BOTH,
    columns=(
        Question(name="t_n", kind=Kind.DECIMAL),
        Question(name="t_sum", kind=Kind.DECIMAL, calculation="${t_n} * 2"),
    ),
)
EVERYTHING: Form = compile_definition(definition(*KINDS, ROWS, TABLE))
NAMES = tuple(EVERYTHING.parts)

ATOMS = st.one_of(
    st.sampled_from([f"${{{name}}}" for name in NAMES]),
    st.sampled_from(["''", "'a'", "'red'", "'2026-02-30'", "'9:99'", "'%Y%q'", "'('", "0", "-1"]),
    st.sampled_from(
        ["1.5", "9" * 40, "9" * 300, "0." + "0" * 250 + "1", ".", "'colours'", "'name'"]
    ),
    st.sampled_from(["name", "..", "${nobody}", "'${q_select_one}'"]),
)
OPERATORS = ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Calls and operations over ``inner``."""
    calls = st.builds(
        lambda name, arguments: f"{name}({', '.join(arguments)})",
        st.sampled_from(sorted({*FUNCTIONS, *SPECIAL} - {"-"})),
        st.lists(inner, max_size=4),
    )
    pairs = st.builds(
        lambda left, sign, right: f"({left} {sign} {right})",
        inner,
        st.sampled_from(OPERATORS),
        inner,
    )
    return calls | pairs | inner.map(lambda each: f"-{each}")


EXPRESSIONS = st.recursive(ATOMS, joined, max_leaves=12)
SOUP = st.lists(
    ATOMS | st.sampled_from([*OPERATORS, "(", ")", "[", "]", ",", "/", "instance", "if", "${"]),
    max_size=30,
).map(" ".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(CHARACTERS, max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["_id", "north", *NAMES]), inner, max_size=3)
    ),
    max_leaves=8,
)
STORED = st.sampled_from(["1", "-2.5", "9" * 60, "1e5", "2026-02-30", "2026-11-05", "25:00", "red"])
ANSWERS = st.dictionaries(st.sampled_from(NAMES), JSON | STORED, max_size=8)


@OFTEN
@given(st.text(CHARACTERS, max_size=200) | SOUP)
def test_any_text_is_parsed_or_refused(written: str):
    with suppress(ExpressionError):
        parse(written)


@OFTEN
@given(EXPRESSIONS, ANSWERS)
def test_any_expression_over_any_answers_has_a_value_or_is_refused(
    expression: str, answers: dict[str, Any]
):
    with suppress(ExpressionError, EvaluationError):
        value = state(EVERYTHING, answers).evaluate(expression)

        assert value is None or isinstance(value, str | bool | list)


@OFTEN
@given(st.lists(EXPRESSIONS | SOUP, min_size=8, max_size=8))
def test_any_rules_make_a_form_that_can_be_filled_in(rules: list[str]):
    asked = Question(
        name="q_text",
        kind=Kind.SELECT_ONE,
        list_name="colours",
        choice_filter=rules[0],
        relevant=rules[1],
        required=rules[2],
        constraint=rules[3],
        default=rules[4],
    )
    made = Question(name="q_integer", kind=Kind.INTEGER, calculation=rules[5])
    rows = Repeat(name="r", repeat_count=rules[6], children=ROWS.children)
    cells = Table(name="t", row_list="rows", closed=rules[7], columns=TABLE.columns)
    form = compile_definition(definition(asked, made, rows, cells))

    filled = FormState(form, answers=initial_answers(form, CONTEXT), context=CONTEXT)
    filled.set("q_text", Cell(value="red"))

    filled.findings()
    assert isinstance(filled.submission(), dict)


@OFTEN
@given(ANSWERS)
def test_any_stored_answers_can_be_judged_and_frozen(answers: dict[str, Any]):
    read = state(EVERYTHING, answers)

    read.findings()
    read.progress()
    read.totals("t")
    assert isinstance(read.submission(), dict)


@OFTEN
@given(
    st.sampled_from([question.name for question in KINDS]),
    st.text(CHARACTERS, max_size=60)
    | STORED
    | st.lists(st.text(CHARACTERS, max_size=9), max_size=3),
)
def test_whatever_is_typed_becomes_an_answer_or_is_kept_as_typed(name: str, typed: str | list[str]):
    read = state(EVERYTHING)
    cell = read.read_input(name, typed)

    read.set(name, cell)

    assert not (cell.value is not None and cell.typed)
    read.findings()


def test_the_form_of_these_tests_has_no_problems():
    assert EVERYTHING.problems == ()
