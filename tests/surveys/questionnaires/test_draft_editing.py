"""Drafts are edited by operations; each person undoes their own."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from surveys.definitions.editing import ROOT, Add, Change, Delete, Operation, Place, Slot, Tree
from surveys.live.models import LiveMessage
from surveys.models import DraftEdit, QuestionnaireVersion, User
from surveys.questionnaires import services
from surveys.questionnaires.enums import DraftEditKind
from surveys.questionnaires.queries import form_of, stacks_of
from tests.factories import UserFactory
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def linh() -> User:
    return UserFactory()


def uid_of(version: QuestionnaireVersion, name: str) -> str:
    """The hidden id of the element."""
    return form_of(version).element(name).uid


def edit(
    version: QuestionnaireVersion,
    *operations: Operation,
    actor: User | None,
    edit_id: UUID | None = None,
) -> services.Edited:
    return services.edit_draft(
        version, edit_id=edit_id or uuid4(), operations=operations, actor=actor, at=NOW
    )


def relabel(version: QuestionnaireVersion, old: str, new: str) -> Change:
    return Change(uid_of(version, "bien_che"), "label.vi", old, new)


def label_of(version: QuestionnaireVersion) -> Any:
    stored = QuestionnaireVersion.objects.get(pk=version.pk)
    return form_of(stored).question("bien_che").label["vi"]


def take_back(version: QuestionnaireVersion, actor: User) -> services.Edited:
    return services.undo(version, edit_id=uuid4(), actor=actor, at=NOW)


def test_an_edit_changes_the_stored_definition(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Biên chế"), actor=linh)

    assert label_of(draft) == "Biên chế"


def test_an_edit_says_who_changed_what_from_what_to_what(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Biên chế"), actor=linh)

    kept = DraftEdit.objects.get()
    assert (kept.actor, kept.number, kept.operations) == (
        linh,
        1,
        [
            {
                "op": "change",
                "node": uid_of(draft, "bien_che"),
                "field": "label.vi",
                "old": "Biên chế được giao",
                "new": "Biên chế",
            }
        ],
    )


def test_the_same_edit_sent_twice_is_made_once(draft, linh):
    edit_id, operation = uuid4(), relabel(draft, "Biên chế được giao", "Biên chế")
    first = edit(draft, operation, actor=linh, edit_id=edit_id)

    assert edit(draft, operation, actor=linh, edit_id=edit_id).edit == first.edit


def test_the_id_of_somebody_elses_edit_is_refused(draft, linh):
    edit_id = uuid4()
    edit(draft, relabel(draft, "Biên chế được giao", "A"), actor=linh, edit_id=edit_id)

    with pytest.raises(services.EditIdTaken):
        edit(draft, relabel(draft, "A", "B"), actor=UserFactory(), edit_id=edit_id)


def test_a_conflict_shows_both_values_and_who_wrote_the_other(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Của Linh"), actor=linh)

    with pytest.raises(services.EditConflict) as refusal:
        edit(draft, relabel(draft, "Biên chế được giao", "Của tôi"), actor=UserFactory())

    last = refusal.value.last
    assert (refusal.value.details["current"], refusal.value.details["wanted"]) == (
        "Của Linh",
        "Của tôi",
    )
    assert last is not None
    assert last.actor == linh


def test_a_refused_edit_leaves_the_draft_as_it_is(draft, linh):
    with pytest.raises(services.EditRefused):
        edit(
            draft,
            relabel(draft, "Biên chế được giao", "X"),
            Change(uid_of(draft, "bien_che"), "kind", "integer", "riddle"),
            actor=linh,
        )

    assert label_of(draft) == "Biên chế được giao"


def test_a_published_version_is_not_edited(draft, linh):
    operation = relabel(draft, "Biên chế được giao", "X")
    services.publish(draft, actor=None, at=NOW)

    with pytest.raises(services.NotADraft):
        edit(draft, operation, actor=linh)


def test_listeners_hear_which_nodes_changed(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "X"), actor=linh)

    message = LiveMessage.objects.get(topic=f"draft:{draft.pk}")
    assert message.paths == [uid_of(draft, "bien_che")]


def test_who_missed_a_deleted_question_is_drawn_anew(draft, linh):
    reader = Change(uid_of(draft, "de_an"), "relevant", "", "${bien_che} > 0")
    edit(draft, reader, actor=linh)

    done = edit(draft, Delete(uid_of(draft, "bien_che")), actor=linh).edit

    assert done is not None
    assert done.touched == [uid_of(draft, "de_an")]


def test_the_title_of_lists_follows_the_definition(draft, linh):
    edit(draft, Change(ROOT, "title.vi", "Phiếu tổ chức", "Phiếu mới"), actor=linh)

    assert QuestionnaireVersion.objects.get(pk=draft.pk).title == "Phiếu mới"


def test_undo_takes_back_the_last_edit_and_then_the_one_before(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Một"), actor=linh)
    edit(draft, relabel(draft, "Một", "Hai"), actor=linh)

    labels = []
    for _ in range(2):
        take_back(draft, linh)
        labels.append(label_of(draft))

    assert labels == ["Một", "Biên chế được giao"]


def test_redo_does_again_what_was_undone(draft, linh):
    edit(draft, Delete(uid_of(draft, "de_an")), actor=linh)
    take_back(draft, linh)

    services.redo(draft, edit_id=uuid4(), actor=linh, at=NOW)

    assert uid_of(draft, "de_an") not in Tree(
        QuestionnaireVersion.objects.get(pk=draft.pk).definition
    )


def test_undo_takes_back_ones_own_edit_only(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Của Linh"), actor=linh)
    place = Place(ROOT, Slot.CHILDREN)
    other = UserFactory()
    edit(draft, Add(place, ({"element": "group", "name": "phan_moi"},)), actor=other)

    take_back(draft, linh)

    assert (label_of(draft), len(stacks_of(draft, other).undoable)) == ("Biên chế được giao", 1)


def test_undo_is_refused_with_both_values_where_somebody_went_on(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Của Linh"), actor=linh)
    edit(draft, relabel(draft, "Của Linh", "Của người khác"), actor=UserFactory())

    with pytest.raises(services.EditConflict) as refusal:
        take_back(draft, linh)

    assert (refusal.value.details["current"], refusal.value.details["wanted"]) == (
        "Của người khác",
        "Biên chế được giao",
    )


def test_an_undo_that_is_refused_can_be_given_up_for_the_one_before(draft, linh):
    section = form_of(draft).element("phan_a").uid
    edit(draft, Change(section, "hint.vi", None, "Gợi ý"), actor=linh)
    edit(draft, relabel(draft, "Biên chế được giao", "Của Linh"), actor=linh)
    edit(draft, relabel(draft, "Của Linh", "Của người khác"), actor=UserFactory())

    services.give_up_undo(draft, edit_id=uuid4(), actor=linh, at=NOW)
    take_back(draft, linh)

    stored = QuestionnaireVersion.objects.get(pk=draft.pk)
    assert Tree(stored.definition).value(section, "hint.vi") is None


def test_nothing_to_undo_is_said(draft, linh):
    with pytest.raises(services.NothingToUndo):
        take_back(draft, linh)


def test_an_import_makes_the_draft_another_one_and_is_not_undone(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Của Linh"), actor=linh)
    before = uid_of(draft, "bien_che")

    again = imported(owner=draft.questionnaire.owner)

    assert (stacks_of(again, linh).undoable, uid_of(again, "bien_che"), again.revision) == (
        (),
        before,
        2,
    )


def test_a_new_edit_ends_what_could_be_done_again(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Một"), actor=linh)
    take_back(draft, linh)
    edit(draft, relabel(draft, "Biên chế được giao", "Hai"), actor=linh)

    assert stacks_of(draft, linh).redoable == ()


def test_undoing_what_is_already_so_counts_as_undone(draft, linh):
    edit(draft, relabel(draft, "Biên chế được giao", "Một"), actor=linh)
    edit(draft, relabel(draft, "Một", "Biên chế được giao"), actor=UserFactory())

    done = take_back(draft, linh).edit

    assert done is not None
    assert (done.kind, done.operations, stacks_of(draft, linh).undoable) == (
        DraftEditKind.UNDO,
        [],
        (),
    )


@pytest.mark.parametrize(
    ("field", "new"),
    [("label.vi", "x" * 60_000), ("label.vi", "a\0b"), ("required", "\x1b[0m"), ("missing", "KAD")],
)
def test_what_a_field_cannot_hold_is_refused_in_the_reader_s_words(draft, linh, field, new):
    seen = "Biên chế được giao" if field == "label.vi" else None
    with pytest.raises(services.EditRefused) as refusal:
        edit(draft, Change(uid_of(draft, "bien_che"), field, seen, new), actor=linh)

    assert str(refusal.value.details["reason"]).startswith(("Văn bản", "Giá trị"))


def test_a_title_is_as_short_as_lists_can_show(draft, linh):
    with pytest.raises(services.EditRefused):
        edit(draft, Change(ROOT, "title.vi", "Phiếu tổ chức", "x" * 301), actor=linh)


@pytest.mark.parametrize("name", ["a/b", "${a}", "9a", "a b", "x" * 65, "de_an"])
def test_an_element_is_not_given_a_name_that_none_can_have(draft, linh, name):
    with pytest.raises(services.EditRefused):
        edit(draft, Change(uid_of(draft, "bien_che"), "name", "bien_che", name), actor=linh)


def test_an_added_element_does_not_take_the_name_of_another(draft, linh):
    place = Place(ROOT, Slot.CHILDREN)

    with pytest.raises(services.EditRefused):
        edit(draft, Add(place, ({"element": "group", "name": "bien_che"},)), actor=linh)
