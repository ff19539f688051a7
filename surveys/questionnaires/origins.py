"""Of which item of the question library an element is a copy, as ``library_item`` says it."""

import re
from dataclasses import dataclass
from typing import Final, Self

KEY: Final = "[a-z0-9]{6,20}"
_ORIGIN: Final = re.compile(rf"({KEY})@(\d{{1,6}})(?:#(.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """The item's key and its revision when it was copied or its wording was taken.

    ``name`` is what the element is called in the item where it stands inside the item's own element;
    "" for that element itself.
    """

    key: str
    revision: int
    name: str = ""

    @classmethod
    def read(cls, text: object) -> Self | None:
        """From ``key@revision`` or ``key@revision#name``; None for anything else."""
        found = _ORIGIN.fullmatch(text) if isinstance(text, str) else None
        return cls(found[1], int(found[2]), found[3] or "") if found else None

    def __str__(self) -> str:
        inside = f"#{self.name}" if self.name else ""
        return f"{self.key}@{self.revision}{inside}"
