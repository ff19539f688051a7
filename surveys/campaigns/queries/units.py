"""The agencies of a round: filtered, sorted, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FloatField, IntegerField, OrderBy, Q, Value, When
from django.db.models.functions import Cast, Greatest

from surveys.campaigns.deadlines import days_left, last_day, late_days
from surveys.campaigns.enums import AssignmentStatus, Disposition, Level
from surveys.campaigns.levels import TYPES_OF
from surveys.campaigns.models import Assignment, AssignmentQuerySet, Round
from surveys.campaigns.queries.counts import (
    DONE,
    VERIFIED,
    has_refused,
    is_late,
    is_unopened,
    stands_at,
    waits_at,
)
from surveys.campaigns.signing_off import MOST_STEPS, chain_of
from surveys.organisations.enums import AgencyType
from surveys.organisations.search import search_key

STATUS_FILTERS: Final[Mapping[str, tuple[AssignmentStatus, ...]]] = {
    "submitted": DONE,
    "verified": VERIFIED,
    "awaiting": (AssignmentStatus.AWAITING_SIGNATURE,),
    "drafting": (AssignmentStatus.DRAFT,),
    "returned": (AssignmentStatus.RETURNED,),
    "not_started": (AssignmentStatus.NOT_STARTED,),
}
PAGE_SIZES: Final = (50, 100, 250, 500)
MAX_WORDS: Final = 12
KEY_LENGTH: Final = 60
FLAGS: Final = ("late", "extended", "refused", "unopened", "former")

# What wants attention comes first.
ATTENTION: Final = Case(
    When(disposition=Disposition.REFUSED, then=Value(4)),
    When(status=AssignmentStatus.RETURNED, then=Value(0)),
    When(status=AssignmentStatus.NOT_STARTED, then=Value(1)),
    When(status=AssignmentStatus.DRAFT, then=Value(2)),
    When(status=AssignmentStatus.AWAITING_SIGNATURE, then=Value(3)),
    default=Value(4),
    output_field=IntegerField(),
)
SHARE: Final = Cast("answered", FloatField()) / Greatest(Cast("total", FloatField()), Value(1.0))
ORDER: Final = (F("agency__official_order").asc(), F("agency__sort_key").asc(), F("pk").asc())
SORTS: Final[Mapping[str, tuple[OrderBy, ...]]] = {
    "attention": (ATTENTION.asc(), F("due_at").asc(), *ORDER),
    "agency": (F("agency__sort_key").asc(), F("pk").asc()),
    "order": ORDER,
    "progress": (SHARE.asc(), *ORDER),
    "deadline": (F("late_days").desc(), F("due_at").asc(), *ORDER),
    "activity": (F("last_activity").desc(nulls_last=True), *ORDER),
}


@dataclass(frozen=True)
class UnitFilters:
    """What of the table is wanted; every field has its word in the address.

    ``step`` is a step of the sign-off chain that waits, from 1; ``province`` a province's key, which
    stands for the province and all below it. Who is no longer asked is seen by ``former`` only.
    """

    status: str = ""
    type: str = ""
    level: str = ""
    province: str = ""
    step: int = 0
    late: bool = False
    extended: bool = False
    refused: bool = False
    unopened: bool = False
    former: bool = False
    text: str = ""
    sort: str = "attention"
    page: int = 1
    size: int = PAGE_SIZES[0]

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "UnitFilters":
        """From an address; a word that is unknown counts as not given."""
        status, kind, sort = query.get("status", ""), query.get("type", ""), query.get("sort", "")
        size = _number(query.get("size", ""))
        return cls(
            status=_known(status, tuple(STATUS_FILTERS)),
            type=_known(kind, AgencyType.values),
            level=_known(query.get("level", ""), Level.values),
            province=_storable(query.get("province", ""))[:KEY_LENGTH],
            step=_known_step(query.get("step", "")),
            **{flag: query.get(flag) == "1" for flag in FLAGS},
            text=_storable(query.get("q", "")),
            sort=sort if sort in SORTS else "attention",
            page=max(_number(query.get("page", "")), 1),
            size=size if size in PAGE_SIZES else PAGE_SIZES[0],
        )

    def query(self, **changes: object) -> str:
        """The address's query with changes, back on the first page; only what was chosen."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # names are ours
        words = {
            "status": wanted.status,
            "type": wanted.type,
            "level": wanted.level,
            "province": wanted.province,
            "step": str(wanted.step or ""),
            **{flag: "1" if getattr(wanted, flag) else "" for flag in FLAGS},
            "q": wanted.text,
            "sort": wanted.sort if wanted.sort != "attention" else "",
            "size": str(wanted.size) if wanted.size != PAGE_SIZES[0] else "",
            "page": str(wanted.page) if wanted.page > 1 else "",
        }
        return "?" + urlencode({word: value for word, value in words.items() if value})

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self.query(sort="attention", size=PAGE_SIZES[0]) != "?"

    @property
    def nothing(self) -> "UnitFilters":
        """The same order and size without any filter."""
        return UnitFilters(sort=self.sort, size=self.size)


@dataclass(frozen=True)
class UnitRow:
    """An agency's line."""

    assignment: int
    names: Mapping[str, str]
    status: AssignmentStatus
    refused: bool
    former: bool
    unopened: bool
    step: int
    answered: int
    total: int
    late_by: int
    days_left: int
    extended_to: date | None
    last_activity: datetime | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to answer."""
        return self.answered >= self.total > 0

    @property
    def is_submitted(self) -> bool:
        """Whether it was signed."""
        return self.status in DONE


@dataclass(frozen=True)
class Units:
    """A page of the table."""

    rows: list[UnitRow]
    page: "Page[Assignment]"
    filters: UnitFilters = field(default_factory=UnitFilters)


def units(round_: Round, filters: UnitFilters, *, at: datetime) -> Units:
    """The wanted page; a page past the end is the last one. Two queries.

    An agency fits a text when each of its words begins a word of the name, tone marks aside.
    """
    wanted = ordered_units(round_, filters, at).select_related("agency")
    page = Paginator(wanted, filters.size).get_page(filters.page)
    rows = [_row(assignment, round_, at) for assignment in page]
    return Units(rows=rows, page=page, filters=replace(filters, page=page.number))


def ordered_units(round_: Round, filters: UnitFilters, at: datetime) -> AssignmentQuerySet:
    """The assignments that the filters let through, in the order that they ask for."""
    return wanted_units(round_, filters, at).order_by(*SORTS[filters.sort])


def wanted_units(round_: Round, filters: UnitFilters, at: datetime) -> AssignmentQuerySet:
    """The assignments that the filters let through, in no order."""
    condition = Q(round=round_) & _where(filters) & _how(round_, filters, at)
    for word in search_key(filters.text).split()[:MAX_WORDS]:
        condition &= Q(agency__search_key__startswith=word) | Q(
            agency__search_key__contains=f" {word}"
        )
    return Assignment.objects.filter(condition)


def _where(filters: UnitFilters) -> Q:
    condition = Q()
    if filters.type:
        condition &= Q(agency__type=filters.type)
    if filters.level:
        condition &= Q(agency__type__in=TYPES_OF[Level(filters.level)])
    if filters.province:
        key = filters.province
        condition &= (
            Q(agency__key=key) | Q(agency__parent__key=key) | Q(agency__parent__parent__key=key)
        )
    return condition


def _how(round_: Round, filters: UnitFilters, at: datetime) -> Q:
    former = Q(disposition=Disposition.INELIGIBLE)
    condition = former if filters.former else ~former
    if filters.status:
        condition &= stands_at(*STATUS_FILTERS[filters.status])
    chain = chain_of(round_.sign_off)
    if 0 < filters.step <= len(chain):
        condition &= waits_at(chain, filters.step - 1)
    flags = {
        "late": is_late(at),
        "extended": Q(due_at__gt=round_.closes_at),
        "refused": has_refused(),
        "unopened": is_unopened(),
    }
    for flag, wanted in flags.items():
        if getattr(filters, flag):
            condition &= wanted
    return condition


def _row(assignment: Assignment, round_: Round, at: datetime) -> UnitRow:
    status = AssignmentStatus(assignment.status)
    submitted = status in DONE
    refused = assignment.disposition == Disposition.REFUSED and not submitted
    former = assignment.disposition == Disposition.INELIGIBLE
    owing = not refused and not former
    late_by = late_days(assignment.due_at, at) if owing else 0
    return UnitRow(
        assignment=assignment.pk,
        names=assignment.names,
        status=status,
        refused=refused,
        former=former,
        unopened=status == AssignmentStatus.NOT_STARTED and assignment.seen_at is None,
        step=assignment.step,
        answered=assignment.answered,
        total=assignment.total,
        late_by=assignment.late_days if submitted else late_by,
        days_left=days_left(assignment.due_at, at),
        extended_to=last_day(assignment.due_at) if assignment.due_at > round_.closes_at else None,
        last_activity=assignment.last_activity,
    )


def _known(word: str, words: Sequence[str]) -> str:
    return word if word in words else ""


def _known_step(text: str) -> int:
    number = _number(text)
    return number if number <= MOST_STEPS else 0


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _storable(text: str) -> str:
    """The text without blanks around it, and without NUL, of which PostgreSQL takes none."""
    return text.replace("\0", "").strip()
