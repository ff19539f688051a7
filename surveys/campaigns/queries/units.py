"""The agencies of a round: filtered, sorted, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FloatField, IntegerField, OrderBy, Q, Value, When
from django.db.models.functions import Cast, Greatest

from surveys.campaigns.deadlines import days_left, last_day, late_days
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, AssignmentQuerySet, Round
from surveys.campaigns.queries.counts import DONE, is_late
from surveys.organisations.enums import AgencyType
from surveys.organisations.search import search_key

STATUS_FILTERS: Final[Mapping[str, tuple[AssignmentStatus, ...]]] = {
    "submitted": DONE,
    "awaiting": (AssignmentStatus.AWAITING_SIGNATURE,),
    "drafting": (AssignmentStatus.DRAFT,),
    "returned": (AssignmentStatus.RETURNED,),
    "not_started": (AssignmentStatus.NOT_STARTED,),
}
PAGE_SIZES: Final = (100, 250, 500)
MAX_WORDS: Final = 12

# What wants attention comes first.
ATTENTION: Final = Case(
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
    """What of the table is wanted; every field has its word in the address."""

    status: str = ""
    type: str = ""
    late: bool = False
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
            status=status if status in STATUS_FILTERS else "",
            type=kind if kind in AgencyType.values else "",
            late=query.get("late") == "1",
            text=query.get("q", "").strip(),
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
            "late": "1" if wanted.late else "",
            "q": wanted.text,
            "sort": wanted.sort if wanted.sort != "attention" else "",
            "size": str(wanted.size) if wanted.size != PAGE_SIZES[0] else "",
            "page": str(wanted.page) if wanted.page > 1 else "",
        }
        return "?" + urlencode({word: value for word, value in words.items() if value})

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.status or self.type or self.late or self.text)


@dataclass(frozen=True)
class UnitRow:
    """An agency's line."""

    assignment: int
    names: Mapping[str, str]
    status: AssignmentStatus
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
    wanted = (
        wanted_units(round_, filters, at).select_related("agency").order_by(*SORTS[filters.sort])
    )
    page = Paginator(wanted, filters.size).get_page(filters.page)
    rows = [_row(assignment, round_, at) for assignment in page]
    return Units(rows=rows, page=page, filters=replace(filters, page=page.number))


def wanted_units(round_: Round, filters: UnitFilters, at: datetime) -> AssignmentQuerySet:
    """The assignments that the filters let through, in no order."""
    condition = Q(round=round_)
    if filters.status:
        condition &= Q(status__in=STATUS_FILTERS[filters.status])
    if filters.type:
        condition &= Q(agency__type=filters.type)
    if filters.late:
        condition &= is_late(at)
    for word in search_key(filters.text).split()[:MAX_WORDS]:
        condition &= Q(agency__search_key__startswith=word) | Q(
            agency__search_key__contains=f" {word}"
        )
    return Assignment.objects.filter(condition)


def _row(assignment: Assignment, round_: Round, at: datetime) -> UnitRow:
    status = AssignmentStatus(assignment.status)
    submitted = status in DONE
    return UnitRow(
        assignment=assignment.pk,
        names=assignment.names,
        status=status,
        answered=assignment.answered,
        total=assignment.total,
        late_by=assignment.late_days if submitted else late_days(assignment.due_at, at),
        days_left=days_left(assignment.due_at, at),
        extended_to=last_day(assignment.due_at) if assignment.due_at > round_.closes_at else None,
        last_activity=assignment.last_activity,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
