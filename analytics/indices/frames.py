"""The values of a round as the methods read them. Loads pandas: import it inside a task only."""

import pandas as pd  # noqa: TID253  (this module is imported by task bodies only)

from analytics.definitions import IndexDefinition
from analytics.indices.leaves import RoundValues


def frame_of(definition: IndexDefinition, values: RoundValues) -> pd.DataFrame:
    """One row a unit, one column for each indicator and each other column that there is."""
    units = values.units
    columns: dict[str, list[float | str | None]] = {
        name: [unit.values.get(name) for unit in units] for name in values.columns
    }
    columns[definition.columns.unit] = [unit.key for unit in units]
    columns[definition.columns.type] = [unit.type for unit in units]
    return pd.DataFrame({name: pd.Series(held, dtype=object) for name, held in columns.items()})
