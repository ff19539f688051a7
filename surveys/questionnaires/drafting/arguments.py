"""What a command is given, read strictly, and what it plans."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.definitions import DefinitionUnreadable
from surveys.definitions.editing import EditError, Excerpt, Operation, read_excerpt

MAX_NODES = 1_000


class CommandMalformed(EditError):
    """The command is unknown, or an argument is missing or of another type."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Operations to apply as one edit, and the uid of the node to select afterwards."""

    operations: tuple[Operation, ...]
    select: str = ""


@dataclass(frozen=True, slots=True)
class Arguments:
    """A JSON object."""

    given: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str, default: str | None = None) -> str:
        """A text. Raises CommandMalformed."""
        value = self.given.get(name, default)
        if not isinstance(value, str):
            raise CommandMalformed(f"{name!r} is a text.")
        return value

    def flag(self, name: str) -> bool:
        """True or false. Raises CommandMalformed."""
        value = self.given.get(name)
        if not isinstance(value, bool):
            raise CommandMalformed(f"{name!r} is true or false.")
        return value

    def texts(self, name: str) -> list[str]:
        """Between 1 and 1,000 texts. Raises CommandMalformed."""
        value = self.given.get(name)
        if (
            not isinstance(value, list)
            or not 0 < len(value) <= MAX_NODES
            or not all(isinstance(each, str) for each in value)
        ):
            raise CommandMalformed(f"{name!r} is a list of at most {MAX_NODES} texts.")
        return value

    def objects(self, name: str) -> list[dict[str, Any]]:
        """Between 1 and 1,000 objects. Raises CommandMalformed."""
        value = self.given.get(name)
        if (
            not isinstance(value, list)
            or not 0 < len(value) <= MAX_NODES
            or not all(isinstance(each, dict) for each in value)
        ):
            raise CommandMalformed(f"{name!r} is a list of at most {MAX_NODES} objects.")
        return value

    def excerpt(self, *, elements: str) -> Excerpt:
        """Between 1 and 1,000 elements under that name, and what they need. Raises CommandMalformed."""
        given = {key: each for key, each in self.given.items() if key in ("lists", "indicators")}
        try:
            return read_excerpt({**given, "elements": self.objects(elements)})
        except (DefinitionUnreadable, RecursionError) as failure:
            raise CommandMalformed("What is pasted is no element.") from failure
