"""What is wrong with a definition: a code and a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether an index can be computed in spite of a problem."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding. ``path`` is a JSON path such as ``$.tree.children[0].weight``; ``data`` holds what
    a sentence about it needs."""

    code: str
    path: str
    advice: str
    data: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.path}: {self.code}: {self.advice}"


class DefinitionUnreadable(Exception):
    """A definition that cannot be used; ``problems`` are all of them."""

    code = "definition_unreadable"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def json_path(parts: Iterable[str | int]) -> str:
    """``("tree", "children", 0)`` as ``$.tree.children[0]``."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
