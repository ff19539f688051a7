"""One colour for one meaning, whatever the units of a run have."""

import pytest

from analytics.definitions import read
from analytics.definitions.shipped import shipped
from analytics.indices.shades import Shades, span
from tests.analytics.indices.factories import document

LEVELS = [
    {
        "nodes": ["index"],
        "bands": [
            {"level": 1, "name": {"vi": "Mức 1"}},
            {"level": 2, "name": {"vi": "Mức 2"}, "from": 25},
            {"level": 3, "name": {"vi": "Mức 3"}, "from": 50},
            {"level": 4, "name": {"vi": "Mức 4"}, "from": 75},
        ],
    }
]


@pytest.mark.parametrize(
    ("score", "shade"),
    [(None, None), (-5, 0), (0, 0), (16.6, 0), (16.7, 1), (50, 3), (99, 5), (100, 5), (130, 5)],
)
def test_a_node_without_levels_has_six_equal_classes_of_its_span(score, shade):
    assert Shades(read(document())).of("safety", score) == shade


def test_a_node_with_levels_has_a_shade_for_each_from_the_palest_to_the_darkest():
    shades = Shades(read(document(levels=LEVELS)))

    assert [shades.of("index", 60, level) for level in (1, 2, 3, 4)] == [0, 2, 3, 5]
    assert [(step.shade, step.label) for step in shades.level_steps("index", "vi")] == [
        (0, "Mức 1"),
        (2, "Mức 2"),
        (3, "Mức 3"),
        (5, "Mức 4"),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("capacity-1690", (0, 100)), ("dbi-1970-sme", (0, 320)), ("dti-922-province", (0, 1))],
)
def test_the_span_of_a_shipped_index_is_its_scale(code, expected):
    definition = shipped(code)

    assert span(definition, definition.tree) == pytest.approx(expected)
