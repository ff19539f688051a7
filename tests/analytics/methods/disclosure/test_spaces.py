"""Cells as few unknowns, and the changes of them that a reader cannot tell from none."""

import numpy as np
import pytest

from analytics.methods.disclosure import Axis, Cell, Sum, Table, crosstab
from analytics.methods.disclosure.solving import NoSolution
from analytics.methods.disclosure.spaces import Space
from analytics.methods.disclosure.systems import System, system_of, telling
from analytics.methods.disclosure.unknowns import Unknowns
from analytics.methods.disclosure.witnesses import Witnesses

COUNTS = {("x", "a"): 3, ("x", "b"): 14, ("y", "a"): 20, ("y", "b"): 0}


def table(name: str = "t", **within: str) -> Table:
    return crosstab(name, [Axis("r", ("x", "y")), Axis("c", ("a", "b"))], COUNTS, within=within)


def space(system: System, *hidden: str) -> Space:
    stays = np.array([cell.key not in hidden for cell in system.cells])
    return Space.of(Unknowns.of(system), stays)


def all_but(system: System, *shown: str) -> Space:
    return space(system, *(cell.key for cell in system.cells if cell.key not in shown))


def test_every_cell_is_a_sum_of_unknowns():
    system = system_of([table()])

    unknowns = Unknowns.of(system)

    assert (unknowns.ways @ unknowns.values).tolist() == system.values.tolist()
    assert len(unknowns.values) == 4


def test_sums_that_say_nothing_new_leave_no_tie():
    assert Unknowns.of(system_of([table()])).ties.shape[0] == 0


def test_a_total_of_two_divisions_is_a_tie():
    cells = [
        Cell(key=key, value=n, count=n) for key, n in zip("tabcd", (9, 4, 5, 2, 7), strict=True)
    ]
    system = system_of([Table("t", tuple(cells), (Sum("t", ("a", "b")), Sum("t", ("c", "d"))))])

    unknowns = Unknowns.of(system)

    assert abs(unknowns.ties).toarray().tolist() == [[1, 1, 1, 1]]
    assert (unknowns.ties @ unknowns.values).tolist() == [0]


def test_a_cell_that_is_the_sum_of_itself_is_an_unknown():
    one = Cell(key="a", value=4, count=4)

    assert Unknowns.of(system_of([Table("t", (one,), (Sum("a", ("a",)),))])).values.tolist() == [4]


def test_a_table_that_stands_in_another_says_nothing():
    row = crosstab("x", [Axis("c", ("a", "b"))], {("a",): 3, ("b",): 14}, within={"r": "x"})

    assert telling([table(), row, table(size="small")]) == (table(), table(size="small"))


def test_nothing_moves_where_all_is_shown():
    assert all_but(system_of([table()]), *(c.key for c in table().cells)).ways.shape[1] == 0


def test_cells_that_only_move_together_are_one():
    system = system_of([table()])

    found = all_but(system, "n", "n|r=x", "n|r=y", "n|c=a", "n|c=b")

    assert (found.ways.shape[1], found.ties.shape[0]) == (1, 0)
    assert (sorted([float(found.lowest[0]), float(-found.highest[0])])) == [-14, 0]


def test_parts_of_a_shown_zero_do_not_move():
    cells = [Cell(key=key, value=0, count=0) for key in "tab"]
    system = system_of([Table("t", tuple(cells), (Sum("t", ("a", "b")),))])

    assert space(system, "a", "b").ways.shape[1] == 0


def test_the_cheapest_change_of_a_cell_moves_those_that_cost_least():
    system = system_of([table()])
    every = all_but(system)

    change = every.cheapest(system.place["n|c=a|r=x"], 1.0, np.ones(len(system.cells)))

    assert np.abs(change).sum() == 4


def test_a_cell_that_cannot_move_has_no_cheapest_change():
    system = system_of([table()])

    with pytest.raises(NoSolution):
        space(system).cheapest(0, 1.0, np.ones(len(system.cells)))


def told(system: System, *hidden: str) -> int | None:
    wanted = np.array([cell.key in hidden for cell in system.cells])
    return Witnesses(space(system, *hidden), system.values, float("inf")).told(wanted)


def test_a_hidden_cell_alone_in_its_row_is_told():
    system = system_of([table()])

    assert told(system, "n|c=a|r=x") == system.place["n|c=a|r=x"]


def test_hidden_cells_that_have_another_whole_number_are_not_told():
    inner = ("n|c=a|r=x", "n|c=b|r=x", "n|c=a|r=y", "n|c=b|r=y")

    assert told(system_of([table()]), *inner) is None


def test_a_figure_that_is_whole_by_no_other_change_is_told():
    """Half of one more is possible, one more is not: two of the four parts are twice in it."""
    cells = [
        Cell(key=key, value=n, count=int(n)) for key, n in (("t", 1.0), ("a", 1.0), ("b", 0.0))
    ]
    system = system_of([Table("t", tuple(cells), (Sum("t", ("a", "b", "b")),))])

    assert told(system, "a", "b") == system.place["a"]


def test_a_figure_with_digits_is_not_told_where_it_moves_by_less_than_one():
    cells = [Cell(key=key, value=n, count=5) for key, n in (("t", 0.75), ("a", 0.5), ("b", 0.25))]
    system = system_of([Table("t", tuple(cells), (Sum("t", ("a", "b")),))])

    assert told(system, "a", "b") is None
