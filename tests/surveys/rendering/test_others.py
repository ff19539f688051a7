"""The text behind "other" on the page and where it is named."""

import pytest

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    Form,
    FormState,
    Group,
    Kind,
    Question,
    Table,
    compile_definition,
)
from surveys.rendering import Drawing, name_of, section_page
from surveys.rendering.page import QuestionBlock, TableBlock
from tests.surveys.rendering.factories import NOW, choices

COLOUR = Question(
    name="colour",
    kind=Kind.SELECT_ONE,
    number="A1",
    label={"vi": "Màu", "en": "Colour"},
    list_name="colours",
    or_other=True,
)


def made(*children: Question | Table) -> Form:
    return compile_definition(
        Definition(
            code="khac",
            title={"vi": "Khác"},
            languages=("vi", "en"),
            children=(Group(name="g", label={"vi": "Phần"}, children=children),),
            lists={
                "colours": ChoiceList(name="colours", choices=choices(red="Đỏ", blue="Xanh")),
                "rows": ChoiceList(name="rows", choices=(Choice("north", {"vi": "Bắc"}),)),
            },
        )
    )


def state_of(
    form: Form, answers: dict[str, object], previous: dict[str, object] | None = None
) -> FormState:
    context = Context(today=NOW.date(), now=NOW, previous=previous)
    return FormState(form, answers=answers, context=context)


@pytest.mark.parametrize(("answer", "is_hidden"), [("other", False), ("red", True)])
def test_the_text_is_drawn_below_its_question_once_other_is_chosen(answer: str, is_hidden: bool):
    state = state_of(made(COLOUR), {"colour": answer})
    blocks = section_page(Drawing(state, "vi"), "g").blocks

    assert [(block.path, block.hidden) for block in blocks] == [
        ("colour", False),
        ("colour_other", is_hidden),
    ]


@pytest.mark.parametrize(
    ("language", "name"),
    [("vi", "A1. Màu: Khác (ghi rõ)"), ("en", "A1. Colour: Other (please specify)")],
)
def test_away_from_its_place_the_text_goes_by_its_question(language: str, name: str):
    form = made(COLOUR)

    assert name_of(form, form.element("colour_other"), language) == name


def test_a_table_greys_the_text_until_other_is_chosen():
    form = made(Table(name="t", row_list="rows", columns=(COLOUR,)))
    drawn = [
        section_page(Drawing(state_of(form, {"t": {"north": cells}}), "vi"), "g").blocks[0]
        for cells in ({"colour": "red"}, {"colour": "other"})
    ]

    assert [
        [cell.control is not None for cell in block.cells]
        for block in drawn
        if isinstance(block, TableBlock)
    ] == [[True, False], [True, True]]


def test_the_last_rounds_other_is_told_by_its_label():
    state = state_of(made(COLOUR), {}, previous={"colour": "other"})
    (block, _) = section_page(Drawing(state, "vi"), "g").blocks

    assert isinstance(block, QuestionBlock)
    assert block.facts.previous == "Khác"
