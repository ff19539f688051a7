"""Texts by language as the right pane shows them."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language_info

LINE_LENGTH: Final = 34
MAX_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the draft; ``texts`` counts what would go with it."""

    code: str
    name: str
    is_default: bool
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language; ``field`` is ``label.vi``."""

    language: Language
    field: str
    value: str

    @property
    def rows(self) -> int:
        """Lines that show the text, within reason."""
        return lines_for(self.value)


def lines_for(text: str) -> int:
    """Lines that show a text in the narrow pane: one at least, six at most."""
    lines = sum(1 + len(line) // LINE_LENGTH for line in text.split("\n"))
    return min(max(lines, 1), MAX_LINES)


def language_of(code: str, default: str, texts: int) -> Language:
    """A language by its code, called as its speakers call it."""
    try:
        name = str(get_language_info(code)["name_local"])
    except KeyError:
        name = code
    return Language(code, name[:1].upper() + name[1:], code == default, texts)
