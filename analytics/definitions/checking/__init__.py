"""What of a readable definition cannot work, or not as meant, before any figure is seen."""

from collections.abc import Collection

from analytics.definitions.checking.indicators import indicator_problems
from analytics.definitions.checking.rules import rule_problems
from analytics.definitions.checking.tables import table_problems
from analytics.definitions.checking.tree import tree_problems
from analytics.definitions.checking.uncertainty import uncertainty_problems
from analytics.definitions.checking.weights import weight_problems
from analytics.definitions.model import IndexDefinition
from analytics.definitions.problems import Problem


def check(
    definition: IndexDefinition,
    *,
    columns: Collection[str] | None = None,
    units: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Every problem; those of severity ``error`` keep the index from being computed.

    Given the ``columns`` and ``units`` of a table, names that are not among them are named too.
    """
    return (
        *tree_problems(definition),
        *indicator_problems(definition),
        *weight_problems(definition),
        *rule_problems(definition),
        *uncertainty_problems(definition),
        *table_problems(definition, columns=columns, units=units),
    )


__all__ = ["check"]
