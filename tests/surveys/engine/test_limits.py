"""Every piece of work ends soon, whatever it is given."""

import pytest

from surveys.engine import (
    Cell,
    EvaluationError,
    ExpressionError,
    FormState,
    Repeat,
    compile_definition,
    errors,
)
from tests.effort import calls_of
from tests.surveys.engine.factories import (
    calculate,
    definition,
    evaluate,
    form,
    integer,
    state,
    text,
)

LONG = 5_000


def chained(length: int = LONG) -> FormState:
    """Each question is one more than the one before."""
    first = integer("q0")
    rest = (calculate(f"q{i}", f"${{q{i - 1}}} + 1") for i in range(1, length))
    return state(form(first, *rest), {"q0": "1"})


def conditioned(length: int = LONG) -> FormState:
    """Each question is shown by the one before."""
    links = (integer(f"q{i}", relevant=f"${{q{i - 1}}} > 0") for i in range(1, length))
    return state(form(integer("q0"), *links), {f"q{i}": "1" for i in range(length)})


def test_a_long_chain_of_calculations_has_its_value():
    assert chained().value(f"q{LONG - 1}") == str(LONG)


@pytest.mark.parametrize("work", [FormState.findings, FormState.submission, FormState.progress])
def test_a_long_chain_read_from_above_is_worked_out_in_linear_time(work):
    short, long = chained(LONG // 2), chained()

    assert calls_of(lambda: work(long)) < 2.2 * calls_of(lambda: work(short))


def test_a_change_at_the_foot_of_a_long_chain_moves_all_of_it():
    read = chained()

    assert len(read.set("q0", Cell(value="7")).changed) == LONG


def test_a_long_chain_of_conditions_is_worked_out_in_linear_time():
    short, long = conditioned(LONG // 2), conditioned()

    assert calls_of(long.findings) < 2.2 * calls_of(short.findings)


def test_of_many_circles_the_first_twenty_are_reported():
    pairs = [
        (calculate(f"a{i}", f"${{b{i}}}"), calculate(f"b{i}", f"${{a{i}}}")) for i in range(1_000)
    ]
    found = errors(
        compile_definition(definition(*(each for pair in pairs for each in pair))).problems
    )

    assert [problem.code for problem in found] == ["cycle"] * 20


def test_many_unknown_names_are_not_each_compared_with_all_known_ones():
    number = 2_000
    wrong = definition(*(calculate(f"a{i}", f"${{xa{i}}}") for i in range(number)))

    assert calls_of(lambda: compile_definition(wrong)) < number**2 / 4


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("(" * 100_000 + "1" + ")" * 100_000, "expression_too_long"),
        ("(" * 65 + "1" + ")" * 65, "nesting_too_deep"),
        ("(1 or 1 and 1 = 1 < 1 + 1 * " * 60 + "1" + ")" * 60, "nesting_too_deep"),
        ("9" * 29, "number_too_large"),
        ("0." + "3" * 29, "number_too_large"),
        ("regex('a', '((a{100}){100}){100}')", "pattern_unreadable"),
        ("regex('a', '\ud800')", "pattern_unreadable"),
        ("regex('a', 'a{1001}')", "pattern_unreadable"),
        ("regex('aa', '(a)\\1')", "pattern_unreadable"),
        ("9^9^9", "expression_unreadable"),
        ("(" * 100_000, "expression_too_long"),
        ("(" * 9_999, "nesting_too_deep"),
        (")" * 9_999, "expression_unreadable"),
        ("[" * 9_999, "nesting_too_deep"),
        ("concat(" * 65 + "'a'" + ")" * 65, "nesting_too_deep"),
    ],
)
def test_what_goes_beyond_a_limit_is_refused(expression, code):
    with pytest.raises(ExpressionError) as refusal:
        evaluate(expression)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("pow(9, pow(9, 9))", None),
        ("pow(9, pow(9, pow(9, 9)))", None),
        ("exp(" + "9" + "0" * 299 + ")", None),
        ("exp(-" + "9" + "0" * 299 + ")", "0"),
        ("9" + "0" * 299 + " * " + "9" + "0" * 299, None),
        ("substr('abc', 0, pow(9, 99))", "abc"),
        ("selected-at('a b', pow(9, 99))", None),
        ("add-months(today(), pow(9, 99))", None),
        ("date(pow(9, 99))", None),
        ("pow(0.9999999999, " + "9" + "0" * 299 + ")", "0"),
        ("round(1.5, -" + "9" + "0" * 299 + ")", "0"),
        ("today() + " + "9" + "0" * 299, None),
        ("regex('" + "a" * 5_000 + "!', '(a+)+$')", False),
        ("regex('" + "a" * 3_000 + "!', '(a|a)*(a|aa)+$')", False),
        ("regex('\ud800', '[a-z]')", False),
        ("-" * 9_000 + "1", "1"),
        ("1" + "+1" * 4_900, "4901"),
        ("if(1 = 1, 1 + " * 60 + "1" + ", 0)" * 60, "61"),
    ],
)
def test_what_is_huge_has_its_value(expression, value):
    assert evaluate(expression) == value


def test_a_text_that_doubles_forty_times_is_refused():
    doubled = (calculate(f"q{i}", f"concat(${{q{i - 1}}}, ${{q{i - 1}}})") for i in range(1, 41))
    read = state(form(text("q0"), *doubled), {"q0": "x" * 1_000})

    assert read.value("q6") == "x" * 64_000
    assert [(each.code, each.path) for each in read.findings()][-1] == ("expression_failed", "q7")


def test_a_joined_text_that_becomes_too_long_is_refused():
    with pytest.raises(EvaluationError) as refusal:
        evaluate("join(${a}" + ", ${a}" * 20 + ")", a="x" * 9_000)

    assert refusal.value.code == "text_too_long"


def test_more_cells_than_a_response_may_have_are_a_problem_and_are_not_gone_through():
    columns = tuple(integer(f"c{i}", required="yes") for i in range(25))
    read = state(form(Repeat(name="r", repeat_count="900", children=columns)))

    assert [(each.code, each.path) for each in read.findings()] == [("too_many_cells", "r")]
