"""Languages come and go."""

import pytest

from surveys.questionnaires.edit_words import EditRefusal
from tests.surveys.definitions.editing.factories import draft
from tests.surveys.questionnaires.drafting.test_commands import done


def test_a_language_is_added_without_texts():
    tree = done("add_language", language="km")

    assert tree.document["languages"] == ["vi", "km"]


def test_a_language_goes_with_its_texts():
    tree = done("remove_language", draft(languages=["vi", "en"]), language="en")

    assert (tree.document.get("languages", ["vi"]), tree.node("u_a")["label"]) == (
        ["vi"],
        {"vi": "Câu A"},
    )


@pytest.mark.parametrize("code", ["vi", "", "x", "EN", "tiếng anh", "e" * 9])
def test_what_is_no_new_language_is_not_added(code: str):
    with pytest.raises(EditRefusal):
        done("add_language", language=code)


@pytest.mark.parametrize("code", ["vi", "km"])
def test_the_default_language_and_others_stay(code: str):
    with pytest.raises(EditRefusal):
        done("remove_language", draft(languages=["vi", "en"]), language=code)
