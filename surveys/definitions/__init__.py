"""Definitions as JSON: what is stored with a version of a questionnaire."""

from surveys.definitions.reading import DefinitionUnreadable, load
from surveys.definitions.writing import SCHEMA_VERSION, dump

__all__ = ["SCHEMA_VERSION", "DefinitionUnreadable", "dump", "load"]
