"""Targets: what counts in the denominator, and who is named as missing."""

import math

import pandas as pd
import pytest

from analytics.methods.targets import Over, TargetRule, target_values, targets_by_type

UNITS = pd.DataFrame(
    {"type": ["ministry", "province", "province", "province"]},
    index=pd.Index([10, 20, 30, 40], name="agency_id"),
)


def parts(*rows):
    return pd.DataFrame(rows, columns=["agency_id", "code", "numerator", "denominator"]).astype(
        {"numerator": "float64", "denominator": "float64"}
    )


ANSWERS = parts(
    (10, "T", 1, 4),
    (20, "T", 3, 6),
    (30, "T", math.nan, 5),
    (10, "other", 100, 100),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (TargetRule("T", Over.UNITS, percent=True), (4, 4, 100.0, 4, 2, (30, 40))),
        (TargetRule("T", Over.UNITS, percent=False), (4, 4, 1.0, 4, 2, (30, 40))),
        (TargetRule("T", Over.ANSWERED, percent=False), (4, 2, 2.0, 4, 2, (30, 40))),
        (TargetRule("T", Over.SUM, percent=True), (4, 10, 40.0, 4, 2, (30, 40))),
        (
            TargetRule("T", Over.UNITS, percent=True, applies_to=("province",)),
            (3, 3, 100.0, 3, 1, (30, 40)),
        ),
        (TargetRule("T", Over.SUM, percent=True, applies_to=("ministry",)), (1, 4, 25.0, 1, 1, ())),
        (TargetRule("none", Over.SUM, percent=True), (0, 0, None, 4, 0, (10, 20, 30, 40))),
        (TargetRule("none", Over.UNITS, percent=True), (0, 4, 0.0, 4, 0, (10, 20, 30, 40))),
    ],
)
def test_each_rule_counts_as_written(rule, expected):
    (found,) = target_values(UNITS, ANSWERS, [rule])

    assert (
        found.numerator,
        found.denominator,
        found.value,
        found.asked,
        found.answered,
        found.missing,
    ) == expected


def test_a_ratio_of_sums_leaves_out_an_agency_with_a_blank_denominator():
    answers = parts((10, "T", 5, math.nan), (20, "T", 1, 2))

    (found,) = target_values(UNITS, answers, [TargetRule("T", Over.SUM, percent=True)])

    assert (found.numerator, found.denominator, found.missing) == (1, 2, (10, 30, 40))


def test_an_agency_that_was_not_asked_does_not_count():
    answers = parts((99, "T", 1, 1), (10, "T", 1, 1))

    (found,) = target_values(UNITS, answers, [TargetRule("T", Over.UNITS, percent=True)])

    assert found.value == 25.0


def test_no_answers_at_all_give_no_ratio():
    (found,) = target_values(UNITS, parts(), [TargetRule("T", Over.SUM, percent=True)])

    assert found.value is None


def test_types_are_computed_apart_and_rules_that_do_not_apply_are_left_out():
    rules = [
        TargetRule("T", Over.SUM, percent=True),
        TargetRule("P", Over.UNITS, percent=True, applies_to=("province",)),
    ]

    found = targets_by_type(UNITS, ANSWERS, rules)

    assert {kind: [(v.code, v.value) for v in values] for kind, values in found.items()} == {
        "ministry": [("T", 25.0)],
        "province": [("T", 50.0), ("P", 0.0)],
    }
