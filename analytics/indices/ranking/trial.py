"""Other weights for the pillars: what an address asks, and what the ranking would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from analytics.indices.ranking.scene import Pillar, Scene
from analytics.indices.ranking.standings import Standing, children_of
from analytics.indices.ranking.weighing import (
    Contender,
    Weighed,
    agrees,
    is_weighable,
    weigh,
)

PAGE_SIZE: Final = 100
IN_BROWSER: Final = 500
"""So many units move in the browser; more are computed by the server, a page at a time."""

PREFIX: Final = "w."
MOST: Final = 1e6


@dataclass(frozen=True, slots=True)
class Slider:
    """The weight of a pillar, in percent. ``shown`` stands in the field, ``given`` was in the address."""

    pillar: Pillar
    name: str
    shown: str
    published: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A unit under other weights beside what was computed. ``moved``: places gained, negative: lost."""

    unit: Standing
    score: float | None
    label: str
    rank: int | None
    moved: int | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The page with other weights; ``refusal``: why there is none."""

    sliders: tuple[Slider, ...] = ()
    page: Page[TrialRow] | None = None
    moved: int = 0
    farthest: TrialRow | None = None
    is_changed: bool = False
    data: Mapping[str, Any] | None = None
    refusal: str = ""
    problem: str = ""


class WeightsUnreadable(ValueError):
    """What was sent are no weights."""


def trial_of(scene: Scene) -> Trial:
    """The ranking under the weights of the address, the run's own where it names none; one query."""
    aggregation = scene.definition.tree.aggregation
    if not is_weighable(aggregation):
        return Trial(refusal=_("This index does not take a mean of its pillars."))
    if len(scene.pillars) < 2:
        return Trial(refusal=_("There is one pillar only: its weight changes nothing."))
    contenders = contenders_of(scene)
    own = _strengths(scene, [pillar.share for pillar in scene.pillars])
    nominal = weigh(contenders, own, aggregation)
    if not agrees(nominal, [unit.score for unit in scene.block]):
        return Trial(refusal=_("Some scores of this index do not come of its pillars alone."))
    problem, shares = "", [pillar.share for pillar in scene.pillars]
    try:
        shares = shares_of(scene)
    except WeightsUnreadable as refusal:
        problem = str(refusal)
    found = weigh(contenders, _strengths(scene, shares), aggregation)
    rows = [_row(unit, each) for unit, each in zip(scene.block, found, strict=True)]
    return _trial(scene, rows, shares, contenders, problem)


def contenders_of(scene: Scene) -> list[Contender]:
    """The units of the block with their pillars, from the best; one query."""
    found = children_of(scene.run, [pillar.code for pillar in scene.pillars if pillar.is_leaf])
    return [_contender(scene, unit, *found.get(unit.key, ({}, {}))) for unit in scene.block]


def shares_of(scene: Scene) -> list[float]:
    """The weights of the address as shares of 1; the run's own where they say what is shown of it.

    Raises WeightsUnreadable, in words.
    """
    given = [_given(scene, pillar) for pillar in scene.pillars]
    if all(value is None for value in given):
        return [pillar.share for pillar in scene.pillars]
    percents = [
        pillar.share * 100 if value is None else value
        for pillar, value in zip(scene.pillars, given, strict=True)
    ]
    total = sum(percents)
    if total <= 0:
        raise WeightsUnreadable(_("At least one weight is above 0."))
    return [percent / total for percent in percents]


def _given(scene: Scene, pillar: Pillar) -> float | None:
    """A weight in percent; None where the address has none or the one that is shown anyhow."""
    text = scene.query.get(PREFIX + pillar.code, "").strip().replace(",", ".")
    if not text or text == shown_percent(pillar.share):
        return None
    try:
        value = float(text)
    except ValueError:
        raise WeightsUnreadable(_words(pillar)) from None
    if not 0 <= value <= MOST:
        raise WeightsUnreadable(_words(pillar))
    return value


def _words(pillar: Pillar) -> str:
    return _("The weight of %(pillar)s is no number from 0 on.") % {"pillar": pillar.name}


def shown_percent(share: float) -> str:
    """A share as a field shows it: in percent with one decimal, as computers write it."""
    return f"{share * 100:.1f}"


def _strengths(scene: Scene, shares: Sequence[float]) -> list[float]:
    """A sum of points takes the weights as written: they keep their total."""
    total = sum(pillar.weight for pillar in scene.pillars) or 1.0
    return [share * total for share in shares]


def _contender(
    scene: Scene, unit: Standing, nodes: Mapping[str, Any], leaves: Mapping[str, Any]
) -> Contender:
    data = {"nodes": nodes, "leaves": leaves}
    ranking = scene.definition.ranking
    return Contender(
        key=unit.key,
        block=unit.block,
        children=tuple(pillar.score(data) for pillar in scene.pillars),
        is_ranked=unit.rank is not None
        or (
            unit.score is None
            and unit.key not in ranking.unranked
            and unit.type not in ranking.unranked_types
        ),
        is_short=nodes.get(scene.root, {}).get("reason") == "BELOW_COVERAGE",
    )


def _row(unit: Standing, found: Weighed) -> TrialRow:
    both = unit.rank is not None and found.rank is not None
    scored = unit.score is not None and found.score is not None
    return TrialRow(
        unit=unit,
        score=found.score,
        label=found.label,
        rank=found.rank,
        moved=(unit.rank or 0) - (found.rank or 0) if both else None,
        change=(found.score or 0.0) - (unit.score or 0.0) if scored else None,
    )


def _trial(
    scene: Scene,
    rows: list[TrialRow],
    shares: list[float],
    contenders: list[Contender],
    problem: str,
) -> Trial:
    rows = sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))
    moved = [row for row in rows if row.moved]
    size = max(PAGE_SIZE, IN_BROWSER) if len(rows) <= IN_BROWSER else PAGE_SIZE
    return Trial(
        sliders=tuple(
            Slider(
                pillar,
                PREFIX + pillar.code,
                shown_percent(share),
                shown_percent(pillar.share),
                shown_percent(share) != shown_percent(pillar.share),
            )
            for pillar, share in zip(scene.pillars, shares, strict=True)
        ),
        page=Paginator(rows, size).get_page(scene.query.get("page")),
        moved=len(moved),
        farthest=max(moved, key=lambda row: abs(row.moved or 0), default=None),
        is_changed=shares != [pillar.share for pillar in scene.pillars],
        data=_for_browser(scene, contenders, shares) if len(rows) <= IN_BROWSER else None,
        problem=problem,
    )


def _for_browser(
    scene: Scene, contenders: list[Contender], shares: list[float]
) -> Mapping[str, Any]:
    """What the browser computes from: the published shares, those of the address, the units."""
    aggregation = scene.definition.tree.aggregation
    return {
        "method": str(aggregation.method),
        "power": aggregation.power,
        "total": sum(pillar.weight for pillar in scene.pillars) or 1.0,
        "published": [pillar.share for pillar in scene.pillars],
        "shares": shares,
        "digits": scene.digits,
        "units": [
            {
                "key": each.key,
                "name": unit.name,
                "block": each.block,
                "children": list(each.children),
                "isRanked": each.is_ranked,
                "isShort": each.is_short,
                "score": unit.score,
                "rank": unit.rank,
            }
            for each, unit in zip(contenders, scene.block, strict=True)
        ],
    }
