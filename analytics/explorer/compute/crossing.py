"""One question by one or two dimensions: tables with residuals and tests, or numbers by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.explorer.asking import Dimension
from analytics.explorer.compute.distributions import Result
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.methods.comparisons import kruskal_wallis
from analytics.methods.crosstabs import Association, Coded, CrossTab, Sheet, Ticked, crosstab
from analytics.methods.descriptive import Answers, Design, number_summary
from analytics.methods.multiplicity import Adjustment, adjusted
from analytics.methods.weighting.design import SampleDesign


@dataclass(frozen=True, slots=True)
class Division:
    """A dimension with the values of each row."""

    dimension: Dimension
    values: Sequence[tuple[str, ...]]

    def axis(self) -> "Coded | Ticked":
        """As an axis of a table: several values a row make it ticked."""
        name, keys = self.dimension.code, [code for code, _word in self.dimension.values]
        if self.dimension.exclusive:
            singles = [self._known(each) for each in self.values]
            return Coded.from_values(name, singles, keys)
        joined = [" ".join(v for v in each if v in keys) if each else None for each in self.values]
        return Ticked.from_values(name, joined, keys)

    def _known(self, values: tuple[str, ...]) -> str | None:
        return next((value for value in values if value in self.dimension.words), None)

    def layers(self) -> Coded:
        """As the layers of a table. A row of several values stands in the layer of the first."""
        keys = [code for code, _word in self.dimension.values]
        return Coded.from_values(
            self.dimension.code, [self._known(each) for each in self.values], keys
        )


@dataclass(frozen=True, slots=True)
class Sampled:
    """How the rows came to be: the design of a number, and that of variances where they are weighted."""

    design: Design
    sample: SampleDesign | None = None


def crossed(item: Item, answers: Answers, by: Sequence[Division], sampled: Sampled) -> Result:
    """The cross of a question, without what is hidden yet. Ranks of weighted numbers are not tested."""
    if item.kind is ItemKind.NUMBER:
        tests = _rank_tests(answers, by) if sampled.sample is None else []
        return {"groups": _groups(answers, by, sampled.design), "tests": tests}
    found = crosstab(
        _question_axis(item, answers), by[0].axis(), _layers(by), design=sampled.sample
    )
    return {
        "adjustment": found.adjustment.value,
        "sheets": [_sheet(each, found) for each in (found.sheets or (found.together,))],
    }


def _layers(by: Sequence[Division]) -> Coded | None:
    return by[1].layers() if len(by) > 1 else None


def _question_axis(item: Item, answers: Answers) -> "Coded | Ticked":
    """The question's answers; what the list does not offer, or was not asked, is blank."""
    keys = [choice.name for choice in item.choices]
    asked = np.ones(len(answers.column), bool) if answers.asked is None else answers.asked
    texts = [
        text if put and isinstance(text, str) else None
        for text, put in zip(answers.column, asked, strict=True)
    ]
    missing = [code for code in answers.missing if code not in keys]
    if item.kind is ItemKind.CHOICES:
        known = [_of_list(text, keys, missing) for text in texts]
        return Ticked.from_values(item.name, known, keys, missing=missing)
    known = [text if text in {*keys, *missing} else None for text in texts]
    return Coded.from_values(item.name, known, keys, missing=missing)


def _of_list(text: str | None, keys: Sequence[str], missing: Sequence[str]) -> str | None:
    if text is None or text in missing:
        return text
    return " ".join(code for code in text.split() if code in keys)


def _sheet(sheet: Sheet, found: CrossTab) -> Result:
    """A table turned round: a row for each value of the dimension, a column for each answer."""
    columns = found.columns
    assert columns is not None, "a cross has a dimension"
    return {
        "layer": sheet.layer,
        "n": sheet.base.n,
        "rows": [
            {
                "code": key,
                "n": sheet.columns[j].n,
                "cells": [
                    {
                        "code": answer,
                        "n": cells[j].n,
                        "row": cells[j].column_share,
                        "column": cells[j].row_share,
                        "residual": cells[j].residual if cells[j].marked else None,
                    }
                    for answer, cells in zip(found.rows.keys, sheet.cells, strict=True)
                ],
            }
            for j, key in enumerate(columns.keys)
        ],
        "total": [
            {"code": answer, "n": margin.n, "row": _share(margin.weighted, sheet.base.weighted)}
            for answer, margin in zip(found.rows.keys, sheet.rows, strict=True)
        ],
        "tests": [_test(each) for each in sheet.associations],
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _test(found: Association) -> Result:
    return {
        "option": found.row,
        "group": found.column,
        "n": found.n,
        "method": found.method.value if found.method else None,
        "statistic": found.statistic,
        "df": found.df,
        "p": found.p,
        "p_adjusted": found.p_adjusted,
        "tests": found.tests,
        "cramers_v": found.cramers_v_corrected,
        "permutations": found.permutations,
        "reason": found.reason.value if found.reason else None,
        "small_groups": list(found.small_groups),
    }


def _groups(answers: Answers, by: Sequence[Division], design: Design) -> list[Result]:
    """Numbers by group; with two dimensions by group and layer."""
    found = []
    for layer in [code for code, _word in by[1].dimension.values] if len(by) > 1 else [None]:
        for code, _word in by[0].dimension.values:
            rows = np.array([code in values for values in by[0].values], dtype=bool)
            if layer is not None:
                rows &= np.array([layer in values for values in by[1].values], dtype=bool)
            found.append({"layer": layer, "code": code} | _numbers(answers, rows, design))
    return found


def _rank_tests(answers: Answers, by: Sequence[Division]) -> list[Result]:
    """Kruskal and Wallis's test in each layer; an agency in several groups makes it impossible."""
    if not by[0].dimension.exclusive:
        return []
    values = _floats(answers)
    layers = [code for code, _word in by[1].dimension.values] if len(by) > 1 else [None]
    found = []
    for layer in layers:
        inside = np.array(
            [layer is None or layer in each for each in _values_of(by, 1, values)], dtype=bool
        )
        groups = {
            code: values[inside & np.array([code in each for each in by[0].values], dtype=bool)]
            for code, _word in by[0].dimension.values
        }
        found.append((layer, kruskal_wallis({k: v for k, v in groups.items() if len(v)})))
    adjusted_p = adjusted([each.p for _layer, each in found], Adjustment.HOLM)
    made = sum(each.p is not None for _layer, each in found)
    return [
        {
            "layer": layer,
            "method": "kruskal_wallis" if each.p is not None else None,
            "n": sum(each.sizes),
            "p": each.p,
            "p_adjusted": p,
            "tests": made,
            "epsilon_squared": each.epsilon_squared,
            "reason": each.reason.value if each.reason else None,
            "small_groups": list(each.small_groups),
        }
        for (layer, each), p in zip(found, adjusted_p, strict=True)
    ]


def _values_of(by: Sequence[Division], place: int, values: Any) -> Sequence[tuple[str, ...]]:
    return by[place].values if len(by) > place else [()] * len(values)


def _floats(answers: Answers) -> Any:
    asked = np.ones(len(answers.column), bool) if answers.asked is None else answers.asked
    return np.array(
        [
            value if put and isinstance(value, float) else np.nan
            for value, put in zip(answers.column, asked, strict=True)
        ],
        dtype=float,
    )


def _numbers(answers: Answers, rows: Any, design: Design) -> Result:
    asked = None if answers.asked is None else np.asarray(answers.asked)[rows]
    weights = None if answers.weights is None else np.asarray(answers.weights)[rows]
    inside = Answers(np.asarray(answers.column)[rows], asked=asked, weights=weights)
    found = number_summary(inside, design=design)
    return {
        "n": found.n,
        "median": found.median.value,
        "mean": found.mean.value,
        "first_quartile": found.spread.first_quartile,
        "third_quartile": found.spread.third_quartile,
        "sum": found.sum,
    }
