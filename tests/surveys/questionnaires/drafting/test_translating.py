"""One translation goes to many places."""

from typing import Any

import pytest

from surveys.definitions.editing import Change, Tree
from surveys.questionnaires.drafting import plan
from surveys.questionnaires.edit_words import EditRefusal
from tests.surveys.questionnaires.translating.factories import document, question

INTO_ENGLISH = {"source": "vi", "target": "en"}


def changes(name: str, given: dict[str, Any], of: dict[str, Any]) -> list[Change]:
    found = plan(Tree(of), name, given).operations
    assert all(isinstance(each, Change) for each in found)
    return [each for each in found if isinstance(each, Change)]


def repeated() -> dict[str, Any]:
    return document(
        question("a", label={"vi": "Có", "en": "Yes"}),
        question("b", label={"vi": "Có "}, hint={"vi": "Có", "en": " "}),
        question("c", label={"vi": "Có", "en": "Yep"}),
        question("d", label={"vi": "Không"}),
        question("e", label={"vi": "Số", "en": "Number"}),
        question("f", label={"vi": "Số"}),
    )


def test_a_translation_goes_to_all_that_say_the_same_and_lack_one():
    given = {"node": "a", "field": "label"} | INTO_ENGLISH

    assert changes("spread_translation", given, repeated()) == [
        Change("b", "label.en", "", "Yes"),
        Change("b", "hint.en", " ", "Yes"),
    ]


@pytest.mark.parametrize(("node", "field"), [("d", "label"), ("gone", "label"), ("a", "hint")])
def test_what_is_not_translated_goes_nowhere(node, field):
    given = {"node": node, "field": field} | INTO_ENGLISH

    assert changes("spread_translation", given, repeated()) == []


def test_what_is_translated_elsewhere_in_one_way_is_taken_from_there():
    assert changes("take_known_translations", INTO_ENGLISH, repeated()) == [
        Change("f", "label.en", "", "Number")
    ]


@pytest.mark.parametrize("command", ["spread_translation", "take_known_translations"])
def test_nothing_is_translated_into_a_language_that_the_questionnaire_has_not(command):
    given = {"node": "a", "field": "label", "source": "vi", "target": "km"}

    with pytest.raises(EditRefusal):
        plan(Tree(repeated()), command, given)
