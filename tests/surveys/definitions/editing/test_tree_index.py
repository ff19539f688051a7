"""A tree that is changed knows its nodes as one that is read anew does."""

from surveys.definitions.editing import Add, Delete, Place, Slot, Tree, apply, inverse
from tests.surveys.definitions.editing.factories import draft, uids

ROWS = tuple({"name": f"n{n}", "label": {}, "uid": f"n{n}"} for n in range(3))


def known(tree: Tree) -> list[tuple[str, Place | None]]:
    return [(uid, tree.place(uid) if uid != "root" else None) for uid in tree.uids()]


def test_nodes_added_at_the_end_of_a_slot_stand_in_document_order():
    tree = Tree(draft())
    list(tree.uids())
    tree.insert(Place("u_yes_no", Slot.CHOICES, "u_no"), ROWS)
    tree.insert(Place("u_rows", Slot.CHOICES, "u_r1"), [{"name": "m", "label": {}, "uid": "m"}])

    assert known(tree) == known(Tree(tree.document))


def test_the_last_node_of_a_slot_is_forgotten_with_all_it_holds():
    tree = Tree(draft())
    list(tree.uids())
    tree.remove("u_t")
    tree.remove("u_c")

    assert known(tree) == known(Tree(tree.document))


def test_rows_are_taken_back_and_come_again_as_they_were():
    added, done = apply(draft(), [Add(Place("u_rows", Slot.CHOICES, "u_r1"), ROWS)], new_uid=uids())
    back, undone = apply(added, inverse(done), new_uid=uids())
    again, _redone = apply(back, inverse(undone), new_uid=uids())

    assert (back, again) == (draft(), added)


def test_an_id_that_stands_already_is_given_anew():
    after, _done = apply(
        draft(), [Add(Place("u_rows", Slot.CHOICES), ({**ROWS[0], "uid": "u_a"},))], new_uid=uids()
    )

    assert after["lists"]["rows"]["choices"][0]["uid"] == "n1"


def test_a_node_that_went_may_come_again_in_the_same_edit():
    row = draft()["lists"]["rows"]["choices"][0]
    after, _done = apply(
        draft(),
        [Delete("u_r1"), Add(Place("u_rows", Slot.CHOICES), (row,))],
        new_uid=uids(),
    )

    assert after == draft()
