"""A small definition that tests bend to their purpose."""

from copy import deepcopy

PLAIN = {
    "schema": 1,
    "code": "small",
    "version": "1.0",
    "indicators": [
        {"code": "a", "direction": "up", "goalposts": [0, 10], "target": 8},
        {"code": "b", "direction": "down", "goalposts": [0, 5]},
        {"code": "c", "direction": "up", "goalposts": [0, 100]},
    ],
    "normalisation": {"method": "goalposts"},
    "tree": {
        "code": "index",
        "children": [
            {
                "code": "p",
                "weight": 2,
                "children": [{"indicator": "a"}, {"indicator": "b", "weight": 3}],
            },
            {"indicator": "c", "weight": 1},
        ],
    },
}


def plain(**changes):
    """A copy, with keys of the top put in."""
    return deepcopy(PLAIN) | changes
