"""What a change of a definition means for answers that exist already: rules, as tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

from surveys.engine.model import EvidenceNeed, Kind


class ChangeClass(StrEnum):
    """How far a change reaches.

    Cosmetic: only what people read changes. Compatible: every answer keeps its meaning and can be
    compared with new ones. Breaking: some answers are lost or mean something else.
    """

    COSMETIC = "cosmetic"
    COMPATIBLE = "compatible"
    BREAKING = "breaking"


class Fate(StrEnum):
    """What becomes of the answers concerned.

    Kept: they stay as they are. Converted: they stay in another form or place. Review: they stay
    where they fit the new rule, and somebody must look at the others. Dropped: they go.
    """

    KEPT = "kept"
    CONVERTED = "converted"
    REVIEW = "review"
    DROPPED = "dropped"


Verdict = tuple[ChangeClass, Fate]

COSMETIC: Final[Verdict] = (ChangeClass.COSMETIC, Fate.KEPT)
SAFE: Final[Verdict] = (ChangeClass.COMPATIBLE, Fate.KEPT)
CHECK: Final[Verdict] = (ChangeClass.COMPATIBLE, Fate.REVIEW)
ADAPTED: Final[Verdict] = (ChangeClass.COMPATIBLE, Fate.CONVERTED)
RECAST: Final[Verdict] = (ChangeClass.BREAKING, Fate.CONVERTED)
DOUBTFUL: Final[Verdict] = (ChangeClass.BREAKING, Fate.REVIEW)
RESCORED: Final[Verdict] = (ChangeClass.BREAKING, Fate.KEPT)
LOST: Final[Verdict] = (ChangeClass.BREAKING, Fate.DROPPED)


@dataclass(frozen=True, slots=True)
class Rule:
    """The verdicts on a field that gets a content, loses it, or gets another one."""

    added: Verdict
    removed: Verdict
    changed: Verdict

    def verdict(self, old: str, new: str) -> Verdict:
        """The one that fits; ``old`` and ``new`` differ."""
        if not old:
            return self.added
        return self.changed if new else self.removed


def _always(verdict: Verdict) -> Rule:
    return Rule(verdict, verdict, verdict)


_READ_ONLY_BY_PEOPLE: Final = (
    "title",
    "default_language",
    "languages",
    "label",
    "hint",
    "guidance",
    "number",
    "appearance",
    "required_message",
    "constraint_message",
    "warning_message",
    "successor_of",
    "library_item",
    "legal_basis",
)

RULES: Final[dict[str, Rule]] = {
    **dict.fromkeys(_READ_ONLY_BY_PEOPLE, _always(COSMETIC)),
    "code": _always(DOUBTFUL),
    "required": Rule(CHECK, SAFE, CHECK),
    "constraint": Rule(CHECK, SAFE, CHECK),
    "warning": Rule(CHECK, SAFE, CHECK),
    "band": Rule(CHECK, SAFE, CHECK),
    "choice_filter": Rule(CHECK, SAFE, CHECK),
    "relevant": _always(CHECK),
    "closed": Rule(CHECK, SAFE, CHECK),
    "calculation": Rule(LOST, CHECK, ADAPTED),
    "unit": Rule(SAFE, SAFE, DOUBTFUL),
    "or_other": Rule(SAFE, LOST, LOST),
    # The answers stay as they are, but points before and after cannot be compared.
    "scoring": Rule(SAFE, RESCORED, RESCORED),
    "missing": Rule(SAFE, LOST, LOST),
    "personal_data": _always(CHECK),
    "parameters": _always(CHECK),
    "repeat_count": _always(CHECK),
    "extra": _always(CHECK),
}
"""Fields that no line names are compatible and keep every answer."""

_OTHERWISE: Final = _always(SAFE)
_HARMLESS_PARAMETERS: Final = {
    "prefill",
    "below",
    "rows",
    "quality",
    "max-pixels",
    "randomize",
    "seed",
}

FIGURES: Final = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)
LISTED: Final = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK)
FILES: Final = (Kind.FILE, Kind.IMAGE)
UNASKED: Final = (Kind.NOTE, Kind.CALCULATE)
"""Kinds of which no answer is stored."""
_ASKED: Final = tuple(kind for kind in Kind if kind not in UNASKED)


def _pairs(
    verdict: Verdict, old: Iterable[Kind], new: Iterable[Kind]
) -> dict[tuple[Kind, Kind], Verdict]:
    return dict.fromkeys(product(old, new), verdict)


KINDS: Final[dict[tuple[Kind, Kind], Verdict]] = {
    **_pairs(LOST, FILES, _ASKED),
    **_pairs(LOST, _ASKED, FILES),
    **_pairs(DOUBTFUL, FIGURES, FIGURES),
    **_pairs(RECAST, (*FIGURES, *LISTED, Kind.DATE, Kind.TIME, Kind.DATETIME), (Kind.TEXT,)),
    **_pairs(RECAST, (Kind.ACKNOWLEDGE,), (Kind.TEXT,)),
    **_pairs(LOST, _ASKED, UNASKED),
    **_pairs(CHECK, UNASKED, _ASKED),
    (Kind.NOTE, Kind.CALCULATE): SAFE,
    (Kind.CALCULATE, Kind.NOTE): LOST,
    (Kind.INTEGER, Kind.DECIMAL): SAFE,
    (Kind.RANGE, Kind.DECIMAL): SAFE,
    (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE): ADAPTED,
    (Kind.RANK, Kind.SELECT_MULTIPLE): RECAST,
    (Kind.DATE, Kind.DATETIME): ADAPTED,
    (Kind.DATETIME, Kind.DATE): RECAST,
    (Kind.TEXT, Kind.HIDDEN): SAFE,
    (Kind.HIDDEN, Kind.TEXT): SAFE,
    (Kind.IMAGE, Kind.FILE): SAFE,
    (Kind.FILE, Kind.IMAGE): DOUBTFUL,
}
"""From one type to another. Between others, what can be read as the new type is taken over."""


def verdict_on_field(field: str, detail: str, old: str, new: str) -> Verdict:
    """What a field's change means; ``detail`` is the language, parameter or code within it."""
    if field == "evidence":
        return CHECK if new == EvidenceNeed.REQUIRED else SAFE
    if field == "parameters" and detail in _HARMLESS_PARAMETERS:
        return SAFE
    return RULES.get(field, _OTHERWISE).verdict(old, new)


def verdict_on_kind(old: Kind, new: Kind) -> Verdict:
    """What a change of type means."""
    return KINDS.get((old, new), DOUBTFUL)
