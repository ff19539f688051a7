import numpy as np

from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import Grid, number_of
from analytics.methods.uncertainty.redrawing import blanks_of, redrawn
from tests.analytics.methods.uncertainty.trees import NAN, definition_of, leaf, node

TREE = node("index", leaf("a"), leaf("b"))


def grid_of(reason):
    values = np.array([[NAN, 1.0], [2.0, 3.0]])
    why = np.array([[number_of(reason), 0], [0, 0]], dtype=np.int16)
    return Grid(values, why)


def test_a_refused_answer_is_a_blank_unless_the_definition_says_no():
    kept = {"imputation": {"method": "mean", "refused": False}}

    assert blanks_of(definition_of(TREE), grid_of(Reason.REFUSED))[0, 0]
    assert not blanks_of(definition_of(TREE, missing=kept), grid_of(Reason.REFUSED))[0, 0]


def test_what_does_not_apply_is_no_blank():
    assert not blanks_of(definition_of(TREE), grid_of(Reason.NOT_APPLICABLE)).any()


def test_imputations_differ_by_what_the_donors_do_not_tell():
    # Half of 400 units are blank: with donors drawn first, the mean of what is filled in has twice the
    # variance that it has without.
    answers = np.random.default_rng(1).normal(size=(200, 1))
    grid = Grid.of(np.vstack([answers, np.full((200, 1), NAN)]))
    blanks = np.isnan(grid.values)

    means = [
        redrawn(grid, blanks, [("",) * 400], seed=1, draw=draw).values[200:].mean()
        for draw in range(400)
    ]

    assert 1.6 < np.var(means) / (answers.var() / 200) < 2.5


def test_a_group_without_an_answer_takes_all_units():
    grid = Grid.of(np.array([[7.0], [NAN]]))

    filled = redrawn(grid, np.isnan(grid.values), [("north", "south")], seed=1, draw=0)

    assert filled.values.tolist() == [[7.0], [7.0]]


def test_a_column_without_an_answer_stays_blank():
    grid = Grid.of(np.array([[NAN], [NAN]]))

    filled = redrawn(grid, np.isnan(grid.values), [("", "")], seed=1, draw=0)

    assert np.isnan(filled.values).all()
    assert (filled.why == number_of(Reason.NO_DATA)).all()
