"""Text as it may be printed: it says what it shows, and every program can hold it."""

import unicodedata
from typing import Final

_JOINERS: Final = frozenset("\u200c\u200d")
_GONE: Final = frozenset({"Cf", "Cs", "Co", "Cn"})
_SPACES: Final = frozenset({"Cc", "Zl", "Zp"})


def readable(text: str) -> str:
    """The text in one line and in composed letters (NFC).

    Control characters and line ends become spaces, and runs of spaces one. Characters that show
    nothing go: half surrogates, unassigned ones, and marks that turn the direction of writing, with
    which a printed address could look like another. Joiners of letters stay.
    """
    kept = "".join(map(_kept, unicodedata.normalize("NFC", text)))
    return " ".join(part for part in kept.split(" ") if part)


def breakable(text: str, *, longest: int) -> str:
    """The text with a place to break (U+200B) in words of more than ``longest`` characters."""
    return " ".join(_parted(word, longest) for word in text.split(" "))


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    return "" if category in _GONE and character not in _JOINERS else character


def _parted(word: str, longest: int) -> str:
    starts = range(0, len(word), longest)
    return "\u200b".join(word[start : start + longest] for start in starts)
