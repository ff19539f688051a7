"""Blanks are filled as the rule says, and each filled cell is marked."""

import pandas as pd
import pytest

from analytics.definitions import Reason, read
from analytics.definitions.vocabulary import ImputationMethod
from analytics.methods.index import ImputedCell, IndexRefused, compute
from tests.analytics.definitions.example import plain
from tests.analytics.methods.index.test_running import units


def computed(frame, panel=None, **spec):
    return compute(read(plain(missing={"imputation": spec})), frame, panel=panel)


def frame(a, **more):
    size = len(a)
    return units(a=a, b=[0, 5, 1, 2][:size], c=[50, 0, 100, 100][:size], **more)


def filled(tables, unit="C"):
    return tables.imputed.value(unit, "a")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"method": "mean"}, 4),
        ({"method": "median"}, 2),
        ({"method": "fixed", "value": 3.0}, 3),
        ({"method": "none"}, None),
    ],
)
def test_a_blank_has_the_middle_of_its_column(spec, expected):
    tables = computed(units(a=[1, 2, 9, None], b=[0] * 4, c=[0] * 4), **spec)

    assert filled(tables, "D") == expected


def test_a_filled_cell_is_marked_and_no_answer():
    tables = computed(frame([2, 4, None]), method="mean")

    assert tables.imputed_cells == (ImputedCell("C", "a", ImputationMethod.MEAN, 3.0),)
    assert tables.answered.value("C", "p") == 0.5
    assert tables.coverage.value("C", "p") == 1
    assert tables.raw.value("C", "a") is None


def test_a_group_has_its_own_middle():
    groups = ["x", "y", "y", "x"]
    tables = computed(frame([2, 8, None, None], region=groups), method="group_mean", group="region")

    assert (filled(tables, "C"), filled(tables, "D")) == (8, 2)


def test_a_group_without_an_answer_and_a_unit_without_a_group_stay_blank_by_name():
    tables = computed(
        frame([2, 8, None, None], region=["x", "x", "y", None]),
        method="group_median",
        group="region",
    )

    assert [(each.reason, each.unit) for each in tables.warnings] == [
        (Reason.GROUP_EMPTY, "C"),
        (Reason.NO_GROUP, "D"),
    ]
    assert filled(tables, "C") is None


def test_a_column_without_any_answer_stays_blank_by_name():
    tables = computed(frame([None, None]), method="mean")

    assert [(each.reason, each.unit, each.element) for each in tables.warnings] == [
        (Reason.NO_DATA, "A", "a"),
        (Reason.NO_DATA, "B", "a"),
        (Reason.NO_DATA, "", "a"),
    ]


def test_a_row_is_filled_from_its_other_answers_of_the_pillar():
    # b is 1 of 0-5, less is better: 0.8 of the way; a runs from 2 to 10.
    tables = computed(frame([2, 10, None]), method="row_mean")

    assert filled(tables) == pytest.approx(2 + 0.8 * 8)


def test_a_row_without_another_answer_of_the_pillar_stays_blank():
    tables = computed(units(a=[2, 10, None], b=[0, 5, None], c=[1, 2, 3]), method="row_mean")

    assert {(each.reason, each.element) for each in tables.warnings} == {
        (Reason.ROW_EMPTY, "a"),
        (Reason.ROW_EMPTY, "b"),
    }


def test_what_does_not_apply_is_never_filled():
    tables = computed(frame([2, 4, "KAD"]), method="mean")

    assert filled(tables) is None
    assert tables.imputed_cells == ()


@pytest.mark.parametrize(("refused", "expected"), [(True, 3), (False, None)])
def test_a_refusal_is_filled_unless_the_rule_says_no(refused, expected):
    assert filled(computed(frame([2, 4, "HC"]), method="mean", refused=refused)) == expected


def panel(*values, unit="C"):
    """What the unit said in 2020, 2021, …"""
    years = range(2020, 2020 + len(values))
    return pd.DataFrame({"unit": unit, "period": years, "a": values, "b": 1, "c": 1})


def today(year=2024):
    return frame([2, 4, None], period=[year] * 3)


@pytest.mark.parametrize(
    ("method", "year", "expected", "periods"),
    [
        ("latest", 2024, 8, (2022, 2022)),
        ("constant", 2024, 8, (2022, 2022)),
        ("constant", 2021, 4, (2020, 2020)),
        ("constant", 2019, 4, (2020, 2020)),
        ("linear", 2021, 6, (2020, 2022)),
        ("linear", 2024, 8, (2022, 2022)),
        ("linear", 2019, 4, (2020, 2020)),
        ("linear_constant", 2021, 6, (2020, 2022)),
    ],
)
def test_a_blank_is_filled_from_other_rounds_with_their_periods(method, year, expected, periods):
    tables = computed(today(year), panel(4, None, 8), method=method)

    (cell,) = tables.imputed_cells
    assert (cell.value, (cell.first, cell.last)) == (expected, periods)


@pytest.mark.parametrize(("method", "expected"), [("linear", None), ("linear_constant", 4)])
def test_one_figure_makes_no_line(method, expected):
    assert filled(computed(today(), panel(4), method=method)) == expected


def test_the_latest_may_be_too_old():
    tables = computed(today(), panel(4, 6), method="latest", max_age=2.0)

    assert [(each.reason, each.unit) for each in tables.warnings] == [(Reason.TOO_OLD, "C")]
    assert filled(computed(today(), panel(4, 6), method="latest", max_age=3.0)) == 6


def test_a_unit_that_no_other_round_has_stays_blank():
    assert filled(computed(today(), panel(4, unit="B"), method="latest")) is None


def test_without_other_rounds_the_method_is_named():
    assert [each.reason for each in computed(today(), method="latest").warnings] == [
        Reason.NO_PANEL
    ]


def test_the_order_of_a_panels_rows_is_nothing():
    rows = panel(4, 6, 8)

    assert filled(computed(today(), rows.iloc[::-1], method="latest")) == 8


def refusals(rows):
    with pytest.raises(IndexRefused) as refusal:
        computed(today(), rows, method="latest")
    return [(each.reason, each.unit) for each in refusal.value.warnings]


def test_a_panel_has_one_row_for_a_unit_and_period():
    assert refusals(pd.concat([panel(4), panel(6)])) == [(Reason.UNIT_TWICE, "C")]


def test_a_panel_without_periods_is_refused():
    assert refusals(panel(4).drop(columns="period")) == [(Reason.COLUMN_MISSING, "")]
    assert refusals(panel(4).assign(period=[None])) == [(Reason.NO_DATA, "C")]


def test_text_in_another_round_is_named_as_such():
    tables = computed(today(), panel(4, "six"), method="latest")

    assert [(each.reason, each.data) for each in tables.warnings] == [
        (Reason.TEXT_IN_NUMBER, {"row": 2, "text": "six", "panel": True})
    ]
    assert filled(tables) == 4
