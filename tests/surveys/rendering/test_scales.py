"""Tables that are answered on a scale, and groups that say once what holds for all their fields."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string

from surveys.engine import (
    ChoiceList,
    Definition,
    FormState,
    Group,
    Kind,
    Question,
    Table,
    Totals,
    compile_definition,
)
from surveys.rendering import Drawing, TableBlock, section_page
from surveys.rendering.page import GroupBlock
from tests.surveys.rendering.factories import choices, question, state_with

RATING = Table(
    name="ratings",
    label={"vi": "Tự đánh giá"},
    number="A18",
    row_list="statements",
    appearance="likert",
    columns=(question("score", Kind.SELECT_ONE, "Mức", list_name="steps", required="true()"),),
)


def posts(*fields: Question) -> Group:
    return Group(name="posts", label={"vi": "Biên chế"}, children=fields)


def figure(name: str, **fields: Any) -> Question:
    return question(name, Kind.INTEGER, name, **{"unit": {"vi": "người"}, **fields})


def block_of(element: Table | Group, answers: dict[str, Any] | None = None) -> Any:
    form = compile_definition(
        Definition(
            code="thang",
            title={"vi": "Thang"},
            languages=("vi",),
            children=(Group(name="one", label={"vi": "1"}, children=(element,)),),
            lists={
                "statements": ChoiceList(name="statements", choices=choices(a="Kịp thời", b="Rõ")),
                "steps": ChoiceList(name="steps", choices=choices(s1="Kém", s2="Tốt")),
            },
        )
    )
    state = FormState(form, answers=answers or {}, context=state_with().context)
    return section_page(Drawing(state, "vi"), "one").blocks[0]


def drawn(block: TableBlock | GroupBlock) -> str:
    return render_to_string(block.template, {"item": block})


def test_a_likert_table_names_its_steps():
    assert block_of(RATING).scale == ("Kém", "Tốt")


def test_a_table_of_selects_without_the_appearance_stays_a_grid():
    assert block_of(replace(RATING, appearance="")).template == "rendering/table.html"


def test_a_likert_table_of_two_columns_stays_a_grid():
    further = question("more", Kind.SELECT_ONE, "Mức", list_name="steps")

    assert block_of(replace(RATING, columns=(*RATING.columns, further))).scale == ()


def test_each_statement_has_one_radio_for_each_step():
    radios = re.findall(r'type="radio" name="([^"]+)"', drawn(block_of(RATING)))

    assert radios == ["ratings/a/score"] * 2 + ["ratings/b/score"] * 2


def test_the_chosen_step_is_checked():
    shown = drawn(block_of(RATING, {"ratings": {"a": {"score": "s2"}}}))

    assert re.findall(r'value="(\w+)" aria-label="[^"]+" checked', shown) == ["s2"]


def test_a_group_says_the_number_of_its_first_field_once():
    shown = drawn(block_of(posts(figure("before", number="A4"), figure("now"))))

    assert shown.count("A4</span>") == 1


def test_a_group_of_numbered_fields_has_no_number_of_its_own():
    group = block_of(posts(figure("before", number="A4"), figure("now", number="A5")))

    assert group.number == ""


def test_a_unit_that_all_fields_share_stands_in_the_heading_only():
    assert drawn(block_of(posts(figure("before"), figure("now")))).count("(người)") == 1


def test_different_units_stand_at_their_fields():
    shown = drawn(block_of(posts(figure("before"), figure("teams", unit={"vi": "tổ"}))))

    assert ("(người)" in shown, "(tổ)" in shown) == (True, True)


def test_only_fields_that_may_stay_blank_are_marked():
    shown = drawn(block_of(posts(figure("before", required="true()"), figure("now"))))

    assert shown.count("không bắt buộc") == 1


def test_a_statement_that_is_not_asked_is_marked_so_that_a_phone_leaves_it_out():
    html = drawn(block_of(replace(RATING, closed="row() = 'a'")))

    assert re.findall(r'<tr role="row" id="[^"]*"( class="is-closed")?', html) == [
        ' class="is-closed"',
        "",
    ]


@pytest.mark.parametrize(("totals", "held"), [(Totals.COLUMNS, 0), (Totals.BOTH, 4)])
def test_only_totals_of_rows_are_held_in_sight(totals: Totals, held: int):
    """Head, two rows and foot; the last column of another table scrolls with the others."""
    counts = replace(RATING, columns=(figure("staff"), figure("women")), totals=totals)

    assert drawn(block_of(counts)).count("is-total") == held
