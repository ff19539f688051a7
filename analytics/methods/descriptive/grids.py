"""Tables of a questionnaire as item by statistic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.methods.descriptive.choices import SingleChoice, single_choice
from analytics.methods.descriptive.columns import Answers
from analytics.methods.descriptive.design import CENSUS, Design
from analytics.methods.descriptive.likert import Likert, Scale, likert
from analytics.methods.descriptive.numbers import NumberSummary, number_summary

Distribution = SingleChoice | Likert | NumberSummary

LIKERT = ("n", "blank", "mean", "median", "top", "bottom", "net", "rescaled")
NUMBERS = ("n", "blank", "mean", "sd", "median", "least", "greatest", "sum")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One item: its statistics in the order of the grid, and the distribution they are read from."""

    item: str
    values: tuple[float | None, ...]
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class Grid:
    """Item by statistic. ``statistics`` names the columns; shares lie in 0..1, means in their unit."""

    statistics: tuple[str, ...]
    rows: tuple[GridRow, ...]


def choice_grid(
    items: Mapping[str, Answers], choices: Sequence[str], *, design: Design = CENSUS
) -> Grid:
    """Items that are answered with one of the same choices: n, blank, then the valid share of each."""
    found = {name: single_choice(each, choices, design=design) for name, each in items.items()}
    rows = [
        GridRow(name, (each.n, each.base.blank, *_shares(each, choices)), each)
        for name, each in found.items()
    ]
    return Grid(("n", "blank", *choices), tuple(rows))


def likert_grid(
    items: Mapping[str, Answers],
    scale: Scale,
    *,
    reversed_items: Sequence[str] = (),
    design: Design = CENSUS,
) -> Grid:
    """Items on one scale. ``reversed_items`` name those whose sentence is turned round."""
    rows = []
    for name, answers in items.items():
        turned = scale.reversed_item is not (name in reversed_items)
        found = likert(answers, replace(scale, reversed_item=turned), design=design)
        rows.append(GridRow(name, _of_likert(found), found))
    return Grid(LIKERT, tuple(rows))


def number_grid(items: Mapping[str, Answers], *, design: Design = CENSUS) -> Grid:
    """Items that are answered with a number of the same unit."""
    found = {name: number_summary(each, design=design) for name, each in items.items()}
    return Grid(
        NUMBERS, tuple(GridRow(name, _of_numbers(each), each) for name, each in found.items())
    )


def _shares(found: SingleChoice, choices: Sequence[str]) -> list[float | None]:
    shares = {option.code: option.valid.value for option in found.options}
    return [shares.get(code) for code in choices]


def _of_likert(found: Likert) -> tuple[float | None, ...]:
    return (
        found.n,
        found.on_scale.base.blank,
        found.mean.value,
        found.median,
        found.top.value,
        found.bottom.value,
        found.net,
        found.rescaled.value,
    )


def _of_numbers(found: NumberSummary) -> tuple[float | None, ...]:
    return (
        found.n,
        found.base.blank,
        found.mean.value,
        found.spread.sd,
        found.median.value,
        found.spread.least,
        found.spread.greatest,
        found.sum,
    )
