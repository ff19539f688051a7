"""The map: where each of the provinces stands, or how many of its communes have submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import NAMES, Counts, figures, has_refused
from surveys.organisations.enums import AgencyType, IdentifierScheme
from surveys.organisations.models import Agency, AgencyIdentifier

LEVELS: Final = {
    AssignmentStatus.NOT_STARTED: 0,
    AssignmentStatus.AWAITING_SIGNATURE: 3,
    AssignmentStatus.SUBMITTED: 4,
    AssignmentStatus.VERIFIED: 4,
    AssignmentStatus.PUBLISHED: 4,
}


RATE_CLASSES: Final = 5


@dataclass(frozen=True)
class ProvinceRow:
    """A province and its shade.

    By its own answers: 0 not started or refused, 1 under half, 2 from half on, 3 waiting, 4 done; where
    ``communes`` are asked, their rate in fifths. ``code`` is the statistics office's on the round's
    reference date, by which the map knows it; ``key`` is ours. ``status`` is None where the province
    itself is not asked.
    """

    key: str
    code: str
    names: Mapping[str, str]
    status: str | None
    answered: int
    total: int
    level: int
    communes: Counts | None = None


def provinces(round_: Round, *, at: datetime, with_communes: bool = False) -> list[ProvinceRow]:
    """The provinces that the round asks, in official order; one query, and one more with communes.

    With communes, those of which any is asked follow too.
    """
    rows = _own(round_)
    if not with_communes:
        return rows
    communes = {row["key"]: row for row in _communes(round_, at)}
    joined = [_with_communes(row, communes.pop(row.key, None)) for row in rows]
    return joined + [_only_communes(row) for row in communes.values()]


def province_names() -> list[Agency]:
    """Every province that exists, for a list to choose from; one query."""
    provinces = Agency.objects.of_types([AgencyType.PROVINCE])
    return list(provinces.only("key", "name", "name_en"))


def _own(round_: Round) -> list[ProvinceRow]:
    asked = Assignment.objects.expected().filter(round=round_, agency__type=AgencyType.PROVINCE)
    values = (
        asked.annotate(
            code=_codes(round_, "agency"),
            called=Coalesce(NullIf("agency_name", Value("")), "agency__name"),
            called_en=Coalesce(NullIf("agency_name_en", Value("")), "agency__name_en"),
        )
        .order_by("agency__official_order", "agency__sort_key")
        .values(
            "agency__key",
            "code",
            "called",
            "called_en",
            "status",
            "answered",
            "total",
            refused=has_refused(),
        )
    )
    return [_row(value) for value in values]


def _communes(round_: Round, at: datetime) -> list[dict[str, Any]]:
    asked = Assignment.objects.expected().filter(
        round=round_, agency__type=AgencyType.COMMUNE, agency__parent__isnull=False
    )
    grouped = (
        asked.annotate(code=_codes(round_, "agency__parent"), key=F("agency__parent__key"))
        .values("key", "code", "agency__parent__name", "agency__parent__name_en")
        .annotate(**figures(at, closes_at=round_.closes_at))
        .order_by("agency__parent__official_order", "agency__parent__sort_key")
    )
    return [dict(row) for row in grouped]


def _codes(round_: Round, agency: str) -> Subquery:
    day = round_.reference_date
    codes = (
        AgencyIdentifier.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            agency=OuterRef(agency),
            scheme=IdentifierScheme.NSO,
        )
        .order_by("-valid_from")
        .values("value")[:1]
    )
    return Subquery(codes)


def _row(value: Mapping[str, Any]) -> ProvinceRow:
    answered, total = value["answered"], value["total"]
    half = 2 if 2 * answered >= total > 0 else 1
    refused = value["refused"]
    return ProvinceRow(
        key=value["agency__key"],
        code=value["code"] or "",
        names={"vi": value["called"], "en": value["called_en"]},
        status=Disposition.REFUSED if refused else AssignmentStatus(value["status"]),
        answered=answered,
        total=total,
        level=0 if refused else LEVELS.get(AssignmentStatus(value["status"]), half),
    )


def _with_communes(row: ProvinceRow, found: Mapping[str, Any] | None) -> ProvinceRow:
    communes = _counts(found) if found else Counts()
    return replace(row, communes=communes, level=_fifth(communes))


def _only_communes(found: Mapping[str, Any]) -> ProvinceRow:
    communes = _counts(found)
    return ProvinceRow(
        key=found["key"],
        code=found["code"] or "",
        names={"vi": found["agency__parent__name"], "en": found["agency__parent__name_en"]},
        status=None,
        answered=0,
        total=0,
        level=_fifth(communes),
        communes=communes,
    )


def _counts(found: Mapping[str, Any]) -> Counts:
    return Counts(**{name: found[name] for name in NAMES})


def _fifth(counts: Counts) -> int:
    """0 under 20 %, 1 under 40 %, … 4 from 80 % on; 0 of nobody."""
    if not counts.total:
        return 0
    return min(RATE_CLASSES * counts.submitted // counts.total, RATE_CLASSES - 1)
