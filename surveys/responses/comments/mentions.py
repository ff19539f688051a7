"""Finding the people that a text names after an ``@``. Plain text and names in, numbers out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveys.organisations.search import search_key

AT: Final = re.compile(r"(?<!\w)@(?=\w)")
WORD: Final = re.compile(r"[\w.+@-]*\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``is_mention`` where it names somebody."""

    text: str
    is_mention: bool = False


def mentioned_in(text: str, people: Mapping[int, tuple[str, ...]]) -> frozenset[int]:
    """Whom ``text`` names: ``@`` and a name or address of ``people``, tones and case left aside.

    A name that several people have names nobody: which of them is meant must be said otherwise.
    """
    names = _by_words(people)
    found = (_longest(text[at.end() :], names) for at in AT.finditer(text))
    return frozenset(next(iter(names[each])) for each in found if each and len(names[each]) == 1)


def pieces(text: str, names: Iterable[str]) -> tuple[Piece, ...]:
    """The text with what names one of ``names`` marked, for a page."""
    known = _by_words({number: (name,) for number, name in enumerate(names)})
    return tuple(_pieces(text, known))


def _pieces(text: str, known: Mapping[tuple[str, ...], set[int]]) -> Iterator[Piece]:
    start = 0
    for at in AT.finditer(text):
        words = _longest(text[at.end() :], known) if at.start() >= start else ()
        if not words:
            continue
        end = at.end() + _length(text[at.end() :], len(words))
        if at.start() > start:
            yield Piece(text[start : at.start()])
        yield Piece(text[at.start() : end], is_mention=True)
        start = end
    if start < len(text):
        yield Piece(text[start:])


def _by_words(people: Mapping[int, tuple[str, ...]]) -> dict[tuple[str, ...], set[int]]:
    known: dict[tuple[str, ...], set[int]] = {}
    for number, names in people.items():
        for name in names:
            if words := _words(name):
                known.setdefault(words, set()).add(number)
    return known


def _words(text: str) -> tuple[str, ...]:
    return tuple(search_key(word) for word in WORD.findall(text))


def _longest(text: str, known: Mapping[tuple[str, ...], set[int]]) -> tuple[str, ...]:
    """The longest name that the text begins with; empty if there is none."""
    most = max(map(len, known), default=0)
    words = _words(text[:200])[:most]
    return next((words[:size] for size in range(len(words), 0, -1) if words[:size] in known), ())


def _length(text: str, words: int) -> int:
    """How many characters the first words of a text take."""
    found = list(WORD.finditer(text))
    return found[words - 1].end()
