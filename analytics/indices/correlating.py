"""Which indicators and nodes of an index say the same, pull apart, or say little of their node."""

from collections.abc import Iterator

from analytics.definitions import IndexDefinition, NodeDefinition
from analytics.methods.correlations import Correlation, correlations, with_parents
from analytics.methods.index import IndexTables
from analytics.methods.index.arrays import Floats
from analytics.methods.multiplicity import Adjustment, adjusted

HEADINGS = ("node", "first", "second", "n", "r", "p", "p_adjusted", "flag")


def correlation_lines(definition: IndexDefinition, tables: IndexTables) -> list[list[object]]:
    """Pearson's r of every pair below one node, and of each with its node, over the units that have both.

    Indicators as they were normalised, so turned by their direction, and nodes by their scores. p is
    two-sided, and adjusted for all pairs of the table by Benjamini and Hochberg. ``flag`` is that of
    the pair, or the reason why it has no r.
    """
    found = [(node.code, each) for node in definition.nodes() for each in _of(node, tables)]
    corrected = adjusted([each.p for _node, each in found], Adjustment.BENJAMINI_HOCHBERG)
    lines: list[list[object]] = [list(HEADINGS)]
    for (node, each), p in zip(found, corrected, strict=True):
        told = str(each.flag or each.reason or "")
        lines.append([node, each.first, each.second, each.n, each.r, each.p, p, told])
    return lines


def _of(node: NodeDefinition, tables: IndexTables) -> Iterator[Correlation]:
    columns = {child.code: _column(child.code, tables) for child in node.children}
    present = {code: column for code, column in columns.items() if column is not None}
    yield from correlations(present)
    whole = _column(node.code, tables)
    # An only child is its node: the two agree by being one.
    if whole is not None and len(present) > 1:
        yield from with_parents(present, {node.code: whole}, dict.fromkeys(present, node.code))


def _column(code: str, tables: IndexTables) -> Floats | None:
    for table in (tables.normalised, tables.scores):
        if code in table.columns:
            return table.column(code)
    return None
