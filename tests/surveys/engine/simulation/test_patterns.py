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


USUAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@ "


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("abc", {"abc"}),
        ("^a$", {"a"}),
        ("a|b|cd", {"a", "b", "cd"}),
        ("x(a|b)y", {"xay", "xby"}),
        ("x(?:a|b)y", {"xay", "xby"}),
        ("x(?P<name>a)y", {"xay"}),
        ("x((a)b)y", {"xaby"}),
        ("ab?", {"a", "ab"}),
        ("a*", {"", "a", "aa", "aaa", "aaaa"}),
        ("a+", {"a", "aa", "aaa", "aaaa", "aaaaa"}),
        ("a+?b??", {"a" * n + b for n in range(1, 6) for b in ("", "b")}),
        ("a{2}", {"aa"}),
        ("a{2}?b", {"aab"}),
        ("a{1,2}", {"a", "aa"}),
        ("a{,1}b", {"b", "ab"}),
        ("a{2,}", {"aa", "aaa", "aaaa", "aaaaa", "aaaaaa"}),
        ("[ab]{2}", {"aa", "ab", "ba", "bb"}),
        ("(a|b){2}", {"aa", "ab", "ba", "bb"}),
        ("[a-c]", {"a", "b", "c"}),
        ("[a-]", {"a", "-"}),
        ("[]x]", {"]", "x"}),
        ("[a-cx-z.]", {"a", "b", "c", "x", "y", "z", "."}),
        (r"[\d.]", set("0123456789.")),
        ("[^a-z]", set(USUAL)),
        (r"\d", set("0123456789")),
        (r"\s", {" "}),
        (r"\w", set("abcdefghijklmnopqrstuvwxyz0123456789_")),
        (r"\D", set("abcdefghijklmnopqrstuvwxyz" + USUAL) - set("0123456789")),
        (r"\.\t\n", {".\t\n"}),
        (r"\ba\b", {"a"}),
        (".", set("abcdefghijklmnopqrstuvwxyz")),
        ("a{3000}", {"a" * 2_000}),
        ("(", {""}),
        ("a)b", {"a"}),
    ],
)
def test_everything_that_matches_is_drawn_and_nothing_else(pattern: str, texts: set[str]):
    dice = random.Random(1)  # noqa: S311

    assert {matching(pattern, dice) for _ in range(800 if len(texts) > 1 else 3)} == texts
