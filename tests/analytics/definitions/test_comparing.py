"""Two definitions are compared by what they compute, thing by thing."""

from typing import Any

import pytest

from analytics.definitions import Change, Difference, Said, compare, read
from analytics.definitions.comparing import ORDER
from analytics.definitions.shipped import SHIPPED, shipped
from analytics.definitions.things import ABOVE, Sort
from tests.analytics.definitions.example import plain


def told(*found: Difference) -> list[tuple[str, str]]:
    """What happened to which thing."""
    return [(str(each.change), each.thing.code) for each in found]


def compared(after: dict[str, Any], before: dict[str, Any] | None = None) -> list[Difference]:
    return list(compare(read(before or plain()), read(after)))


def test_the_same_definition_with_defaults_written_out_has_no_difference():
    assert compared(plain(scale=[0, 100])) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_definition_does_not_differ_from_itself(name):
    assert compare(shipped(name), shipped(name)) == ()


def test_a_changed_weight_is_said_of_its_indicator():
    after = plain()
    after["tree"]["children"][0]["children"][1]["weight"] = 4

    (difference,) = compared(after)

    assert difference.said == (Said(("weight",), 3.0, 4.0),)
    assert (difference.thing.sort, difference.thing.code) == (Sort.INDICATOR, "b")


def test_another_version_is_said_of_the_whole():
    (difference,) = compared(plain(version="2.0"))

    assert (difference.thing.sort, difference.said) == (
        Sort.WHOLE,
        (Said(("version",), "1.0", "2.0"),),
    )


def test_another_code_of_the_index_is_no_other_index():
    (difference,) = compared(plain(code="other"))

    assert difference.said == (Said(("code",), "small", "other"),)


def test_an_indicator_without_a_place_is_one_addition():
    after = plain()
    after["indicators"].insert(0, {"code": "z", "direction": "up"})

    (difference,) = compared(after)

    assert told(difference) == [("added", "z")]
    assert difference.said == (Said(("direction",), None, "up"),)


def test_what_came_says_where_it_stands_what_it_weighs_and_what_goes_beyond_the_defaults():
    after = plain()
    after["indicators"].append({"code": "z", "direction": "down", "target": 3})
    after["tree"]["children"].append({"indicator": "z"})

    (difference,) = compared(after)

    assert set(difference.said) == {
        Said(("direction",), None, "down"),
        Said(("target",), None, 3.0),
        Said(ABOVE, None, "index"),
        Said(("weight",), None, 1.0),
    }


def test_what_is_gone_stands_where_it_stood_and_what_lost_its_place_behind_the_tree():
    after = plain(tree={"code": "index", "children": [{"indicator": "c", "weight": 7}]})

    found = compared(after)

    assert told(*found) == [
        ("removed", "p"),
        ("changed", "c"),
        ("changed", "a"),
        ("changed", "b"),
    ]


def test_what_moved_below_another_node_has_moved_and_is_not_new():
    after = plain()
    after["tree"]["children"].append(after["tree"]["children"][0]["children"].pop())

    (difference,) = compared(after)

    assert (difference.thing.code, difference.said) == ("b", (Said(ABOVE, "p", "index"),))


def test_another_order_below_a_node_is_said_of_the_node():
    after = plain()
    after["tree"]["children"].reverse()

    (difference,) = compared(after)

    assert (difference.thing.code, difference.said) == (
        "index",
        (Said(ORDER, ["p", "c"], ["c", "p"]),),
    )


def test_differences_stand_in_the_order_of_the_tree_and_not_in_that_of_the_document():
    after = plain(ranking={"blocks": "type"})
    after["indicators"][2]["target"] = 9
    after["indicators"][1]["target"] = 9
    after["tree"]["children"][0]["weight"] = 9

    assert told(*compared(after)) == [
        ("changed", "small"),
        ("changed", "p"),
        ("changed", "b"),
        ("changed", "c"),
    ]


def test_an_own_rule_beside_the_rule_for_all_tells_its_method_and_what_is_not_default():
    after = plain()
    after["indicators"][0]["imputation"] = {"method": "fixed", "value": 2}

    (difference,) = compared(after)

    assert set(difference.said) == {
        Said(("imputation", "method"), None, "fixed"),
        Said(("imputation", "value"), None, 2.0),
    }


def test_the_points_of_experts_are_told_by_expert_and_child():
    def weighed(points: dict[str, float]) -> dict[str, Any]:
        experts = [{"name": "An", "points": points}]
        return dict(plain(weighting={"by_node": {"p": {"method": "budget", "experts": experts}}}))

    (difference,) = compared(weighed({"a": 40, "b": 60}), weighed({"a": 50, "b": 50}))

    assert difference.said == (
        Said(("weighting", "experts", "An", "points", "a"), 50.0, 40.0),
        Said(("weighting", "experts", "An", "points", "b"), 50.0, 60.0),
    )


def test_a_comparison_in_pairs_is_told_once_and_not_by_its_inverse_too():
    def weighed(entry: float) -> dict[str, Any]:
        matrix = [[1, entry], [1 / entry, 1]]
        return dict(plain(weighting={"by_node": {"p": {"method": "ahp", "matrix": matrix}}}))

    (difference,) = compared(weighed(4), weighed(2))

    assert difference.said == (Said(("weighting", "matrix", "a", "b"), 2.0, 4.0),)


def test_a_level_that_begins_elsewhere_is_told_of_that_level():
    def levelled(start: float) -> dict[str, Any]:
        bands = [{"level": 1, "from": 0}, {"level": 2, "from": start}]
        return dict(plain(levels=[{"nodes": ["index"], "bands": bands}]))

    (difference,) = compared(levelled(60), levelled(50))

    assert (difference.thing.sort, difference.thing.code, difference.said) == (
        Sort.LEVEL,
        "2",
        (Said(("from",), 50.0, 60.0),),
    )


def test_what_one_added_the_other_way_round_is_removed():
    more = plain(boundaries=[{"into": "N", "from": ["A", "B"], "rule": "sum"}])

    (there,), (back,) = compared(more), compared(plain(), more)

    assert (there.change, back.change) == (Change.ADDED, Change.REMOVED)
    assert back.said == tuple(Said(each.place, each.after) for each in there.said)
