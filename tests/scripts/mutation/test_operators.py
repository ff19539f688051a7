"""Which faults the mutation tests put into code."""

import pytest

from scripts.mutation.operators import mutants_of


def faults(source: str) -> list[str]:
    return [mutant.after for mutant in mutants_of(source)]


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a and b", ["x = a or b"]),
        ("x = a + 1", ["x = a - 1", "x = a + 2"]),
        ("x = True", ["x = False"]),
        ("x = 'code'", ["x = 'XXcode'"]),
        ("x = not a", ["x = a"]),
        ("x = a[1:]", ["x = a[:]", "x = a[2:]"]),
        ("x = f(a, k=b)", ["x = f(None, k=b)", "x = f(a)"]),
        ("x = a.lower()", ["x = a.upper()"]),
        ("f()", ["pass"]),
        ("x += a", ["x = a", "x -= a"]),
        ("def f():\n    return a", ["return None"]),
        ("if a:\n    f()", ["if not a:", "pass"]),
        ("@function('n')\ndef f(): ...", ["@function(None)", "@function('XXn')"]),
    ],
)
def test_each_kind_of_place_has_its_faults(source: str, after: list[str]):
    assert faults(source) == after


@pytest.mark.parametrize(
    "source",
    [
        '"""Words for people."""',
        "x = 'words for people'",
        "x = f'{a}'",
        "assert a < 1",
        "__all__ = ['a']",
        "x: dict[str, 1]",
        "Value = int | str",
        "import a",
        "@dataclass(frozen=True)\nclass A: ...",
        "def f(a: int | str) -> int | None: ...",
    ],
)
def test_what_no_meaning_depends_on_is_left_alone(source: str):
    assert faults(source) == []


def test_a_mutant_is_the_whole_module_with_one_fault():
    first, second = mutants_of("a = 1\nb = 2")

    assert (first.source, second.source) == ("a = 2\nb = 2", "a = 1\nb = 3")
