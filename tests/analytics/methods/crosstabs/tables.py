"""Tables of counts laid out as rows of answers."""

import numpy as np

from analytics.methods.crosstabs import Coded, crosstab


def laid_out(counts, times=1):
    """Two axes whose cross-tabulation is ``counts``, each respondent ``times`` in a row."""
    table = np.array(counts)
    cells = np.repeat(np.repeat(np.arange(table.size), table.ravel()), times)
    rows, columns = table.shape
    return (
        Coded("r", tuple(f"r{i}" for i in range(rows)), cells // columns),
        Coded("c", tuple(f"c{j}" for j in range(columns)), cells % columns),
    )


def numbers(sheet, name="n"):
    """One figure of every cell."""
    return [[getattr(cell, name) for cell in row] for row in sheet.cells]


def column_of(associations, name):
    """One figure of every test."""
    return [getattr(one, name) for one in associations]


def association(*axes, **kwargs):
    """The first test of the table of these axes."""
    return crosstab(*axes, **kwargs).together.associations[0]
