"""The intermediate tables of a run as lines, with a reason where there is no figure."""

from collections.abc import Sequence

from analytics.definitions import IndexDefinition
from analytics.indices import tabulating
from analytics.indices.correlating import correlation_lines
from analytics.indices.leaves import RoundUnit, other_columns
from analytics.indices.plain import figure, reason, whole
from analytics.methods.index import IndexTables, Table
from analytics.methods.uncertainty.analysis import IndexUncertainty

Line = list[object]


def files_of(
    definition: IndexDefinition,
    units: Sequence[RoundUnit],
    tables: IndexTables,
    certainty: IndexUncertainty | None,
) -> dict[str, list[Line]]:
    """The intermediate tables with a reason where there is no figure."""
    return {
        tabulating.RAW: _lines(tables.raw),
        tabulating.STATES: _state_lines(units, tables.raw.columns),
        tabulating.IMPUTED: _lines(tables.imputed),
        tabulating.FILLED: _filled_lines(tables),
        tabulating.TREATED: _lines(tables.treated),
        tabulating.NORMALISED: _lines(tables.normalised),
        tabulating.WEIGHTS: _weight_lines(tables),
        tabulating.SCORES: _lines(tables.scores),
        tabulating.LEVELS: _level_lines(tables),
        tabulating.RANKS: _rank_lines(tables),
        tabulating.INTERVALS: _interval_lines(certainty),
        tabulating.OUTRANKING: _outranking_lines(certainty),
        tabulating.BESIDE: _beside_lines(definition, units),
        tabulating.CORRELATIONS: correlation_lines(definition, tables),
    }


def _beside_lines(definition: IndexDefinition, units: Sequence[RoundUnit]) -> list[Line]:
    """What values were computed from: columns beside the indicators (denominators, groups, blocks), and
    the answers that the definition's own rules score, by the indicator's code."""
    scored = [each.code for each in definition.indicators if each.source.scoring]
    names = [*other_columns(definition), *scored]
    lines: list[Line] = [["unit", *names]]
    lines += ([unit.key, *(unit.values.get(name) for name in names)] for unit in units)
    return lines


def _state_lines(units: Sequence[RoundUnit], codes: Sequence[str]) -> list[Line]:
    lines: list[Line] = [["unit", *codes]]
    lines += ([unit.key, *(str(unit.states.get(code, "")) for code in codes)] for unit in units)
    return lines


def _filled_lines(tables: IndexTables) -> list[Line]:
    lines: list[Line] = [["unit", "indicator", "method", "value"]]
    lines += ([c.unit, c.indicator, str(c.method), c.value] for c in tables.imputed_cells)
    return lines


def _weight_lines(tables: IndexTables) -> list[Line]:
    lines: list[Line] = [["node", "child", "nominal", "share", "effective"]]
    lines += ([w.node, w.child, w.nominal, w.share, w.effective] for w in tables.weights)
    return lines


def _level_lines(tables: IndexTables) -> list[Line]:
    lines: list[Line] = [["unit", *tables.levels]]
    for row, key in enumerate(tables.units):
        lines.append([key, *(levels.level(row) for levels in tables.levels.values())])
    return lines


def _rank_lines(tables: IndexTables) -> list[Line]:
    root = tables.ranks[tables.root]
    lines: list[Line] = [["unit", "block", "rank", "label", "overall"]]
    for row, key in enumerate(tables.units):
        within, overall = whole(root.within[row]), whole(root.overall[row])
        lines.append([key, tables.blocks[row], within, root.within_labels[row], overall])
    return lines


def _lines(table: Table) -> list[Line]:
    lines: list[Line] = [["unit", *table.columns]]
    for row, key in enumerate(table.units):
        figures = [
            reason(table, row, column) or figure(table.values[row, column])
            for column in range(len(table.columns))
        ]
        lines.append([key, *figures])
    return lines


def _interval_lines(certainty: IndexUncertainty | None) -> list[Line]:
    """Quantiles of ranks and scores over the simulated runs."""
    lines: list[Line] = [
        [
            "unit",
            "rank_mean",
            "rank_median",
            "rank_q05",
            "rank_q95",
            "score_q05",
            "score_q95",
            "top",
        ]
    ]
    for unit in certainty.monte_carlo.units if certainty else ():
        rank, score = unit.rank, unit.score
        places = [rank.mean, rank.median, rank.q05, rank.q95] if rank else [None] * 4
        ends = [score.q05, score.q95] if score else [None] * 2
        lines.append([unit.unit, *places, *ends, unit.top])
    return lines


def _outranking_lines(certainty: IndexUncertainty | None) -> list[Line]:
    """In what share of the simulated runs the unit of the line stands before that of the column."""
    if certainty is None or certainty.monte_carlo.outranking is None:
        return [["unit"]]
    codes = [unit.unit for unit in certainty.monte_carlo.units]
    lines: list[Line] = [["unit", *codes]]
    lines += (
        [code, *(figure(share) for share in row)]
        for code, row in zip(codes, certainty.monte_carlo.outranking, strict=True)
    )
    return lines
