"""Texts with names in braces, for which each agency's own words are put in.

A name stands for a ready text and nothing else: there are no expressions, attributes or formats, and
what is put in is not read again.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

_NAME: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that stands for nothing, with its place; line and column count from 1."""

    name: str
    line: int
    column: int


def unknown_names(text: str, known: Collection[str]) -> list[UnknownName]:
    """Every name in braces that is not ``known``, in the order of the text."""
    return [
        UnknownName(found[1], *_place(text, found.start()))
        for found in _NAME.finditer(text)
        if found[1] not in known
    ]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values in the places of their names; unknown names stay as they are."""
    return _NAME.sub(lambda found: values.get(found[1], found[0]), text)


def _place(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
