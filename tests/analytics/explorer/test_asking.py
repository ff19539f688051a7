"""What an address asks: read strictly, written back the same."""

from urllib.parse import parse_qs

import pytest

from analytics.explorer.asking import (
    Asking,
    Dimension,
    Filter,
    Scope,
    query_of,
    read_address,
)
from analytics.explorer.enums import ItemKind, Share
from analytics.explorer.items import items_of
from surveys.engine import Definition, Kind, Question
from surveys.engine.compilation import compile_definition
from surveys.engine.model import Choice, ChoiceList, Group, Repeat, Table

LISTS = {
    "yes_no": ChoiceList("yes_no", (Choice("co", {"vi": "Có"}), Choice("khong", {"vi": "Không"}))),
    "scale": ChoiceList("scale", tuple(Choice(str(n), {"vi": str(n)}) for n in range(1, 6))),
    "rows": ChoiceList("rows", (Choice("r1", {"vi": "Một"}), Choice("r2", {"vi": "Hai"}))),
}
DEFINITION = Definition(
    code="thu",
    title={"vi": "Thử"},
    lists=LISTS,
    children=(
        Group(
            name="a",
            children=(
                Question(name="plan", kind=Kind.SELECT_ONE, list_name="yes_no", number="A1"),
                Question(name="tools", kind=Kind.SELECT_MULTIPLE, list_name="yes_no"),
                Question(name="order", kind=Kind.RANK, list_name="yes_no"),
                Question(name="staff", kind=Kind.INTEGER),
                Question(name="phone", kind=Kind.TEXT, personal_data=True),
                Question(name="remark", kind=Kind.TEXT),
                Question(name="rating", kind=Kind.SELECT_ONE, list_name="scale"),
            ),
        ),
        Table(
            name="ratings",
            row_list="rows",
            columns=(Question(name="score", kind=Kind.SELECT_ONE, list_name="scale"),),
        ),
        Table(
            name="money",
            row_list="rows",
            columns=(
                Question(name="planned", kind=Kind.DECIMAL),
                Question(name="open", kind=Kind.SELECT_ONE, list_name="yes_no"),
            ),
        ),
        Repeat(name="works", children=(Question(name="cost", kind=Kind.INTEGER),)),
    ),
)
ITEMS = {item.name: item for item in items_of(compile_definition(DEFINITION))}
TYPE = Dimension("type", "Loại", (("ministry", "Bộ"), ("province", "Tỉnh")))
PLAN = Dimension("question.plan", "A1", (("co", "Có"), ("khong", "Không")))
STATUS = Dimension("status", "Tình trạng", (("submitted", "Đã gửi"), ("verified", "Đã thẩm định")))
SCOPE = Scope(ITEMS, {each.code: each for each in (TYPE, PLAN, STATUS)})


def read(query, scope=SCOPE):
    """The address with this query."""
    return read_address(parse_qs(query, keep_blank_values=True), scope)


def told(query):
    """The parameters that are complained of."""
    return [problem.parameter for problem in read(query).problems]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("plan", ItemKind.CHOICE),
        ("tools", ItemKind.CHOICES),
        ("order", ItemKind.RANK),
        ("staff", ItemKind.NUMBER),
        ("remark", ItemKind.TEXT),
        ("rating", ItemKind.SCALE),
        ("ratings", ItemKind.BATTERY),
        ("ratings.r1.score", ItemKind.SCALE),
        ("money", ItemKind.GRID),
        ("money.r2.open", ItemKind.CHOICE),
        ("works.rows", ItemKind.ROWS),
    ],
)
def test_a_question_is_shown_as_what_it_is(name, kind):
    assert ITEMS[name].kind is kind


def test_personal_data_cannot_be_asked_for():
    assert "phone" not in ITEMS


def test_the_cells_of_a_table_are_not_listed():
    assert [item.name for item in ITEMS.values() if item.listed] == [
        "plan",
        "tools",
        "order",
        "staff",
        "remark",
        "rating",
        "ratings",
        "money",
        "works.rows",
    ]


def test_an_address_without_a_question_asks_nothing():
    reading = read("")

    assert (reading.asking, reading.problems) == (None, ())


def test_everything_in_an_address_is_read():
    reading = read(
        "q=staff&by=type&by=question.plan&in=type:province&in=status:verified&share=count"
    )

    assert reading.asking == Asking(
        "staff",
        ("type", "question.plan"),
        (Filter("status", ("verified",)), Filter("type", ("province",))),
    )
    assert reading.share is Share.COUNT


def test_values_of_one_dimension_widen_a_filter():
    asked = read("q=plan&in=type:province&in=type:ministry").asking

    assert asked.filters == (Filter("type", ("ministry", "province")),)


def test_the_order_of_filters_makes_no_other_question():
    one = read("q=plan&in=type:province&in=status:verified").asking
    other = read("q=plan&in=status:verified&in=type:province").asking

    assert one.digest == other.digest


def test_an_asking_comes_back_from_its_address_and_from_its_store():
    asked = read("q=staff&by=type&in=question.plan:co").asking

    assert read(query_of(asked)).asking == asked == Asking.read(asked.as_json())


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("q=nothing", ["q"]),
        ("q=plan&q=staff", ["q"]),
        ("q=phone", ["q"]),
        ("q=plan&by=colour", ["by"]),
        ("q=plan&by=question.plan", ["by"]),
        ("q=staff&by=type&by=status&by=question.plan", ["by"]),
        ("q=remark&by=type", ["by"]),
        ("q=ratings&by=type", ["by"]),
        ("q=plan&in=type", ["in"]),
        ("q=plan&in=type:moon", ["in"]),
        ("q=plan&in=colour:red", ["in"]),
        ("q=plan&share=half", ["share"]),
        ("q=plan&share=row&share=column", ["share"]),
        ("q=plan&weighted=yes", ["weighted"]),
        ("q=plan&weighted=1", ["weighted"]),
        ("q=plan&limit=5", ["limit"]),
        ("q=%00&by=%27%3B--", ["q", "by"]),
    ],
)
def test_what_means_nothing_is_told_and_not_guessed(query, parameters):
    assert told(query) == parameters
    assert read(query).asking is None


def test_more_filters_than_anybody_can_mean_are_told():
    assert told("q=plan&" + "&".join(f"in=type:{n}" for n in range(41))) == ["in"]


def test_weights_can_be_asked_for_where_there_are_some():
    scope = Scope(SCOPE.items, SCOPE.dimensions, has_weights=True)

    assert read("q=plan&weighted=1", scope).asking.weighted


def test_blank_parameters_are_as_if_they_were_not_there():
    assert read("q=plan&by=&in=&share=&weighted=").asking == Asking("plan")
