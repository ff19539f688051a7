"""Definitions of indices: read, written, checked and compared; plain data."""

from analytics.definitions.checking import check
from analytics.definitions.comparing import Change, Difference, Said, compare
from analytics.definitions.model import (
    SCHEMA,
    Columns,
    Denominator,
    IndexDefinition,
    IndicatorDefinition,
    Leaf,
    NodeDefinition,
    Source,
)
from analytics.definitions.problems import DefinitionUnreadable, Problem, Severity
from analytics.definitions.reading import read
from analytics.definitions.reasons import Reason
from analytics.definitions.schema import json_schema
from analytics.definitions.writing import definition_hash, write, write_text, write_whole

__all__ = [
    "SCHEMA",
    "Change",
    "Columns",
    "DefinitionUnreadable",
    "Denominator",
    "Difference",
    "IndexDefinition",
    "IndicatorDefinition",
    "Leaf",
    "NodeDefinition",
    "Problem",
    "Reason",
    "Said",
    "Severity",
    "Source",
    "check",
    "compare",
    "definition_hash",
    "json_schema",
    "read",
    "write",
    "write_text",
    "write_whole",
]
