"""Hides what an audience may not see, before anything is stored: every result passes the gate here.

A question is one axis of what agencies answered, with those that gave no answer beside the choices, so
that all of it adds up to the agencies that count. Figures that stand in several tables have the same key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.definitions.reasons import Reason
from analytics.explorer.asking import Asking
from analytics.explorer.compute.crossing import Division
from analytics.explorer.compute.distributions import Result
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.gate.compute import AskedFor, Released
from analytics.gate.enums import Refusal
from analytics.gate.queries import JOINED
from analytics.methods.descriptive import Answers
from analytics.methods.disclosure import (
    Axis,
    Contribution,
    Derived,
    Figures,
    Table,
    cell_key,
    crosstab,
)

ANSWERED: Final = "@answered"
ABSENT: Final = "@absent"
NOWHERE: Final = "@nowhere"
SOMEWHERE: Final = "@somewhere"
TICKED: Final = "ticked"
LEFT: Final = "left"
MOST_AXES: Final = 2
"""Beside the question itself."""

Gate = Callable[[Sequence[Table], AskedFor], Released]


@dataclass(frozen=True, slots=True)
class Told:
    """Another question by whose answers agencies are divided or chosen, over the rows of the case.

    Who gave an answer is a secret as much as what else they answered. So the other question is an axis
    of the table, with the keys that it has where it is asked about itself, and never a filter.
    """

    item: Item
    answers: Answers


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to some rows: their answers, what they are divided by, and the keys of what the
    agencies signed. The rows are those that the filters by properties of agencies let through.

    ``told``: the other questions that divide or choose them, by dimension.
    """

    item: Item
    asking: Asking
    answers: Answers
    revisions: Sequence[int]
    divisions: Sequence[Division] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    data: str = ""

    @property
    def within(self) -> dict[str, str]:
        """The filters by what agencies are, as a part of every key."""
        return {
            each.dimension: ",".join(each.values)
            for each in self.asking.filters
            if each.dimension not in self.told
        }

    @property
    def chosen(self) -> dict[str, str]:
        """The filters by what agencies answered to other questions, as categories of their axes."""
        held: dict[str, str] = {}
        for each in self.asking.filters:
            if each.dimension not in self.told:
                continue
            name = self.axis_name(each.dimension)
            if self.told[each.dimension].item.is_multiple:
                held[f"{name}={each.values[0]}"] = TICKED
            else:
                held[name] = ",".join(each.values)
        return held

    def left_in(self, dimension: str, codes: Iterable[str]) -> tuple[str, ...]:
        """The values of a property that the filters leave: of the others they tell by themselves that
        nobody is there."""
        chosen = [set(each.values) for each in self.asking.filters if each.dimension == dimension]
        return tuple(code for code in codes if all(code in values for values in chosen))

    def leaves_nobody(self, conditions: Mapping[str, str]) -> bool:
        """Whether the filters leave no agency in a place, whatever the agencies answered."""
        return any(
            name in self.within and not self.left_in(name, [code])
            for name, code in conditions.items()
        )

    @property
    def what(self) -> str:
        """The questions whose answers the table counts."""
        names = {self.item.name, *(each.item.name for each in self.told.values())}
        return JOINED.join(f"question:{name}" for name in sorted(names))

    def axis_name(self, dimension: str) -> str:
        """What the axis of a dimension is called."""
        return self.told[dimension].item.name if dimension in self.told else dimension

    def key(self, conditions: Mapping[str, str] | None = None, measure: str = "n") -> str:
        """The key of a figure of this question."""
        return cell_key({**self.within, **self.chosen, **(conditions or {})}, measure=measure)

    @property
    def values(self) -> list[Any]:
        """The answers by row; None where there is none that counts."""
        return _values(self.answers)


def _values(answers: Answers) -> list[Any]:
    asked = answers.asked
    put = np.ones(len(answers.column), dtype=bool) if asked is None else asked
    return [
        value if kept and value is not None and value not in answers.missing else None
        for value, kept in zip(answers.column, put, strict=True)
    ]


def protected(found: Result, case: Case, gate: Gate) -> Result:
    """A result as the gate lets it through; ``refusal`` in place of it where all of it is refused."""
    if not _can_be_protected(case):
        return _refused(found, Refusal.UNPROTECTABLE)
    tables = _tables(found, case)
    asked = AskedFor(
        what=case.what,
        units=case.revisions,
        groups=_groups(case),
        filters=case.within | case.chosen,
        data=case.data,
    )
    released = gate(tables, asked)
    if released.refusal is not None:
        return _refused(found, released.refusal)
    figures = _Figures(case, released)
    if figures.hides():
        return _refused(found, Refusal.TOO_FEW)
    return _shown(found, case, figures)


def _can_be_protected(case: Case) -> bool:
    """Whether the tables of the gate hold everything that would be shown.

    They count agencies: beside them, what the same agencies weigh would be one more equation for
    each hidden cell. An agency in several groups has no place in a table that adds up.
    """
    several = [
        each
        for each in case.asking.filters
        if each.dimension in case.told
        and case.told[each.dimension].item.is_multiple
        and len(each.values) > 1
    ]
    names = [each.item.name for each in case.told.values()]
    axes = [each.dimension.code for each in case.divisions]
    return not (
        case.asking.weighted
        or several
        or _sums_of_several(case)
        or case.item.name in names
        or any(not each.dimension.exclusive for each in case.divisions)
        or len({*axes, *case.told}) > MOST_AXES
    )


def _sums_of_several(case: Case) -> bool:
    """Whether numbers are added up over several values together: beside the sums of some of them, of
    whom no table has the others, these would be told."""
    is_number = case.item.kind in {ItemKind.NUMBER, ItemKind.ROWS}
    return is_number and any(
        len(each.values) > 1 for each in case.asking.filters if each.dimension not in case.told
    )


def _refused(found: Result, why: Refusal) -> Result:
    return {"kind": found["kind"], "mode": found.get("mode"), "refusal": why.value}


def _groups(case: Case) -> dict[str, list[int]]:
    """Who stands behind each value of each dimension that readers know of every agency."""
    return {
        cell_key({**case.within, each.dimension.code: code}): [
            revision
            for revision, values in zip(case.revisions, each.values, strict=True)
            if code in values
        ]
        for each in case.divisions
        if each.dimension.code not in case.told
        for code in case.left_in(each.dimension.code, each.dimension.words)
    }


def _tables(found: Result, case: Case) -> list[Table]:
    if "numbers" in found:
        return _number_tables(found, case)
    if "months" in found:
        return [_table(case, [None if v is None else str(v)[:7] for v in case.values])]
    if case.item.kind in {ItemKind.CHOICES, ItemKind.RANK}:
        return [_option_table(case, option["code"]) for option in found["options"]]
    if "options" in found:
        return [_table(case, case.values, given=[choice.name for choice in case.item.choices])]
    return [_whether_answered(case, case.values)]


def _whether_answered(case: Case, values: Sequence[Any]) -> Table:
    answered = [None if value is None else ANSWERED for value in values]
    return _table(case, answered, given=(ANSWERED,))


def _table(
    case: Case, values: Sequence[str | None], *, name: str = "", given: Sequence[str] = ()
) -> Table:
    """A category for each row, by the dimensions; those ``given`` also where nobody stands in them."""
    axis_name = name or case.item.name
    question = _axis_of(axis_name, values, given, grouped=not name)
    members: dict[tuple[str, ...], list[int]] = {}
    for place, value, revision in zip(_places(case), values, case.revisions, strict=True):
        members.setdefault((*place, ABSENT if value is None else value), []).append(revision)
    return crosstab(
        axis_name, [*_axes(case), question], Figures(members=members), within=case.within
    )


def _axis_of(
    name: str, values: Sequence[str | None], given: Sequence[str], *, grouped: bool
) -> Axis:
    """What agencies answered, those ``given`` also where nobody did, and whoever gave no answer."""
    seen = dict.fromkeys([*given, *(value for value in values if value is not None)])
    answers = tuple(seen)
    groups = {ANSWERED: answers} if grouped and seen and ANSWERED not in seen else {}
    return Axis(name, (*answers, ABSENT), groups, answers=True)


def _ticks(values: Sequence[Any], code: str) -> list[str | None]:
    return [
        None if value is None else TICKED if code in str(value).split() else LEFT
        for value in values
    ]


def _option_table(case: Case, code: str) -> Table:
    values = _ticks(case.values, code)
    return _table(case, values, name=_option_name(case, code), given=(TICKED, LEFT))


def _option_name(case: Case, code: str) -> str:
    return f"{case.item.name}={code}"


def _sides(case: Case) -> list[tuple[Axis, list[str]]]:
    """What the agencies are divided by and chosen by, each with where every row stands."""
    by_codes = [
        (_by_properties(each, case), _stands(each))
        if each.dimension.code not in case.told
        else None
        for each in case.divisions
    ]
    sides = [each for each in by_codes if each is not None]
    filtered = {each.dimension: each.values for each in case.asking.filters}
    return sides + [
        _by_answers(told, filtered.get(dimension, ())) for dimension, told in case.told.items()
    ]


def _by_properties(division: Division, case: Case) -> Axis:
    """The axis of a property. Where agencies have none of its values, those that have one are a part of
    all: the margins of a cross count no others. Values that the filters leave out are none of its
    categories: elsewhere agencies stand under their keys."""
    dimension = division.dimension
    codes = case.left_in(dimension.code, (code for code, _word in dimension.values))
    if dimension.code in case.within:
        return Axis(dimension.code, codes)
    groups = {SOMEWHERE: codes} if _leaves_out(division) else {}
    return Axis(dimension.code, (*codes, NOWHERE), groups)


def _leaves_out(division: Division) -> bool:
    """Whether an agency has none of the values."""
    return NOWHERE in _stands(division)


def _stands(division: Division) -> list[str]:
    words = division.dimension.words
    return [next((v for v in values if v in words), NOWHERE) for values in division.values]


def _by_answers(told: Told, chosen: Sequence[str]) -> tuple[Axis, list[str]]:
    """The axis of another question as its own table has it; several chosen answers are a group of it."""
    values = _values(told.answers)
    if told.item.is_multiple:
        values = _ticks(values, chosen[0])
        axis = _axis_of(f"{told.item.name}={chosen[0]}", values, (TICKED, LEFT), grouped=False)
    else:
        axis = _axis_of(
            told.item.name, values, [choice.name for choice in told.item.choices], grouped=True
        )
    if len(chosen) > 1:
        axis = _with_group(axis, chosen)
    return axis, [ABSENT if value is None else value for value in values]


def _with_group(axis: Axis, chosen: Sequence[str]) -> Axis:
    """The axis with the chosen answers together: a part of all that were given."""
    name, held = ",".join(chosen), set(chosen)
    left = tuple(code for code in axis.categories if code not in held and code != ABSENT)
    return replace(axis, groups={name: tuple(chosen), ANSWERED: (name, *left)})


def _axes(case: Case) -> list[Axis]:
    return [axis for axis, _places in _sides(case)]


def _places(case: Case) -> list[tuple[str, ...]]:
    """Where each row stands in the dimensions."""
    columns = [places for _axis, places in _sides(case)]
    return list(zip(*columns, strict=True)) if columns else [()] * len(case.revisions)


def _number_tables(found: Result, case: Case) -> list[Table]:
    """Who answered, the bins, and the sum with what each agency adds to it."""
    values = [value if isinstance(value, float) else None for value in case.values]
    tables = [_whether_answered(case, values), _sum_table(case, values)]
    if found["bins"] and not (case.divisions or case.asking.filters):
        # The edges of bins are those of the numbers that are shown: of others they would be others.
        lows = [each["low"] for each in found["bins"]]
        places = [None if v is None else str(_bin(v, lows)) for v in values]
        bins = [str(place) for place in range(len(lows))]
        tables.append(_table(case, places, name=f"{case.item.name}#bins", given=bins))
    return tables


def _bin(value: float, lows: Sequence[float]) -> int:
    return max(place for place, low in enumerate(lows) if low <= value or place == 0)


def _sum_table(case: Case, values: Sequence[float | None]) -> Table:
    """Sums by the dimensions, and the measures that are determined by few of the numbers."""
    by_place: dict[tuple[str, ...], list[tuple[int, float]]] = {}
    for place, revision, value in zip(_places(case), case.revisions, values, strict=True):
        if value is not None:
            by_place.setdefault(place, []).append((revision, value))
    measure = f"sum:{case.item.name}"
    axes = _axes(case) or [Axis("everybody", ("all",))]
    if not _axes(case):
        by_place = {("all",): by_place.get((), [])}
    figures = Figures(
        counts={place: len(members) for place, members in by_place.items()},
        values={place: sum(v for _r, v in members) for place, members in by_place.items()},
        contributions={
            place: [Contribution(value=v, holder=str(r)) for r, v in members]
            for place, members in by_place.items()
        },
    )
    table = crosstab(measure, axes, figures, within=case.within, measure=measure)
    return Table(table.name, table.cells, table.sums, tuple(_measures(case, table)))


MEASURES: Final = {
    "median": 0.5,
    "first_quartile": 0.25,
    "third_quartile": 0.25,
    "sd": 1.0,
    "trimmed_mean": 0.8,
    "mean": 1.0,
    "least": 0.0,
    "greatest": 0.0,
}
"""Of how many of the numbers, at least, a measure is made."""


def _measures(case: Case, table: Table) -> list[Derived]:
    return [
        Derived(
            key=f"{cell.key}|{name}",
            value=0.0,
            rests_on=(cell.key,),
            support=max(1, int(part * cell.count)),
        )
        for cell in table.cells
        for name, part in MEASURES.items()
    ]


@dataclass(frozen=True, slots=True)
class _Figures:
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
            return self.hides({**held, _option_name(self.case, code): TICKED})
        return self.hides({**held, self.case.item.name: code})

    def hides_base(self, conditions: Mapping[str, str] | None = None) -> bool:
        """Whether the number of those who answered, or of those who did not, is hidden."""
        held, name = dict(conditions or {}), self.case.item.name
        if self.case.item.kind in {ItemKind.CHOICES, ItemKind.RANK}:
            names = [_option_name(self.case, choice.name) for choice in self.case.item.choices]
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


def _shown(found: Result, case: Case, figures: _Figures) -> Result:
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


def _base(base: Result, figures: _Figures) -> Result:
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


def _options(options: Sequence[Result], figures: _Figures) -> list[Result]:
    return [_option(option, figures) for option in options]


def _option(option: Result, figures: _Figures) -> Result:
    if figures.hides_answer(option["code"]):
        return dict.fromkeys(option) | {"code": option["code"], "hidden": True}
    return option | {"value": figures.share(option["value"])}


def _bins(bins: Sequence[Result], figures: _Figures) -> list[Result]:
    """Those at the ends that are hidden are left out: their edges tell where the outermost numbers lie."""
    name = f"{figures.case.item.name}#bins"
    shown = [
        each | ({"n": None, "hidden": True} if figures.hides({name: str(place)}) else {})
        for place, each in enumerate(bins)
    ]
    seen = [place for place, each in enumerate(shown) if each["n"]]
    return shown[seen[0] : seen[-1] + 1] if seen else []


def _months(months: Sequence[Result], figures: _Figures) -> list[Result]:
    """That a month is there tells that somebody named it."""
    name = figures.case.item.name
    return [each for each in months if not figures.hides({name: each["month"]})]


def _dates(dates: Result, figures: _Figures) -> Result:
    """The first and the last date are single agencies' dates."""
    return dict.fromkeys(dates) if figures.released.is_protected else dates


def _numbers(numbers: Result, figures: _Figures) -> Result:
    nothing = {"value": None, "low": None, "high": None, "method": None, "why_none": None}
    shown, hidden = dict(numbers), []
    for name in (*MEASURES, "sum"):
        if figures.hides_measure(name):
            shown[name] = nothing if isinstance(numbers[name], dict) else None
            hidden.append(name)
    n = None if figures.hides_base() else numbers["n"]
    return shown | {"n": n, "zeros": None, "hidden": [*hidden, "zeros"]}


def _texts(texts: Result, figures: _Figures) -> Result:
    """How long the longest answer is tells of one agency."""
    hidden = figures.hides_base()
    return {
        "n": None if hidden else texts["n"],
        **{
            unit: {"median": None if hidden else texts[unit]["median"], "greatest": None}
            for unit in ("words", "characters")
        },
    }


def _cross(cross: Result, figures: _Figures) -> Result:
    if "groups" in cross:
        return cross | {"groups": [_group(each, figures) for each in cross["groups"]], "tests": []}
    return cross | {"sheets": [_sheet(each, figures) for each in cross["sheets"]]}


def _place(figures: _Figures, code: str | None, layer: str | None) -> dict[str, str]:
    by = [figures.case.axis_name(each) for each in figures.case.asking.by]
    row = {by[0]: code} if code is not None else {}
    return row | ({by[1]: layer} if layer is not None else {})


def _group(group: Result, figures: _Figures) -> Result:
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


def _whole(figures: _Figures, layer: str | None) -> dict[str, str]:
    """All that a sheet counts: who has no place in its first dimension stands in none of its margins."""
    case, place = figures.case, _place(figures, None, layer)
    first = case.asking.by[0]
    name = case.axis_name(first)
    if first in case.told:
        return place if name in case.chosen else place | {name: ANSWERED}
    division = next(each for each in case.divisions if each.dimension.code == first)
    return place | {name: SOMEWHERE} if _leaves_out(division) else place


def _sheet(sheet: Result, figures: _Figures) -> Result:
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


def _row(row: Result, layer: str | None, figures: _Figures) -> Result:
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


def _total(total: Result, layer: str | None, figures: _Figures, *, hides_all: bool) -> Result:
    if figures.hides_answer(total["code"], _whole(figures, layer)):
        return dict.fromkeys(total) | {"code": total["code"], "hidden": True}
    return total | {"row": None if hides_all else figures.share(total["row"])}


_CHANGES: Final[Mapping[str, Callable[[Any, _Figures], Any]]] = {
    "options": _options,
    "bins": _bins,
    "months": _months,
    "dates": _dates,
    "numbers": _numbers,
    "texts": _texts,
    "cross": _cross,
}
