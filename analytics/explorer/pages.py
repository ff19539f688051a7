"""The explorer's page as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.explorer.asking import (
    MOST_DIMENSIONS,
    Asking,
    Dimension,
    Filter,
    Reading,
    Scope,
    query_of,
)
from analytics.explorer.enums import ItemKind, Share
from analytics.explorer.items import CROSSED, Item
from analytics.explorer.models import Tabulation
from analytics.explorer.showing import Figure, Shown, figure_of
from analytics.explorer.showing.figures import number, percent
from surveys.campaigns.models import Round
from surveys.organisations.search import search_key

ICONS: Final[Mapping[ItemKind, str]] = {
    ItemKind.CHOICE: "ui-radios",
    ItemKind.SCALE: "sliders",
    ItemKind.CHOICES: "ui-checks",
    ItemKind.RANK: "list-ol",
    ItemKind.NUMBER: "123",
    ItemKind.DATE: "calendar-date",
    ItemKind.TEXT: "chat-left-text",
    ItemKind.BATTERY: "sliders",
    ItemKind.GRID: "table",
    ItemKind.ROWS: "list-ul",
}
TOLD: Final = 3
"""How many answers of the round before are told."""


@dataclass(frozen=True, slots=True)
class QuestionLink:
    """A question in the list."""

    name: str
    number: str
    label: str
    icon: str
    kind: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A dimension or filter in force; its address leaves it out."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A kind of percentage."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Values of a dimension that can be filtered by, as options of one list."""

    label: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExplorerPage:
    """A round and what is asked of it. ``figure`` is None while it is computed, or nothing is asked."""

    round: Round
    title: str
    address: str
    reading: Reading
    scope: Scope
    tabulation: Tabulation | None = None
    figure: Figure | None = None
    previous: str = ""
    has_failed: bool = False

    @property
    def item(self) -> Item | None:
        """The question that is looked at."""
        asking = self.reading.asking
        return self.scope.items[asking.question] if asking else None

    @property
    def label(self) -> str:
        """The question's number and words."""
        return self.item.title(_language()) if self.item else ""

    @property
    def statement(self) -> str:
        """The heading: what the figure says."""
        said = self.figure.statement if self.figure else ""
        is_label = self.item is not None and said == self.item.label(_language())
        return (said if not is_label else "") or self.label or self.title

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """Where the page stands."""
        crumbs = [(_("Analysis"), reverse("analysis")), (self.title, self.address)]
        if self.item:
            crumbs.append((self.item.number or self.item.label(_language()), ""))
        return crumbs if self.item else [crumbs[0], (self.title, "")]

    @property
    def questions(self) -> list[QuestionLink]:
        """The questions that fit what is searched for."""
        wanted = search_key(self.reading.find)
        current = self.reading.asking.question if self.reading.asking else ""
        return [
            self._link(item, current)
            for item in self.scope.items.values()
            if item.listed and wanted in search_key(item.title(_language()))
        ]

    def _link(self, item: Item, current: str) -> QuestionLink:
        query = query_of(Asking(item.name))
        return QuestionLink(
            name=item.name,
            number=item.number,
            label=item.label(_language()),
            icon=ICONS[item.kind],
            kind=str(item.kind.label),
            url=f"{self.address}?{query}",
            current=current == item.name or current.startswith(f"{item.name}."),
        )

    @property
    def may_cross(self) -> bool:
        """Whether the question can be crossed."""
        return self.item is not None and self.item.kind in CROSSED

    @property
    def crossings(self) -> list[Chip]:
        """The dimensions in force."""
        asking = self._asking()
        return [
            Chip(
                self.scope.dimensions[code].label,
                self._url(by=tuple(each for each in asking.by if each != code)),
            )
            for code in asking.by
        ]

    @property
    def filters(self) -> list[Chip]:
        """The filters in force, one for each value."""
        asking = self._asking()
        return [
            Chip(
                self._told(each.dimension, value), self._url(filters=_without(asking, each, value))
            )
            for each in asking.filters
            for value in each.values
        ]

    def _told(self, code: str, value: str) -> str:
        dimension = self.scope.dimensions[code]
        return f"{dimension.label}: {dimension.words[value]}"

    @property
    def more_crossings(self) -> list[Dimension]:
        """What the question can be crossed with still."""
        asking = self._asking()
        if not self.may_cross or len(asking.by) >= MOST_DIMENSIONS:
            return []
        taken = {*asking.by, f"question.{asking.question}"}
        return [each for each in self._offered() if each.code not in taken]

    @property
    def more_filters(self) -> list[Offer]:
        """What can be filtered by still."""
        taken = {
            (each.dimension, value) for each in self._asking().filters for value in each.values
        }
        offers = [
            Offer(
                each.label,
                tuple(
                    (f"{each.code}:{value}", word)
                    for value, word in each.values
                    if (each.code, value) not in taken
                ),
            )
            for each in self._offered()
        ]
        return [offer for offer in offers if offer.values]

    def _offered(self) -> Iterable[Dimension]:
        """The dimensions that lists offer: cells of tables are reached by their address."""
        for code, dimension in self.scope.dimensions.items():
            item = self.scope.items.get(code.removeprefix("question."))
            if len(dimension.values) > 1 and (item is None or item.listed):
                yield dimension

    @property
    def shares(self) -> list[ShareLink]:
        """The kinds of percentage of a cross table."""
        asking = self._asking()
        if not asking.by or (self.item and self.item.kind is ItemKind.NUMBER):
            return []
        return [
            ShareLink(str(each.label), self._url(share=each), each is self.reading.share)
            for each in Share
        ]

    @property
    def weighing(self) -> Chip | None:
        """Where weights are switched on or off; None where the agencies have none."""
        if not self.scope.has_weights:
            return None
        weighted = self._asking().weighted
        return Chip(
            _("Weighted") if weighted else _("Not weighted"), self._url(weighted=not weighted)
        )

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form has to send along."""
        asking = self._asking()
        kept = [("q", asking.question), *(("by", code) for code in asking.by)]
        kept += [
            ("in", f"{each.dimension}:{value}") for each in asking.filters for value in each.values
        ]
        if self.reading.share is not Share.ROW:
            kept.append(("share", self.reading.share.value))
        if asking.weighted:
            kept.append(("weighted", "1"))
        return kept

    def _asking(self) -> Asking:
        assert self.reading.asking is not None, "only what is asked has parts"
        return self.reading.asking

    def _url(self, **changes: Any) -> str:
        return f"{self.address}?{self.reading.query(**changes)}"


def _without(asking: Asking, wanted: Filter, value: str) -> tuple[Filter, ...]:
    left = tuple(each for each in wanted.values if each != value)
    return tuple(
        replace(each, values=left) if each is wanted else each
        for each in asking.filters
        if each is not wanted or left
    )


def shown_figure(page: ExplorerPage, result: Mapping[str, Any]) -> Figure:
    """The figure of a stored result on this page."""
    asking, item = page.reading.asking, page.item
    assert asking is not None
    assert item is not None
    shown = Shown(
        item, asking, _language(), page.address, page.reading.share, page.scope.dimensions
    )
    return figure_of(shown, result)


def told_before(item: Item, result: Mapping[str, Any], language: str) -> str:
    """What the round before said of a question, in a line; "" where that is not known or not shown."""
    if options := result.get("options"):
        seen = [each for each in options if not each.get("hidden") and each["value"] is not None]
        best = sorted(seen, key=lambda each: -each["value"])[:TOLD]
        shown = Shown(item, Asking(item.name), language)
        return ", ".join(f"{shown.choice(each['code'])} {percent(each['value'])}" for each in best)
    numbers = result.get("numbers")
    if numbers and numbers["median"]["value"] is not None:
        return _("median %(median)s") % {"median": number(numbers["median"]["value"])}
    return ""


def round_title(round_: Round) -> str:
    """The campaign and the period in the reader's language."""
    campaign = round_.campaign
    title = campaign.title_en if _language() == "en" and campaign.title_en else campaign.title
    return f"{title}, {round_.periods[_language()]}"


def _language() -> str:
    return get_language() or "vi"
