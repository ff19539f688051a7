"""What respondents would meet without a word."""

import pytest

from surveys.engine import Choice, ChoiceList, Severity, compile_definition
from surveys.engine.quality.labels import missing_labels
from surveys.engine.quality.review import places_of
from tests.surveys.engine.factories import calculate, definition, integer, select

LISTS = {"blank": ChoiceList("blank", (Choice("1", {}), Choice("2", {"vi": "Hai"})))}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (integer("a"), ["a"]),
        (integer("a", label={"vi": " "}, hint={"en": "Posts"}), []),
        (calculate("a", "1 + 1"), []),
        (select("a", "blank", label={"vi": "A"}), ["1"]),
        (integer("a", label={"vi": "A"}), []),
    ],
)
def test_questions_and_choices_without_a_word_are_errors(asked, expected):
    form = compile_definition(definition(asked, lists=LISTS))

    found = [(each.name, each.severity) for each in missing_labels(form, places_of(form))]

    assert found == [(name, Severity.ERROR) for name in expected]
