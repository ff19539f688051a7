"""Tables of raw data as plain rows."""

from typing import Any

from exporters.raw.plans import ColumnPlan, read_plan
from exporters.raw.writing.book import raw_tables
from exporters.tables import schema_of
from surveys.campaigns.models import Round


def tables_of(*rounds: Round, **plan: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table by its name."""
    with raw_tables(rounds, read_plan(plan), lambda *_told: None) as tables:
        found = {}
        for table in tables:
            batches = list(table.batches())
            rows = [row for batch in batches for row in batch.to_pylist()]
            assert len(rows) == table.rows
            found[table.name] = rows
        return found


def columns_of(table: str, *rounds: Round, **plan: Any) -> dict[str, Any]:
    """The columns of a table by their names."""
    with raw_tables(rounds, read_plan(plan), lambda *_told: None) as tables:
        [found] = [each for each in tables if each.name == table]
        return {each.name: each for each in found.columns}


def schema_holds(*rounds: Round) -> bool:
    """Whether the batches of every table have the schema that formats expect."""
    with raw_tables(rounds, ColumnPlan(), lambda *_told: None) as tables:
        return all(
            batch.schema == schema_of(table.columns)
            for table in tables
            for batch in table.batches()
        )
