"""Ranking, interval and heat map as the rows of one table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from analytics.indices.ranking.asked import CHANGE, COVERAGE, NAME, RANK, SCORE, WIDTH, Asked
from analytics.indices.ranking.before import Before
from analytics.indices.ranking.scene import Pillar, Scene
from analytics.indices.ranking.standings import Standing, children_of, details
from analytics.indices.words import reason_in_words

PAGE_SIZE: Final = 100

RISING: Final = frozenset({RANK, NAME, WIDTH})
"""Columns whose first order goes up; the others begin with the most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where a strip goes; what lies beyond stands at its end. Its ends have ``digits``
    decimals.
    """

    low: float
    high: float
    digits: int = 1

    def at(self, value: float) -> str:
        """The place of a value as a percentage, for SVG: it stretches without script or style."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return f"{min(1.0, max(0.0, share)) * 100:.2f}%"


@dataclass(frozen=True, slots=True)
class Interval:
    """A score with its 90 % interval, as figures and as places on a strip."""

    low: float
    high: float
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The score of a pillar; without one ``why`` says so, and the shade is None."""

    score: float | None
    shade: int | None
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """One unit. ``coverage``: the share of its indicators that was answered and not filled in."""

    unit: Standing
    dot: str
    interval: Interval | None
    level: str
    shade: int | None
    cells: tuple[HeatCell, ...]
    change: float | None
    coverage: float | None
    why: str
    is_followed: bool

    @property
    def coverage_percent(self) -> float | None:
        """The coverage in percent."""
        return None if self.coverage is None else self.coverage * 100


@dataclass(frozen=True, slots=True)
class Head:
    """A column that can be sorted: ``following`` is what its link asks, ``order`` how it stands now."""

    column: str
    label: str
    following: str
    order: str
    is_pillar: bool = False


@dataclass(frozen=True, slots=True)
class RankTable:
    """A page of the ranking; ``pinned`` is the followed unit where the page does not hold it."""

    page: Page[Standing]
    rows: tuple[RankRow, ...]
    pinned: RankRow | None
    scale: Scale
    has_intervals: bool


def rank_table(scene: Scene, before: Before, page: str | None) -> RankTable:
    """The rows of one page; two queries, whatever the number of units."""
    ordered = in_asked_order(scene, before)
    held = Paginator(ordered, PAGE_SIZE).get_page(page)
    listed = list(held)
    followed = scene.followed
    pinned = followed if followed and followed not in listed else None
    data = details([*listed, *([pinned] if pinned else [])])
    scale = scale_of(scene.block, data)
    rows = tuple(_row(scene, unit, data.get(unit.key, {}), before, scale) for unit in listed)
    return RankTable(
        page=held,
        rows=rows,
        pinned=_row(scene, pinned, data.get(pinned.key, {}), before, scale) if pinned else None,
        scale=scale,
        has_intervals=any(unit.rank_low is not None for unit in scene.block),
    )


def heads_of(scene: Scene) -> dict[str, Head]:
    """The columns with their words, as the address has them sorted, by a short name."""
    words = {
        RANK: pgettext("of a unit", "Rank"),
        NAME: scene.unit_words() or pgettext("of an index", "Unit"),
        SCORE: pgettext("of an index", "Score"),
        WIDTH: _("Rank, interval"),
        CHANGE: _("Against the round before"),
        COVERAGE: _("Answered"),
    }
    return {column: _head(scene.asked, column, label) for column, label in words.items()}


def pillar_heads(scene: Scene) -> list[Head]:
    """The pillars' columns."""
    return [
        _head(scene.asked, f"node:{pillar.code}", pillar.name, is_pillar=True)
        for pillar in scene.pillars
    ]


def _head(asked: Asked, column: str, label: str, *, is_pillar: bool = False) -> Head:
    current = asked.sort == column
    rises = (column in RISING) != asked.is_backwards
    return Head(
        column=column,
        label=label,
        following=f"-{column}" if current and not asked.is_backwards else column,
        order=("ascending" if rises else "descending") if current else "",
        is_pillar=is_pillar,
    )


def in_asked_order(scene: Scene, before: Before) -> list[Standing]:
    """The units shown in the order of the address; what has no value stands last either way."""
    asked, units = scene.asked, scene.shown
    key = _keys(scene, asked, before)
    if key is None:
        return units[::-1] if asked.is_backwards else units
    known = [unit for unit in units if key(unit) is not None]
    unknown = [unit for unit in units if key(unit) is None]
    return [*sorted(known, key=key, reverse=asked.is_backwards), *unknown]


def scale_of(units: Sequence[Standing], data: Mapping[str, Mapping[str, Any]]) -> Scale:
    """Round ends around all scores and the intervals shown."""
    values = [unit.score for unit in units if unit.score is not None]
    for each in data.values():
        values += [end for end in _ends(each) if end is not None]
    if not values:
        return Scale(0.0, 1.0)
    low, high = min(values), max(values)
    width = max(high - low, abs(high) * 1e-6, 1e-9)
    power = floor(log10(width))
    step = 10.0**power
    # Three tenths are no 0.30000000000000004.
    first, last = (round(end * step, -power) for end in (floor(low / step), ceil(high / step)))
    return Scale(first, last, digits=max(0, -power))


def heat_cell(scene: Scene, pillar: Pillar, data: Mapping[str, Any]) -> HeatCell:
    """A pillar of a unit as a coloured cell."""
    held, score = pillar.held(data), pillar.score(data)
    level = held.get("level")
    names = scene.shades.level_names(pillar.code, scene.language)
    return HeatCell(
        score=score,
        shade=scene.shades.of(pillar.code, score, level),
        level=names.get(level, "") if level is not None else "",
        why="" if score is not None else reason_in_words(held),
    )


def _keys(scene: Scene, asked: Asked, before: Before) -> Callable[[Standing], Any] | None:
    """By what to order; None: by rank. The best comes first, a name from A."""
    if asked.sort.startswith("node:"):
        return _by_pillar(scene, asked.sort.removeprefix("node:"))
    keys: Mapping[str, Callable[[Standing], Any] | None] = {
        RANK: None,
        NAME: lambda unit: unit.position,
        SCORE: lambda unit: None if unit.score is None else -unit.score,
        CHANGE: lambda unit: _less(before.change(unit.key, unit.score)),
        WIDTH: lambda unit: None if unit.places is None else unit.places[1] - unit.places[0],
        COVERAGE: None,
    }
    return _by_coverage(scene) if asked.sort == COVERAGE else keys[asked.sort]


def _by_pillar(scene: Scene, code: str) -> Callable[[Standing], float | None]:
    pillar = next(each for each in scene.pillars if each.code == code)
    found = children_of(scene.run, [code] if pillar.is_leaf else [])
    scores = {
        key: pillar.score({"nodes": nodes, "leaves": leaves})
        for key, (nodes, leaves) in found.items()
    }
    return lambda unit: _less(scores.get(unit.key))


def _by_coverage(scene: Scene) -> Callable[[Standing], float | None]:
    found = children_of(scene.run, [])
    shares = {
        key: nodes.get(scene.root, {}).get("answered") for key, (nodes, _leaves) in found.items()
    }
    return lambda unit: _less(shares.get(unit.key))


def _less(value: float | None) -> float | None:
    return None if value is None else -value


def _row(
    scene: Scene, unit: Standing, data: Mapping[str, Any], before: Before, scale: Scale
) -> RankRow:
    root: Mapping[str, Any] = data.get("nodes", {}).get(scene.root, {})
    names = scene.shades.level_names(scene.root, scene.language)
    return RankRow(
        unit=unit,
        dot="" if unit.score is None else scale.at(unit.score),
        interval=_interval(data, scale) if unit.score is not None else None,
        level=names.get(unit.level, "") if unit.level is not None else "",
        shade=scene.shades.of(scene.root, unit.score, unit.level),
        cells=tuple(heat_cell(scene, pillar, data) for pillar in scene.pillars),
        change=before.change(unit.key, unit.score),
        coverage=root.get("answered"),
        why=_why(unit, root),
        is_followed=scene.followed == unit,
    )


def _why(unit: Standing, root: Mapping[str, Any]) -> str:
    if unit.rank is not None:
        return ""
    return reason_in_words(root) or reason_in_words({"reason": "NOT_RANKED"})


def _ends(data: Mapping[str, Any]) -> tuple[float | None, float | None]:
    spread = (data.get("uncertainty") or {}).get("score") or {}
    return spread.get("q05"), spread.get("q95")


def _interval(data: Mapping[str, Any], scale: Scale) -> Interval | None:
    low, high = _ends(data)
    if low is None or high is None:
        return None
    return Interval(low, high, scale.at(low), scale.at(high))
