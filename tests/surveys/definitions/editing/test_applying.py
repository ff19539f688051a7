"""What operations do to a draft."""

from copy import deepcopy
from typing import Any

import pytest

from surveys.definitions import load
from surveys.definitions.editing import (
    Add,
    Change,
    Conflict,
    Delete,
    EditError,
    FieldUnknown,
    Move,
    NameTaken,
    NodeUnknown,
    Operation,
    OperationMalformed,
    Place,
    PlaceInvalid,
    Slot,
    Tree,
    apply,
    inverse,
)
from tests.surveys.definitions.editing.factories import draft, question, uids

IN_SECTION = Place("u_s1", Slot.CHILDREN)


def applied(*operations: Operation) -> Tree:
    """The draft after the operations."""
    return Tree(apply(draft(), operations, new_uid=uids())[0])


def done(*operations: Operation) -> tuple[Operation, ...]:
    """The operations as they took place."""
    return apply(draft(), operations, new_uid=uids())[1]


@pytest.mark.parametrize(
    ("node", "field", "old", "new"),
    [
        ("u_a", "label.vi", "Câu A", "Câu một"),
        ("u_a", "required", "", "true()"),
        ("u_a", "parameters.rows", None, "3"),
        ("u_a", "missing", [], ["KAD"]),
        ("u_a", "personal_data", False, True),
        ("u_b", "relevant", "${a} != ''", ""),
        ("u_yes", "score", None, "1"),
        ("u_yes", "extra.region", None, "north"),
        ("root", "title.en", None, "Form"),
        ("root", "settings.version", None, "2"),
    ],
)
def test_a_change_sets_the_field(node: str, field: str, old: Any, new: Any):
    assert applied(Change(node, field, old, new)).value(node, field) == (new or None)


def test_a_change_to_the_default_is_not_written():
    tree = applied(Change("u_b", "relevant", "${a} != ''", ""))

    assert tree.node("u_b") == question("b", "integer")


def test_the_document_handed_in_stays_as_it_is():
    before = draft()

    apply(before, [Change("u_a", "label.vi", "Câu A", "X"), Delete("u_b")], new_uid=uids())

    assert before == draft()


def test_a_field_that_somebody_else_changed_is_a_conflict_with_both_values():
    mine = Change("u_a", "label.vi", "Câu cũ", "Câu của tôi")

    with pytest.raises(Conflict) as refusal:
        applied(mine)

    assert (refusal.value.current, refusal.value.wanted) == ("Câu A", "Câu của tôi")


def test_a_change_that_was_made_already_is_no_conflict_and_no_operation():
    assert done(Change("u_a", "label.vi", "Câu cũ", "Câu A")) == ()


def test_true_is_not_one():
    with pytest.raises(Conflict):
        applied(Change("u_a", "personal_data", 1, True))


def test_two_languages_of_one_label_do_not_conflict():
    tree = applied(
        Change("u_a", "label.vi", "Câu A", "Một"), Change("u_a", "label.en", "Question A", "One")
    )

    assert tree.node("u_a")["label"] == {"vi": "Một", "en": "One"}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("", ["n1", "u_a", "u_b", "u_c"]),
        ("u_a", ["u_a", "n1", "u_b", "u_c"]),
        ("gone", ["u_a", "u_b", "u_c", "n1"]),
    ],
)
def test_a_node_is_added_behind_another(after: str, expected: list[str]):
    new = {"element": "question", "name": "new", "kind": "text"}

    assert applied(Add(Place("u_s1", Slot.CHILDREN, after), (new,))).children("u_s1") == expected


def test_an_added_node_never_takes_the_uid_of_another():
    assert applied(Add(IN_SECTION, (question("a2", uid="u_a"),))).children("u_s1")[0] == "n1"


@pytest.mark.parametrize("uid", ["a/b", "a b", "é", "<b>", "x" * 65, "a\n", 7, None])
def test_what_can_stand_in_no_address_is_no_uid(uid: Any):
    tree = applied(Add(IN_SECTION, (question("a2", uid=uid),)))

    assert tree.children("u_s1")[0] == "n1"


@pytest.mark.parametrize("name", [{"name": ["x"]}, {"name": {}}, {}])
def test_a_list_without_a_name_is_not_added(name: dict[str, Any]):
    with pytest.raises(OperationMalformed):
        applied(Add(Place("root", Slot.LISTS), ({"choices": [], **name},)))


def test_a_list_is_not_called_by_what_is_no_text():
    [(name, listed)] = [*draft()["lists"].items()][:1]

    with pytest.raises(OperationMalformed):
        applied(Change(listed["uid"], "name", name, ["x"]))


def test_what_an_added_node_holds_has_uids_too():
    group = {"element": "group", "name": "g", "children": [{**question("h"), "uid": ""}]}

    tree = applied(Add(Place("root", Slot.CHILDREN), (group,)))

    assert tree.children(tree.children("root")[0]) == ["n2"]


@pytest.mark.parametrize(
    ("slot", "parent", "value"),
    [
        (Slot.COLUMNS, "u_t", {"element": "group", "name": "g"}),
        (Slot.CHILDREN, "u_t", question("q")),
        (Slot.CHILDREN, "u_a", question("q")),
        (Slot.CHILDREN, "u_s1", {"element": "page", "name": "g"}),
        (Slot.CHOICES, "u_s1", {"name": "maybe", "label": {}}),
    ],
)
def test_what_does_not_fit_is_refused(slot: Slot, parent: str, value: dict[str, Any]):
    with pytest.raises(PlaceInvalid):
        applied(Add(Place(parent, slot), (value,)))


def test_a_question_is_moved_to_another_section_and_says_where_it_stood():
    move = Move("u_b", Place("root", Slot.CHILDREN, "u_s1"))

    assert done(move) == (Move("u_b", move.place, Place("u_s1", Slot.CHILDREN, "u_a")),)


def test_a_question_becomes_a_column():
    assert applied(Move("u_b", Place("u_t", Slot.COLUMNS, "u_x"))).children("u_t") == ["u_x", "u_b"]


def test_nothing_is_moved_into_itself():
    with pytest.raises(PlaceInvalid):
        applied(Move("u_s1", IN_SECTION))


def test_a_move_to_where_it_stands_is_no_operation():
    assert done(Move("u_b", Place("u_s1", Slot.CHILDREN, "u_a"))) == ()


def test_a_deletion_keeps_what_was_deleted_and_where():
    (deletion,) = done(Delete("u_c"))

    assert deletion == Delete(
        "u_c",
        question("c", "select_one", list_name="yes_no"),
        Place("u_s1", Slot.CHILDREN, "u_b"),
    )


@pytest.mark.parametrize(
    ("operation", "refusal"),
    [
        (Change("nobody", "label.vi", None, "x"), NodeUnknown),
        (Delete("nobody"), NodeUnknown),
        (Delete("root"), PlaceInvalid),
        (Change("u_a", "colour", None, "x"), FieldUnknown),
        (Change("u_a", "uid", "u_a", "x"), FieldUnknown),
        (Change("u_a", "label", None, {"vi": "x"}), FieldUnknown),
        (Change("u_s1", "children", None, []), FieldUnknown),
        (Change("root", "code", "demo", "other"), FieldUnknown),
        (Change("u_rows", "name", "rows", "yes_no"), NameTaken),
        (Add(Place("root", Slot.LISTS), ({"name": "rows", "choices": []},)), NameTaken),
    ],
)
def test_a_refused_operation_says_why(operation: Operation, refusal: type[EditError]):
    with pytest.raises(refusal):
        applied(operation)


def test_a_list_that_is_renamed_keeps_its_place():
    tree = applied(Change("u_yes_no", "name", "yes_no", "agree"))

    assert list(tree.document["lists"]) == ["agree", "rows"]


def test_the_last_choice_of_a_list_can_be_deleted():
    assert load(applied(Delete("u_r1")).document).lists["rows"].choices == ()


@pytest.mark.parametrize(
    "operations",
    [
        [Change("u_a", "label.vi", "Câu A", "X"), Change("u_a", "label.vi", "X", "Y")],
        [Add(IN_SECTION, (question("n"), question("m")))],
        [Add(Place("root", Slot.LISTS, "u_yes_no"), ({"name": "new", "choices": []},))],
        [Move("u_t", Place("u_s1", Slot.CHILDREN, "u_c")), Move("u_a", Place("u_t", Slot.COLUMNS))],
        [Delete("u_a"), Delete("u_s1"), Delete("u_yes_no"), Delete("u_t")],
        [Change("u_yes_no", "name", "yes_no", "agree"), Delete("u_no")],
    ],
)
def test_the_inverse_gives_back_the_document(operations: list[Operation]):
    after, took_place = apply(draft(), operations, new_uid=uids())

    assert apply(after, inverse(took_place), new_uid=uids("m"))[0] == draft()


def test_undoing_what_somebody_changed_since_is_refused_with_both_values():
    after, mine = apply(draft(), [Change("u_a", "label.vi", "Câu A", "Một")], new_uid=uids())
    later, _theirs = apply(after, [Change("u_a", "label.vi", "Một", "Hai")], new_uid=uids())

    with pytest.raises(Conflict) as refusal:
        apply(later, inverse(mine), new_uid=uids())

    assert (refusal.value.current, refusal.value.wanted) == ("Hai", "Câu A")


def test_undoing_an_addition_is_refused_when_somebody_worked_on_it():
    after, mine = apply(draft(), [Add(IN_SECTION, (question("n"),))], new_uid=uids())
    later, _theirs = apply(after, [Change("u_n", "label.vi", None, "Mới")], new_uid=uids())

    with pytest.raises(Conflict):
        apply(later, inverse(mine), new_uid=uids())


def test_undoing_a_move_is_refused_when_somebody_moved_it_elsewhere():
    after, mine = apply(draft(), [Move("u_a", Place("root", Slot.CHILDREN))], new_uid=uids())
    later, _theirs = apply(after, [Move("u_a", Place("u_t", Slot.COLUMNS))], new_uid=uids())

    with pytest.raises(Conflict):
        apply(later, inverse(mine), new_uid=uids())


def test_an_edit_is_applied_whole_or_not_at_all():
    before = draft()

    with pytest.raises(NodeUnknown):
        apply(before, [Delete("u_a"), Delete("u_a")], new_uid=uids())

    assert before == deepcopy(draft())


def test_an_addition_can_be_taken_back_after_its_label_was_written_and_taken_back():
    new = question("q9") | {"uid": "u_q9"}
    new.pop("label", None)
    document, added = apply(draft(), [Add(IN_SECTION, (new,))], new_uid=uids())
    for old, label in ((None, "Nhãn"), ("Nhãn", None)):
        change = Change("u_q9", "label.vi", old, label)
        document, _done = apply(document, [change], new_uid=uids())

    document, _done = apply(document, inverse(added), new_uid=uids())

    assert "u_q9" not in Tree(document)
