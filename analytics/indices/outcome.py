"""What a computation hands over to be stored, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutcome:
    """What one unit got; the names are those of ``IndexRunUnit``."""

    agency_id: int | None
    key: str
    name: str
    name_en: str = ""
    type: str = ""
    block: str = ""
    score: float | None = None
    level: int | None = None
    rank: int | None = None
    rank_label: str = ""
    rank_low: float | None = None
    rank_median: float | None = None
    rank_high: float | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A whole run. ``tables`` is the content of the file of the intermediate tables."""

    data_sha256: str
    code_version: str
    units: Sequence[UnitOutcome]
    warnings: Sequence[Mapping[str, Any]]
    summary: Mapping[str, Any]
    tables: bytes
