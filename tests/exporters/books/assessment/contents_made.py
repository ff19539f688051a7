"""Contents of assessment workbooks without a database: an index computed over a table."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from analytics.definitions import IndexDefinition
from analytics.definitions.vocabulary import SourceKind
from analytics.indices.cells import CODES, State
from analytics.indices.filing import files_of
from analytics.indices.leaves import RoundUnit, other_columns
from analytics.indices.telling import units_of, warning_of
from analytics.methods.index import IndexTables, compute
from exporters.books.assessment.contents import AssessmentContents, contents_of
from exporters.books.assessment.gathering import node_result
from exporters.books.assessment.results import AssessedUnit, RunFacts

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def contents_over(
    definition: IndexDefinition,
    frame: pd.DataFrame,
    *,
    panel: pd.DataFrame | None = None,
    kept: bool = True,
) -> tuple[AssessmentContents, IndexTables]:
    """The contents of a run over a table, and what it computed. Without ``kept`` the run is one of
    before the columns beside the indicators were kept."""
    tables = compute(definition, frame, panel=panel)
    units = _units(definition, frame)
    lines = {
        name: [[_text(cell) for cell in line] for line in found]
        for name, found in files_of(definition, units, tables, None).items()
        if kept or name != "beside"
    }
    assessed = [
        AssessedUnit(
            key=unit.key,
            name=f"Tỉnh {unit.key}",
            type=unit.type,
            block=unit.block,
            nodes={code: node_result(found) for code, found in unit.data["nodes"].items()},
            data=unit.data,
        )
        for unit in units_of(units, tables, None)
    ]
    return contents_of(definition, _facts(tables), assessed, lines), tables


def _facts(tables: IndexTables) -> RunFacts:
    return RunFacts(
        number=7,
        index="small",
        index_name={"vi": "Chỉ số thử", "en": "Trial index"},
        version=1,
        round="thu-2026",
        round_title={"vi": "Kỳ thử", "en": "Trial round"},
        computed_at=AT,
        configuration_sha256=tables.identity.configuration,
        data_sha256=tables.identity.data,
        code_version=tables.identity.code,
        tables_sha256="0" * 64,
        definition_sha256="1" * 64,
        scores="self",
        seed=7,
        draws=0,
        asked=len(tables.units),
        signed=len(tables.units),
        warnings=[warning_of(each) for each in tables.warnings],
    )


def _units(definition: IndexDefinition, frame: pd.DataFrame) -> list[RoundUnit]:
    own = {
        each.code: each.column
        for each in definition.indicators
        if each.source.kind is not SourceKind.FORMULA
    }
    named = own | {name: name for name in other_columns(definition)}
    names = {name: column for name, column in named.items() if column in frame.columns}
    codes = {code: state for state, code in CODES.items()}
    units = []
    for number, row in enumerate(frame.to_dict("records")):
        values = {name: row[column] for name, column in names.items() if not _is_blank(row[column])}
        states = {
            code: codes.get(str(values[code]), State.ANSWERED) if code in values else State.BLANK
            for code in own
        }
        units.append(
            RoundUnit(
                agency_id=number,
                key=str(row["unit"]),
                name=str(row["unit"]),
                name_en="",
                type=str(row.get("type") or ""),
                is_signed=True,
                values=values,
                states=states,
            )
        )
    return units


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and value != value)  # noqa: PLR0124  (NaN is not itself)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return repr(cell) if isinstance(cell, float) else str(cell)
