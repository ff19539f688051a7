"""Tables over different units: what a reader has by taking one group from another."""

from analytics.methods.disclosure.linking import linked
from analytics.methods.disclosure.tables import Axis, Figures, Table, crosstab

YES, NO = ("yes",), ("no",)
RARE = frozenset({70, 80, 90})
"""Who answered no beyond the first 70 units; of those, every ninth did."""


def counted(units: range | list[int], **within: str) -> Table:
    noes = [unit for unit in units if unit in RARE or (unit < 70 and unit % 9 == 0)]
    members = {YES: sorted(set(units) - set(noes)), NO: noes}
    return crosstab(
        "a", [Axis("answer", ("yes", "no"), answers=True)], Figures(members=members), within=within
    )


def told(*tables: Table, below: int = 5) -> list[int]:
    """The small counts of more than one inner group; their keys name these."""
    return [
        cell.count
        for table in linked(tables, below=below)
        for cell in table.cells
        if "," in cell.key.split("\0")[2]
    ]


def test_what_all_have_more_than_some_is_a_cell_where_others_tell_it_apart():
    """The other 25 are two inner groups, as a third table has some of them: three answered no."""
    beside = [*range(10), *range(70, 83)]

    assert told(
        counted(range(95)), counted(range(70), size="small"), counted(beside, region="north")
    ) == [3]


def test_nothing_is_a_difference_where_nothing_is_small():
    assert told(counted(range(95)), counted(range(70), size="small"), below=0) == []
