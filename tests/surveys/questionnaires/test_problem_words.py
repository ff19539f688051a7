import re

import pytest

from surveys.engine import Problem, Severity
from surveys.questionnaires.problem_words import WORDS, place, worded


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("survey!E14", ("survey", "E", "14")),
        ("Trang tính 1!AB2", ("Trang tính 1", "AB", "2")),
        ("phieu.xlsx", ("phieu.xlsx", "", "")),
        ("phan_a/bien_che.relevant", ("phan_a/bien_che.relevant", "", "")),
    ],
)
def test_a_place_is_taken_apart(at: str, expected: tuple[str, str, str]):
    assert place(at) == expected


def test_a_problem_is_worded_with_its_name():
    shown = worded(Problem("type_unknown", "survey!A2", "100%", severity=Severity.WARNING))

    assert "100%" in shown.words
    assert (shown.sheet, shown.row, shown.column, shown.look) == ("survey", "2", "A", "warn")


def test_every_problem_of_the_reader_has_words(repository):
    sources = (repository / "surveys" / "xlsform").glob("*.py")
    calls = re.compile(r'(?:Problem|problem|_refused)\(\s*"([a-z_0-9]+)"')
    codes = {code for source in sources for code in calls.findall(source.read_text())}

    assert codes - set(WORDS) == set()
