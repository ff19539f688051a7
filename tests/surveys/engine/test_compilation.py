"""What a definition is told before anybody answers it."""

import pytest

from surveys.engine import (
    Choice,
    ChoiceList,
    Element,
    Group,
    Indicator,
    Kind,
    Problem,
    Question,
    Repeat,
    Severity,
    Table,
    compile_definition,
    errors,
)
from tests.surveys.engine.factories import (
    LISTS,
    calculate,
    codes,
    definition,
    form,
    integer,
    select,
    several,
    state,
    text,
)


def test_an_unknown_reference_names_its_place_and_the_nearest_name():
    compiled = compile_definition(
        definition(
            Group(
                name="a", children=(integer("staff_total"), text("b", relevant="${staff_totl} > 1"))
            )
        )
    )

    assert compiled.problems == (
        Problem(
            "reference_unknown",
            "a/b.relevant",
            "staff_totl",
            "At character 1: there is no question ${staff_totl}. Did you mean ${staff_total}?",
        ),
    )


def test_a_circle_of_calculations_names_its_members():
    compiled = compile_definition(
        definition(calculate("a", "${b} + 1"), calculate("b", "${c}"), calculate("c", "${a}"))
    )

    (problem,) = errors(compiled.problems)
    assert problem.code == "cycle"
    assert "a → b → c → a" in problem.advice


def test_a_question_that_shows_itself_is_a_circle():
    assert codes(integer("a", relevant="${a} > 1")) == ["cycle"]


def test_a_group_hidden_by_its_own_question_is_a_circle():
    assert codes(Group(name="g", relevant="${a} = 1", children=(integer("a"),))) == ["cycle"]


def test_two_circles_are_both_reported():
    assert codes(
        calculate("a", "${b}"),
        calculate("b", "${a}"),
        calculate("c", "${d}"),
        calculate("d", "${c}"),
    ) == ["cycle", "cycle"]


def test_answers_under_a_circle_are_still_read():
    compiled = compile_definition(
        definition(calculate("a", "${b}"), calculate("b", "${a}"), text("c"))
    )

    assert state(compiled, {"c": "x"}).submission() == {"c": "x"}


def test_checks_that_look_at_each_other_are_no_circle():
    assert codes(integer("a", constraint=". < ${b}"), integer("b", constraint=". > ${a}")) == []


WRONG: list[tuple[tuple[Element, ...], str]] = [
    ((text("a"), text("a")), "name_repeated"),
    ((text("a b"),), "name_invalid"),
    ((select("a", "nowhere"),), "list_unknown"),
    ((Table(name="t", row_list="nowhere"),), "list_unknown"),
    ((Repeat(name="r", children=(Repeat(name="s", children=(text("a"),)),)),), "nested_repeat"),
    ((Question(name="a", kind=Kind.CALCULATE),), "calculation_missing"),
    ((integer("a", band="twice"),), "band_unreadable"),
    ((text("a", band="20%"),), "band_without_figure"),
    ((integer("a", relevant="cuont(1)"),), "function_unknown"),
    ((integer("a", calculation="today()"),), "type_mismatch"),
    ((integer("a", constraint=". >"),), "expression_unreadable"),
    ((text("a", trigger="${none}", calculation="1"),), "reference_unknown"),
    ((several("a", "colours", choice_filter="nme = 'x'"),), "column_unknown"),
    ((Group(name="g"), text("a", relevant="${g} = 1")), "reference_unsuitable"),
    (
        (
            Table(name="t", row_list="rows", columns=(integer("c"),)),
            integer("a", constraint="cell(${c}, 'nort') = 1"),
        ),
        "row_unknown",
    ),
    ((text("a"), text("b", calculation="cell(${a}, 'north')")), "argument_unsuitable"),
    ((text("b", calculation="count('a')"),), "argument_unsuitable"),
    (
        (Repeat(name="r", children=(text("a"),)), text("b", calculation="previous(${a})")),
        "sequence_for_value",
    ),
    (
        (
            Repeat(name="r", children=(text("a"),)),
            Repeat(name="s", children=(text("b"),)),
            text("c", calculation="indexed-repeat(${a}, ${s}, 1)"),
        ),
        "argument_unsuitable",
    ),
    ((text("a"), text("c", calculation="jr:choice-name('x', '${a}')")), "argument_unsuitable"),
]


ROWS = Repeat(name="r", children=(text("inside"),))
CELLS = Table(name="t", row_list="rows", columns=(integer("column"),))
OTHERS = (text("plain"), integer("figure"), select("chosen", "yes_no"), Group(name="g"))
REFUSED = [
    ("count(1)", "argument_unsuitable"),
    ("count(${g})", "argument_unsuitable"),
    ("count(${plain})", "argument_unsuitable"),
    ("count(${nobody})", "reference_unknown"),
    ("count(${r}, 1)", "arguments_wrong"),
    ("position(1)", "path_unsupported"),
    ("position(..)", "outside_repeat"),
    ("row()", "outside_table"),
    ("indexed-repeat('x', ${r}, 1)", "argument_unsuitable"),
    ("indexed-repeat(${inside}, 'r', 1)", "argument_unsuitable"),
    ("indexed-repeat(${inside}, ${t}, 1)", "argument_unsuitable"),
    ("indexed-repeat(${inside}, ${nobody}, 1)", "reference_unknown"),
    ("indexed-repeat(${r}, ${r}, 1)", "argument_unsuitable"),
    ("cell(1, 'north')", "argument_unsuitable"),
    ("cell(${inside}, 'north')", "argument_unsuitable"),
    ("cell(${column}, 'west')", "row_unknown"),
    ("previous(1)", "argument_unsuitable"),
    ("previous(${inside})", "sequence_for_value"),
    ("missing-code(1)", "argument_unsuitable"),
    ("missing-code(${column})", "sequence_for_value"),
    ("jr:choice-name(${chosen}, 'chosen')", "argument_unsuitable"),
    ("jr:choice-name(${chosen}, '${figure}')", "argument_unsuitable"),
    ("jr:choice-name(${chosen}, '${nobody}')", "reference_unknown"),
    ("pulldata(${plain}, 'a', 'b', 'c')", "argument_unsuitable"),
    ("pulldata('yes_no', ${plain}, 'name', 'c')", "argument_unsuitable"),
    ("pulldata('yes_no', 'label', ${plain}, 'c')", "argument_unsuitable"),
    ("pulldata('yes_no', 'label', 'name')", "arguments_wrong"),
    ("pulldata('yes_no', 'nothing', 'name', 'c')", "column_unknown"),
    ("regex(${plain}, '[')", "pattern_unreadable"),
    ("once(1, 2)", "arguments_wrong"),
    ("if(1, 2)", "arguments_wrong"),
    ("coalesce()", "arguments_wrong"),
    ("${inside} = 1", "sequence_for_value"),
]


@pytest.mark.parametrize(("expression", "code"), REFUSED)
def test_an_argument_that_does_not_fit_is_told_once(expression: str, code: str):
    assert codes(*OTHERS, ROWS, CELLS, text("asking", relevant=expression)) == [code]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count(${r})", "2"),
        ("count(${inside})", "2"),
        ("count(${t})", "2"),
        ("indexed-repeat(${inside}, ${r}, 1)", "một"),
        ("indexed-repeat(${inside}, ${r}, 2.9)", "hai"),
        ("indexed-repeat(${inside}, ${r}, 3)", None),
        ("indexed-repeat(${column}, ${t}, 2)", "8"),
        ("cell(${column}, 'south')", "8"),
        ("cell(${column}, ${plain})", "7"),
        ("cell(${column}, concat(${plain}, 'x'))", None),
        ("jr:choice-name(${chosen}, '${chosen}')", "Nhãn yes"),
        ("jr:choice-name('no', ' ${ chosen } ')", "Nhãn no"),
        ("jr:choice-name('no yes', ${chosen})", "Nhãn no, Nhãn yes"),
        ("jr:choice-name('no never', ${chosen})", "Nhãn no"),
        ("pulldata('yes_no', 'label', 'name', ${chosen})", "Nhãn yes"),
        ("pulldata('yes_no', 'label', 'name', 'never')", None),
        ("if(${figure} > 1, ${plain}, ${chosen})", "north"),
        ("coalesce(1 div 0, ${plain}, ${chosen})", "north"),
        ("regex(${plain}, 'n.*')", True),
        ("regex(${plain}, 'n')", False),
        ("-${figure}", "-5"),
        ("-${plain}", None),
    ],
)
def test_functions_that_know_their_question_read_it(expression: str, value: object):
    answers = {
        "plain": "north",
        "figure": "5",
        "chosen": "yes",
        "r": [{"_id": "x", "inside": "một"}, {"_id": "y", "inside": "hai"}],
        "t": {"north": {"column": "7"}, "south": {"column": "8"}},
    }

    assert state(form(*OTHERS, ROWS, CELLS), answers).evaluate(expression) == value


@pytest.mark.parametrize(
    ("kind", "calculation", "is_told"),
    [
        (Kind.INTEGER, "today()", True),
        (Kind.DECIMAL, "now()", True),
        (Kind.INTEGER, "1 = 1", False),
        (Kind.INTEGER, "'5'", False),
        (Kind.DATE, "1 = 1", True),
        (Kind.DATE, "1 + 1", False),
        (Kind.DATE, "now()", False),
        (Kind.DATETIME, "1 = 1", True),
        (Kind.DATETIME, "today()", False),
        (Kind.TEXT, "today()", False),
        (Kind.CALCULATE, "today()", False),
    ],
)
def test_a_calculation_that_its_question_cannot_hold_is_told(kind, calculation, is_told):
    expected = ["type_mismatch"] if is_told else []

    assert codes(Question(name="a", kind=kind, calculation=calculation)) == expected


def test_a_calculation_of_another_type_is_told_at_its_field():
    (problem,) = compile_definition(definition(integer("a", calculation="today()"))).problems

    assert (problem.code, problem.at, problem.name) == ("type_mismatch", "a.calculation", "a")


@pytest.mark.parametrize(
    ("element", "at"),
    [
        (Group(name="g", children=(integer("a", relevant="${x} = 1"),)), "g/a.relevant"),
        (Repeat(name="r", repeat_count="${x}", children=(text("a"),)), "r.repeat_count"),
        (Table(name="t", row_list="rows", closed="${x} = 1", columns=(text("a"),)), "t.closed"),
        (integer("a", constraint=". > ${x}"), "a.constraint"),
        (integer("a", warning=". > ${x}"), "a.warning"),
        (integer("a", required="${x} = 1"), "a.required"),
        (integer("a", read_only="${x} = 1"), "a.read_only"),
        (integer("a", default="${x} + 1"), "a.default"),
        (select("a", "yes_no", choice_filter="name = ${x}"), "a.choice_filter"),
        (integer("a", calculation="1", trigger="${x}"), "a.trigger"),
        (integer("a", calculation="${x} + 1"), "a.calculation"),
    ],
)
def test_a_problem_names_its_field_and_the_word_that_is_wrong(element: Element, at: str):
    problems = compile_definition(definition(element)).problems

    assert [(each.code, each.at, each.name) for each in problems] == [
        ("reference_unknown", at, "x")
    ]


@pytest.mark.parametrize(
    ("children", "code"), WRONG, ids=[f"{code}-{i}" for i, (_, code) in enumerate(WRONG)]
)
def test_a_wrong_definition_is_told_by_code(children: tuple[Element, ...], code: str):
    assert codes(*children) == [code]


def test_a_choice_that_stands_twice_in_a_list_is_told():
    twice = ChoiceList("l", (Choice("x", {}), Choice("x", {})))

    assert codes(select("a", "l"), lists={"l": twice}) == ["choice_repeated"]


def test_a_comparison_with_a_code_the_list_lacks_is_a_warning():
    compiled = compile_definition(
        definition(select("a", "yes_no"), text("b", relevant="${a} = 'yess'"))
    )

    (problem,) = compiled.problems
    assert (problem.code, problem.severity) == ("choice_unknown", Severity.WARNING)
    assert problem.advice.endswith("Did you mean 'yes'?")


def test_a_key_that_is_not_unique_in_a_lookup_is_a_warning():
    provinces = ChoiceList(
        "p",
        (Choice("1", {}, extra={"k": "x", "v": "a"}), Choice("2", {}, extra={"k": "x", "v": "b"})),
    )
    compiled = compile_definition(
        definition(calculate("a", "pulldata('p', 'v', 'k', 'x')"), lists={"p": provinces})
    )

    assert [problem.code for problem in compiled.problems] == ["key_repeated"]
    assert state(compiled).value("a") == "a"


def test_unlike_branches_are_a_warning_and_give_text():
    compiled = compile_definition(definition(text("a"), calculate("b", "if(${a} = 'x', 5, 'y')")))

    assert [problem.code for problem in compiled.problems] == ["types_unlike"]
    assert state(compiled, {"a": "x"}).value("b") == "5"


def test_the_expressions_of_indicators_are_checked():
    wrong = Indicator(code="T1", label={}, numerator="${none}")

    (problem,) = compile_definition(definition(text("a"), indicators=(wrong,))).problems

    assert (problem.code, problem.at) == ("reference_unknown", "indicators/T1.numerator")


def test_more_cells_than_a_response_may_have_are_told():
    many = ChoiceList("many", tuple(Choice(f"r{i}", {}) for i in range(20_001)))

    assert codes(
        Table(name="t", row_list="many", columns=(integer("c"),)), lists={"many": many}
    ) == ["too_many_cells"]


def test_plain_yes_and_no_are_conditions():
    compiled = form(integer("a", required="yes"), integer("b", required="no", read_only="TRUE()"))

    assert [state(compiled).is_required(name) for name in "ab"] == [True, False]
    assert state(compiled).is_read_only("b")


def test_a_calculation_has_the_type_of_its_expression_whatever_the_order():
    assert (
        codes(calculate("first", "${second} + 1"), calculate("second", "today()"), text("c")) == []
    )


def test_sections_are_groups_tables_repeats_and_runs_of_loose_questions():
    compiled = form(
        text("a"),
        calculate("hidden_1", "1"),
        Group(name="g", label={"vi": "Nhóm"}, children=(text("b"),)),
        calculate("hidden_2", "2"),
        Table(name="t", number="A6", row_list="rows", columns=(integer("c"),)),
        Repeat(name="r", children=(text("d"),)),
    )

    assert [(s.name, s.number, [e.name for e in s.elements]) for s in compiled.sections] == [
        ("section_1", "", ["a", "hidden_1"]),
        ("g", "", ["b"]),
        ("t", "A6", ["t"]),
        ("r", "", ["r"]),
    ]
    places = ("a", "b", "hidden_2", "t/north/c", "r/x/d", "g")
    assert [compiled.section_of(path) for path in places] == ["section_1", "g", "g", "t", "r", "g"]


def test_a_form_knows_its_questions_and_their_owners():
    table = Table(name="t", row_list="rows", columns=(integer("c"),))
    compiled = form(table, text("a"))

    assert compiled.question("c").name == "c"
    assert compiled.owner("c") == table
    assert compiled.owner("a") is None
    assert compiled.element("t") == table
    with pytest.raises(KeyError):
        compiled.question("t")


def test_groups_that_nest_too_deep_are_told():
    nested = Group(name="g0", children=(text("a"),))
    for number in range(1, 2_000):
        nested = Group(name=f"g{number}", children=(nested,))

    assert codes(nested) == ["nesting_too_deep"]


def test_compiling_never_raises_on_an_empty_definition():
    compiled = compile_definition(definition(lists=LISTS))

    assert (compiled.problems, compiled.sections) == ((), ())


def test_cells_closed_by_what_is_computed_from_them_are_a_circle():
    columns = (integer("n"), integer("twice", calculation="${n} * 2"))
    closing = Table(name="t", row_list="rows", closed="${twice} > 5", columns=columns)

    assert codes(closing) == ["cycle"]


def test_cells_may_be_closed_by_a_figure_computed_from_elsewhere():
    columns = (integer("n"), integer("share", calculation="${all} * 2"))
    closing = Table(name="t", row_list="rows", closed="${share} > 5", columns=columns)

    assert codes(integer("all"), closing) == []


def test_of_elements_with_one_name_the_first_is_kept_whatever_the_others_say():
    speaking = integer("b", label={"vi": "Của ${a}"})
    twins = [Group(name="g", children=(each,)) for each in (integer("a"), speaking)]

    assert codes(*twins) == ["name_repeated"]


@pytest.mark.parametrize(
    ("children", "place"),
    [
        ([text("q", label={"vi": "Vì sao ${nobody}?"})], "q.label::vi"),
        ([text("q", constraint_message={"en": "Not ${nobody}"})], "q.constraint_message::en"),
        (
            [Group(name="g", hint={"vi": "${nobody}"}, children=(integer("a"),))],
            "g.hint::vi",
        ),
    ],
)
def test_a_text_that_speaks_of_nobody_is_an_error(children, place):
    problems = compile_definition(definition(*children)).problems

    assert [(each.code, each.at, each.name) for each in problems] == [
        ("reference_unknown", place, "nobody")
    ]


def test_a_text_may_speak_of_the_text_behind_other():
    asked = select("a", "yes_no", or_other=True)

    assert (
        compile_definition(definition(asked, text("b", label={"vi": "${a_other}"}))).problems == ()
    )
