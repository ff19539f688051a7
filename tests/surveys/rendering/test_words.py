"""Answers in what the page says, and the page that follows them."""

from typing import Any

import pytest

from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Context,
    Definition,
    FormState,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
    compile_definition,
)
from surveys.rendering import Drawing, FindingWriter, SectionPage, section_page
from surveys.rendering.page import QuestionBlock, RepeatBlock, TableBlock
from tests.surveys.rendering.factories import NOW

ABOUT = {"vi": "Của ${unit}", "en": "Of ${unit}"}


def question(name: str, kind: Kind = Kind.INTEGER, **fields: Any) -> Question:
    return Question(name=name, kind=kind, **{"label": ABOUT, **fields})


FORM = compile_definition(
    Definition(
        code="loi",
        title={"vi": "Lời"},
        languages=("vi", "en"),
        children=(
            question("unit", Kind.SELECT_ONE, label={"vi": "Đơn vị"}, list_name="units"),
            Group(
                name="g",
                label=ABOUT,
                hint=ABOUT,
                children=(
                    question(
                        "staff",
                        hint=ABOUT,
                        guidance=ABOUT,
                        constraint=". < 10",
                        constraint_message=ABOUT,
                        warning=". < 5",
                        warning_message=ABOUT,
                    ),
                    question("said", Kind.NOTE),
                    question("which", Kind.SELECT_ONE, label={"vi": "Nào"}, list_name="about"),
                    Group(name="inner", label=ABOUT, hint=ABOUT, children=(question("deep"),)),
                ),
            ),
            Table(
                name="t",
                label=ABOUT,
                hint=ABOUT,
                row_list="about",
                columns=(question("head", guidance=ABOUT),),
            ),
            Repeat(
                name="r",
                label=ABOUT,
                hint=ABOUT,
                children=(
                    question("who", Kind.TEXT, label={"vi": "Tên"}),
                    question("age", label={"vi": "Tuổi của ${who}"}),
                ),
            ),
        ),
        lists={
            "units": ChoiceList("units", (Choice("yte", {"vi": "Y tế & Dân số", "en": "Health"}),)),
            "about": ChoiceList("about", (Choice("one", ABOUT),)),
        },
    )
)
ANSWERS = {"unit": "yte", "staff": "12", "r": [{"_id": "a", "who": "Lan"}]}


def state(answers: dict[str, object] | None = None, language: str = "vi") -> FormState:
    context = Context(today=NOW.date(), now=NOW, language=language)
    return FormState(FORM, answers=ANSWERS if answers is None else answers, context=context)


def page(section: str, language: str = "vi") -> SectionPage:
    return section_page(Drawing(state(language=language), language), section)


@pytest.mark.parametrize(("language", "words"), [("vi", "Của Y tế & Dân số"), ("en", "Of Health")])
def test_what_the_page_says_has_the_answer_in_the_readers_language(language: str, words: str):
    drawn = page("g", language)
    staff, note, which, inner = drawn.blocks
    assert isinstance(staff, QuestionBlock)
    assert isinstance(which, QuestionBlock)

    assert {
        drawn.title,
        drawn.hint,
        staff.label,
        staff.hint,
        staff.control.label,
        staff.facts.guidance,
        *(line.text for line in staff.findings),
        note.label,
        which.control.options[0].label,
        inner.label,
        inner.hint,
    } == {words}


def test_what_a_table_says_has_the_answer():
    (table,) = page("t").blocks
    assert isinstance(table, TableBlock)

    assert {
        table.label,
        table.hint,
        table.columns[0].label,
        table.columns[0].guidance,
        table.rows[0].label,
    } == {"Của Y tế & Dân số"}


def test_a_row_speaks_of_itself():
    (repeat,) = page("r").blocks
    assert isinstance(repeat, RepeatBlock)

    assert repeat.label == "Của Y tế & Dân số"
    assert [block.label for block in repeat.rows[0].blocks] == ["Tên", "Tuổi của Lan"]


@pytest.mark.parametrize("path", ["staff", "t/one/head"])
def test_a_place_is_named_with_the_answer(path: str):
    place = FindingWriter(Drawing(state(), "vi")).place(path)

    assert "Của Y tế & Dân số" in place
    assert "${" not in place


def test_a_changed_answer_brings_everything_that_speaks_of_it():
    assert state().set("unit", Cell()).changed == {
        *("unit", "g", "staff", "said", "which", "inner", "deep", "t", "r")
    }


def test_an_answer_in_a_row_brings_its_own_row_only():
    rows = [{"_id": "a", "who": "Lan"}, {"_id": "b", "who": "Minh"}]

    assert state({"r": rows}).set("r/b/who", Cell(value="Mai")).changed == {"r/b/who", "r/b/age"}


def test_an_answer_that_says_a_reference_is_not_replaced():
    rows = [{"_id": "a", "who": "${unit}"}]
    filled = state({"unit": "yte", "r": rows})

    assert filled.words("r/a/age", "Tuổi của ${who}") == "Tuổi của ${unit}"
