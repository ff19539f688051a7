"""What all pages of a ranking share around their content."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from analytics.indices.models import CompositeIndex
from analytics.indices.pages import Tab
from analytics.indices.ranking.scene import Scene
from analytics.indices.ranking.standings import Standing

SIDES: Final[Mapping[str, Promise]] = {
    "index_ranking": pgettext_lazy("of an index", "Ranking"),
    "index_charts": _("Map and charts"),
    "index_weights": _("Other weights"),
    "index_units": _("Units side by side"),
}
KEPT: Final = ("run", "block", "type", "follow")
"""The filters that go along from side to side."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is said of all units together, to those who see no single one. ``quartiles``: empty where
    too few units stand behind them; ``scored`` is None where nothing may be told yet."""

    units: int
    scored: int | None
    mean: float | None
    quartiles: tuple[float, ...]


def side_tabs(index: CompositeIndex, query: Mapping[str, str], current: str) -> list[Tab]:
    """The sides of a ranking, each with the filters of the address."""
    kept = urlencode({name: query[name] for name in KEPT if query.get(name)})
    tabs = []
    for name, label in SIDES.items():
        address = reverse(name, args=[index.code])
        tabs.append(Tab(str(label), f"{address}?{kept}" if kept else address, name == current))
    return tabs


def mean_of(units: list[Standing]) -> float | None:
    """The mean score; None where there is none."""
    scores = [unit.score for unit in units if unit.score is not None]
    return fmean(scores) if scores else None


def whole_of(scene: Scene, fewest: int, *, may_tell: bool) -> Whole:
    """The figures of all units of a run whose single ones are protected; none but how many units it has
    unless it ``may_tell``.

    A quarter of the units stands beyond each quartile: each must be as many as protect a figure.
    """
    scores = [unit.score for unit in scene.units if unit.score is not None]
    if not may_tell:
        return Whole(units=len(scene.units), scored=None, mean=None, quartiles=())
    shown = len(scores) >= fewest
    cuts = quantiles(scores, n=4, method="inclusive") if len(scores) >= 4 * fewest else []
    return Whole(
        units=len(scene.units),
        scored=len(scores),
        mean=fmean(scores) if shown else None,
        quartiles=tuple(cuts),
    )
