"""What random respondents find out about a form."""

import re
from dataclasses import replace

import pytest

from surveys.engine import (
    Group,
    Kind,
    Question,
    Repeat,
    Severity,
    Table,
    compile_definition,
)
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
        [
            Table(
                name="t",
                row_list="rows",
                columns=(
                    integer("x", required=YES),
                    integer("y", required=YES),
                    calculate("whole", "${x} + ${y}", constraint=". = 100"),
                ),
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


EXACTLY = integer("n", required=YES, constraint=". = 731954")
LATER = "${n} = 731954"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "element",
    [
        text("a", relevant=LATER, required=YES),
        Group(name="inner", relevant=LATER, children=(text("a"),)),
        Table(name="t", row_list="rows", relevant=LATER, columns=(integer("a"),)),
        Repeat(name="r", repeat_count="1", relevant=LATER, children=(integer("a"),)),
    ],
)
def test_what_comes_up_after_a_mended_answer_is_come_to_as_well(element, seed):
    simulation = simulated(Group(name="g", children=(EXACTLY, element)), respondents=1, seed=seed)

    assert (simulation.finished, simulation.unreached) == (1, ())


@pytest.mark.parametrize(
    "children",
    [
        [Repeat(name="r", repeat_count="2", children=(EXACTLY,))],
        [Table(name="t", row_list="rows", columns=(EXACTLY,))],
        [
            integer("top", required=YES, constraint=". > 900000"),
            integer("n", constraint="${top} > ."),
        ],
        [
            Table(name="t", row_list="rows", columns=(integer("a", required=YES),)),
            integer("total", required=YES, constraint=". = sum(${a})"),
        ],
        [integer("share", required=YES, constraint=". * 7 = 49 or . = 3")],
        [text("t", required=YES, constraint=". = 'chìa khóa'")],
        [several("c", "colours", required=YES, constraint="count-selected(.) = 2")],
        [select("c", "colours", required=YES, choice_filter="name = 'red'")],
        [integer("hidden", relevant="1 = 2", required=YES)],
        [integer("fixed", required=YES, read_only=YES)],
        [integer("warned", required=YES, warning=". > 99999999")],
    ],
)
def test_figures_that_must_fit_are_made_to_fit_by_everybody(children):
    assert simulated(*children, respondents=10).finished == 10


def test_what_nobody_came_to_is_a_warning_at_its_place():
    inside = Group(name="g", children=(integer("n"), text("a", relevant="${n} * 0 = 1")))

    (problem,) = simulated(inside, respondents=5).problems

    assert (problem.code, problem.at, problem.name, problem.severity) == (
        "never_reached",
        "g/a",
        "a",
        Severity.WARNING,
    )


def test_where_all_are_stopped_is_an_error_with_an_example():
    stuck = Group(name="g", children=(integer("a", required=YES, constraint=". * 0 = ${b}"),))
    simulation = simulated(calculate("b", "1"), stuck, respondents=5, seed=3)

    assert (simulation.respondents, simulation.seed, simulation.finished) == (5, 3, 0)
    (blocked,) = simulation.blocked
    assert (blocked.name, blocked.code, blocked.respondents, blocked.reached) == (
        "a",
        "constraint_failed",
        5,
        5,
    )
    assert re.fullmatch(r"a='-?[0-9]+', b='1'", blocked.example)
    (problem,) = simulation.problems
    assert (problem.code, problem.at, problem.name, problem.severity) == (
        "always_blocked",
        "g/a",
        "a",
        Severity.ERROR,
    )


def test_an_example_shows_the_answers_of_the_row_that_stops():
    columns = (calculate("place", "row()"), integer("a", required=YES, constraint=". * 0 = 1"))
    table = Table(name="t", row_list="rows", closed="row() = 'south'", columns=columns)
    table = replace(
        table,
        columns=(
            columns[0],
            integer("a", required=YES, constraint=". * 0 = string-length(${place})"),
        ),
    )

    (blocked,) = simulated(table, respondents=3).blocked

    assert re.fullmatch(r"a='-?[0-9]+', place='north'", blocked.example)


def test_where_some_are_stopped_is_a_warning():
    kind = Question(name="kind", kind=Kind.HIDDEN)
    stuck = integer("a", required=YES, constraint="${kind} = 'free' or . * 0 = 1")

    simulation = simulated(kind, stuck)

    (blocked,) = simulation.blocked
    assert 0 < blocked.respondents < blocked.reached == 30
    assert blocked.respondents == 30 - simulation.finished
    assert "kind='khac'" in blocked.example
    assert [(each.code, each.severity) for each in simulation.problems] == [
        ("path_blocked", Severity.WARNING)
    ]


def test_a_question_that_is_not_required_is_left_out_by_some():
    answered = integer("a")
    stopped = calculate("b", "if(${a} = '', 1, 0)", constraint=". * 0 = 1 or . = 1")

    assert 0 < simulated(answered, stopped, respondents=60).finished <= 60


def test_a_repeat_has_none_to_two_rows():
    rows = calculate("rows", "count(${r})", constraint=". = 7")

    examples = {
        simulated(Repeat(name="r", children=(text("a"),)), rows, respondents=1, seed=seed)
        .blocked[0]
        .example.split(",")[0]
        for seed in range(12)
    }

    assert examples == {"rows='0'", "rows='1'", "rows='2'"}


def test_a_calculation_on_no_page_is_nothing_to_come_to():
    simulation = simulated(Group(name="g", children=(text("a"),)), calculate("c", "1"))

    assert simulation.unreached == ()


def test_cells_that_open_late_are_come_to_as_well():
    table = Table(
        name="t",
        row_list="rows",
        columns=(
            integer("n", required=YES, constraint=". = 7319"),
            text("why", relevant="${n} = 7319", required=YES),
        ),
    )

    simulation = simulated(Group(name="g", children=(table,)), respondents=1)

    assert (simulation.finished, simulation.unreached) == (1, ())
