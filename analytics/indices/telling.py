"""What a run has computed, as plain data of each unit and of the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from analytics.indices.cells import State
from analytics.indices.leaves import RoundUnit
from analytics.indices.outcome import UnitOutcome
from analytics.indices.plain import figure, plain, reason, whole
from analytics.methods.index import IndexTables, IndexWarning
from analytics.methods.uncertainty.analysis import IndexUncertainty
from analytics.methods.uncertainty.results import Spread
from analytics.methods.uncertainty.sobol import SobolResult

Json = dict[str, Any]


def units_of(
    units: Sequence[RoundUnit], tables: IndexTables, certainty: IndexUncertainty | None
) -> list[UnitOutcome]:
    """What each unit got, in the order of the tables."""
    known = {unit.key: unit for unit in units}
    filled = {(cell.unit, cell.indicator): cell for cell in tables.imputed_cells}
    reader = _Reader(tables, certainty, filled)
    return [_unit(known.get(key), key, row, reader) for row, key in enumerate(tables.units)]


class _Reader:
    """The tables of a run, read a unit at a time into plain data."""

    def __init__(
        self,
        tables: IndexTables,
        certainty: IndexUncertainty | None,
        filled: Mapping[Any, Any],
    ) -> None:
        self.tables = tables
        self.simulated = certainty.monte_carlo.units if certainty else None
        self.filled = filled

    def nodes(self, row: int) -> dict[str, Json]:
        """Score, level, rank and coverage of every node."""
        tables = self.tables
        found: dict[str, Json] = {}
        for column, code in enumerate(tables.scores.columns):
            ranks = tables.ranks[code]
            data: Json = {
                "score": figure(tables.scores.values[row, column]),
                "rank": whole(ranks.within[row]),
                "rank_label": ranks.within_labels[row] or "",
                "overall_rank": whole(ranks.overall[row]),
                "coverage": figure(tables.coverage.values[row, column]),
                "answered": figure(tables.answered.values[row, column]),
            }
            if why := reason(tables.scores, row, column):
                data["reason"] = why
            if code in tables.levels:
                data["level"] = tables.levels[code].level(row)
                data["level_name"] = dict(tables.levels[code].names.get(data["level"] or 0, {}))
            found[code] = data
        return found

    def leaves(self, row: int, unit: RoundUnit | None) -> dict[str, Json]:
        """Every value on its way to the common scale, with its state and what it brings."""
        tables = self.tables
        found: dict[str, Json] = {}
        for column, code in enumerate(tables.raw.columns):
            data: Json = {
                "raw": figure(tables.raw.values[row, column]),
                "value": figure(tables.imputed.values[row, column]),
                "treated": figure(tables.treated.values[row, column]),
                "normalised": figure(tables.normalised.values[row, column]),
                "contribution": figure(tables.contributions.values[row, column]),
            }
            if unit is not None and code in unit.states:
                data["state"] = str(unit.states[code])
            if (cell := self.filled.get((tables.units[row], code))) is not None:
                data["imputed"] = str(cell.method)
            if why := reason(tables.normalised, row, column):
                data["reason"] = why
            found[code] = data
        return found

    def gaps(self, row: int) -> dict[str, Json]:
        """How far the unit is from each target."""
        gaps = self.tables.gaps
        return {
            code: {
                "target": gaps.targets[column],
                "gap": figure(gaps.gap.values[row, column]),
                "attainment": figure(gaps.attainment.values[row, column]),
                "weighted": figure(gaps.weighted.values[row, column]),
            }
            for column, code in enumerate(gaps.indicators)
        }

    def conditions(self, row: int) -> dict[str, list[Json]]:
        """What the next level of each node that has levels takes, and whether it is ``met``."""
        return {
            code: [
                {
                    "level": each.level,
                    "kind": each.kind,
                    "nodes": list(each.nodes),
                    "compare": each.compare,
                    "needed": each.needed,
                    "value": figure(each.values[row]),
                    "reached": each.reached,
                    "met": bool(each.met[row]),
                }
                for each in levels.ahead(row)
            ]
            for code, levels in self.tables.levels.items()
        }

    def certainty(self, row: int) -> Json:
        """How far score and rank swing over the simulated runs; empty where none were made."""
        if self.simulated is None:
            return {}
        unit = self.simulated[row]
        return {
            "score": _spread(unit.score),
            "rank": _spread(unit.rank),
            "first": unit.first,
            "top": unit.top,
            "levels": {str(level): share for level, share in unit.levels.items()},
            "reason": str(unit.reason or ""),
        }


def _spread(spread: Spread | None) -> Json | None:
    return None if spread is None else plain(asdict(spread))


def _unit(unit: RoundUnit | None, key: str, row: int, reader: _Reader) -> UnitOutcome:
    tables = reader.tables
    nodes = reader.nodes(row)
    root = nodes[tables.root]
    certainty = reader.certainty(row)
    ranks = certainty.get("rank") or {}
    return UnitOutcome(
        agency_id=unit.agency_id if unit else None,
        key=key,
        name=unit.name if unit else key,
        name_en=unit.name_en if unit else "",
        type=unit.type if unit else "",
        block=tables.blocks[row],
        score=root["score"],
        level=root.get("level"),
        rank=root["rank"],
        rank_label=root["rank_label"],
        rank_low=ranks.get("q05"),
        rank_median=ranks.get("median"),
        rank_high=ranks.get("q95"),
        data={
            "signed": unit.is_signed if unit else None,
            "nodes": nodes,
            "leaves": reader.leaves(row, unit),
            "gaps": reader.gaps(row),
            "conditions": reader.conditions(row),
            "uncertainty": certainty,
        },
    )


def summary_of(
    units: Sequence[RoundUnit], tables: IndexTables, certainty: IndexUncertainty | None
) -> Json:
    """What the head of a page says, and what is said of the whole index."""
    scores = [score for score in tables.scores.column(tables.root).tolist() if score == score]  # noqa: PLR0124  (NaN is not itself)
    return {
        "units": len(tables.units),
        "signed": sum(unit.is_signed for unit in units),
        "scored": len(scores),
        "mean": sum(scores) / len(scores) if scores else None,
        "root": tables.root,
        "nodes": list(tables.scores.columns),
        "indicators": list(tables.raw.columns),
        "weights": [
            {
                "node": row.node,
                "child": row.child,
                "nominal": row.nominal,
                "share": row.share,
                "effective": row.effective,
            }
            for row in tables.weights
        ],
        "groups": {
            code: plain(group.figures) for code, group in tables.groups.items() if group.figures
        },
        "states": _states(units),
        "uncertainty": _certainty(certainty),
    }


def _certainty(certainty: IndexUncertainty | None) -> Json:
    if certainty is None:
        return {}
    simulated = certainty.monte_carlo
    return {
        "runs": simulated.runs,
        "used": simulated.used,
        "failed": {str(why): number for why, number in simulated.failed.items()},
        "seed": simulated.seed,
        "top": simulated.top,
        "neighbours": [asdict(each) for each in simulated.neighbours],
        "removals": [
            {
                "code": each.code,
                "mean_shift": each.mean_shift,
                "unranked": each.unranked,
                "reason": str(each.reason or ""),
            }
            for each in certainty.removals
        ],
        "dominance": plain(asdict(certainty.dominance)),
        "sobol": _sobol(certainty.sobol),
    }


def _sobol(found: SobolResult | None) -> list[Json]:
    """What each choice explains of the spread of the ranking, alone and with the others."""
    if found is None:
        return []
    each = zip(found.factors, found.first, found.total, strict=True)
    return [
        {"factor": factor, "first": first.value, "total": total.value}
        for factor, first, total in each
    ]


def _states(units: Sequence[RoundUnit]) -> dict[str, int]:
    """How many values stand in which state."""
    counts = dict.fromkeys(map(str, State), 0)
    for unit in units:
        for state in unit.states.values():
            counts[str(state)] += 1
    return {state: number for state, number in counts.items() if number}


def warning_of(warning: IndexWarning) -> Json:
    """A warning as it is kept."""
    return {
        "reason": str(warning.reason),
        "unit": warning.unit,
        "element": warning.element,
        "data": plain(warning.data),
    }
