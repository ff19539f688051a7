"""Which texts a draft takes."""

import pytest

from surveys.definitions.editing import MAX_TEXT, Add, Change, Place, Slot, TextUnfit, check_texts
from tests.surveys.definitions.editing.factories import question


@pytest.mark.parametrize("text", ["", "Nhãn", "a\tb\nc\r\n", "x" * MAX_TEXT, "<b>'\"${a}"])
def test_what_a_workbook_can_hold_is_taken(text: str):
    check_texts([Change("u_a", "label.vi", None, text)])


@pytest.mark.parametrize("text", ["a\0b", "\x1b[31m", "\ud800", "\uffff", "x" * (MAX_TEXT + 1)])
def test_what_no_workbook_can_hold_is_refused_at_its_field(text: str):
    with pytest.raises(TextUnfit) as refusal:
        check_texts([Change("u_a", "label.vi", None, text)])

    assert (refusal.value.node, refusal.value.field) == ("u_a", "label.vi")


@pytest.mark.parametrize(
    "fields", [{"label": {"vi": "\0"}}, {"label": {"\0": "a"}}, {"hint": ["\0"]}]
)
def test_texts_of_new_nodes_are_looked_at_too(fields):
    with pytest.raises(TextUnfit):
        check_texts([Add(Place("u_s1", Slot.CHILDREN), (question("n", **fields),))])


def test_what_a_list_of_codes_holds_is_looked_at():
    with pytest.raises(TextUnfit):
        check_texts([Change("u_a", "missing", None, ["KAD", "\0"])])


@pytest.mark.parametrize("language", ["\0", "\ud800", "x" * (MAX_TEXT + 1)])
def test_the_name_of_an_entry_is_looked_at(language: str):
    with pytest.raises(TextUnfit):
        check_texts([Change("u_a", f"label.{language}", None, "a")])
