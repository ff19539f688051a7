"""From a frozen version and a round to everything that a run keeps. Loads numpy and pandas: import it
inside a task only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np  # noqa: TID253  (this module is imported by task bodies only)
import pandas as pd  # noqa: TID253  (this module is imported by task bodies only)
from django.utils.translation import gettext as _

from analytics.definitions import DefinitionUnreadable, IndexDefinition, Reason, Source
from analytics.definitions.vocabulary import SourceKind
from analytics.indices import tabulating
from analytics.indices.cells import State
from analytics.indices.documents import read_document
from analytics.indices.enums import Scores
from analytics.indices.keeping import packed
from analytics.indices.leaves import RoundUnit, RoundValues, read_values
from analytics.indices.models import IndexRun
from analytics.indices.outcome import Outcome, UnitOutcome
from analytics.indices.words import problem_in_words, reason_in_words
from analytics.methods.index import IndexRefused, IndexTables, Table, compute
from surveys.common.errors import DomainError

STEPS: Final = 4
SHOWN: Final = 5

Progress = Callable[[int, int, str], None]
Json = dict[str, Any]
Line = list[object]


class RunRefused(DomainError):
    """An index that cannot be computed over the round."""

    code = "index_run_refused"
    status = 422


def outcome_of(run: IndexRun, *, progress: Progress) -> Outcome:
    """Read the round and compute the index. Nothing of it depends on when that happens.

    Raises RunRefused in words where the index cannot be computed at all.
    """
    definition = read_document(run.version.definition)
    progress(0, STEPS, _("Reading the answers"))
    values = read_values(definition, run.round, index=run.version.index, scores=Scores(run.scores))
    units = values.units
    if not units:
        raise RunRefused(_("The round asks nobody whom this index assesses."))
    progress(1, STEPS, _("Computing scores and ranks"))
    tables = _computed(definition, values)
    progress(2, STEPS, _("Simulating"))
    progress(3, STEPS, _("Writing down"))
    return Outcome(
        data_sha256=tables.identity.data,
        code_version=tables.identity.code,
        units=_units(definition, units, tables),
        warnings=[_warning(each) for each in tables.warnings],
        summary=_summary(units, tables),
        tables=packed(_files(units, tables)),
    )


def bound(definition: IndexDefinition) -> IndexDefinition:
    """The definition over columns that are called as its indicators: two of them may be taken from
    things of the same name.
    """
    return replace(
        definition,
        indicators=tuple(
            each
            if each.source.kind is SourceKind.FORMULA
            else replace(
                each,
                source=Source(kind=SourceKind.COLUMN, name=each.code, scoring=each.source.scoring),
            )
            for each in definition.indicators
        ),
    )


def frame_of(definition: IndexDefinition, values: RoundValues) -> pd.DataFrame:
    """One row a unit, one column for each indicator and each other column that there is."""
    units = values.units
    columns: dict[str, list[float | str | None]] = {
        name: [unit.values.get(name) for unit in units] for name in values.columns
    }
    columns[definition.columns.unit] = [unit.key for unit in units]
    columns[definition.columns.type] = [unit.type for unit in units]
    return pd.DataFrame({name: pd.Series(held, dtype=object) for name, held in columns.items()})


def _computed(definition: IndexDefinition, values: RoundValues) -> IndexTables:
    try:
        return compute(bound(definition), frame_of(definition, values))
    except IndexRefused as refusal:
        causes = [
            " ".join(filter(None, [reason_in_words({"reason": w.reason}), w.element, w.unit]))
            for w in refusal.warnings[:SHOWN]
        ]
    except DefinitionUnreadable as refusal:
        causes = [f"{each.path}: {problem_in_words(each)}" for each in refusal.problems[:SHOWN]]
    raise RunRefused(_("The index cannot be computed: %(causes)s") % {"causes": "; ".join(causes)})


def _units(
    definition: IndexDefinition, units: Sequence[RoundUnit], tables: IndexTables
) -> list[UnitOutcome]:
    known = {unit.key: unit for unit in units}
    filled = {(cell.unit, cell.indicator): cell for cell in tables.imputed_cells}
    reader = _Reader(definition, tables, filled)
    return [_unit(known.get(key), key, row, reader) for row, key in enumerate(tables.units)]


class _Reader:
    """The tables of a run, read a unit at a time into plain data."""

    def __init__(
        self, definition: IndexDefinition, tables: IndexTables, filled: Mapping[Any, Any]
    ) -> None:
        self.definition = definition
        self.tables = tables
        self.filled = filled

    def nodes(self, row: int) -> dict[str, Json]:
        """Score, level, rank and coverage of every node."""
        tables = self.tables
        found: dict[str, Json] = {}
        for column, code in enumerate(tables.scores.columns):
            ranks = tables.ranks[code]
            data: Json = {
                "score": _figure(tables.scores.values[row, column]),
                "rank": _whole(ranks.within[row]),
                "rank_label": ranks.within_labels[row] or "",
                "overall_rank": _whole(ranks.overall[row]),
                "coverage": _figure(tables.coverage.values[row, column]),
                "answered": _figure(tables.answered.values[row, column]),
            }
            if reason := _reason(tables.scores, row, column):
                data["reason"] = reason
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
                "raw": _figure(tables.raw.values[row, column]),
                "value": _figure(tables.imputed.values[row, column]),
                "treated": _figure(tables.treated.values[row, column]),
                "normalised": _figure(tables.normalised.values[row, column]),
                "contribution": _figure(tables.contributions.values[row, column]),
            }
            if unit is not None and code in unit.states:
                data["state"] = str(unit.states[code])
            if (cell := self.filled.get((tables.units[row], code))) is not None:
                data["imputed"] = str(cell.method)
            if reason := _reason(tables.normalised, row, column):
                data["reason"] = reason
            found[code] = data
        return found

    def gaps(self, row: int) -> dict[str, Json]:
        """How far the unit is from each target."""
        gaps = self.tables.gaps
        return {
            code: {
                "target": gaps.targets[column],
                "gap": _figure(gaps.gap.values[row, column]),
                "attainment": _figure(gaps.attainment.values[row, column]),
                "weighted": _figure(gaps.weighted.values[row, column]),
            }
            for column, code in enumerate(gaps.indicators)
        }

    def conditions(self, row: int) -> dict[str, list[Json]]:
        """What is lacking for the next level of each node that has levels."""
        return {
            code: [
                {
                    "level": each.level,
                    "kind": each.kind,
                    "nodes": list(each.nodes),
                    "compare": each.compare,
                    "needed": each.needed,
                    "value": _figure(each.values[row]),
                    "reached": each.reached,
                }
                for each in levels.unmet(row)
            ]
            for code, levels in self.tables.levels.items()
        }


def _unit(unit: RoundUnit | None, key: str, row: int, reader: _Reader) -> UnitOutcome:
    tables = reader.tables
    nodes = reader.nodes(row)
    root = nodes[tables.root]
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
        data={
            "signed": unit.is_signed if unit else None,
            "nodes": nodes,
            "leaves": reader.leaves(row, unit),
            "gaps": reader.gaps(row),
            "conditions": reader.conditions(row),
        },
    )


def _summary(units: Sequence[RoundUnit], tables: IndexTables) -> Json:
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
            code: _plain(group.figures) for code, group in tables.groups.items() if group.figures
        },
        "states": _states(units),
    }


def _states(units: Sequence[RoundUnit]) -> dict[str, int]:
    """How many values stand in which state."""
    counts = dict.fromkeys(map(str, State), 0)
    for unit in units:
        for state in unit.states.values():
            counts[str(state)] += 1
    return {state: number for state, number in counts.items() if number}


def _files(units: Sequence[RoundUnit], tables: IndexTables) -> dict[str, list[Line]]:
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
    }


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
        within, overall = _whole(root.within[row]), _whole(root.overall[row])
        lines.append([key, tables.blocks[row], within, root.within_labels[row], overall])
    return lines


def _lines(table: Table) -> list[Line]:
    lines: list[Line] = [["unit", *table.columns]]
    for row, key in enumerate(table.units):
        figures = [
            _reason(table, row, column) or _figure(table.values[row, column])
            for column in range(len(table.columns))
        ]
        lines.append([key, *figures])
    return lines


def _warning(warning: Any) -> Json:
    return {
        "reason": str(warning.reason),
        "unit": warning.unit,
        "element": warning.element,
        "data": _plain(warning.data),
    }


def _reason(table: Table, row: int, column: int) -> str:
    reason: Reason | None = table.reason(table.units[row], table.columns[column])
    return str(reason) if reason else ""


def _figure(value: Any) -> float | None:
    """A figure of JSON; None for NaN."""
    return float(value) if np.isfinite(value) else None


def _whole(value: Any) -> int | None:
    return int(value) if np.isfinite(value) else None


def _plain(value: Any) -> Any:
    """Plain data of what may hold numpy's numbers; what is not finite is None."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case bool() | str() | int() | None:
            return value
        case np.integer():
            return int(value)
        case float() | np.floating():
            return _figure(value)
        case _:
            return str(value)
