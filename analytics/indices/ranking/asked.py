"""What an address asks of an index: which run, whose ranking, whom to follow, in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.indices.ranking.standings import Standing
from surveys.organisations.search import search_key

RANK, NAME, SCORE, CHANGE, COVERAGE, WIDTH = (
    "rank",
    "name",
    "score",
    "change",
    "coverage",
    "width",
)
COLUMNS: Final = frozenset({RANK, NAME, SCORE, CHANGE, COVERAGE, WIDTH})
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the address. ``sort`` is a column of ``COLUMNS`` or ``node:<code>``."""

    block: str = ""
    type: str = ""
    follow: str = ""
    text: str = ""
    sort: str = RANK
    is_backwards: bool = False

    def fits(self, unit: Standing) -> bool:
        """Whether the unit is among those asked for."""
        words = search_key(self.text).split()
        named = search_key(f"{unit.vietnamese_name} {unit.english_name}") if words else ""
        return (not self.type or unit.type == self.type) and all(word in named for word in words)


def asked_of(query: Mapping[str, str], units: Sequence[Standing], nodes: Collection[str]) -> Asked:
    """What the address asks. What is unknown in it asks for nothing.

    Units are ranked within their blocks: of several blocks one is looked at, the largest if none is
    named.
    """
    counts: dict[str, int] = {}
    for unit in units:
        counts[unit.block] = counts.get(unit.block, 0) + 1
    largest = max(counts, key=lambda block: counts[block], default="")
    block, kind = query.get("block", ""), query.get("type", "")
    sort = query.get("sort", "")
    column = sort.removeprefix("-")
    known = column in COLUMNS or column.removeprefix("node:") in nodes
    return Asked(
        block=block if block in counts else largest,
        type=kind if any(unit.type == kind for unit in units) else "",
        follow=query.get("follow", "")[:LONGEST],
        text=query.get("q", "").strip()[:LONGEST],
        sort=column if known else RANK,
        is_backwards=known and sort.startswith("-"),
    )
