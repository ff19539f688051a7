"""Elements are kept in the library and copied into drafts."""

from typing import Any
from uuid import uuid4

import pytest

from surveys.definitions import load
from surveys.definitions.editing import Change, Tree
from surveys.engine import compile_definition, errors
from surveys.models import AuditEvent, LibraryItem, QuestionnaireVersion
from surveys.questionnaires import services as questionnaires
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.question_library import services
from surveys.questionnaires.question_library.content import outside_names
from surveys.questionnaires.question_library.services import Description
from tests.factories import UserFactory
from tests.surveys.questionnaires.catalogue.factories import asking, listed
from tests.surveys.questionnaires.factories import NOW, imported, survey_of
from tests.surveys.questionnaires.question_library.factories import (
    blank,
    inserted,
    kept,
    uid_of,
)
from tests.surveys.questionnaires.test_lookups import attach

pytestmark = pytest.mark.django_db

GOOD_TITLE = Description({"vi": "Đề án"})


@pytest.fixture
def source() -> QuestionnaireVersion:
    return imported()


def change(draft: QuestionnaireVersion, uid: str, field: str, old: Any, new: Any) -> None:
    questionnaires.edit_draft(
        draft, edit_id=uuid4(), operations=[Change(uid, field, old, new)], actor=None, at=NOW
    )
    draft.refresh_from_db()


def test_a_question_is_kept_with_its_list(source):
    content = kept(source).content

    assert ([each["name"] for each in content["elements"]], list(content["lists"])) == (
        ["de_an"],
        ["co_khong"],
    )


def test_what_is_kept_has_no_hidden_ids(source):
    assert "uid" not in str(kept(source, "phan_a").content)


@pytest.mark.parametrize(("name", "kind"), [("de_an", "question"), ("phan_a", "section")])
def test_an_item_knows_what_it_is(source, name, kind):
    assert kept(source, name).kind == kind


def test_indicators_of_the_sheet_come_along():
    version = imported(data=asking(["T1", "Tỷ lệ", "Share", "90", ""]))

    item = kept(version)

    assert (item.indicator_codes, [each["code"] for each in item.content["indicators"]]) == (
        ["T1"],
        ["T1"],
    )


def test_indicators_that_only_the_catalogue_has_come_along_too():
    indicator = listed()
    item = kept(imported(data=asking(), owner=indicator.owner))

    assert item.content["indicators"][0]["label"] == indicator.label


def test_keeping_is_recorded(source):
    item = kept(source)

    event = AuditEvent.objects.get(kind="library_item.saved")
    assert (event.data["item"], event.data["source"]) == (item.key, "to-chuc/1")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Description({"vi": " "}), "title"),
        (Description({"vi": "x" * 301}), "title"),
        (Description({"vi": "A"}, "x" * 101), "topic"),
        (Description({"vi": "A"}, "", ["x" * 41]), "tags"),
        (Description({"vi": "A"}, "", [str(n) for n in range(21)]), "tags"),
        (Description({"vi": "A\0"}), "title"),
    ],
)
def test_what_an_item_cannot_be_called_is_refused_at_its_field(source, told, field):
    with pytest.raises(services.ItemInvalid) as refusal:
        services.save_item(
            source, uid=uid_of(source, "de_an"), description=told, actor=None, at=NOW
        )

    assert (refusal.value.field, LibraryItem.objects.count()) == (field, 0)


@pytest.mark.parametrize("uid", ["root", "nobody"])
def test_what_is_no_element_is_not_kept(source, uid):
    with pytest.raises(services.NotAnItem):
        services.save_item(source, uid=uid, description=GOOD_TITLE, actor=None, at=NOW)


def test_a_choice_is_not_kept(source):
    choice = source.definition["lists"]["co_khong"]["choices"][0]["uid"]

    with pytest.raises(services.NotAnItem):
        services.save_item(source, uid=choice, description=GOOD_TITLE, actor=None, at=NOW)


def test_a_copy_remembers_the_item_and_its_revision(source):
    item, draft = kept(source), blank(source)

    inserted(draft, item)

    assert form_of(draft).element("de_an").library_item == f"{item.key}@1"


def test_what_stands_in_a_copied_section_remembers_its_name_there(source):
    item = kept(source, "phan_a")

    inserted(source, item)

    assert form_of(source).element("de_an_2").library_item == f"{item.key}@1#de_an"


def test_a_copy_brings_its_list_and_is_without_error(source):
    item, draft = kept(source), blank(source)

    inserted(draft, item)

    form = compile_definition(load(draft.definition))
    assert (list(form.definition.lists), errors(form.problems)) == (["co_khong"], [])


def test_in_the_questionnaire_it_came_from_a_copy_uses_the_list_that_is_there(source):
    inserted(source, kept(source))

    assert list(source.definition["lists"]) == ["co_khong"]


def test_a_copy_brings_the_indicator_into_the_sheet():
    source = imported(data=asking(["T1", "Tỷ lệ", "Share", "90", ""]))
    draft = blank(source)

    inserted(draft, kept(source))

    assert [each["code"] for each in draft.definition["indicators"]] == ["T1"]


def test_a_copy_brings_the_lookup_table(source):
    attach(source, name="gia")
    source.refresh_from_db()
    change(source, uid_of(source, "bien_che"), "calculation", None, "pulldata('gia', 'b', 'a', 1)")
    draft = blank(source)

    inserted(draft, kept(source, "bien_che"))

    assert draft.definition["tables"] == source.definition["tables"]


def test_another_table_of_the_name_refuses_the_copy(source):
    attach(source, name="gia")
    source.refresh_from_db()
    change(source, uid_of(source, "bien_che"), "calculation", None, "pulldata('gia', 'b', 'a', 1)")
    item, draft = kept(source, "bien_che"), blank(source)
    attach(draft, name="gia", data=b"a,b\n1,other\n")

    with pytest.raises(questionnaires.TableDiffers):
        inserted(draft, item)


def test_an_insertion_is_one_edit_that_one_undo_takes_back(source):
    person, draft = UserFactory(), blank(source)
    before = draft.definition
    inserted(draft, kept(source, "phan_a"), actor=person)

    questionnaires.undo(draft, edit_id=uuid4(), actor=person, at=NOW)

    draft.refresh_from_db()
    assert draft.definition == before


def test_a_section_comes_behind_the_section_of_what_is_selected(source):
    inserted(source, kept(source, "phan_a"), after=uid_of(source, "bien_che"))

    assert [each["name"] for each in source.definition["children"]] == ["phan_a", "phan_a_2"]


def test_a_retired_item_is_not_taken(source):
    item = services.retire_item(kept(source), actor=None, at=NOW)

    with pytest.raises(services.ItemRetired):
        inserted(blank(source), item)


def test_names_that_stand_elsewhere_are_named():
    version = imported(
        data=survey_of(["integer", "a", "A"], ["integer", "b", "B: ${a}"], ["text", "c", "${b}"])
    )

    assert outside_names(kept(version, "b").content) == ["a"]


def test_another_content_is_another_revision(source):
    item = kept(source)
    uid = uid_of(source, "de_an")
    change(source, uid, "label.vi", "Đã có đề án chưa?", "Có đề án chưa?")

    updated = services.update_item(item, version=source, uid=uid, actor=None, at=NOW)

    assert (updated.revision, updated.content["elements"][0]["label"]["vi"]) == (
        2,
        "Có đề án chưa?",
    )


def test_the_same_content_is_no_revision(source):
    item = kept(source)
    updated = services.update_item(
        item, version=source, uid=uid_of(source, "de_an"), actor=None, at=NOW
    )

    assert updated.revision == 1


def test_kept_from_a_copy_under_other_names_the_item_keeps_its_own(source):
    item = kept(source, "phan_a")
    inserted(source, item)
    uid = uid_of(source, "phan_a_2")

    updated = services.update_item(item, version=source, uid=uid, actor=None, at=NOW)

    assert (updated.revision, updated.content) == (1, item.content)


def test_an_item_stays_of_its_kind(source):
    item = kept(source)

    with pytest.raises(services.OtherKind):
        services.update_item(item, version=source, uid=uid_of(source, "phan_a"), actor=None, at=NOW)


def test_a_new_wording_is_taken_as_one_edit(source):
    item, draft = kept(source, "phan_a"), blank(source)
    inserted(draft, item)
    change(source, uid_of(source, "de_an"), "label.vi", "Đã có đề án chưa?", "Có đề án chưa?")
    choice = source.definition["lists"]["co_khong"]["choices"][0]["uid"]
    change(source, choice, "label.vi", "Có", "Đã có")
    item = services.update_item(
        item, version=source, uid=uid_of(source, "phan_a"), actor=None, at=NOW
    )

    edited = services.take_wording(
        draft, uid=uid_of(draft, "phan_a"), item=item, edit_id=uuid4(), actor=None, at=NOW
    )

    draft.refresh_from_db()
    form = form_of(draft)
    assert edited.edit is not None
    assert (
        form.element("de_an").label["vi"],
        form.definition.lists["co_khong"].choices[0].label["vi"],
        form.element("de_an").library_item,
        {each["op"] for each in edited.edit.operations},
    ) == ("Có đề án chưa?", "Đã có", f"{item.key}@2#de_an", {"change"})


def test_a_wording_that_speaks_of_another_question_does_so_by_its_name_here():
    version = imported(data=survey_of(["integer", "a", "A"], ["integer", "b", "Trong ${a}"]))
    item = kept(version, "phan_a")
    inserted(version, item)
    change(version, uid_of(version, "b"), "label.vi", "Trong ${a}", "Trong số ${a}")
    uid = uid_of(version, "phan_a")
    item = services.update_item(item, version=version, uid=uid, actor=None, at=NOW)

    copy = uid_of(version, "phan_a_2")
    services.take_wording(version, uid=copy, item=item, edit_id=uuid4(), actor=None, at=NOW)

    version.refresh_from_db()
    assert form_of(version).element("b_2").label["vi"] == "Trong số ${a_2}"


def test_the_wording_of_an_item_is_taken_by_its_copies_only(source):
    with pytest.raises(services.NotACopy):
        services.take_wording(
            source,
            uid=uid_of(source, "de_an"),
            item=kept(source),
            edit_id=uuid4(),
            actor=None,
            at=NOW,
        )


def test_a_description_changes_no_revision(source):
    item = services.describe_item(
        kept(source),
        description=Description({"vi": "Tên mới"}, "Chủ đề", ["a", "a", " b "]),
        actor=None,
        at=NOW,
    )

    assert (item.revision, item.topic, item.tags) == (1, "Chủ đề", ["a", "b"])


def test_a_retired_item_is_brought_back(source):
    item = services.retire_item(kept(source), actor=None, at=NOW)

    assert services.restore_item(item, actor=None, at=NOW).retired_at is None


def test_what_is_there_is_not_brought_back(source):
    with pytest.raises(services.ItemNotRetired):
        services.restore_item(kept(source), actor=None, at=NOW)


def test_only_the_copied_element_is_changed_in_the_tree(source):
    uid = inserted(source, kept(source)).select

    assert Tree(source.definition).node(uid)["name"] == "de_an_2"
