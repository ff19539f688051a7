"""Which columns a copy has: the union by name over the versions that a round asks.

A variable keeps its name as long as it can be read the same way. One that is read otherwise in a later
version (a number that has become a text) gets a second column, whose name ends with that version:
``staff__v3``. Versions after that fill whichever of the two can be read their way. Versions are taken
in the order of their keys, so a column never changes its name when a newer version comes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from analytics.dataset import Measure, Variable, variables_of, variables_of_rows
from surveys.engine import Form, Kind, Repeat
from surveys.engine.expressions import Type

UNKNOWN_TYPES: Final = (Type.NUMBER, Type.ANY, Type.BLANK)
"""Types of a calculation that are, or may be, a number."""


@dataclass(frozen=True, slots=True)
class VersionForm:
    """A version of a questionnaire: its key, its number, its form."""

    pk: int
    number: int
    form: Form


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a copy in order, and of each version which variable fills which column."""

    columns: Mapping[str, Variable]
    by_version: Mapping[int, tuple[tuple[str, Variable], ...]]

    def hashes(self) -> dict[str, str]:
        """What each version's rows look like, as a hash by the version's key."""
        return {str(pk): _hash(columns) for pk, columns in self.by_version.items()}

    def fits(self, stored: Mapping[str, str]) -> bool:
        """Whether rows that were written under the stored hashes still stand in their columns."""
        now = self.hashes()
        return all(now.get(pk, known) == known for pk, known in stored.items())


def readable_variables(form: Form) -> tuple[Variable, ...]:
    """The variables of a form; a calculation that gives no number is read as a text."""
    return tuple(_typed(variable, form) for variable in variables_of(form))


def readable_variables_of_rows(repeat: Repeat, form: Form) -> tuple[Variable, ...]:
    """The variables of a row of a repeat, read in the same way."""
    return tuple(_typed(variable, form) for variable in variables_of_rows(repeat, form))


def layout_of(
    versions: Iterable[VersionForm],
    variables: Callable[[Form], Iterable[Variable]] = readable_variables,
) -> Layout:
    """The union of the versions' variables: of all, or of those that ``variables`` gives."""
    columns: dict[str, Variable] = {}
    named: dict[tuple[str, Measure], str] = {}
    by_version = {}
    for version in sorted(versions, key=lambda each: each.pk):
        filled = []
        for variable in variables(version.form):
            key = variable.name, variable.measure
            name = named[key] if key in named else _name(variable, version, columns)
            named[key] = name
            columns[name] = _joined(replace(variable, name=name), columns.get(name))
            filled.append((name, variable))
        by_version[version.pk] = tuple(filled)
    return Layout(columns, by_version)


def _typed(variable: Variable, form: Form) -> Variable:
    part = form.parts[variable.path.rpartition("/")[2]]
    is_text = (
        variable.measure is Measure.NUMBER
        and part.question.kind is Kind.CALCULATE
        and part.type not in UNKNOWN_TYPES
    )
    return replace(variable, measure=Measure.TEXT) if is_text else variable


def _name(variable: Variable, version: VersionForm, columns: Mapping[str, Variable]) -> str:
    """A name for a new column: the variable's own, or one with the version where that is taken."""
    name, number = variable.name, version.number
    for candidate in (name, f"{name}__v{number}", f"{name}__v{number}_{version.pk}"):
        if candidate not in columns:
            return candidate
    raise AssertionError("a name with the version's key is taken by no other version")


def _joined(variable: Variable, known: Variable | None) -> Variable:
    """The variable with the choices and missing codes of an older version, which its rows may hold."""
    if known is None:
        return variable
    offered = {choice.name for choice in variable.choices}
    former = tuple(choice for choice in known.choices if choice.name not in offered)
    codes = tuple(dict.fromkeys((*variable.missing, *known.missing)))
    return replace(variable, choices=(*variable.choices, *former), missing=codes)


def _hash(columns: tuple[tuple[str, Variable], ...]) -> str:
    told = [[name, variable.path, variable.measure.value] for name, variable in columns]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
