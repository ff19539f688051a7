"""What of a definition cannot work: at design time, with places."""

from analytics.definitions import IndexDefinition, Problem
from analytics.definitions.checking import check
from analytics.definitions.problems import Severity


def findings_of(definition: IndexDefinition) -> tuple[Problem, ...]:
    """Every finding, those that block first."""
    found = check(definition)
    return tuple(sorted(found, key=lambda each: each.severity is not Severity.ERROR))


def blocking(definition: IndexDefinition) -> tuple[Problem, ...]:
    """The findings that keep a version from being frozen."""
    return tuple(each for each in check(definition) if each.severity is Severity.ERROR)
