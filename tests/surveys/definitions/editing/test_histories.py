"""Random histories of operations: nothing is lost, everything can be taken back."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definitions import load
from surveys.definitions.editing import (
    Add,
    Change,
    Delete,
    EditError,
    Move,
    Operation,
    Place,
    Slot,
    Tree,
    apply,
    inverse,
    read_operations,
    write_operations,
)
from tests.surveys.definitions.editing.factories import draft, question, uids

NODES = [*Tree(draft()).uids(), "n1", "n2", "gone"]
nodes = st.sampled_from(NODES)
places = st.builds(Place, nodes, st.sampled_from(Slot), st.sampled_from(["", *NODES]))
texts = st.text(max_size=5)
changes = st.builds(
    Change,
    nodes,
    st.sampled_from(["label.vi", "relevant", "hint.en", "name", "kind", "parameters.a", "unit"]),
    st.none() | texts | st.sampled_from(["Câu A", "a", "text"]),
    st.none() | texts | st.sampled_from(["integer", "note"]),
)
new_nodes = st.sampled_from(
    [
        question("new"),
        {"element": "group", "name": "g", "children": [question("inner")]},
        {"name": "maybe", "label": {"vi": "Có thể"}},
        {"name": "new_list", "choices": []},
    ]
)
additions = st.builds(Add, places, st.tuples(new_nodes))
operations = changes | additions | st.builds(Move, nodes, places) | st.builds(Delete, nodes)


def play(history: list[Operation]) -> tuple[dict[str, Any], list[tuple[Operation, ...]]]:
    """The draft after those operations that were not refused, and these as they took place."""
    document, done, new_uid = draft(), [], uids()
    for operation in history:
        try:
            document, took_place = apply(document, [operation], new_uid=new_uid)
        except EditError:
            continue
        done.append(took_place)
    return document, done


@settings(max_examples=300, deadline=None)
@given(st.lists(operations, max_size=12))
def test_undoing_everything_gives_back_the_draft(history: list[Operation]):
    document, done = play(history)

    for took_place in reversed(done):
        document, _ = apply(document, inverse(took_place), new_uid=uids("m"))

    assert load(document) == load(draft())


@settings(max_examples=200, deadline=None)
@given(st.lists(operations, max_size=12))
def test_every_node_keeps_a_uid_of_its_own(history: list[Operation]):
    document, _done = play(history)
    text = str(document)

    found = list(Tree(document).uids())

    assert (len(found), all(f"'{uid}'" in text for uid in found[1:])) == (
        text.count("'uid':") + 1,
        True,
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(operations, min_size=1, max_size=6))
def test_what_took_place_can_be_written_down_and_played_again(history: list[Operation]):
    document, done = play(history)
    again = draft()

    for took_place in filter(None, done):
        again, _ = apply(again, read_operations(write_operations(took_place)), new_uid=uids("x"))

    assert again == document
