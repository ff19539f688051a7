"""Choices as they were written into a cell: codes, words of any language, several in one cell."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from surveys.engine import Choice

MOST_PIECES: Final = 500

_CODE_BEHIND: Final = re.compile(r"\[([^\[\]]+)\]$")
_WORD: Final = re.compile(r"[^\W_]+")
_TRUTHS: Final = {
    "true": frozenset({"true", "yes", "1", "co", "dung", "y"}),
    "false": frozenset({"false", "no", "0", "khong", "sai", "n"}),
}


class NoChoice(Exception):
    """The text means no choice of the list."""


class Ambiguous(Exception):
    """The text means several choices of the list."""


def choice_of(text: str, choices: Sequence[Choice]) -> str:
    """The code of the choice that a text means.

    A code comes before words, words as they stand before words without case and diacritics; those
    count only where one choice alone is meant. Raises NoChoice or Ambiguous.
    """
    wanted = _line(text)
    for choice in choices:
        if choice.name == wanted:
            return wanted
    behind = _CODE_BEHIND.search(wanted)
    if behind and any(choice.name == behind[1] for choice in choices):
        return behind[1]
    for normal in (_exact, _caseless, folded):
        if found := _meant(wanted, choices, normal):
            return found
    if truths := _TRUTHS.get(wanted.casefold()):
        said = [each.name for each in choices if truths & {folded(word) for word in _words(each)}]
        if len(said) == 1:
            return said[0]
    raise NoChoice(text)


def choices_in(text: str, choices: Sequence[Choice]) -> list[str]:
    """The codes of all choices that stand in a text, with ``;``, new lines or commas between them.

    A text that is one choice as a whole is that choice, whatever signs it holds. Raises NoChoice or
    Ambiguous.
    """
    try:
        return [choice_of(text, choices)]
    except NoChoice:
        pass
    pieces = [piece for piece in re.split(r"[;\n]", text) if piece.strip()]
    found: list[str] = []
    for piece in pieces[:MOST_PIECES]:
        found.extend(_between_commas(piece, choices))
    if len(pieces) > MOST_PIECES:
        raise NoChoice(text)
    return found


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Letters and digits alone, without case and diacritics."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(letters))


def _between_commas(piece: str, choices: Sequence[Choice]) -> list[str]:
    """The choices of a piece, the longest first: words of a choice may hold commas."""
    parts = [part for part in piece.split(",") if part.strip()]
    if len(parts) > MOST_PIECES:
        raise NoChoice(piece)
    found: list[str] = []
    start = 0
    while start < len(parts):
        for end in range(min(len(parts), start + 8), start, -1):
            try:
                found.append(choice_of(",".join(parts[start:end]), choices))
            except NoChoice:
                continue
            start = end
            break
        else:
            raise NoChoice(piece)
    return found


def _meant(wanted: str, choices: Sequence[Choice], normal: Callable[[str], str]) -> str:
    looked_for = normal(wanted)
    if not looked_for:
        return ""
    found = [
        choice.name
        for choice in choices
        if any(normal(word) == looked_for for word in _words(choice))
    ]
    if len(found) > 1:
        raise Ambiguous(wanted)
    return found[0] if found else ""


def _words(choice: Choice) -> list[str]:
    return [choice.name, *(_line(label) for label in choice.label.values())]


@lru_cache(maxsize=65_536)
def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _exact(text: str) -> str:
    return text


def _caseless(text: str) -> str:
    return text.casefold()
