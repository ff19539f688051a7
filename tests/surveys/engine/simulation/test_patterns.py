import random
import re

import pytest

from surveys.engine.simulation.patterns import matching


@pytest.mark.parametrize(
    "pattern",
    [
        "0[0-9]{9,10}",
        "[^@ ]+@[^@ ]+[.][^@ ]+",
        r"\d{12}",
        r"[A-Z]{2}-\d+(/[0-9]{4})?",
        "(có|không)",
        "(?:a|b){2,}c*",
        r"\w+\s\S",
        "^abc$",
        "[]x]+",
        "[a-]{3}",
        "",
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_a_drawn_text_matches_its_pattern(pattern: str, seed: int):
    assert re.fullmatch(pattern, matching(pattern, random.Random(seed)))  # noqa: S311


@pytest.mark.parametrize("pattern", ["(", "[", "a{", "a{x}", "\\", "(?i", ")"])
def test_a_broken_pattern_gives_some_text_and_no_error(pattern: str):
    assert isinstance(matching(pattern, random.Random(1)), str)  # noqa: S311
