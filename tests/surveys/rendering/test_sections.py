"""A section as it stands on the screen."""

import pytest
from django.template.loader import render_to_string

from surveys.engine import (
    Cell,
    Definition,
    FormState,
    Indicator,
    Kind,
    Question,
    compile_definition,
)
from surveys.rendering import Control, Drawing, TableBlock, section_page, walk_blocks
from surveys.rendering.page import (
    ControlKind,
    GroupBlock,
    QuestionBlock,
    RepeatBlock,
    SectionPage,
    controls_of,
)
from tests.surveys.rendering.factories import FORM, page_of, state_with


def question(page: SectionPage, path: str) -> QuestionBlock:
    return next(
        block
        for block in walk_blocks(page.blocks)
        if isinstance(block, QuestionBlock) and block.path == path
    )


def block(page: SectionPage, path: str):
    return next(block for block in walk_blocks(page.blocks) if block.path == path)


def control(page: SectionPage, path: str) -> Control:
    return next(found for part in page.blocks for found in controls_of(part) if found.path == path)


def test_the_form_of_these_tests_compiles():
    assert FORM.problems == ()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("has_unit", ControlKind.RADIO),
        ("model", ControlKind.SELECT),
        ("duties", ControlKind.CHECKBOXES),
        ("order", ControlKind.RANK),
        ("staff", ControlKind.NUMBER),
        ("share", ControlKind.NUMBER),
        ("double", ControlKind.OUTPUT),
        ("at", ControlKind.TIME),
        ("rate", ControlKind.RANGE),
        ("agree", ControlKind.ACKNOWLEDGE),
        ("scan", ControlKind.UPLOAD),
    ],
)
def test_every_kind_of_question_has_its_control(path, kind):
    assert question(page_of(), path).control.kind is kind


def test_long_texts_have_an_area():
    page = page_of(state_with(answers={"has_unit": "yes"}))

    assert question(page, "summary").control.kind is ControlKind.AREA


def test_an_irrelevant_group_keeps_its_place_and_shows_nothing():
    group = block(page_of(), "paper")

    assert isinstance(group, GroupBlock)
    assert (group.hidden, group.blocks) == (True, ())


def test_a_group_of_questions_is_one_question_with_several_fields():
    group = block(page_of(state_with(answers={"has_unit": "yes"})), "paper")

    assert [[inner.path for inner in run.blocks] for run in group.runs] == [
        ["paper_no", "paper_day"],
        ["summary"],
    ]


def test_numbers_stand_in_the_readers_language():
    state = state_with(answers={"staff": "1234", "share": "69.6"})

    assert question(page_of(state), "share").control.text == "69,6"
    assert question(page_of(state), "staff").control.text == "1.234"
    assert question(page_of(state, language="en"), "staff").control.text == "1,234"


def test_dates_stand_without_leading_zeros():
    state = state_with(answers={"has_unit": "yes", "paper_day": "2025-07-04"})

    assert question(page_of(state), "paper_day").control.text == "4/7/2025"


def test_unreadable_text_stands_as_it_was_typed():
    found = question(page_of(state_with(typed={"staff": "2l"})), "staff")

    assert (found.control.text, found.control.invalid, found.grade) == ("2l", True, "bad")


def test_an_unreadable_number_is_said_to_be_one():
    found = question(page_of(state_with(typed={"staff": "2l"})), "staff")

    assert "2l" in found.findings[0].text


def test_a_calculation_is_an_output_without_a_signature():
    found = question(page_of(state_with(answers={"staff": "12"})), "double")

    assert (found.control.text, found.control.seen) == ("24", "")


def test_the_last_rounds_value_and_the_change_stand_beside():
    state = state_with(previous={"staff": "26"}, answers={"staff": "24"})

    facts = question(page_of(state), "staff").facts

    assert (facts.previous, facts.change) == ("26", "\N{MINUS SIGN}2")


def test_guidance_and_legal_basis_stand_beside():
    facts = question(page_of(), "has_unit").facts

    assert (facts.guidance, facts.legal_basis) == ("Tính cả đơn vị kiêm nhiệm.", "Mục tiêu 1.a")


def test_a_warning_asks_for_an_explanation():
    state = state_with(previous={"staff": "26"}, answers={"staff": "24"})

    line = question(page_of(state), "staff").findings[0]

    assert (line.grade, line.explanation) == ("warn", "")


def test_an_explained_warning_is_not_among_the_problems():
    state = state_with(
        previous={"staff": "26"},
        answers={"staff": "24"},
        remarks={"staff": {"explanation": "Chuyển 2 người"}},
    )

    assert page_of(state).problems == ()


def test_nobody_is_told_what_is_missing_before_sending():
    assert page_of().problems == ()
    assert [line.path for line in page_of(say_missing=True).problems] == ["has_unit"]


def test_a_missing_code_is_offered_and_shown():
    state = state_with(remarks={"staff": {"missing": "CCSL", "reason": "hẹn 15/2"}})

    found = question(page_of(state), "staff").control

    assert (found.missing, found.reason) == ("CCSL", "hẹn 15/2")
    assert [option.value for option in found.missing_options] == ["KAD", "CCSL"]


def test_the_order_of_a_rank_stands_place_by_place():
    found = question(page_of(state_with(answers={"order": ["no", "yes"]})), "order").control

    chosen = [[option.value for option in place if option.chosen] for place in found.ranks]
    assert chosen == [["no"], ["yes"]]


def test_a_table_has_its_totals():
    state = state_with(answers={"staff": "99", "people": {"dx": {"official": "6", "hired": "1"}}})

    table = block(page_of(state, "lists"), "people")

    assert isinstance(table, TableBlock)
    assert [total.text for total in table.totals()][:1] == ["7"]
    assert table.unit == "người"


def test_units_stand_in_the_readers_language():
    staff = question(page_of(language="en"), "staff").control
    table = block(page_of(section="lists", language="en"), "people")

    assert (staff.unit, table.unit) == ("people", "people")


def test_a_unit_without_translation_stands_as_it_is():
    assert question(page_of(language="en"), "share").control.unit == "%"


def test_a_closed_cell_has_no_control():
    table = block(page_of(section="lists"), "people")

    closed = [cell.path for row in table.rows for cell in row.cells if cell.control is None]
    assert closed == ["people/data/hired"]


def test_choices_in_a_grid_are_a_select():
    found = control(page_of(section="lists"), "people/dx/level")

    assert (found.kind, found.label) == (ControlKind.SELECT, "Chuyển đổi số, Mức")


def test_a_condition_of_a_table_stands_below_it():
    state = state_with(answers={"staff": "3", "people": {"dx": {"official": "6"}}})

    table = block(page_of(state, "lists"), "people")

    assert "Tổng công chức lớn hơn biên chế." in [line.text for line in table.findings]


def test_rows_of_a_repeat_stand_in_their_order():
    rows = [{"_id": "b2", "person": "Mai"}, {"_id": "a1", "person": "Bảo"}]

    repeat = block(page_of(state_with(answers={"contacts": rows}), "lists"), "contacts")

    assert isinstance(repeat, RepeatBlock)
    assert [row.row_id for row in repeat.rows] == ["b2", "a1"]


def test_missing_answers_of_a_repeat_are_one_line():
    rows = [{"_id": "b2"}, {"_id": "a1"}]

    page = page_of(state_with(answers={"contacts": rows}), "lists", say_missing=True)

    assert [line.path for line in page.problems] == ["contacts"]


def test_a_locked_page_has_nothing_to_type_into():
    page = page_of(state_with(answers={"has_unit": "yes"}), is_locked=True)

    assert all(found.read_only for found in page.controls())


def test_what_could_not_be_saved_stands_in_its_field_beside_the_stored_signature():
    stored = state_with(answers={"staff": "30"})

    mine = control(page_of(stored, kept={"staff": Cell("31")}), "staff")
    theirs = control(page_of(stored), "staff")

    assert (mine.text, mine.seen) == ("31", theirs.seen)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("section", ["general", "lists"])
def test_every_block_has_a_template_that_draws_it(section, language):
    state = state_with(
        previous={"staff": "26", "people": {"dx": {"official": "1"}}},
        answers={
            "has_unit": "yes",
            "staff": "24",
            "people": {"dx": {"official": "30"}},
            "contacts": [{"_id": "a1"}],
        },
        typed={"share": "2l"},
    )

    for found in page_of(state, section, language=language).blocks:
        assert found.id in render_to_string("rendering/block.html", {"item": found})


def test_the_day_on_which_a_figure_will_be_there_is_shown_as_people_write_it():
    remark = {"missing": "CCSL", "reason": "Chờ", "expected": "2026-12-05"}
    staff = question(page_of(state_with(remarks={"staff": remark})), "staff")
    html = render_to_string("rendering/question.html", {"item": staff})

    assert staff.control.expected == "5/12/2026"
    assert 'name="expected:staff" value="5/12/2026"' in html
    assert "Dự kiến có ngày 5/12/2026" in html or "Expected on 5/12/2026" in html


def test_no_day_is_asked_for_where_a_figure_cannot_be_awaited():
    assert [question(page_of(), path).control.asks_expected for path in ("staff", "share")] == [
        True,
        False,
    ]


def test_a_question_that_feeds_two_indicators_names_both():
    asked = Question(name="q", kind=Kind.TEXT, label={"vi": "Q"}, indicator="T1 T2")
    fed = tuple(
        Indicator(code=code, label={"vi": label}, legal_basis="Mục 1")
        for code, label in (("T1", "Một"), ("T2", "Hai"))
    )
    form = compile_definition(
        Definition(code="a", title={"vi": "A"}, children=(asked,), indicators=fed)
    )

    state = FormState(form, answers={}, context=state_with().context)
    facts = question(section_page(Drawing(state, "vi"), form.sections[0].name), "q").facts

    assert (facts.indicator, facts.legal_basis) == ("Một; Hai", "Mục 1")
