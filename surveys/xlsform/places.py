"""From the engine's places back to the cells they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from surveys.engine.problems import Problem
from surveys.xlsform.checks import Parts
from surveys.xlsform.lookups import SHEET_PREFIX
from surveys.xlsform.rows import Row

_COLUMNS: Final[Mapping[str, str]] = {
    "kind": "type",
    "list_name": "type",
    "or_other": "type",
    "guidance": "guidance_hint",
}
"""Attributes of the model whose column is called otherwise."""


_OURS: Final = frozenset({"name_repeated", "name_invalid", "choice_repeated", "nested_repeat"})
_OUR_FIELDS: Final = (".list_name", ".row_list")
"""What the engine finds too but this package finds at the very cell."""


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of elements, indicators and choice lists by their names."""

    elements: Mapping[str, Row]
    indicators: Mapping[str, Row]
    lists: Mapping[str, Row]

    def at_cell(self, problem: Problem) -> Problem:
        """The problem at its cell; what belongs to no row stands at the top of the survey.

        The engine says ``group/name.attribute``, ``indicators/code.attribute`` ``choices/list``
        or ``lookups/table``.
        """
        first, _slash, last = problem.at.rpartition("/")
        rows = {"indicators": self.indicators, "choices": self.lists}.get(first, self.elements)
        name = last
        while name not in rows and "." in name:
            name = name.rpartition(".")[0]
        row = rows.get(name)
        if first == "lookups":
            return replace(problem, at=f"{SHEET_PREFIX}{last}!A1")
        if row is None:
            return replace(problem, at="survey!A1")
        attribute = last[len(name) + 1 :] or "name"
        return replace(problem, at=row.at(_COLUMNS.get(attribute, attribute)))


def is_ours(problem: Problem) -> bool:
    """Whether the passes before report the same, better placed."""
    is_placed = problem.code in _OURS and not problem.at.startswith("lookups/")
    # What is said of a text names its language: the cells of texts are looked at before.
    return is_placed or problem.at.endswith(_OUR_FIELDS) or "::" in problem.at


def places_of(parts: Parts) -> Places:
    """Where the elements, indicators and lists of the workbook stand."""
    return Places(
        dict(reversed(parts.tree.named)),
        parts.indicators.rows,
        {name: rows[0] for name, rows in parts.lists.rows.items()},
    )
