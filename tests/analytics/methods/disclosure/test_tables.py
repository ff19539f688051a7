"""The keys of cells say what they count, so that one cell of two tables is known for one."""

from analytics.methods.disclosure import Axis, crosstab

TYPES = ("ministry", "province")


def keys_of(table):
    """The cells of a table by their keys."""
    return {cell.key: cell.count for cell in table.cells}


def test_a_total_over_an_axis_leaves_it_out():
    table = crosstab("a", [Axis("type", TYPES)], {("ministry",): 7, ("province",): 9})

    assert keys_of(table) == {"n|type=ministry": 7, "n|type=province": 9, "n": 16}


def test_a_total_over_a_filtered_axis_keeps_the_filter():
    held = {"type": "ministry,province"}
    table = crosstab("a", [Axis("type", TYPES)], {("ministry",): 7, ("province",): 9}, within=held)

    assert keys_of(table)["n|type=ministry,province"] == 16


def test_filtered_to_one_category_the_total_is_that_category_s_cell():
    held = {"type": "ministry"}
    table = crosstab("a", [Axis("type", ("ministry",))], {("ministry",): 7}, within=held)

    assert keys_of(table) == {"n|type=ministry": 7}
    assert table.sums == ()
