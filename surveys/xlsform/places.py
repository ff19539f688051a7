"""From the engine's places back to the cells they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from surveys.engine.problems import Problem
from surveys.xlsform.checks import Parts
from surveys.xlsform.rows import Row

_COLUMNS: Final[Mapping[str, str]] = {
    "kind": "type",
    "list_name": "type",
    "or_other": "type",
    "guidance": "guidance_hint",
}
"""Attributes of the model whose column is called otherwise."""


@dataclass(frozen=True, slots=True)
class Places:
    """The row of every name: elements first, then indicators and lists."""

    rows: Mapping[str, Row]

    def at_cell(self, problem: Problem) -> Problem:
        """The problem at its cell: the engine says ``group/name.attribute``."""
        last = problem.at.rsplit("/", 1)[-1]
        name = last
        while name not in self.rows and "." in name:
            name = name.rpartition(".")[0]
        if row := self.rows.get(name):
            attribute = last[len(name) + 1 :].partition("::")[0]
            return replace(problem, at=row.at(_COLUMNS.get(attribute, attribute or "name")))
        return replace(problem, at=self._anywhere(problem.at))

    def _anywhere(self, at: str) -> str:
        """The nearest part of the path that has a row, else the top of the survey."""
        for part in reversed(at.split("/")):
            if row := self.rows.get(part.partition(".")[0]):
                return row.at("name")
        return "survey!A1"


def places_of(parts: Parts) -> Places:
    """Where the elements, indicators and lists of the workbook stand."""
    lists = {name: rows[0] for name, rows in parts.lists.rows.items()}
    return Places({**lists, **parts.indicators.rows, **dict(reversed(parts.tree.named))})
