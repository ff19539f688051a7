"""Complementary suppression: worked examples, links, singletons, and no exact disclosure ever."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.methods.disclosure import (
    Axis,
    CannotBeProtected,
    Cell,
    Contribution,
    Derived,
    Earlier,
    Interval,
    Policy,
    Published,
    Rule,
    Sum,
    Table,
    TablesDisagree,
    audit,
    cell_key,
    crosstab,
    intervals,
    protect,
)

MINISTRIES = ("MoF", "MoH", "MoJ", "MoT", "MoC")
YES = (12, 3, 25, 40, 9)
NO = (8, 14, 1, 10, 11)


def table(rows, columns, counts, name="t", **others):
    axes = [Axis("row", rows), Axis("column", columns)]
    places = {
        (r, c): n
        for r, line in zip(rows, counts, strict=True)
        for c, n in zip(columns, line, strict=True)
    }
    return crosstab(name, axes, places, **others)


def key(row="*", column="*"):
    return cell_key({"row": row, "column": column})


def by_ministry():
    return table(("Yes", "No"), MINISTRIES, (YES, NO))


def test_five_ministries_need_two_more_cells():
    found = protect([by_ministry()], Policy(minimum=5))

    assert found.why == {
        key("Yes", "MoH"): Rule.THRESHOLD,
        key("No", "MoJ"): Rule.THRESHOLD,
        key("No", "MoH"): Rule.COMPLEMENT,
        key("Yes", "MoJ"): Rule.COMPLEMENT,
    }


def test_the_intervals_of_the_five_ministries():
    found = intervals(protect([by_ministry()], Policy(minimum=5)).published())

    assert found[key("Yes", "MoH")] == Interval(2, 17)
    assert found[key("No", "MoJ")] == Interval(0, 15)


def test_without_complementary_suppression_both_are_solved():
    found = protect([by_ministry()], Policy(minimum=5), complementary=False)

    assert {(each.key, each.value) for each in audit(found.published())} == {
        (key("Yes", "MoH"), 3),
        (key("No", "MoJ"), 1),
    }


def test_a_row_of_one_figure_and_zeros_hides_its_total_and_another_row():
    rows, columns = ("R1", "R2", "R3", "R4"), ("Low", "Mid", "High")
    counts = ((3, 0, 0), (20, 18, 22), (40, 17, 15), (11, 12, 20))

    found = protect([table(rows, columns, counts)], Policy(minimum=5))

    assert found.hidden == {key("R1", "Low"), key("R1"), key("R4", "Low"), key("R4")}
    assert audit(found.published()) == ()


def test_the_intervals_of_two_rows_and_columns_without_figures():
    names = ("x11", "x12", "x21", "x22")
    values = dict.fromkeys(names) | {"r1": 7, "r2": 3, "c1": 6, "c2": 4}
    sums = (
        Sum("r1", ("x11", "x12")),
        Sum("r2", ("x21", "x22")),
        Sum("c1", ("x11", "x21")),
        Sum("c2", ("x12", "x22")),
    )

    assert intervals(Published(values, sums)) == {
        "x11": Interval(3, 6),
        "x12": Interval(1, 4),
        "x21": Interval(0, 3),
        "x22": Interval(0, 3),
    }


def test_two_cells_of_one_in_a_row_need_a_third():
    counts = ((1, 1, 30, 40), (20, 30, 30, 50), (25, 35, 20, 10))
    found = protect([table(("a", "b", "c"), ("1", "2", "3", "4"), counts)], Policy(minimum=3))

    in_row = [k for k in found.hidden if k.endswith("row=a")]
    in_columns = [[k for k in found.hidden if f"column={c}|" in k + "|"] for c in "12"]

    assert len(in_row) >= 3
    assert all(len(cells) >= 2 for cells in in_columns)


def test_who_is_alone_in_two_cells_knows_both():
    """The same organisation stands in two cells of the row; the third is the only one unknown to it."""

    def cells(values, holders):
        return tuple(
            Cell(
                key=f"x{i}",
                value=v,
                count=n,
                contributions=tuple(Contribution(v / n, h) for h in hs),
            )
            for i, (v, n, hs) in enumerate(
                (v, len(hs), hs) for v, hs in zip(values, holders, strict=True)
            )
        )

    line = cells((5, 7, 9, 200), (["a"], ["a"], ["b"], [f"o{i}" for i in range(9)]))
    total = Cell(key="total", value=221, count=12)
    given = Table("t", (*line, total), (Sum("total", tuple(c.key for c in line)),))

    assert protect([given], Policy(minimum=3, p=None)).hidden == {"x0", "x1", "x2", "x3"}


def test_a_hierarchy_is_protected_at_every_level():
    regions = Axis(
        "area", ("c1", "c2", "c3", "c4"), groups={"p1": ("c1", "c2"), "p2": ("c3", "c4")}
    )
    counts = {("yes", "c1"): 2, ("yes", "c2"): 30, ("yes", "c3"): 25, ("yes", "c4"): 20}
    counts |= {("no", "c1"): 20, ("no", "c2"): 11, ("no", "c3"): 12, ("no", "c4"): 13}
    found = protect([crosstab("t", [Axis("answer", ("yes", "no")), regions], counts)], Policy())

    assert audit(found.published()) == ()
    assert found.value(cell_key({"answer": "yes", "area": "c1"})) is None


def test_tables_that_share_margins_are_one_system():
    by_type = {("yes", "a"): 3, ("yes", "b"): 27, ("no", "a"): 20, ("no", "b"): 30}
    by_size = {("yes", "s"): 14, ("yes", "l"): 16, ("no", "s"): 22, ("no", "l"): 28}
    answer = Axis("answer", ("yes", "no"))
    tables = [
        crosstab("type", [answer, Axis("type", ("a", "b"))], by_type),
        crosstab("size", [answer, Axis("size", ("s", "l"))], by_size),
    ]

    found = protect(tables, Policy())

    assert audit(found.published()) == ()
    assert found.hidden == {cell_key({"answer": a, "type": t}) for a in ("yes", "no") for t in "ab"}


def test_tables_with_different_figures_for_one_cell_are_refused():
    tables = [table(("a",), ("b",), [[5]]), table(("a",), ("b",), [[6]])]

    with pytest.raises(TablesDisagree):
        protect(tables, Policy())


def test_a_sum_that_is_not_the_sum_of_its_parts_is_refused():
    cells = (Cell(key="a", value=5, count=5), Cell(key="t", value=6, count=6))

    with pytest.raises(TablesDisagree):
        protect([Table("t", cells, (Sum("t", ("a",)),))], Policy())


def test_a_total_that_everybody_knows_cannot_protect():
    cells = (Cell(key="a", value=2, count=2), Cell(key="t", value=2, count=2, known=True))

    with pytest.raises(CannotBeProtected):
        protect([Table("t", cells, (Sum("t", ("a",)),))], Policy())


def test_a_dominated_sum_may_be_larger_by_its_protection_level():
    def summed(name, *values):
        given = tuple(Contribution(v, f"{name}{i}") for i, v in enumerate(values))
        return Cell(key=name, value=sum(values), count=len(values), contributions=given)

    cells = (
        summed("a", 900, 50, 10, 10, 10),
        summed("b", *[20] * 6),
        summed("c", *[15] * 6),
        summed("d", *[30] * 6),
    )
    total = Cell(key="t", value=sum(c.value for c in cells), count=23)
    given = Table("t", (*cells, total), (Sum("t", ("a", "b", "c", "d")),))

    found = protect([given], Policy(minimum=3, p=20))
    high = intervals(found.published(), whole=False)["a"].high

    assert (found.why["a"], high is None or high >= 980 + 150) == (Rule.P_PERCENT, True)


def test_what_is_computed_from_a_hidden_cell_is_hidden():
    base = by_ministry()
    derived = (
        Derived("share", 3 / 17, (key("Yes", "MoH"), key(column="MoH"))),
        Derived("shown", 12 / 20, (key("Yes", "MoF"), key(column="MoF"))),
        Derived("highest", 40, (key("Yes"),), support=1),
    )
    found = protect([Table(base.name, base.cells, base.sums, derived)], Policy())

    assert [found.value(each.key) for each in derived] == [None, 0.6, None]


def test_hidden_cells_look_alike():
    shown = protect([by_ministry()], Policy()).shown()

    assert {value for k, value in shown.items() if value is None or value < 5} == {None}


def test_what_readers_know_is_neither_hidden_nor_relied_on():
    total = crosstab("t", [Axis("row", ("Yes", "No"))], {("Yes",): sum(YES), ("No",): sum(NO)})

    found = protect([by_ministry()], Policy(), earlier=Earlier((total,)))

    assert found.value(key("Yes")) == 89
    assert audit(found.published()) == ()


@pytest.mark.parametrize(("rows", "columns", "most"), [(34, 6, 0.6), (63, 8, 3), (200, 6, 8)])
def test_large_tables_take_seconds(rows, columns, most):
    chance = np.random.default_rng(1690)
    counts = chance.poisson(14 * chance.gamma(2, 0.5, (rows, columns)))
    names = tuple(f"r{i}" for i in range(rows)), tuple(f"c{i}" for i in range(columns))
    given = table(*names, counts.tolist())

    started = time.process_time()
    found = protect([given], Policy())
    took = time.process_time() - started

    assert audit(found.published()) == ()
    assert took < most


AXES = st.integers(1, 4)
COUNTS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 14, 40])


@st.composite
def random_tables(draw):
    """Tables of two dimensions, at times with provinces over communes, or a third dimension."""
    sizes = [draw(AXES), draw(AXES), draw(st.integers(1, 2))]
    axes = [
        Axis(name, tuple(f"{name}{i}" for i in range(n)))
        for name, n in zip("abc", sizes, strict=True)
    ]
    if sizes[0] > 2 and draw(st.booleans()):
        first, *others = axes[0].categories
        axes[0] = Axis("a", axes[0].categories, groups={"p": (first, others[0])})
    places = [
        (x, y, z)
        for x in axes[0].categories
        for y in axes[1].categories
        for z in axes[2].categories
    ]
    counts = draw(st.lists(COUNTS, min_size=len(places), max_size=len(places)))
    return crosstab("random", axes, dict(zip(places, counts, strict=True)))


@settings(max_examples=120, deadline=None)
@given(random_tables(), st.sampled_from([3, 5]), st.booleans(), st.booleans())
def test_no_hidden_cell_of_any_table_is_given_away(given, minimum, zeros, groups):
    found = protect([given], Policy(minimum=minimum, zeros=zeros, groups=groups))

    assert audit(found.published()) == ()
    shown = {cell.key: cell.value for cell in given.cells if cell.key not in found.hidden}
    assert {k: v for k, v in found.shown().items() if v is not None} == shown
    assert all(
        cell.count == 0 or cell.count >= minimum for cell in given.cells if cell.key in shown
    )
