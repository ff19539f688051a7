"""The text behind "other", from the definition to the submission."""

import pytest

from surveys.engine import (
    Cell,
    FormState,
    Kind,
    Question,
    Repeat,
    Table,
    compile_definition,
    diff,
    migrate,
    text_in,
)
from surveys.engine.documents import path_of
from surveys.engine.migration import Documents
from tests.surveys.engine.factories import (
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

COLOUR = select("colour", "colours", or_other=True, required="yes")


def asked(filled: FormState, path: str) -> tuple[bool, bool]:
    return filled.is_relevant(path), filled.is_required(path)


def test_the_text_follows_its_question():
    compiled = form(integer("age"), COLOUR, integer("size"))

    assert list(compiled.parts) == ["age", "colour", "colour_other", "size"]


def test_the_definition_given_keeps_the_short_word():
    given = definition(COLOUR)
    compile_definition(given)

    assert given.children == (COLOUR,)


def test_a_question_without_or_other_brings_no_text():
    given = definition(select("colour", "colours"))

    assert compile_definition(given).definition is given


@pytest.mark.parametrize(
    ("language", "label"),
    [("vi", "Khác (ghi rõ)"), ("en", "Other (please specify)"), ("fr", "Other (please specify)")],
)
def test_the_text_has_a_label_in_every_language(language: str, label: str):
    compiled = form(COLOUR, languages=("vi", "en", "fr"))

    assert text_in(compiled.question("colour_other").label, language) == label


@pytest.mark.parametrize(
    ("question", "answer", "is_wanted"),
    [
        (COLOUR, "other", True),
        (COLOUR, "red", False),
        (COLOUR, None, False),
        (several("colour", "colours", or_other=True), ["red", "other"], True),
        (several("colour", "colours", or_other=True), ["red"], False),
        (
            Question(name="colour", kind=Kind.RANK, list_name="colours", or_other=True),
            ["other", "red", "green", "blue"],
            True,
        ),
    ],
)
def test_the_text_is_wanted_once_other_is_chosen(
    question: Question, answer: object, is_wanted: bool
):
    filled = state(form(question), {"colour": answer})

    assert asked(filled, "colour_other")[0] == is_wanted
    assert ("colour_other" in [each.path for each in filled.findings()]) == is_wanted


def test_choosing_other_shows_the_text():
    filled = state(form(COLOUR))

    assert filled.set("colour", Cell(value="other")).changed == {"colour", "colour_other"}


def test_the_text_counts_in_the_progress_once_it_is_asked():
    compiled = form(COLOUR)

    assert [
        (state(compiled, answers).progress().answered, state(compiled, answers).progress().total)
        for answers in (
            {"colour": "red"},
            {"colour": "other"},
            {"colour": "other", "colour_other": "xám"},
        )
    ] == [(1, 1), (1, 2), (2, 2)]


def test_the_submission_has_the_text_only_where_other_is_chosen():
    compiled = form(COLOUR)

    assert state(compiled, {"colour": "other", "colour_other": "xám"}).submission() == {
        "colour": "other",
        "colour_other": "xám",
    }
    assert state(compiled, {"colour": "red", "colour_other": "xám"}).submission() == {
        "colour": "red"
    }


def test_expressions_and_labels_read_the_text():
    compiled = form(
        COLOUR,
        calculate("said", "concat(${colour}, ': ', ${colour_other})"),
        text("why", label={"vi": "Vì sao ${colour_other}?"}),
    )
    filled = state(compiled, {"colour": "other", "colour_other": "xám"})

    assert filled.value("said") == "other: xám"
    assert filled.words("why", "Vì sao ${colour_other}?") == "Vì sao xám?"


@pytest.mark.parametrize(("language", "label"), [("vi", "Khác"), ("en", "Other")])
def test_the_name_of_other_is_its_label(language: str, label: str):
    compiled = form(
        COLOUR,
        calculate("said", "jr:choice-name(${colour}, '${colour}')"),
        default_language=language,
        languages=("vi", "en"),
    )

    assert state(compiled, {"colour": "other"}).value("said") == label


def test_a_list_names_its_own_other():
    compiled = form(
        select("colour", "colours"), calculate("n", "jr:choice-name('other', '${colour}')")
    )

    assert state(compiled).value("n") is None


def test_a_table_asks_for_the_text_in_its_own_row():
    compiled = form(Table(name="t", row_list="rows", columns=(COLOUR,)))
    filled = state(compiled, {"t": {"north": {"colour": "other"}, "south": {"colour": "red"}}})

    assert [asked(filled, f"t/{row}/colour_other") for row in ("north", "south")] == [
        (True, True),
        (False, True),
    ]
    assert [each.path for each in filled.findings()] == ["t/north/colour_other"]


def test_a_repeat_asks_for_the_text_in_its_own_row():
    compiled = form(Repeat(name="r", children=(COLOUR,)))
    rows = [{"_id": "a", "colour": "red"}, {"_id": "b", "colour": "other"}]

    assert [each.path for each in state(compiled, {"r": rows}).findings()] == ["r/b/colour_other"]


@pytest.mark.parametrize("attribute", [{"personal_data": True}, {"read_only": "yes"}])
def test_the_text_is_as_private_and_as_fixed_as_its_question(attribute: dict[str, object]):
    made = form(select("colour", "colours", or_other=True, **attribute)).question("colour_other")

    assert {name: getattr(made, name) for name in attribute} == attribute


def test_a_name_that_the_text_needs_is_a_problem():
    assert codes(COLOUR, text("colour_other")) == ["other_name_taken"]


def test_the_name_is_free_where_nothing_else_is_asked():
    assert codes(select("colour", "colours"), text("colour_other")) == []


def test_no_other_is_offered_outside_choices():
    assert list(form(integer("age", or_other=True)).parts) == ["age"]


def test_a_version_that_drops_other_drops_its_text():
    old, new = form(COLOUR), form(select("colour", "colours"))
    before = Documents({"colour": "other", "colour_other": "xám"}, {}, {})

    assert migrate(old, new, before, starting={}).answers == {}
    assert migrate(old, old, before, starting={}).answers == before.answers


def test_the_difference_names_the_text():
    taking = select("colour", "colours", or_other=True)
    old, new = form(select("colour", "colours")).definition, form(taking).definition

    assert [(each.place, each.aspect, each.change_class) for each in diff(old, new)] == [
        ("colour", "or_other", "compatible"),
        ("colour_other", "element", "compatible"),
    ]


def test_the_text_of_a_table_has_a_path_of_its_own():
    compiled = form(Table(name="t", row_list="rows", columns=(COLOUR,)))

    assert path_of(compiled.parts["colour_other"], "north") == "t/north/colour_other"


def test_other_of_a_filtered_list_passes_the_filter():
    filtered = select("colour", "colours", or_other=True, choice_filter="name = 'red'")

    assert [each.name for each in state(form(filtered)).choices("colour")] == ["red", "other"]


def test_a_compiled_form_compiles_again():
    once = form(COLOUR)

    assert compile_definition(once.definition).definition == once.definition
    assert compile_definition(once.definition).problems == ()
