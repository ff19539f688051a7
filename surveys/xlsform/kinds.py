"""The ``type`` cell: what a row is."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Final

from surveys.engine.model import Kind
from surveys.xlsform.vocabulary import (
    BLOCKS,
    CONSTRAINED,
    KINDS,
    SELECTS,
    UNSUPPORTED_SELECTS,
    UNSUPPORTED_TYPES,
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
    """A type, understood. ``block`` is "group" or "repeat"; ``suggestion`` the nearest known type."""

    role: Role
    kind: Kind = Kind.TEXT
    list_name: str = ""
    or_other: bool = False
    constraint: str = ""
    block: str = ""
    suggestion: str = ""


_BLOCK: Final = re.compile(r"(begin|end)[ _](.+)")
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


@cache
def parse_type(text: str) -> Asked:
    """What the cell asks for, under any of the names XLSForm has for it."""
    lowered = " ".join(text.lower().split())
    if kind := KINDS.get(lowered):
        return Asked(Role.QUESTION, kind)
    if found := _BLOCK.fullmatch(lowered):
        block = BLOCKS.get(found.group(2))
        return Asked(Role(found.group(1)), block=block) if block else _unknown(lowered)
    if lowered in UNSUPPORTED_TYPES or lowered.startswith(UNSUPPORTED_SELECTS):
        return Asked(Role.UNSUPPORTED)
    if constrained := CONSTRAINED.get(lowered):
        kind, constraint = constrained
        return Asked(Role.QUESTION, kind, constraint=constraint)
    if select := _SELECT.fullmatch(" ".join(text.split())):
        return Asked(
            Role.QUESTION,
            SELECTS[select["command"].lower()],
            list_name=select["list"] or "",
            or_other=bool(select["other"]),
        )
    return _unknown(lowered)


def _unknown(lowered: str) -> Asked:
    first = lowered.split(maxsplit=1)[0] if lowered else ""
    near = get_close_matches(lowered, _KNOWN_WORDS, n=1) or get_close_matches(
        first, _KNOWN_WORDS, n=1
    )
    return Asked(Role.UNKNOWN, suggestion=near[0] if near else "")
