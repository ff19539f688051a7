"""Disclosure control: no figure that is shown tells of a single respondent."""

from analytics.methods.disclosure.auditing import Finding, Interval, Published, audit, intervals
from analytics.methods.disclosure.rules import NOTHING, Dominance, Policy, Rule
from analytics.methods.disclosure.searching import CannotBeProtected
from analytics.methods.disclosure.suppression import Earlier, Protected, protect
from analytics.methods.disclosure.systems import TablesDisagree
from analytics.methods.disclosure.tables import (
    TOTAL,
    Axis,
    Cell,
    Contribution,
    Derived,
    Figures,
    Origin,
    Sum,
    Table,
    cell_key,
    crosstab,
)

__all__ = [
    "NOTHING",
    "TOTAL",
    "Axis",
    "CannotBeProtected",
    "Cell",
    "Contribution",
    "Derived",
    "Dominance",
    "Earlier",
    "Figures",
    "Finding",
    "Interval",
    "Origin",
    "Policy",
    "Protected",
    "Published",
    "Rule",
    "Sum",
    "Table",
    "TablesDisagree",
    "audit",
    "cell_key",
    "crosstab",
    "intervals",
    "protect",
]
