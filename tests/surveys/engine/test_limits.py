"""Every piece of work ends soon, whatever it is given."""

import time
from collections.abc import Callable

import pytest

from surveys.engine import Cell, FormState, compile_definition, errors
from tests.surveys.engine.factories import calculate, definition, form, integer, state

LONG = 5_000


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def chained() -> FormState:
    """Each question is one more than the one before."""
    first = integer("q0")
    rest = (calculate(f"q{i}", f"${{q{i - 1}}} + 1") for i in range(1, LONG))
    return state(form(first, *rest), {"q0": "1"})


def test_a_long_chain_of_calculations_has_its_value():
    assert chained().value(f"q{LONG - 1}") == str(LONG)


@pytest.mark.parametrize("work", [FormState.findings, FormState.submission, FormState.progress])
def test_a_long_chain_read_from_above_is_worked_out_in_linear_time(work):
    read = chained()

    assert seconds(lambda: work(read)) < 1


def test_a_change_at_the_foot_of_a_long_chain_moves_all_of_it():
    read = chained()

    assert len(read.set("q0", Cell(value="7")).changed) == LONG


def test_a_long_chain_of_conditions_is_worked_out_in_linear_time():
    links = (integer(f"q{i}", relevant=f"${{q{i - 1}}} > 0") for i in range(1, LONG))
    read = state(form(integer("q0"), *links), {f"q{i}": "1" for i in range(LONG)})

    assert seconds(read.findings) < 1


def test_of_many_circles_the_first_twenty_are_reported():
    pairs = [
        (calculate(f"a{i}", f"${{b{i}}}"), calculate(f"b{i}", f"${{a{i}}}")) for i in range(1_000)
    ]
    found = errors(
        compile_definition(definition(*(each for pair in pairs for each in pair))).problems
    )

    assert [problem.code for problem in found] == ["cycle"] * 20


def test_many_unknown_names_among_many_known_ones_are_reported_soon():
    wrong = definition(*(calculate(f"a{i}", f"${{xa{i}}}") for i in range(2_000)))

    assert seconds(lambda: compile_definition(wrong)) < 2
