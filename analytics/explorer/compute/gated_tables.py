"""The tables that the gate is given: everything of a result that would be shown, as counts that add up.

A question is one axis of what agencies answered, with those that gave no answer beside the choices, so
that all of it adds up to the agencies that count. Figures that stand in several tables have the same key.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from analytics.explorer.compute.cases import (
    ABSENT,
    ANSWERED,
    LEFT,
    NOWHERE,
    SOMEWHERE,
    TICKED,
    Case,
    Told,
    values_of,
)
from analytics.explorer.compute.crossing import Division
from analytics.explorer.compute.distributions import Result
from analytics.explorer.enums import ItemKind
from analytics.methods.disclosure import (
    Axis,
    Contribution,
    Derived,
    Figures,
    Table,
    cell_key,
    crosstab,
)

MOST_AXES: Final = 2
"""Beside the question itself."""


def can_be_protected(case: Case) -> bool:
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


def groups_of(case: Case) -> dict[str, list[int]]:
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


def tables_of(found: Result, case: Case) -> list[Table]:
    """The tables that hold everything which is shown of the result."""
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
    return _table(case, values, name=option_name(case, code), given=(TICKED, LEFT))


def option_name(case: Case, code: str) -> str:
    """What the axis of one option is called, of a question with several choices."""
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
    groups = {SOMEWHERE: codes} if leaves_out(division) else {}
    return Axis(dimension.code, (*codes, NOWHERE), groups)


def leaves_out(division: Division) -> bool:
    """Whether an agency has none of the values."""
    return NOWHERE in _stands(division)


def _stands(division: Division) -> list[str]:
    words = division.dimension.words
    return [next((v for v in values if v in words), NOWHERE) for values in division.values]


def _by_answers(told: Told, chosen: Sequence[str]) -> tuple[Axis, list[str]]:
    """The axis of another question as its own table has it; several chosen answers are a group of it."""
    values = values_of(told.answers)
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
