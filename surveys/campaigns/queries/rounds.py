"""The list of rounds, by campaign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import F

from surveys.campaigns.deadlines import days_left
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.campaigns.queries.counts import NAMES, Counts, figures
from surveys.organisations.rules import Person
from surveys.organisations.search import search_key

SORTS: Final = ("deadline", "title")


@dataclass(frozen=True)
class RoundFilters:
    """What of the list is wanted; every field has its word in the address."""

    status: str = ""
    text: str = ""
    sort: str = "deadline"
    mine: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "RoundFilters":
        """From an address; a word that is unknown counts as not given."""
        status, sort = query.get("status", ""), query.get("sort", "")
        return cls(
            status=status if status in RoundStatus.values else "",
            text=query.get("q", "").strip(),
            sort=sort if sort in SORTS else "deadline",
            mine=query.get("mine") == "1",
        )

    def query(self, **changes: Any) -> str:
        """The address's query with changes; only what was chosen."""
        wanted = replace(self, **changes)
        words = {
            "status": wanted.status,
            "q": wanted.text,
            "sort": wanted.sort if wanted.sort != "deadline" else "",
            "mine": "1" if wanted.mine else "",
        }
        return "?" + urlencode({word: value for word, value in words.items() if value})

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.status or self.text or self.mine)


@dataclass(frozen=True)
class RoundRow:
    """A round with its figures."""

    round: Round
    counts: Counts
    days_left: int

    @property
    def is_running(self) -> bool:
        """Whether days count: it has not ended."""
        return self.round.status != RoundStatus.CLOSED


@dataclass(frozen=True)
class CampaignGroup:
    """A campaign and those of its rounds that are wanted."""

    campaign: Campaign
    rows: list[RoundRow]


@dataclass(frozen=True)
class RoundList:
    """The page: the groups, how many rounds there are of each status, and how many campaigns the
    person is in charge of."""

    groups: list[CampaignGroup]
    numbers: Mapping[str, int]
    total: int
    filters: RoundFilters
    own: int

    @property
    def shown(self) -> int:
        """How many rounds are on the page."""
        return sum(len(group.rows) for group in self.groups)


def summaries(rounds: list[Round], at: datetime) -> list[RoundRow]:
    """The rounds with their figures; one query for all of them."""
    counted: Iterable[Mapping[str, Any]] = (
        Assignment.objects.expected()
        .filter(round__in=rounds)
        .values("round")
        .annotate(**figures(at, closes_at=F("round__closes_at")))
    )
    by_round = {row["round"]: Counts(**{name: row[name] for name in NAMES}) for row in counted}
    return [
        RoundRow(each, by_round.get(each.pk, Counts()), days_left(each.closes_at, at))
        for each in rounds
    ]


def rounds_of(user: Person, filters: RoundFilters, *, at: datetime) -> RoundList:
    """The campaigns whose course the person may see, each with its open rounds before the others.

    Three queries.
    """
    rounds = list(
        Round.objects.followed_by(user)
        .select_related("campaign")
        .order_by("-closes_at", "code")
        .defer("version")
    )
    campaigns = list(Campaign.objects.visible_to(user).select_related("manager"))
    own = {each.pk for each in campaigns if each.manager_id == user.pk}
    if filters.mine:
        campaigns = [each for each in campaigns if each.pk in own]
        rounds = [each for each in rounds if each.campaign_id in own]
    numbers = {
        status: sum(each.status == status for each in rounds) for status in RoundStatus.values
    }
    rows = summaries([each for each in rounds if _is_wanted(each, filters)], at)
    at_work = sorted(rows, key=lambda row: row.round.status != RoundStatus.OPEN)
    groups = [
        CampaignGroup(campaign, [row for row in at_work if row.round.campaign_id == campaign.pk])
        for campaign in campaigns
    ]
    shown = [group for group in groups if group.rows or _has_place(group.campaign, filters)]
    return RoundList(_sorted(shown, filters), numbers, len(rounds), filters, len(own))


def _is_wanted(round_: Round, filters: RoundFilters) -> bool:
    if filters.status and round_.status != filters.status:
        return False
    return _matches(filters.text, round_.campaign, round_.period, round_.code)


def _has_place(campaign: Campaign, filters: RoundFilters) -> bool:
    """A campaign without a wanted round is shown unless a status is asked for."""
    return not filters.status and _matches(filters.text, campaign)


def _matches(text: str, campaign: Campaign, *further: str) -> bool:
    words = (campaign.title, campaign.title_en, campaign.legal_basis, *further)
    return search_key(text) in search_key(" ".join(words))


def _sorted(groups: list[CampaignGroup], filters: RoundFilters) -> list[CampaignGroup]:
    if filters.sort == "title":
        return sorted(groups, key=lambda group: search_key(group.campaign.title))
    return sorted(groups, key=_urgency)


def _urgency(group: CampaignGroup) -> tuple[int, float]:
    """Open rounds by deadline, then planned ones, then the rest, the latest first."""
    order = {RoundStatus.OPEN: 0, RoundStatus.PLANNED: 1}
    best = [
        (rank, stamp if rank < 2 else -stamp)
        for row in group.rows
        for rank, stamp in [
            (order.get(RoundStatus(row.round.status), 2), row.round.closes_at.timestamp())
        ]
    ]
    return min(best, default=(3, 0.0))
