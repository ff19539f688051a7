"""What a translation has that its source has not, and the other way round."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.engine.mentions import REFERENCE

_OPENED: Final = "${"
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|__|^#{1,6} |\]\(", re.MULTILINE)
_FACTOR: Final = 2
_ROOM: Final = 60
"""A translation may be twice as long as its source, and a short one this much longer."""


class Fault(StrEnum):
    """What may be wrong with a translation."""

    REFERENCE_MISSING = "reference_missing"
    REFERENCE_UNKNOWN = "reference_unknown"
    REFERENCE_ADDED = "reference_added"
    REFERENCE_BROKEN = "reference_broken"
    MARKUP = "markup"
    LINES = "lines"
    BLANKS = "blanks"
    LONG = "long"


GRAVE: Final = frozenset({Fault.REFERENCE_MISSING, Fault.REFERENCE_UNKNOWN, Fault.REFERENCE_BROKEN})
"""Respondents read something wrong."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault, with the name concerned where there is one."""

    fault: Fault
    name: str = ""

    @property
    def is_grave(self) -> bool:
        """Whether respondents read something wrong."""
        return self.fault in GRAVE


def remarks_on(source: str, translation: str, names: Collection[str]) -> tuple[Remark, ...]:
    """What is to be said of a translation; nothing of an empty one or of one without a source.

    ``names`` are those that ``${…}`` may speak of.
    """
    if not translation.strip() or not source.strip():
        return ()
    return (*_references(source, translation, names), *_shape(source, translation))


def _references(source: str, translation: str, names: Collection[str]) -> Iterator[Remark]:
    told, said = REFERENCE.findall(source), REFERENCE.findall(translation)
    for name in dict.fromkeys(told):
        if name not in said:
            yield Remark(Fault.REFERENCE_MISSING, name)
    for name in dict.fromkeys(said):
        if name not in names:
            yield Remark(Fault.REFERENCE_UNKNOWN, name)
        elif name not in told:
            yield Remark(Fault.REFERENCE_ADDED, name)
    if translation.count(_OPENED) > len(said) and source.count(_OPENED) == len(told):
        yield Remark(Fault.REFERENCE_BROKEN)


def _shape(source: str, translation: str) -> Iterator[Remark]:
    if Counter(_MARKUP.findall(source)) != Counter(_MARKUP.findall(translation)):
        yield Remark(Fault.MARKUP)
    if source.strip().count("\n") != translation.strip().count("\n"):
        yield Remark(Fault.LINES)
    if _outer(source) != _outer(translation):
        yield Remark(Fault.BLANKS)
    if len(translation) > max(_FACTOR * len(source), len(source) + _ROOM):
        yield Remark(Fault.LONG)


def _outer(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()
