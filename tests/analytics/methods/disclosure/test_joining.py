"""Tables of several questions as one table of all of them: what they tell together, and of whom."""

from collections.abc import Mapping
from itertools import pairwise, product

import numpy as np
import pytest

from analytics.methods.disclosure import (
    Axis,
    CannotBeProtected,
    Earlier,
    Figures,
    Policy,
    Table,
    crosstab,
    protect,
)
from analytics.methods.disclosure import suppression as protecting
from analytics.methods.disclosure.entries import reading_of
from analytics.methods.disclosure.joining import joined

POLICY = Policy(minimum=5)
KINDS = ("yes", "no")
ALL_THREE: dict[tuple[str, ...], int] = {
    ("yes", "yes", "yes"): 3,
    ("yes", "yes", "no"): 7,
    ("yes", "no", "yes"): 7,
    ("no", "yes", "yes"): 7,
    ("no", "yes", "no"): 9,
    ("no", "no", "yes"): 8,
}
"""No two questions have a small group. Nobody said no to both b and c, so that all seven who said yes to a
and no to b said yes to c: three are left who said yes to all."""
FIRST = 1_000


def answers() -> dict[int, dict[str, str]]:
    """Unit ids with their answers to a, b and c."""
    each = [place for place, n in ALL_THREE.items() for _unit in range(n)]
    return {FIRST + i: dict(zip("abc", place, strict=True)) for i, place in enumerate(each)}


def asked(names: str, units: Mapping[int, Mapping[str, str]], **within: str) -> Table:
    members: dict[tuple[str, ...], list[int]] = {}
    for unit, given in units.items():
        members.setdefault(tuple(given[name] for name in names), []).append(unit)
    axes = [Axis(name, KINDS, answers=True) for name in names]
    return crosstab(names, axes, Figures(members=members), within=within)


def shown_one_after_another(*tables: Table) -> Earlier:
    earlier = Earlier()
    for table in tables:
        hidden = protect([table], POLICY, earlier=earlier).hidden
        earlier = Earlier((*earlier.tables, table), earlier.hidden | hidden)
    return earlier


def test_two_tables_of_two_questions_each_hide_nothing_here():
    units = answers()

    assert shown_one_after_another(asked("ab", units), asked("ac", units)).hidden == frozenset()


def test_the_third_hides_what_would_tell_how_many_gave_all_three_answers():
    units = answers()

    found = shown_one_after_another(asked("ab", units), asked("ac", units), asked("bc", units))

    assert found.hidden != frozenset()


def test_what_is_left_shown_leaves_more_than_one_way_to_fill_in_the_table_of_all_three():
    units = answers()
    tables = [asked(names, units) for names in ("ab", "ac", "bc")]
    found = shown_one_after_another(*tables)

    places = list(product(KINDS, repeat=3))
    figures = {cell.key: cell.value for table in tables for cell in table.cells}
    ways = {
        key: [all(f"{name}={kind}" in key.split("|") or f"{name}=" not in key
                  for name, kind in zip("abc", place, strict=True)) for place in places]
        for key in figures
    }  # fmt: skip
    lines = np.array([ways[key] for key in figures if key not in found.hidden], dtype=float)
    at = places.index(("yes", "yes", "yes"))
    change = np.linalg.svd(lines)[2][np.linalg.matrix_rank(lines) :]
    assert np.abs(change[:, at]).max() > 0.1


def test_cells_are_sums_of_the_single_table():
    units = answers()
    tables = [asked("ab", units), asked("bc", units)]

    joint = joined("n", tables, reading_of(tables), 5)

    assert joint is not None
    assert (joint.unknowns.ways @ joint.unknowns.values).tolist() == joint.system.values.tolist()
    assert joint.unknowns.values.tolist() == [ALL_THREE.get(p, 0) for p in product(KINDS, repeat=3)]


def test_small_groups_that_stand_in_no_table_are_among_its_cells():
    units = answers()
    tables = [asked("ab", units), asked("bc", units)]

    joint = joined("n", tables, reading_of(tables), 5)

    assert joint is not None
    few = [cell.count for cell in joint.system.cells if cell.key in joint.few]
    assert few == [3]


def test_tables_of_too_many_questions_are_not_made_one():
    names = "abcdefghijkl"
    units = {FIRST + i: dict.fromkeys(names, KINDS[i % 2]) for i in range(20)}
    tables = [asked(one + other, units) for one, other in pairwise(names)]

    assert joined("n", tables, reading_of(tables), 5) is None


def test_a_table_of_some_units_stands_beside_one_of_all_that_asked_less():
    """The others were not asked by the second: their answers to it are no zeros."""
    units = answers()
    some = dict(list(units.items())[::2])

    later = protect(
        [asked("bc", some, size="small")], POLICY, earlier=Earlier((asked("a", units),))
    )

    assert later.tables


def test_what_is_not_settled_in_time_is_not_shown(monkeypatch):
    monkeypatch.setattr(protecting, "_SECONDS", -1.0)

    with pytest.raises(CannotBeProtected):
        protect([asked("abc", answers())], POLICY)
