"""Two definitions are compared by what they compute."""

from analytics.definitions import Change, Difference, compare, read
from tests.analytics.definitions.example import plain


def test_the_same_definition_with_defaults_written_out_has_no_difference():
    assert compare(read(plain()), read(plain(scale=[0, 100]))) == ()


def test_a_changed_weight_is_named_by_the_codes_around_it():
    after = plain()
    after["tree"]["children"][0]["children"][1]["weight"] = 4

    assert compare(read(plain()), read(after)) == (
        Difference(Change.CHANGED, "$.tree.children[p].children[b].weight", 3.0, 4.0),
    )


def test_an_indicator_put_in_front_is_one_addition():
    after = plain()
    after["indicators"].insert(0, {"code": "z", "direction": "up"})

    (difference,) = compare(read(plain()), read(after))

    assert (difference.change, difference.path) == (Change.ADDED, "$.indicators[z]")


def test_another_order_is_a_move():
    after = plain()
    after["indicators"].reverse()

    assert compare(read(plain()), read(after)) == (
        Difference(Change.MOVED, "$.indicators", ["a", "b", "c"], ["c", "b", "a"]),
    )


def test_what_one_added_the_other_way_round_is_removed():
    after = plain(missing={"codes": {"KAD": "not_applicable", "x": "blank"}})

    there = compare(read(plain(missing={"codes": {"KAD": "not_applicable"}})), read(after))
    back = compare(read(after), read(plain(missing={"codes": {"KAD": "not_applicable"}})))

    assert there == (Difference(Change.ADDED, "$.missing.codes.x", after="blank"),)
    assert back == (Difference(Change.REMOVED, "$.missing.codes.x", "blank"),)
