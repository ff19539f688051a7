"""The whole pipeline on small tables."""

import numpy as np
import pandas as pd
import pytest

from analytics.definitions import DefinitionUnreadable, Reason, read
from analytics.methods.index import IndexRefused, compute
from tests.analytics.definitions.example import plain


def units(**columns):
    size = len(next(iter(columns.values())))
    return pd.DataFrame({"unit": list("ABCDEFGH"[:size]), **columns})


def computed(table=None, **changes):
    frame = units(a=[8, 10, 0], b=[0, 5, 1], c=[50, 0, 100]) if table is None else table
    return compute(read(plain(**changes)), frame)


def reasons(tables):
    return [(each.reason, each.unit, each.element) for each in tables.warnings]


def test_weights_count_inside_of_each_parent():
    tables = computed()

    # p = (80 * 1 + 100 * 3) / 4, index = (p * 2 + 50) / 3
    assert tables.scores.value("A", "p") == 95
    assert tables.scores.value("A", "index") == 80
    assert tables.units == ("A", "B", "C")
    assert [(row.node, row.child, row.share, row.effective) for row in tables.weights] == [
        ("index", "p", 2 / 3, 2 / 3),
        ("index", "c", 1 / 3, 1 / 3),
        ("p", "a", 0.25, 2 / 3 * 0.25),
        ("p", "b", 0.75, 2 / 3 * 0.75),
    ]


def test_contributions_add_up_to_the_index():
    tables = computed()

    assert tables.contributions.values.sum(axis=1) == pytest.approx(
        tables.scores.column("index"), abs=1e-12
    )


def test_a_missing_answer_leaves_the_weight_to_the_others():
    tables = computed(units(a=[8, None], b=[0, 1], c=[50, 50]))

    assert tables.scores.value("B", "p") == 80
    assert tables.coverage.value("B", "p") == 0.5
    assert tables.raw.reason("B", "a") is Reason.NO_DATA


def test_text_in_a_number_is_named_and_counts_as_blank():
    tables = computed(units(a=[8, "x"], b=[0, 1], c=[50, "1,5"]))

    assert reasons(tables) == [
        (Reason.TEXT_IN_NUMBER, "B", "a"),
        (Reason.TEXT_IN_NUMBER, "B", "c"),
    ]
    assert tables.warnings[0].data == {"row": 2, "text": "x"}
    assert tables.scores.value("B", "index") == 80


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "0x10", "\u0661\u0662", " "])
def test_what_looks_like_a_number_to_python_only_is_none(text):
    tables = computed(units(a=["8", text], b=[0, 1], c=[50, 50]))

    assert tables.raw.value("B", "a") is None


def test_the_four_states_of_a_cell_are_told_apart():
    tables = computed(units(a=[8, "", "KAD", "HC"], b=[0, 1, 1, 1], c=[1, 1, 1, 1]))

    assert [tables.raw.reason(unit, "a") for unit in "ABCD"] == [
        None,
        Reason.NO_DATA,
        Reason.NOT_APPLICABLE,
        Reason.REFUSED,
    ]
    assert [tables.coverage.value(unit, "p") for unit in "ABCD"] == [1, 0.5, 1, 0.5]


@pytest.mark.parametrize(("policy", "score"), [("exclude", 80.0), ("zero", 60.0), ("full", 85.0)])
def test_what_does_not_apply_is_taken_out_or_scored_as_designed(policy, score):
    frame = units(a=["KAD", 1], b=[1, 1], c=[50, 50])

    tables = computed(frame, missing={"not_applicable": policy})

    assert tables.scores.value("A", "p") == score


@pytest.mark.parametrize(
    ("spec", "zero", "full"),
    [
        ({"method": "z", "mean": 100, "sd": 10}, 90, 110),
        ({"method": "rank"}, 1, 3),
        ({"method": "borda"}, 0, 2),
        ({"method": "scaled", "factor": 5}, 0, 5),
        ({"method": "bands", "thresholds": [2], "values": [7, 3]}, 3, 7),
        ({"method": "percentile", "range": [1, 10]}, 1, 10),
    ],
)
def test_what_does_not_apply_is_scored_within_what_the_method_gives(spec, zero, full):
    frame = units(a=["KAD", 1, 2, 3], b=[1, 1, 1, 1], c=[1, 1, 1, 1])
    document = plain()
    document["indicators"][0]["normalisation"] = spec

    found = [
        compute(read({**document, "missing": {"not_applicable": policy}}), frame)
        for policy in ("zero", "full")
    ]

    assert [each.normalised.value("A", "a") for each in found] == pytest.approx([zero, full])


def test_a_constant_indicator_is_out_for_those_it_does_not_apply_to_as_well():
    document = plain(missing={"not_applicable": "zero"})
    document["indicators"][0]["normalisation"] = {"method": "min_max"}

    tables = compute(read(document), units(a=["KAD", 5, 5], b=[1, 1, 1], c=[1, 1, 1]))

    assert tables.normalised.value("A", "a") is None


def test_all_not_applicable_is_a_reason_and_not_a_number():
    tables = computed(units(a=["KAD", 1], b=["KAD", 1], c=["KAD", 1]))

    assert tables.scores.rows()[0] == [None, None]
    assert tables.scores.reason("A", "index") is Reason.NOT_APPLICABLE
    assert tables.ranks["index"].overall_labels == (None, "1")


def test_below_its_coverage_a_node_has_no_score():
    document = plain()
    document["tree"]["children"][0]["minimum_coverage"] = 0.6
    tables = compute(read(document), units(a=[8, None], b=[0, 1], c=[50, 50]))

    assert tables.scores.reason("B", "p") is Reason.BELOW_COVERAGE
    assert tables.scores.value("B", "index") == 50


def test_two_thirds_of_three_children_are_two_thirds():
    document = plain(
        tree={
            "code": "index",
            "minimum_coverage": 2 / 3,
            "children": [{"indicator": each} for each in "abc"],
        }
    )

    assert compute(read(document), units(a=[8], b=[0], c=[None])).scores.value("A", "index") == 90


def test_units_of_other_types_are_not_assessed():
    frame = units(a=[8, 1], b=[0, 1], c=[50, 50], type=["province", "ministry"])

    tables = computed(frame, unit_types=["province"])

    assert tables.units == ("A",)
    assert reasons(tables) == [(Reason.OTHER_TYPE, "B", "")]


def test_an_indicator_of_one_type_does_not_apply_to_others():
    document = plain()
    document["indicators"][2]["applies_to"] = ["province"]
    frame = units(a=[8, 8], b=[0, 0], c=[50, 50], type=["province", "ministry"])

    tables = compute(read(document), frame)

    assert tables.scores.column("index").tolist() == [80, 95]
    assert tables.normalised.reason("B", "c") is Reason.NOT_APPLICABLE


def test_a_unit_that_stands_twice_is_refused_by_name():
    frame = units(a=[8, 1], b=[0, 1], c=[50, 50])
    frame["unit"] = ["A", "A"]

    with pytest.raises(IndexRefused) as refusal:
        computed(frame)

    assert [(one.reason, one.unit) for one in refusal.value.warnings] == [(Reason.UNIT_TWICE, "A")]


def test_a_column_that_is_not_there_is_refused_by_name():
    with pytest.raises(IndexRefused) as refusal:
        computed(units(a=[8], b=[0]))

    assert [one.element for one in refusal.value.warnings] == ["c"]


def test_a_definition_with_errors_is_not_computed():
    document = plain()
    document["tree"]["children"][1]["weight"] = -1

    with pytest.raises(DefinitionUnreadable):
        compute(read(document), units(a=[8], b=[0], c=[1]))


def test_no_units_at_all_give_empty_tables():
    tables = computed(units(a=[], b=[], c=[]))

    assert tables.scores.rows() == []
    assert tables.ranks["index"].overall_labels == ()


def test_one_unit_is_ranked_first():
    assert computed(units(a=[8], b=[0], c=[50])).ranks["index"].overall_labels == ("1",)


def test_two_tied_units_share_a_place():
    tables = computed(units(a=[8, 8, 1], b=[0, 0, 1], c=[0.1 + 0.2, 0.3, 0]))

    assert tables.ranks["index"].overall_labels == ("=1", "=1", "3")


def test_blocks_are_ranked_apart():
    frame = units(a=[8, 9, 1], b=[0, 0, 1], c=[1, 1, 1], block=["x", "y", "x"])

    ranks = computed(frame, ranking={"blocks": "block"}).ranks["index"]

    assert ranks.overall_labels == ("2", "1", "3")
    assert ranks.within_labels == ("1", "1", "2")


def test_a_unit_can_be_scored_without_being_ranked():
    tables = computed(ranking={"unranked": ["A"]})

    assert tables.scores.value("A", "index") == 80
    assert tables.ranks["index"].overall_labels == (None, "2", "1")


def test_the_same_arguments_give_the_same_bits():
    rng = np.random.default_rng(1)
    frame = units(**{name: rng.random(8) for name in "abc"})

    one, other = computed(frame), computed(frame.copy())

    assert one.identity == other.identity
    assert one.scores.values.tobytes() == other.scores.values.tobytes()


def test_the_identity_follows_the_data_and_the_definition():
    frame = units(a=[8, 10], b=[0, 5], c=[50, 0])
    same, changed = frame.astype({"a": str}), units(a=[8, 10], b=[0, 5], c=[50, None])
    base = computed(frame).identity

    assert computed(same).identity.data == base.data
    assert computed(changed).identity.data != base.data
    assert computed(frame, scale=[0, 1]).identity.data == base.data
    assert computed(frame, scale=[0, 1]).identity.configuration != base.configuration


def test_a_support_node_shares_leaves_and_is_no_part_of_the_index():
    support = [{"code": "side", "children": [{"indicator": "a"}, {"indicator": "c"}]}]
    tables = computed(support=support)

    assert tables.scores.value("A", "side") == 65
    assert tables.scores.value("A", "index") == 80
    assert sum(row.effective or 0 for row in tables.weights if row.child in "abc") == pytest.approx(
        1
    )
    assert tables.root == "index"


def test_gaps_say_what_is_to_go_and_what_it_costs():
    gaps = computed().gaps

    assert gaps.indicators == ("a",)
    assert gaps.gap.values[:, 0].tolist() == [0, -2, 8]
    assert gaps.attainment.values[:, 0].tolist() == [1, 1.25, 0]
    assert gaps.weighted.values[:, 0] == pytest.approx([0, -20 / 6, 80 / 6])


def test_a_plain_mean_of_three_is_egdi():
    children = [{"indicator": each} for each in ("a", "b", "c")]
    document = plain(scale=[0, 1], tree={"code": "egdi", "children": children})
    document["indicators"] = [
        {"code": each, "direction": "up", "goalposts": [0, 1]} for each in "abc"
    ]

    tables = compute(read(document), units(a=[0.9], b=[0.7], c=[0.5]))

    assert tables.scores.value("A", "egdi") == pytest.approx((0.9 + 0.7 + 0.5) / 3, abs=1e-15)


@pytest.mark.parametrize(
    ("method", "reason"),
    [("geometric", Reason.ZERO_IN_GEOMETRIC), ("harmonic", Reason.ZERO_IN_HARMONIC)],
)
def test_a_zero_that_a_mean_cannot_take_costs_its_unit_only(method, reason):
    document = plain()
    document["tree"]["aggregation"] = {"method": method}
    tables = compute(read(document), units(a=[8, 8], b=[0, 0], c=[0, 50]))

    assert tables.scores.reason("A", "index") is reason
    assert tables.scores.value("B", "index") is not None
    assert tables.ranks["index"].overall_labels == (None, "1")


@pytest.mark.parametrize("method", ["entropy", "pca", "critic", "equal"])
def test_an_only_child_is_the_whole_node(method):
    tree = {"code": "index", "children": [{"indicator": "c"}]}

    tables = computed(tree=tree, weighting={"method": method})

    assert tables.scores.column("index").tolist() == [50, 0, 100]
