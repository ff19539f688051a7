"""Acts on a draft's document."""

import pytest

from analytics.indices.editor.acts import done, with_indicators
from analytics.indices.editor.experts import prepared
from analytics.indices.editor.shapes import code_of, placed
from tests.analytics.indices.factories import document


def codes(stated):
    """The codes in the tree, in order."""
    return [code_of(node) for _place, node, _depth in placed(stated)]


@pytest.mark.parametrize(
    ("act", "after"),
    [
        ("down $.tree.children[0]", ["index", "safety", "ATTT", "organisation", "T1a", "posts"]),
        ("up $.tree.children[1]", ["index", "safety", "ATTT", "organisation", "T1a", "posts"]),
        ("up $.tree.children[0]", ["index", "organisation", "T1a", "posts", "safety", "ATTT"]),
        ("remove $.tree.children[1]", ["index", "organisation", "T1a", "posts"]),
        ("remove $.tree", ["index", "organisation", "T1a", "posts", "safety", "ATTT"]),
        ("node $.tree", ["index", "organisation", "T1a", "posts", "safety", "ATTT", "n1"]),
        ("remove $.nowhere[7]", ["index", "organisation", "T1a", "posts", "safety", "ATTT"]),
        ("nonsense", ["index", "organisation", "T1a", "posts", "safety", "ATTT"]),
    ],
)
def test_an_act_changes_the_tree(act, after):
    assert codes(done(document(), act)) == after


def test_a_leaf_moves_below_another_node():
    moved = done(document(), "move $.tree.children[0].children[1]", target="$.tree.children[1]")

    assert codes(moved) == ["index", "organisation", "T1a", "safety", "ATTT", "posts"]


def test_a_node_is_not_moved_below_itself():
    stated = document()

    assert done(stated, "move $.tree.children[0]", target="$.tree.children[0]") == stated


def test_an_indicator_that_goes_leaves_the_tree():
    gone = done(document(), "remove $.indicators[0]")

    assert ("T1a" in codes(gone), len(gone["indicators"])) == (False, 2)


def test_an_act_leaves_the_document_it_was_given_alone():
    stated = document()

    done(stated, "remove $.indicators[0]")

    assert stated == document()


def test_a_code_that_is_there_is_not_taken_twice():
    more = with_indicators(document(), [{"code": "T1a"}, {"code": "T1b"}])

    assert [each["code"] for each in more["indicators"]] == ["T1a", "ATTT", "posts", "T1b"]


def test_what_stands_above_the_diagonal_fills_a_matrix():
    stated = document(
        weighting={"by_node": {"index": {"method": "ahp", "matrix": [[1, 4], [9, 9]]}}}
    )

    matrix = prepared(stated)["weighting"]["by_node"]["index"]["matrix"]
    assert matrix == [[1, 4], [0.25, 1]]


def test_gates_and_bands_are_added_below_their_thing():
    stated = done(done(document(), "scheme"), "band $.levels[0]")

    gated = done(stated, "gate $.levels[0].bands[1]")

    assert gated["levels"][0]["bands"][1]["gates"] == [{"kind": "count", "level": 1}]
