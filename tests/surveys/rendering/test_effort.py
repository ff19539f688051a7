"""What a table costs in which every figure left its band, counted and not timed.

Each bound lies between what it took when the same was said again for every cell, and what it takes now.
"""

from django.template.loader import render_to_string

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    FormState,
    Group,
    Kind,
    Question,
    Table,
    compile_definition,
)
from surveys.rendering import Drawing, SectionPage, section_page
from surveys.responses.views.key_facts import all_figures
from tests.effort import calls_of
from tests.surveys.campaigns.factories import NOW, TODAY

ROWS, COLUMNS = 12, 10
CELLS = ROWS * COLUMNS
DEFINITION = Definition(
    code="bang",
    title={"vi": "Bảng"},
    children=(
        Group(
            name="page",
            label={"vi": "Trang"},
            children=(
                Table(
                    name="people",
                    label={"vi": "Nhân lực"},
                    row_list="kinds",
                    columns=tuple(
                        Question(
                            name=f"c{number}",
                            kind=Kind.INTEGER,
                            label={"vi": f"Cột {number}"},
                            band="±20%",
                        )
                        for number in range(COLUMNS)
                    ),
                ),
            ),
        ),
    ),
    lists={
        "kinds": ChoiceList(
            name="kinds",
            choices=tuple(
                Choice(name=f"r{number}", label={"vi": f"Dòng {number}"}) for number in range(ROWS)
            ),
        )
    },
)
FORM = compile_definition(DEFINITION)


def answers(figure: str) -> dict[str, object]:
    cells = {f"c{number}": figure for number in range(COLUMNS)}
    return {"people": {f"r{number}": dict(cells) for number in range(ROWS)}}


def drawing(figure: str) -> Drawing:
    """The table with this figure everywhere, 100 in the round before; its findings are known."""
    context = Context(today=TODAY, now=NOW, previous=answers("100"))
    state = FormState(FORM, answers=answers(figure), context=context)
    state.findings()
    return Drawing(state, "vi")


def page_of(drawing: Drawing) -> SectionPage:
    return section_page(drawing, FORM.sections[0].name)


def drawn(page: SectionPage) -> str:
    return render_to_string("rendering/table.html", {"item": page.blocks[0]})


def test_a_finding_of_a_cell_is_put_into_words_once():
    inside, outside = drawing("100"), drawing("300")
    assert (len(page_of(inside).problems), len(page_of(outside).problems)) == (0, CELLS)

    more = calls_of(lambda: page_of(outside)) - calls_of(lambda: page_of(inside))

    assert more / CELLS < 200


def test_the_marks_of_cells_are_drawn_without_templates_of_their_own():
    inside, outside = page_of(drawing("100")), page_of(drawing("300"))
    for page in (inside, outside):
        drawn(page)  # compiles the templates

    more = calls_of(lambda: drawn(outside)) - calls_of(lambda: drawn(inside))

    assert more / CELLS < 600


def test_the_figures_of_a_table_share_the_words_of_their_rows():
    there = drawing("300")

    assert calls_of(lambda: all_figures(there)) / CELLS < 47
