"""Two to five units side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analytics.definitions import Leaf, NodeDefinition
from analytics.indices.cells import State
from analytics.indices.ranking.scene import Scene
from analytics.indices.ranking.standings import Standing, details
from analytics.indices.words import STATES, reason_in_words
from surveys.engine import text_in

FEWEST: Final = 2
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class SideCell:
    """A unit at one line. ``difference`` from the first unit; ``why`` where there is no figure."""

    value: float | None
    difference: float | None
    shade: int | None
    level: str
    why: str
    raw: float | None = None


@dataclass(frozen=True, slots=True)
class SideLine:
    """A pillar or indicator over the units. ``spread``: the most less the least of them."""

    name: str
    depth: int
    is_indicator: bool
    cells: tuple[SideCell, ...]
    spread: float | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """The units in the order of the address, and their lines."""

    units: tuple[Standing, ...]
    pillars: tuple[SideLine, ...]
    lines: tuple[SideLine, ...]
    end: float
    is_cut: bool
    unknown: tuple[str, ...]

    @property
    def are_enough(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.units) >= FEWEST


def sides_of(scene: Scene, named: Sequence[str], *, with_answers: bool) -> Sides:
    """The units with these keys, each text holding one or several with commas; one query.

    Indicators, from which single answers can be told, are there ``with_answers`` only.
    """
    wanted = [key for text in named for key in text.split(",") if key]
    known = {unit.key: unit for unit in scene.units}
    keys = list(dict.fromkeys(wanted))
    units = [known[key] for key in keys if key in known][:MOST]
    data = details(units)
    held = [data.get(unit.key, {}) for unit in units]
    every = list(_lines(scene, held, with_answers=with_answers))
    codes = {pillar.code for pillar in scene.pillars}
    return Sides(
        units=tuple(units),
        pillars=tuple(line for code, line in every if code in codes),
        lines=tuple(line for _code, line in every),
        end=max((scene.shades.span(code)[1] for code in codes), default=100.0),
        is_cut=len([key for key in keys if key in known]) > MOST,
        unknown=tuple(key for key in keys if key not in known)[:MOST],
    )


def _lines(
    scene: Scene, held: Sequence[Mapping[str, Any]], *, with_answers: bool
) -> list[tuple[str, SideLine]]:
    found: list[tuple[str, SideLine]] = []
    waiting: list[tuple[NodeDefinition | Leaf, int]] = [(scene.definition.tree, 0)]
    while waiting:
        child, depth = waiting.pop()
        if isinstance(child, NodeDefinition):
            found.append((child.code, _node_line(scene, child.code, depth, held)))
            waiting += [(each, depth + 1) for each in reversed(child.children)]
        elif with_answers or depth == 1:
            line = _leaf_line(scene, child.code, depth, held, with_answers=with_answers)
            found.append((child.code, line))
    return found


def _node_line(scene: Scene, code: str, depth: int, held: Sequence[Mapping[str, Any]]) -> SideLine:
    names = scene.shades.level_names(code, scene.language)
    parts = [data.get("nodes", {}).get(code, {}) for data in held]
    scores = [part.get("score") for part in parts]
    cells = tuple(
        SideCell(
            value=score,
            difference=_difference(score, scores),
            shade=scene.shades.of(code, score, part.get("level")),
            level=names.get(part.get("level"), ""),
            why="" if score is not None else reason_in_words(part),
        )
        for part, score in zip(parts, scores, strict=True)
    )
    name = scene.names.get(code, code)
    return SideLine(name, depth, is_indicator=False, cells=cells, spread=_spread(scores))


def _leaf_line(
    scene: Scene,
    code: str,
    depth: int,
    held: Sequence[Mapping[str, Any]],
    *,
    with_answers: bool,
) -> SideLine:
    parts = [data.get("leaves", {}).get(code, {}) for data in held]
    scores = [part.get("normalised") for part in parts]
    cells = tuple(
        SideCell(
            value=score,
            difference=_difference(score, scores),
            shade=scene.shades.of(code, score),
            level="",
            why="" if score is not None else _why(part),
            raw=part.get("raw") if with_answers else None,
        )
        for part, score in zip(parts, scores, strict=True)
    )
    indicator = scene.definition.by_code().get(code)
    unit = text_in(indicator.unit, scene.language) if indicator else ""
    return SideLine(
        scene.names.get(code, code),
        depth,
        is_indicator=True,
        cells=cells,
        spread=_spread(scores),
        unit=unit,
    )


def _why(part: Mapping[str, Any]) -> str:
    state = part.get("state")
    if state in set(State) and state != State.ANSWERED:
        return str(STATES[State(state)])
    return reason_in_words(part)


def _difference(score: float | None, scores: Sequence[float | None]) -> float | None:
    first = scores[0]
    return None if score is None or first is None else score - first


def _spread(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return max(known) - min(known) if len(known) > 1 else None
