"""A result with only what the gate let through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analytics.definitions.reasons import Reason
from analytics.explorer.compute.cases import ABSENT, ANSWERED, SOMEWHERE, TICKED, Case
from analytics.explorer.compute.distributions import Result
from analytics.explorer.compute.gated_tables import MEASURES, leaves_out, option_name
from analytics.explorer.enums import ItemKind
from analytics.gate.compute import Released


@dataclass(frozen=True, slots=True)
class LetThrough:
    """What the gate let through, asked by what a figure is."""

    case: Case
    released: Released

    def hides(self, conditions: Mapping[str, str] | None = None, measure: str = "n") -> bool:
        """Whether a figure must not be shown; one that stands in no table may not be either, unless the
        filters say by themselves that it is of nobody."""
        if self.case.leaves_nobody(conditions or {}):
            return False
        key = self.case.key(conditions, measure)
        return self.released.figures.get(key) is None

    def hides_answer(self, code: str, conditions: Mapping[str, str] | None = None) -> bool:
        """Whether the number of agencies with that answer is hidden."""
        held = dict(conditions or {})
        if self.case.item.kind in {ItemKind.CHOICES, ItemKind.RANK}:
            return self.hides({**held, option_name(self.case, code): TICKED})
        return self.hides({**held, self.case.item.name: code})

    def hides_base(self, conditions: Mapping[str, str] | None = None) -> bool:
        """Whether the number of those who answered, or of those who did not, is hidden."""
        held, name = dict(conditions or {}), self.case.item.name
        if self.case.item.kind in {ItemKind.CHOICES, ItemKind.RANK}:
            names = [option_name(self.case, choice.name) for choice in self.case.item.choices]
            return self.hides(held) or any(self.hides({**held, each: ABSENT}) for each in names)
        return any(self.hides({**held, name: each}) for each in (ANSWERED, ABSENT))

    def hides_measure(self, name: str, conditions: Mapping[str, str] | None = None) -> bool:
        """Whether a measure of numbers is hidden."""
        if self.case.leaves_nobody(conditions or {}):
            return False
        key = self.case.key(conditions, f"sum:{self.case.item.name}")
        figures = self.released.figures
        if name == "sum":
            return figures.get(key) is None
        return figures.get(f"{key}|{name}") is None

    @property
    def base(self) -> int | None:
        """How many agencies were chosen, as it may be shown."""
        if not self.case.chosen:
            return self.released.base
        number = self.released.figures[self.case.key()]
        return None if number is None else round(number)

    def share(self, value: float | None) -> float | None:
        """A share with as many decimals of a percent as may be shown."""
        decimals = self.released.decimals
        if self.case.chosen and self.released.is_protected:
            decimals = 0
        return value if value is None or decimals is None else round(value, 2 + decimals)


def shown_of(found: Result, case: Case, figures: LetThrough) -> Result:
    """The result with what must not be shown taken out of it, and marked."""
    shown = found | {
        "is_protected": figures.released.is_protected,
        "units": {"signed": figures.base, "asked": None},
        "base": _base(found["base"], figures),
    }
    for name, change in _CHANGES.items():
        if name in found:
            shown[name] = change(found[name], figures)
    shown |= dict.fromkeys(COUNTED_BESIDE & found.keys())
    if any(option.get("hidden") for option in shown.get("options", ())):
        if "scale" in shown:
            shown["scale"] = dict.fromkeys(shown["scale"]) | {"hidden": True}
        # Beside the number of an option, its share of all ticks would tell how many ticks are hidden.
        for option in shown["options"]:
            option.update(dict.fromkeys({"of_responses"} & option.keys()))
    return shown


COUNTED_BESIDE: Final = frozenset({"responses", "unticked", "incomplete"})
"""Counts that stand in no table of the gate."""


def _base(base: Result, figures: LetThrough) -> Result:
    """How many answered and how many did not; why they did not would be a table of its own."""
    if figures.hides_base():
        return {"hidden": True, "answered": None}
    return {
        "rows": base["rows"],
        "asked": base["rows"],
        "answered": base["answered"],
        "blank": base["rows"] - base["answered"],
        "missing": {},
        "unreadable": 0,
    }


def _options(options: Sequence[Result], figures: LetThrough) -> list[Result]:
    return [_option(option, figures) for option in options]


def _option(option: Result, figures: LetThrough) -> Result:
    if figures.hides_answer(option["code"]):
        return dict.fromkeys(option) | {"code": option["code"], "hidden": True}
    return option | {"value": figures.share(option["value"])}


def _bins(bins: Sequence[Result], figures: LetThrough) -> list[Result]:
    """Those at the ends that are hidden are left out: their edges tell where the outermost numbers lie."""
    name = f"{figures.case.item.name}#bins"
    shown = [
        each | ({"n": None, "hidden": True} if figures.hides({name: str(place)}) else {})
        for place, each in enumerate(bins)
    ]
    seen = [place for place, each in enumerate(shown) if each["n"]]
    return shown[seen[0] : seen[-1] + 1] if seen else []


def _months(months: Sequence[Result], figures: LetThrough) -> list[Result]:
    """That a month is there tells that somebody named it."""
    name = figures.case.item.name
    return [each for each in months if not figures.hides({name: each["month"]})]


def _dates(dates: Result, figures: LetThrough) -> Result:
    """The first and the last date are single agencies' dates."""
    return dict.fromkeys(dates) if figures.released.is_protected else dates


def _numbers(numbers: Result, figures: LetThrough) -> Result:
    nothing = {"value": None, "low": None, "high": None, "method": None, "why_none": None}
    shown, hidden = dict(numbers), []
    for name in (*MEASURES, "sum"):
        if figures.hides_measure(name):
            shown[name] = nothing if isinstance(numbers[name], dict) else None
            hidden.append(name)
    n = None if figures.hides_base() else numbers["n"]
    return shown | {"n": n, "zeros": None, "hidden": [*hidden, "zeros"]}


def _texts(texts: Result, figures: LetThrough) -> Result:
    """How long the longest answer is tells of one agency."""
    hidden = figures.hides_base()
    return {
        "n": None if hidden else texts["n"],
        **{
            unit: {"median": None if hidden else texts[unit]["median"], "greatest": None}
            for unit in ("words", "characters")
        },
    }


def _cross(cross: Result, figures: LetThrough) -> Result:
    if "groups" in cross:
        return cross | {"groups": [_group(each, figures) for each in cross["groups"]], "tests": []}
    return cross | {"sheets": [_sheet(each, figures) for each in cross["sheets"]]}


def _place(figures: LetThrough, code: str | None, layer: str | None) -> dict[str, str]:
    by = [figures.case.axis_name(each) for each in figures.case.asking.by]
    row = {by[0]: code} if code is not None else {}
    return row | ({by[1]: layer} if layer is not None else {})


def _group(group: Result, figures: LetThrough) -> Result:
    place = _place(figures, group["code"], group["layer"])
    if figures.hides_base(place):
        return dict.fromkeys(group) | {
            "code": group["code"],
            "layer": group["layer"],
            "hidden": True,
            "hidden_measures": [*MEASURES, "sum"],
        }
    hidden = [name for name in (*MEASURES, "sum") if figures.hides_measure(name, place)]
    cleared = {name: None for name in hidden if name in group}
    return group | cleared | {"hidden_measures": hidden}


def _whole(figures: LetThrough, layer: str | None) -> dict[str, str]:
    """All that a sheet counts: who has no place in its first dimension stands in none of its margins."""
    case, place = figures.case, _place(figures, None, layer)
    first = case.asking.by[0]
    name = case.axis_name(first)
    if first in case.told:
        return place if name in case.chosen else place | {name: ANSWERED}
    division = next(each for each in case.divisions if each.dimension.code == first)
    return place | {name: SOMEWHERE} if leaves_out(division) else place


def _sheet(sheet: Result, figures: LetThrough) -> Result:
    layer = sheet["layer"]
    rows = [_row(row, layer, figures) for row in sheet["rows"]]
    hides_all = figures.hides_base(_whole(figures, layer))
    total = [_total(each, layer, figures, hides_all=hides_all) for each in sheet["total"]]
    hides = (
        hides_all
        or any(cell.get("hidden") for row in rows for cell in row["cells"])
        or any(each.get("hidden") for each in (*rows, *total))
    )
    shown = sheet | {"rows": rows, "total": total}
    if hides_all:
        shown |= {"n": None, "hidden": True}
    if not hides:
        return shown
    return shown | {
        "rows": [row | {"cells": [c | {"residual": None} for c in row["cells"]]} for row in rows],
        "tests": [
            dict.fromkeys(test)
            | {"reason": Reason.SUPPRESSED.value, "small_groups": [], "tests": 0}
            for test in sheet["tests"][:1]
        ],
    }


def _row(row: Result, layer: str | None, figures: LetThrough) -> Result:
    place = _place(figures, row["code"], layer)
    margin = figures.hides_base(place)
    whole = _whole(figures, layer)
    cells = [
        dict.fromkeys(cell) | {"code": cell["code"], "hidden": True}
        if figures.hides_answer(cell["code"], place)
        else cell
        | {
            "row": None if margin else figures.share(cell["row"]),
            "column": None
            if figures.hides_answer(cell["code"], whole)
            else figures.share(cell["column"]),
        }
        for cell in row["cells"]
    ]
    return row | {"cells": cells} | ({"n": None, "hidden": True} if margin else {})


def _total(total: Result, layer: str | None, figures: LetThrough, *, hides_all: bool) -> Result:
    if figures.hides_answer(total["code"], _whole(figures, layer)):
        return dict.fromkeys(total) | {"code": total["code"], "hidden": True}
    return total | {"row": None if hides_all else figures.share(total["row"])}


_CHANGES: Final[Mapping[str, Callable[[Any, LetThrough], Any]]] = {
    "options": _options,
    "bins": _bins,
    "months": _months,
    "dates": _dates,
    "numbers": _numbers,
    "texts": _texts,
    "cross": _cross,
}
