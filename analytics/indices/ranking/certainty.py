"""How sure a ranking is, as far as the run has simulated it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.indices.models import IndexRun
from analytics.indices.ranking.scene import Scene
from analytics.indices.ranking.standings import Standing
from analytics.indices.words import reason_in_words

LEADERS: Final = 3
MOVERS: Final = 5
MOST_ASKED: Final = 30
"""Beyond this rank nobody is asked whether it may be first."""

FACTORS: Final[Mapping[str, Promise]] = {
    "normalisation": gettext_lazy("Normalisation"),
    "winsorising": gettext_lazy("Treatment of outliers"),
    "imputation": gettext_lazy("Filling in of blanks"),
    "aggregation": gettext_lazy("Aggregation"),
    "left_out": gettext_lazy("One element left out"),
    "weights_below": gettext_lazy("Weights below the pillars"),
}
"""What a run varies, beside the weight of each pillar."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A unit with a probability, 0 to 100."""

    name: str
    percent: float


@dataclass(frozen=True, slots=True)
class Mover:
    """An element with the mean change of rank without it."""

    name: str
    shift: float


@dataclass(frozen=True, slots=True)
class Factor:
    """What explains how much of the spread of the ranking, in percent (Sobol, total)."""

    name: str
    percent: float


@dataclass(frozen=True, slots=True)
class Certainty:
    """``runs``: how many were simulated, 0: none. ``failed``: those without a result, by reason."""

    runs: int
    used: int
    failed: tuple[tuple[str, int], ...] = ()
    first: tuple[Chance, ...] = ()
    followed: Chance | None = None
    top: int = 10
    width: float | None = None
    movers: tuple[Mover, ...] = ()
    factors: tuple[Factor, ...] = ()
    settled: float | None = None


def certainty_of(scene: Scene) -> Certainty:
    """What the run's summary and the units say; one query where runs were simulated."""
    kept: Mapping[str, Any] = scene.run.summary.get("uncertainty") or {}
    if not kept:
        return Certainty(0, 0)
    simulated = _simulated(scene.run, scene.block, scene.followed)
    widths = [places[1] - places[0] for unit in scene.block if (places := unit.places)]
    share = (kept.get("dominance") or {}).get("share")
    return Certainty(
        runs=kept.get("runs", 0),
        used=kept.get("used", 0),
        failed=tuple(
            (reason_in_words({"reason": why}), number)
            for why, number in (kept.get("failed") or {}).items()
        ),
        first=_first(scene.block, simulated),
        followed=_followed(scene.followed, simulated),
        top=kept.get("top", 10),
        width=median(widths) if widths else None,
        movers=_movers(scene, kept),
        factors=_factors(scene, kept),
        settled=None if share is None else share * 100,
    )


def offer(scene: Scene) -> str:
    """What is said where nothing was simulated."""
    if scene.run.draws:
        return _("The simulated runs gave nothing to compare.")
    return _("This run was not simulated, so that its ranks have no intervals.")


def _simulated(
    run: IndexRun, units: Sequence[Standing], followed: Standing | None
) -> dict[str, Mapping[str, Any]]:
    """What was simulated of the units that may be first and of the followed one."""
    last = _last_asked(units)
    keys = {unit.key for unit in units if unit.rank is not None and unit.rank <= last}
    if followed:
        keys.add(followed.key)
    found = run.units.filter(key__in=keys).values_list("key", "data__uncertainty")
    return {key: held or {} for key, held in found}


def _last_asked(units: Sequence[Standing]) -> int:
    """Down to which rank units are asked for their probability of being first."""
    able = [unit.rank for unit in units if unit.rank and unit.places and unit.places[0] == 1]
    return min(max([LEADERS, *able]), MOST_ASKED)


def _first(
    units: Sequence[Standing], simulated: Mapping[str, Mapping[str, Any]]
) -> tuple[Chance, ...]:
    chances = [
        Chance(unit.name, share * 100)
        for unit in units
        if (share := simulated.get(unit.key, {}).get("first"))
    ]
    return tuple(sorted(chances, key=lambda each: -each.percent)[:LEADERS])


def _followed(unit: Standing | None, simulated: Mapping[str, Mapping[str, Any]]) -> Chance | None:
    share = simulated.get(unit.key, {}).get("top") if unit else None
    return Chance(unit.name, share * 100) if unit and share is not None else None


def _movers(scene: Scene, kept: Mapping[str, Any]) -> tuple[Mover, ...]:
    """The elements whose absence moves ranks most."""
    found = [
        Mover(scene.names.get(each["code"], each["code"]), each["mean_shift"])
        for each in kept.get("removals") or ()
        if each.get("mean_shift")
    ]
    return tuple(sorted(found, key=lambda each: -each.shift)[:MOVERS])


def _factors(scene: Scene, kept: Mapping[str, Any]) -> tuple[Factor, ...]:
    found = [
        Factor(_factor(scene, each["factor"]), max(0.0, each["total"]) * 100)
        for each in kept.get("sobol") or ()
        if each.get("total") is not None
    ]
    return tuple(sorted(found, key=lambda each: -each.percent))


def _factor(scene: Scene, name: str) -> str:
    if name.startswith("weight:"):
        code = name.removeprefix("weight:")
        return _("Weight of %(pillar)s") % {"pillar": scene.names.get(code, code)}
    return str(FACTORS.get(name, name))
