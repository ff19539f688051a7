"""An attacker who has asked with many filters, and solves what all answers say together."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analytics.methods.disclosure import (
    Axis,
    CannotBeProtected,
    Earlier,
    Figures,
    Policy,
    cell_key,
    crosstab,
    protect,
)
from analytics.methods.disclosure.differencing import UnitSet, difference
from analytics.methods.disclosure.solving import Program

POLICY = Policy(minimum=5)
ANSWERS = ("yes", "partly", "no")


class Readers:
    """Everything that was released to one audience over 50 units."""

    def __init__(self, seed, *, complementary, units=50):
        self.chance, self.complementary, self.units = (
            np.random.default_rng(seed),
            complementary,
            units,
        )
        self.known = {
            name: self.chance.integers(0, 3, units) for name in ("type", "region", "size")
        }
        self.answers = self.chance.choice(3, units, p=[0.6, 0.3, 0.1])
        self.tables, self.hidden, self.sets = {}, set(), []

    def ask(self):
        """One table with a filter drawn at random."""
        chosen = {
            name: sorted(self.chance.choice(3, self.chance.integers(1, 3), replace=False).tolist())
            for name in self.known
            if self.chance.random() < 0.6
        }
        mask = np.ones(self.units, dtype=bool)
        for name, values in chosen.items():
            mask &= np.isin(self.known[name], values)
        units = UnitSet.of(np.flatnonzero(mask).tolist())
        within = {name: str(values) for name, values in chosen.items()}
        if len(units) < POLICY.minimum or str(within) in self.tables:
            return
        if difference(units, self.sets, minimum=POLICY.minimum) is not None:
            return
        self.release(str(within), self.table(mask, within), units)

    def table(self, mask, within):
        members = {
            (answer,): np.flatnonzero(mask & (self.answers == i)).tolist()
            for i, answer in enumerate(ANSWERS)
        }
        axis = Axis("answer", ANSWERS, answers=True)
        return crosstab("answers", [axis], Figures(members=members), within=within)

    def release(self, name, table, units):
        earlier = Earlier(tuple(self.tables.values()), frozenset(self.hidden))
        try:
            found = protect([table], POLICY, earlier=earlier, complementary=self.complementary)
        except CannotBeProtected:
            return
        self.tables[name] = table
        self.hidden |= found.hidden
        self.sets.append(units)

    def solved(self):
        """How many small cells are found exactly by linear programming over single units."""
        each = 3 * self.units
        lines = [np.repeat(np.eye(self.units)[u], 3) for u in range(self.units)]
        figures, wanted = [1.0] * self.units, []
        for table in self.tables.values():
            origin = table.origin
            everybody = [unit for ids in origin.members.values() for unit in ids]
            for i, answer in enumerate(ANSWERS):
                line = np.zeros(each)
                line[[3 * unit + i for unit in everybody]] = 1
                count = len(origin.members[(answer,)])
                if cell_key({**origin.within, "answer": answer}) not in self.hidden:
                    lines.append(line)
                    figures.append(count)
                elif 0 < count < POLICY.minimum:
                    wanted.append(line)
        told = Program(csr_array(np.array(lines)), np.array(figures), 0.0, 1.0)
        ends = [(line @ told.least(line), line @ told.least(-line)) for line in wanted]
        return len(wanted), sum(np.ceil(low - 1e-6) >= np.floor(high + 1e-6) for low, high in ends)


def attacked(seed, *, complementary):
    readers = Readers(seed, complementary=complementary)
    for _filter in range(40):
        readers.ask()
    return readers.solved()


@pytest.mark.parametrize("seed", range(4))
def test_no_small_cell_is_solved_from_all_filters_together(seed):
    small, solved = attacked(seed, complementary=True)

    assert small > 5
    assert solved == 0


def test_the_attack_solves_small_cells_where_only_these_are_hidden():
    assert attacked(0, complementary=False)[1] > 5
