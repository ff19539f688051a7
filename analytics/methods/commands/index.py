"""The index of a CSV of units by a definition in JSON, as a CSV of scores."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import pandas as pd

from analytics.definitions import (
    IndexDefinition,
    NodeDefinition,
    Problem,
    Reason,
    Severity,
    check,
    read,
)
from analytics.definitions.problems import DefinitionUnreadable
from analytics.methods.commands.tables import Decimals, TableUnreadable, read_table, with_comma
from analytics.methods.index import IndexTables, IndexWarning, compute, plain_tables
from analytics.methods.uncertainty.building import index_of
from analytics.methods.uncertainty.edges import WeightsMissing
from analytics.methods.uncertainty.ensemble import NothingToVary
from analytics.methods.uncertainty.monte_carlo import monte_carlo
from analytics.methods.uncertainty.results import Spread

SPREAD: Final = ("rank_mean", "rank_median", "rank_q05", "rank_q95")
"""What ``--runs`` adds, quantiles of type 7."""


class TextRefused(Exception):
    """Texts stand where numbers belong, and ``--strict`` was asked for."""

    def __init__(self, warnings: Sequence[IndexWarning]) -> None:
        self.warnings = tuple(warnings)
        super().__init__(f"{len(self.warnings)} texts in numbers")


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """What was asked on the command line."""

    data: Path
    definition: Path
    out: Path | None
    panel: Path | None = None
    tables: Path | None = None
    strict: bool = False
    runs: int | None = None
    seed: int | None = None
    decimals: Decimals = Decimals.POINT


def run_index(request: IndexRequest) -> None:
    """Compute and write; what is to be known stands on standard error.

    Raises DefinitionUnreadable, TableUnreadable, IndexRefused, TextRefused or OSError, before
    anything is written.
    """
    definition = read_definition(request.definition)
    frame = read_table(request.data, definition.columns.unit, request.decimals)
    earlier = None
    if request.panel is not None:
        earlier = read_table(request.panel, definition.columns.unit, request.decimals)
    problems = check(
        definition, columns=list(frame.columns), units=list(frame[definition.columns.unit])
    )
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise DefinitionUnreadable(errors)
    tables, spreads = _computed(request, definition, frame, earlier)
    texts = [each for each in tables.warnings if each.reason is Reason.TEXT_IN_NUMBER]
    if request.strict and texts:
        raise TextRefused(texts)
    _remark(request, problems, tables)
    _write(request, definition, tables, spreads)


def read_definition(path: Path) -> IndexDefinition:
    """The definition in a file. Raises DefinitionUnreadable or OSError."""
    return read(path.read_bytes())


def sentence(data: Path, warning: IndexWarning) -> str:
    """A warning with its place: file, row (counted without the header), column, unit, what stands
    there."""
    row = f"row {warning.data['row']}" if "row" in warning.data else ""
    column = f"column {warning.element}" if warning.element else ""
    unit = f"unit {warning.unit}" if warning.unit else ""
    rest = {key: value for key, value in warning.data.items() if key != "row"}
    shown = ", ".join(f"{key} {value!r}" for key, value in rest.items())
    place = ", ".join(part for part in (row, column, unit) if part)
    return ": ".join(part for part in (str(data), place, warning.reason.value, shown) if part)


Spreads = Sequence[Spread | None]


def _computed(
    request: IndexRequest,
    definition: IndexDefinition,
    frame: pd.DataFrame,
    earlier: pd.DataFrame | None,
) -> tuple[IndexTables, Spreads | None]:
    """The run, and with ``--runs`` what becomes of each unit's rank."""
    if request.runs is None:
        return compute(definition, frame, panel=earlier), None
    seed = definition.uncertainty.seed if request.seed is None else request.seed
    try:
        index = index_of(definition, frame, panel=earlier, seed=seed)
        found = monte_carlo(index.setting, runs=request.runs, seed=seed)
    except (NothingToVary, WeightsMissing):
        # The tables say why nobody has a score; there are no ranks that could vary.
        tables = compute(definition, frame, panel=earlier)
        return tables, [None] * len(tables.units)
    for reason, count in found.failed.items():
        sys.stderr.write(f"warning: {count} of {found.runs} runs failed: {reason.value}\n")
    return index.tables, [unit.rank for unit in found.units]


def _remark(request: IndexRequest, problems: Iterable[Problem], tables: IndexTables) -> None:
    lines = [f"{request.definition}: {problem}" for problem in problems]
    lines += [sentence(request.data, warning) for warning in tables.warnings]
    texts = [str(each.data["text"]) for each in tables.warnings if "text" in each.data]
    if request.decimals is Decimals.POINT and any(with_comma(text) for text in texts):
        lines.append(f"{request.data}: figures with a decimal comma are read with --decimal comma")
    for line in lines:
        sys.stderr.write(f"warning: {line}\n")


def _write(
    request: IndexRequest,
    definition: IndexDefinition,
    tables: IndexTables,
    spreads: Spreads | None,
) -> None:
    """All files are opened before the first is written: none stands without the other."""
    with ExitStack() as files:
        beside = None if request.tables is None else files.enter_context(_opened(request.tables))
        out = sys.stdout if request.out is None else files.enter_context(_opened(request.out))
        if beside is not None:
            json.dump(plain_tables(tables), beside, ensure_ascii=False, indent=1)
            beside.write("\n")
        _write_scores(out, definition, tables, spreads)


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _write_scores(
    file: TextIO, definition: IndexDefinition, tables: IndexTables, spreads: Spreads | None
) -> None:
    """Units in their order; nodes from the index down, as the definition has them."""
    writer = csv.writer(file, lineterminator="\n")
    nodes = _downwards(definition)
    writer.writerow(["unit", *nodes, "level", "rank", *(SPREAD if spreads is not None else ())])
    scores = {node: tables.scores.column(node) for node in nodes}
    levels = tables.levels.get(tables.root)
    ranks = tables.ranks[tables.root].within
    for row, unit in enumerate(tables.units):
        level = None if levels is None else levels.level(row)
        line = [_safe(unit), *(_figure(scores[node][row]) for node in nodes)]
        line += ["" if level is None else str(level), _figure(ranks[row], whole=True)]
        line += [] if spreads is None else _spread(spreads[row])
        writer.writerow(line)


def _spread(rank: Spread | None) -> list[str]:
    if rank is None:
        return [""] * len(SPREAD)
    return [_figure(figure) for figure in (rank.mean, rank.median, rank.q05, rank.q95)]


def _downwards(definition: IndexDefinition) -> list[str]:
    return [node.code for root in (definition.tree, *definition.support) for node in _below(root)]


def _below(node: NodeDefinition) -> Iterator[NodeDefinition]:
    yield node
    for child in node.children:
        if isinstance(child, NodeDefinition):
            yield from _below(child)


def _figure(value: float, *, whole: bool = False) -> str:
    if value != value:  # noqa: PLR0124  (NaN: nothing is written)
        return ""
    return str(int(value)) if whole else repr(float(value))


def _safe(text: str) -> str:
    """A unit's name as a spreadsheet takes it: never as a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


__all__ = [
    "IndexRequest",
    "TableUnreadable",
    "TextRefused",
    "read_definition",
    "run_index",
    "sentence",
]
