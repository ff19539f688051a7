"""Tables as item by statistic."""

from analytics.methods.descriptive import Answers, Scale
from analytics.methods.descriptive.grids import choice_grid, likert_grid, number_grid

SCALE = Scale(("1", "2", "3"))


def test_items_with_the_same_choices():
    grid = choice_grid({"a": Answers(["x", "y", None]), "b": Answers([None])}, ["x", "y"])

    assert grid.statistics == ("n", "blank", "x", "y")
    assert [(row.item, row.values) for row in grid.rows] == [
        ("a", (2, 1, 0.5, 0.5)),
        ("b", (0, 1, None, None)),
    ]


def test_a_reversed_item_is_turned_and_the_others_are_not():
    items = {"good": Answers(["3", "3"]), "bad": Answers(["3", "3"])}
    grid = likert_grid(items, SCALE, reversed_items=["bad"])
    mean = grid.statistics.index("mean")

    assert [row.values[mean] for row in grid.rows] == [3.0, 1.0]


def test_numbers_by_item():
    grid = number_grid({"2025": Answers([1.0, 3, None]), "2026": Answers(["KAD"])})

    assert [row.values for row in grid.rows] == [
        (2, 1, 2.0, 2**0.5, 2.0, 1.0, 3.0, 4.0),
        (0, 0, None, None, None, None, None, None),
    ]


def test_a_grid_without_items_has_no_rows():
    assert choice_grid({}, ["x"]).rows == ()
