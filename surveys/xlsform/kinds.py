"""The ``type`` cell: what a row is."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Final

from surveys.engine.model import Kind
from surveys.xlsform.vocabulary import (
    BLOCKS,
    CONSTRAINED,
    KINDS,
    SELECTS,
    UNSUPPORTED_SELECTS,
    UNSUPPORTED_TYPES,
    plain_type,
)


class Role(StrEnum):
    """What a row does in the tree."""

    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """A type, understood. ``block`` is "group", "repeat" or "loop"; ``suggestion`` the nearest known type."""

    role: Role
    kind: Kind = Kind.TEXT
    list_name: str = ""
    or_other: bool = False
    constraint: str = ""
    block: str = ""
    suggestion: str = ""


_BLOCK: Final = re.compile(r"(begin|end)[ _](.+)")
_OVER: Final = re.compile(r"(?<=^loop) (?:over )?\S+$")
_SELECT: Final = re.compile(
    rf"(?P<command>{'|'.join(sorted(map(re.escape, SELECTS), key=len, reverse=True))})"
    r"(?:\s+(?P<list>\S+?))??(?P<other>\s+(?:or_other|or other|or specify other))?",
    re.IGNORECASE,
)
_KNOWN_WORDS: Final = (
    *KINDS,
    *SELECTS,
    *CONSTRAINED,
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
)


@lru_cache(maxsize=1024)
def parse_type(text: str) -> Asked:
    """What the cell asks for, under any of the names XLSForm has for it."""
    lowered = plain_type(text)
    if kind := KINDS.get(lowered):
        return Asked(Role.QUESTION, kind)
    if lowered in UNSUPPORTED_TYPES or lowered.startswith(UNSUPPORTED_SELECTS):
        return Asked(Role.UNSUPPORTED)
    if found := _BLOCK.fullmatch(lowered):
        block = BLOCKS.get(_OVER.sub("", found.group(2)))
        return Asked(Role(found.group(1)), block=block) if block else _unknown(lowered)
    if constrained := CONSTRAINED.get(lowered):
        kind, constraint = constrained
        return Asked(Role.QUESTION, kind, constraint=constraint)
    return _select(text, lowered) or _unknown(lowered)


def _select(text: str, lowered: str) -> Asked | None:
    found = _SELECT.fullmatch(lowered if lowered in SELECTS else " ".join(text.split()))
    if found is None:
        return None
    list_name = found["list"] or ""
    if list_name.startswith("${"):
        return Asked(Role.UNSUPPORTED)  # its choices are answers of a repeat
    kind = SELECTS[found["command"].lower()]
    return Asked(Role.QUESTION, kind, list_name=list_name, or_other=bool(found["other"]))


def _unknown(lowered: str) -> Asked:
    first = lowered.split(maxsplit=1)[0] if lowered else ""
    near = get_close_matches(lowered, _KNOWN_WORDS, n=1) or get_close_matches(
        first, _KNOWN_WORDS, n=1
    )
    return Asked(Role.UNKNOWN, suggestion=near[0] if near else "")
