"""The catalogue: searched, filtered and ordered as its address says. Plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import get_language

from exporters.portal.enums import Order
from exporters.portal.queries import DataSet
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.organisations.search import search_key, sort_key

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the catalogue is wanted; every field has its word in the address, and a word that is
    unknown counts as not given."""

    find: str = ""
    year: str = ""
    campaign: str = ""
    index: str = ""
    type: str = ""
    sort: str = Order.NEWEST.value

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Wanted":
        """From an address."""
        sort = query.get("sort", "")
        return cls(
            find=query.get("q", "").strip()[:LONGEST],
            year=query.get("year", "")[:4],
            campaign=query.get("campaign", "")[:LONGEST],
            index=query.get("index", "")[:LONGEST],
            type=query.get("type", "")[:LONGEST],
            sort=sort if sort in Order.values else Order.NEWEST.value,
        )

    def query(self, **changes: Any) -> str:
        """The query of the address with changes; only what was chosen."""
        wanted = replace(self, **changes)
        words = {
            "q": wanted.find,
            "year": wanted.year,
            "campaign": wanted.campaign,
            "index": wanted.index,
            "type": wanted.type,
            "sort": "" if wanted.sort == Order.NEWEST.value else wanted.sort,
        }
        return "?" + urlencode({word: value for word, value in words.items() if value})

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.find or self.year or self.campaign or self.index or self.type)


@dataclass(frozen=True, slots=True)
class Offer:
    """Values that the catalogue can be narrowed to, each with its word; ``chosen`` is in force."""

    name: str
    values: tuple[tuple[str, str], ...]
    chosen: str


def chosen(sets: Sequence[DataSet], wanted: Wanted) -> list[DataSet]:
    """Those that fit, in the wanted order; what is in force before what is not any more."""
    found = [each for each in sets if _fits(each, wanted)]
    match wanted.sort:
        case Order.TITLE.value:
            found.sort(key=lambda each: sort_key(each.release.localised_title))
        case Order.OLDEST.value:
            found.sort(key=lambda each: (each.release.released_on, each.release.pk))
        case _:
            found.sort(key=lambda each: (each.release.released_on, each.release.pk), reverse=True)
    return sorted(found, key=lambda each: not each.is_in_force)


def offers(sets: Sequence[DataSet], wanted: Wanted) -> dict[str, Offer]:
    """What can be chosen, over everything that was published."""
    years = sorted({str(each.year) for each in sets}, reverse=True)
    campaigns = {
        each.release.round.campaign.code: text_in(each.release.round.campaign.titles, _language())
        for each in sets
    }
    indices = {
        each.release.run.version.index.code: each.release.run.version.index.localised_name
        for each in sets
        if each.release.run is not None
    }
    present = frozenset().union(*(each.types for each in sets))
    types = [(value, str(word)) for value, word in AgencyType.choices if value in present]
    return {
        "year": Offer("year", tuple((each, each) for each in years), wanted.year),
        "campaign": Offer("campaign", _sorted(campaigns), wanted.campaign),
        "index": Offer("index", _sorted(indices), wanted.index),
        "type": Offer("type", tuple(types), wanted.type),
    }


def _sorted(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words.items(), key=lambda item: sort_key(item[1])))


def _fits(each: DataSet, wanted: Wanted) -> bool:
    release = each.release
    index = release.run.version.index if release.run is not None else None
    return (
        wanted.year in {"", str(each.year)}
        and wanted.campaign in {"", release.round.campaign.code}
        and (not wanted.index or (index is not None and index.code == wanted.index))
        and (not wanted.type or wanted.type in each.types)
        and _is_found(each, wanted.find)
    )


def _is_found(each: DataSet, find: str) -> bool:
    """Whether every word of the search stands in its titles, tone marks not needed."""
    release, round_ = each.release, each.release.round
    index = release.run.version.index.name if release.run is not None else {}
    texts = [
        *release.title.values(),
        *release.notes.values(),
        *round_.campaign.titles.values(),
        *round_.periods.values(),
        *index.values(),
        round_.code,
        round_.campaign.owner.name,
    ]
    text = search_key(" ".join(filter(None, texts)))
    return all(word in text for word in search_key(find).split())


def _language() -> str:
    return get_language() or "vi"
