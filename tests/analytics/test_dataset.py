"""The variables of a questionnaire and their values."""

from analytics.dataset import values_of, variables_of
from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Form,
    Kind,
    MissingCode,
    Question,
    Table,
    compile_definition,
)

COLOUR = Question(
    name="colour",
    kind=Kind.SELECT_ONE,
    number="A1",
    label={"vi": "Màu"},
    list_name="colours",
    or_other=True,
    missing=(MissingCode.NOT_YET,),
)


def made(*children: Question | Table) -> Form:
    lists = {
        "colours": ChoiceList("colours", (Choice("red", {"vi": "Đỏ"}),)),
        "rows": ChoiceList("rows", (Choice("north", {"vi": "Bắc"}),)),
    }
    return compile_definition(
        Definition(code="mau", title={"vi": "Màu"}, children=children, lists=lists)
    )


def test_the_text_behind_other_is_a_variable_under_its_question():
    variables = variables_of(made(COLOUR))

    assert [(each.name, [label["vi"] for label in each.label]) for each in variables] == [
        ("colour", ["Màu"]),
        ("colour_other", ["Màu", "Khác (ghi rõ)"]),
    ]


def test_other_stands_among_the_values_of_its_question():
    (variable, _) = variables_of(made(COLOUR))

    assert [choice.name for choice in variable.choices] == ["red", "other"]


def test_a_table_has_the_text_behind_other_in_every_row():
    table = Table(name="t", row_list="rows", columns=(COLOUR,))

    assert [each.path for each in variables_of(made(table))] == [
        "t/north/colour",
        "t/north/colour_other",
    ]


def test_the_text_behind_other_has_its_value():
    variables = variables_of(made(COLOUR))

    assert values_of(variables, {"colour": "other", "colour_other": "xám"}, {}) == {
        "colour": "other",
        "colour_other": "xám",
    }
