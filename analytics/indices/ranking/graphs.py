"""The tables that charts of an index are drawn from, each with its statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from analytics.indices.ranking.scene import Pillar, Scene
from analytics.indices.ranking.standings import (
    Standing,
    children_of,
    details,
    province_codes,
)
from analytics.indices.ranking.table import Scale
from analytics.indices.shades import Step
from surveys.templatetags.ks import vn_percent

BARS: Final = 10
"""Units with contribution bars."""

PARTS: Final = 5
"""Pillars with a colour of their own; the others are one part together."""

POINTS: Final = 200
"""Units that a scatter plot shows; beyond, nothing could be told apart."""

DOTS: Final = 120
"""Units whose single dots a strip shows."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A unit with the part of each pillar in its score."""

    name: str
    parts: tuple[float | None, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Contribution bars; empty ``lines`` where contributions cannot be told apart."""

    statement: str
    heads: tuple[str, ...]
    lines: tuple[BarLine, ...]
    end: float


@dataclass(frozen=True, slots=True)
class MapLine:
    """A province on the map; ``place``: which class of the legend it is of."""

    code: str
    unit: Standing
    place: int | None
    level: str


@dataclass(frozen=True, slots=True)
class IndexMap:
    """The provinces with their shades; ``classes`` and ``shades`` as the component wants them."""

    lines: tuple[MapLine, ...]
    classes: str
    shades: str


@dataclass(frozen=True, slots=True)
class Point:
    """A unit at two scores."""

    unit: Standing
    x: float
    y: float
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Scatter:
    """Two pillars against each other, with their medians over all units that have both."""

    x: Pillar
    y: Pillar
    statement: str
    points: tuple[Point, ...]
    more: int
    x_median: float | None
    y_median: float | None


@dataclass(frozen=True, slots=True)
class Strip:
    """How the units lie on one pillar; places are percentages of its span."""

    name: str
    number: int
    low: float | None
    quartiles: tuple[float, ...]
    high: float | None
    dots: tuple[str, ...]
    box: tuple[str, ...]
    followed: str
    followed_score: float | None


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many units are in a class of the index."""

    step: Step
    number: int


Children = Mapping[str, Mapping[str, Any]]


def read_children(scene: Scene) -> Children:
    """What every unit got on the pillars; one query."""
    leaves = [pillar.code for pillar in scene.pillars if pillar.is_leaf]
    found = children_of(scene.run, leaves)
    return {key: {"nodes": nodes, "leaves": held} for key, (nodes, held) in found.items()}


def contribution_bars(scene: Scene) -> Bars:
    """What each pillar brings to the best units and the followed one; one query."""
    best = [unit for unit in scene.shown if unit.score is not None][:BARS]
    followed = scene.followed
    if followed and followed.score is not None and followed not in best:
        best.append(followed)
    groups = _groups(scene)
    data = details(best)
    lines = [
        BarLine(unit.name, parts, unit.score)
        for unit in best
        if unit.score is not None
        and (parts := tuple(_part(data.get(unit.key, {}), leaves) for _name, leaves in groups))
        and None not in parts
    ]
    return Bars(
        statement=_who_contributes([name for name, _leaves in groups], lines),
        heads=tuple(name for name, _leaves in groups),
        lines=tuple(lines),
        end=scene.shades.span(scene.root)[1],
    )


def map_of(scene: Scene) -> IndexMap | None:
    """The provinces of the block on the map; None where there are none. One query."""
    codes = province_codes(scene.run.round, scene.block)
    legend = scene.legend(scene.root)
    shades = [step.shade for step in legend]
    levels = scene.shades.level_names(scene.root, scene.language)
    lines = [
        MapLine(
            code,
            unit,
            shades.index(shade) if shade in shades else None,
            levels.get(unit.level, "") if unit.level is not None else "",
        )
        for unit in scene.block
        if unit.agency_id is not None and (code := codes.get(unit.agency_id))
        for shade in [scene.shades.of(scene.root, unit.score, unit.level)]
    ]
    if not lines:
        return None
    return IndexMap(
        tuple(lines),
        "|".join(step.label for step in legend),
        "|".join(str(step.shade) for step in legend),
    )


def scatter_of(scene: Scene, children: Children) -> Scatter | None:
    """The two pillars that the address names, else the two that weigh most."""
    if len(scene.pillars) < 2:
        return None
    x, y = _axes(scene)
    points = [
        Point(unit, across, up, unit == scene.followed)
        for unit in scene.shown
        if (across := x.score(children.get(unit.key, {}))) is not None
        and (up := y.score(children.get(unit.key, {}))) is not None
    ]
    middle = median([p.x for p in points]) if points else None
    height = median([p.y for p in points]) if points else None
    shown = points[:POINTS] + [p for p in points[POINTS:] if p.is_followed]
    return Scatter(
        x=x,
        y=y,
        statement=_quadrants(x, y, points, middle, height),
        points=tuple(shown),
        more=len(points) - len(shown),
        x_median=middle,
        y_median=height,
    )


def strips_of(scene: Scene, children: Children) -> list[Strip]:
    """How the shown units lie on the index and on each pillar."""
    whole = {unit: unit.score for unit in scene.shown}
    found = [_strip(scene, scene.names.get(scene.root, scene.root), scene.root, whole)]
    for pillar in scene.pillars:
        scores = {unit: pillar.score(children.get(unit.key, {})) for unit in scene.shown}
        found.append(_strip(scene, pillar.name, pillar.code, scores))
    return found


def classes_of(scene: Scene) -> list[ClassCount]:
    """How many of the shown units are in each class of the index, the best first."""
    shades = [
        scene.shades.of(scene.root, unit.score, unit.level)
        for unit in scene.shown
        if unit.score is not None
    ]
    return [
        ClassCount(step, shades.count(step.shade)) for step in reversed(scene.legend(scene.root))
    ]


def statement_of(classes: Sequence[ClassCount]) -> str:
    """Where most of the units are; empty without any."""
    number = sum(each.number for each in classes)
    if not number:
        return ""
    most = max(classes, key=lambda each: each.number)
    return _("%(count)s of %(number)s units are in class %(level)s") % {
        "count": most.number,
        "number": number,
        "level": most.step.label,
    }


def _groups(scene: Scene) -> list[tuple[str, tuple[str, ...]]]:
    """The pillars with the leaves below them; the lightest of many together, at the end."""
    if len(scene.pillars) <= PARTS + 1:
        return [(pillar.name, pillar.leaves) for pillar in scene.pillars]
    heaviest = sorted(scene.pillars, key=lambda pillar: -pillar.share)[:PARTS]
    own = [pillar for pillar in scene.pillars if pillar in heaviest]
    rest = [pillar for pillar in scene.pillars if pillar not in heaviest]
    others = tuple(leaf for pillar in rest for leaf in pillar.leaves)
    return [*((pillar.name, pillar.leaves) for pillar in own), (_("The others"), others)]


def _part(data: Mapping[str, Any], leaves: Sequence[str]) -> float | None:
    held = data.get("leaves", {})
    parts = [(held.get(code) or {}).get("contribution") for code in leaves]
    known = [part for part in parts if part is not None]
    # A leaf that does not apply brings nothing; a unit none of whose parts is known brings unknown.
    everything = [(each or {}).get("contribution") for each in held.values()]
    return sum(known) if any(part is not None for part in everything) else None


def _who_contributes(names: Sequence[str], lines: Sequence[BarLine]) -> str:
    totals = [sum(line.parts[place] or 0.0 for line in lines) for place in range(len(names))]
    whole = sum(totals)
    if not lines or whole <= 0:
        return _("What each pillar brings to the score")
    best = sorted(range(len(names)), key=lambda place: -totals[place])[:2]
    share = sum(totals[place] for place in best) / whole * 100
    if len(names) <= len(best):
        return _("What each pillar brings to the score")
    return _("%(names)s bring %(share)s of the points of the units shown") % {
        "names": get_text_list([names[place] for place in best], _("and")),
        "share": vn_percent(share, 0),
    }


def _axes(scene: Scene) -> tuple[Pillar, Pillar]:
    known = {pillar.code: pillar for pillar in scene.pillars}
    heavy = sorted(scene.pillars, key=lambda pillar: -pillar.share)
    x = known.get(scene.query.get("x", "")) or heavy[0]
    y = known.get(scene.query.get("y", ""))
    return x, y if y and y != x else next(pillar for pillar in heavy if pillar != x)


def _quadrants(
    x: Pillar, y: Pillar, points: Sequence[Point], middle: float | None, height: float | None
) -> str:
    if middle is None or height is None:
        return _("No unit has both %(x)s and %(y)s") % {"x": x.name, "y": y.name}
    above = sum(point.x > middle and point.y > height for point in points)
    below = sum(point.x < middle and point.y < height for point in points)
    return _(
        "%(above)s of %(number)s units are above the median in both %(x)s and %(y)s, %(below)s are below "
        "it in both"
    ) % {
        "above": above,
        "below": below,
        "number": len(points),
        "x": x.name,
        "y": y.name,
    }


def _strip(scene: Scene, name: str, code: str, scores: Mapping[Standing, float | None]) -> Strip:
    held = {unit: score for unit, score in scores.items() if score is not None}
    values = sorted(held.values())
    own = held.get(scene.followed) if scene.followed else None
    low, high = scene.shades.span(code)
    scale = Scale(min([low, *values]), max([high, *values]))
    cuts = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Strip(
        name=name,
        number=len(values),
        low=values[0] if values else None,
        quartiles=tuple(cuts),
        high=values[-1] if values else None,
        dots=tuple(scale.at(value) for value in values) if len(values) <= DOTS else (),
        box=tuple(scale.at(cut) for cut in cuts),
        followed="" if own is None else scale.at(own),
        followed_score=own,
    )
