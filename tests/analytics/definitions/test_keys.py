"""An unknown key is answered with what could stand in its place."""

import pytest

from analytics.definitions import DefinitionUnreadable, json_schema, read
from analytics.definitions.keys import keys_at
from tests.analytics.definitions.example import plain


def advice(document):
    with pytest.raises(DefinitionUnreadable) as refusal:
        read(document)
    return {problem.path: problem.advice for problem in refusal.value.problems}


def test_the_nearest_key_is_proposed():
    found = advice(plain(normalization={"method": "z"}))

    assert found["$.normalization"].startswith("Did you mean 'normalisation'? Known here: basis, ")


def test_a_key_near_to_none_is_answered_with_all():
    found = advice(plain(weighting={"matrix": [[1]]}))

    assert found == {"$.weighting.matrix": "Known here: by_node, method."}


def test_a_key_called_as_a_kind_of_child_keeps_its_place():
    found = advice(plain(levels=[{"node": "index", "nodes": ["index"], "bands": [{"level": 1}]}]))

    assert list(found) == ["$.levels[0].node"]


def test_a_child_can_have_the_keys_of_a_leaf_and_of_a_node():
    assert keys_at(json_schema(), ["tree", "children", 0]) == [
        "aggregation",
        "children",
        "code",
        "indicator",
        "minimum_coverage",
        "name",
        "weight",
    ]


def test_below_a_free_name_the_keys_of_its_value_are_known():
    assert "matrix" in keys_at(json_schema(), ["weighting", "by_node", "p"])


def test_where_no_object_is_described_no_key_is_known():
    assert keys_at(json_schema(), ["code", "x"]) == []
