"""A run as plain data, and its tables as Parquet."""

import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from analytics.methods.index.arrays import Floats, Grid, Table, plain, reason_of
from analytics.methods.index.levels import NodeLevels
from analytics.methods.index.ranking import Ranks
from analytics.methods.index.running import IndexTables

TABLES: Final = (
    "raw",
    "denominated",
    "imputed",
    "treated",
    "normalised",
    "scores",
    "coverage",
    "answered",
    "contributions",
)
"""The names of the tables that a run has, in the order of its steps."""


def plain_tables(run: IndexTables) -> dict[str, Any]:
    """The whole run as dicts, lists, texts and numbers that JSON takes: None for a missing figure,
    with its reason under the table's ``reasons`` by unit and element."""
    return {
        "identity": asdict(run.identity),
        "units": list(run.units),
        "blocks": list(run.blocks),
        "root": run.root,
        **{name: plain_table(getattr(run, name)) for name in TABLES},
        "imputed_cells": [asdict(cell) for cell in run.imputed_cells],
        "screened": [asdict(unit) for unit in run.screened],
        "treatments": [asdict(note) for note in run.treatments],
        "parameters": {code: asdict(known) for code, known in run.parameters.items()},
        "weights": [asdict(row) for row in run.weights],
        "groups": {code: asdict(group) for code, group in run.groups.items()},
        "levels": {node: _levels(each) for node, each in run.levels.items()},
        "ranks": {node: _ranks(each) for node, each in run.ranks.items()},
        "gaps": {
            "indicators": list(run.gaps.indicators),
            "targets": list(run.gaps.targets),
            "gap": plain(run.gaps.gap.values),
            "attainment": plain(run.gaps.attainment.values),
            "weighted": plain(run.gaps.weighted.values),
        },
        "warnings": [
            {
                "reason": str(each.reason),
                "unit": each.unit,
                "element": each.element,
                "data": dict(each.data),
            }
            for each in run.warnings
        ],
    }


def plain_table(table: Table) -> dict[str, Any]:
    """One table: ``columns``, ``rows`` in the order of the run's units, ``reasons``."""
    return {
        "columns": list(table.columns),
        "rows": table.rows(),
        "reasons": _reasons(table.units, table.columns, table.grid()),
    }


def parquet(table: Table) -> bytes:
    """One table as Parquet: a column ``unit``, one a figure, null where there is none."""
    import pyarrow as pa  # noqa: PLC0415  (only who exports needs Arrow)
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns: list[Any] = [pa.array(table.units, pa.string())]
    columns += [pa.array(_nullable(each), pa.float64()) for each in table.values.T]
    held = pa.table(columns, names=["unit", *table.columns])
    buffer = io.BytesIO()
    pq.write_table(held, buffer)
    return buffer.getvalue()


def _nullable(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _reasons(
    units: tuple[str, ...], columns: tuple[str, ...], grid: Grid
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row, column in np.argwhere(grid.why):
        reason = reason_of(int(grid.why[row, column]))
        found.setdefault(units[row], {})[columns[column]] = str(reason)
    return found


def _levels(levels: NodeLevels) -> dict[str, Any]:
    return {
        "names": {str(level): dict(name) for level, name in levels.names.items()},
        "levels": [levels.level(row) for row in range(levels.levels.size)],
        "conditions": [
            {
                "level": condition.level,
                "kind": condition.kind,
                "nodes": list(condition.nodes),
                "compare": condition.compare,
                "needed": condition.needed,
                "reached": condition.reached,
                "values": _nullable(condition.values),
                "met": [bool(each) for each in condition.met],
            }
            for condition in levels.conditions
        ],
    }


def _ranks(ranks: Ranks) -> Mapping[str, Any]:
    return {
        "overall": [None if np.isnan(each) else int(each) for each in ranks.overall],
        "overall_labels": list(ranks.overall_labels),
        "within": [None if np.isnan(each) else int(each) for each in ranks.within],
        "within_labels": list(ranks.within_labels),
        "reasons": [
            None if reason is None else str(reason)
            for reason in (reason_of(int(each)) for each in ranks.why)
        ],
    }
