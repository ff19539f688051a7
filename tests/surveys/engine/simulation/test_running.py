"""What random respondents find out about a form."""

import pytest

from surveys.engine import Kind, Question, Repeat, Table, compile_definition
from surveys.engine.simulation import FormUnusable, Simulation, simulate
from tests.surveys.engine.factories import (
    CONTEXT,
    calculate,
    definition,
    form,
    integer,
    select,
    several,
    text,
)

YES = "true()"


def simulated(*children, respondents: int = 30, seed: int = 1) -> Simulation:
    return simulate(form(*children), respondents=respondents, seed=seed, context=CONTEXT)


@pytest.mark.parametrize(
    ("children", "unreached"),
    [
        ([text("a")], ()),
        ([select("q", "yes_no"), text("a", relevant="${q} = 'yes'")], ()),
        ([integer("n"), text("a", relevant="${n} = 731954")], ()),
        ([integer("n"), text("a", relevant="${n} * 0 = 1")], ("a",)),
        ([several("c", "colours"), text("a", relevant="selected(${c}, 'green')")], ()),
        ([text("t"), text("a", relevant="${t} = 'chìa khóa'")], ()),
        ([Question(name="h", kind=Kind.HIDDEN), text("a", relevant="${h} = 'province'")], ()),
        ([integer("n", relevant="false()"), text("a", relevant="${n} > 0")], ("n", "a")),
        ([Repeat(name="r", children=(text("a"),))], ()),
        ([Repeat(name="r", repeat_count="0", children=(text("a"),))], ("a",)),
        ([Table(name="t", row_list="rows", columns=(integer("n"),))], ()),
        ([Table(name="t", row_list="rows", closed="true()", columns=(integer("n"),))], ("n",)),
    ],
)
def test_questions_that_nobody_came_to_are_named(children, unreached):
    assert simulated(*children).unreached == unreached


@pytest.mark.parametrize(
    "children",
    [
        [integer("n", required=YES, constraint=". >= 1000 and . <= 1001")],
        [text("phone", required=YES, constraint="regex(., '0[0-9]{9}')")],
        [integer("total", required=YES), integer("part", required=YES, constraint=". <= ${total}")],
        [
            integer("a", required=YES),
            integer("b", required=YES),
            integer("sum", required=YES, constraint=". = ${a} + ${b}"),
        ],
        [
            integer("a", required=YES),
            integer("b", required=YES),
            calculate("rest", "${a} - ${b}", constraint=". >= 0"),
        ],
        [
            integer("total", required=YES),
            Table(
                name="t",
                row_list="rows",
                constraint="sum(${n}) = ${total}",
                columns=(integer("n", required=YES),),
            ),
        ],
        [Question(name="d", kind=Kind.DATE, required=YES, constraint=". <= today()")],
        [Question(name="s", kind=Kind.RANGE, parameters={"start": "1", "end": "5"}, required=YES)],
    ],
)
def test_checks_that_can_be_met_are_met_by_everybody(children):
    assert simulated(*children).finished == 30


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (integer("a", required=YES, constraint=". > 5 and . < 3"), "constraint_failed"),
        (select("a", "yes_no", required=YES, choice_filter="name = 'maybe'"), "required_missing"),
    ],
)
def test_a_check_that_nobody_can_meet_is_an_error(question, code):
    simulation = simulated(question)

    assert [(each.name, each.code, each.respondents) for each in simulation.blocked] == [
        ("a", code, 30)
    ]
    assert [each.code for each in simulation.problems] == ["always_blocked"]


def test_a_path_that_blocks_is_named_with_the_answers_that_lead_there():
    asked = select("q", "yes_no", required=YES)
    blocked = integer("a", required=YES, constraint=". * 0 = 1 or ${q} = 'no'")

    simulation = simulated(asked, blocked)

    assert [each.code for each in simulation.problems] in (["path_blocked"], [])
    assert all("q='yes'" in each.example for each in simulation.blocked)


def test_the_same_seed_gives_the_same_simulation():
    children = [select("q", "yes_no", required=YES), integer("n", constraint=". * ${n} > 50")]

    assert simulated(*children, seed=4) == simulated(*children, seed=4)


def test_a_form_with_errors_is_not_simulated():
    broken = compile_definition(definition(text("a", relevant="${gone} = 1")))

    with pytest.raises(FormUnusable):
        simulate(broken, respondents=1, seed=1, context=CONTEXT)


def test_the_text_behind_other_is_reached():
    chosen = select("colour", "colours", or_other=True)

    assert simulated(chosen).unreached == ()
