"""The pages of the library, and its part of the builder."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import Change
from surveys.models import LibraryItem, QuestionnaireVersion, RoundVariant
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import services as questionnaires
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.question_library import services
from tests.factories import DepartmentFactory, department_person
from tests.surveys.campaigns.factories import RoundFactory
from tests.surveys.questionnaires.catalogue.factories import asking
from tests.surveys.questionnaires.factories import CHOICES, NOW, SETTINGS, imported
from tests.surveys.questionnaires.question_library.factories import (
    blank,
    inserted,
    kept,
    uid_of,
)
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

HEAD = ["type", "name", "label", "row_list"]
ROWS = [
    ["begin_repeat", "nhan_luc", "Nhân lực", "co_khong"],
    ["integer", "nguoi", "Số người", ""],
    ["end_repeat"],
]
IN_SECTION = [["begin_group", "phan_a", "Phần A"], *ROWS, ["end_group"]]
TABLE = workbook(survey=[HEAD, *IN_SECTION], choices=CHOICES, settings=SETTINGS)
LOOSE = workbook(survey=[HEAD, *ROWS], choices=CHOICES, settings=SETTINGS)


@pytest.fixture
def source() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def designer(source: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=source.questionnaire.owner)
    client.force_login(person)
    return client


@pytest.fixture
def stranger() -> Client:
    """A designer of another owner."""
    client = Client()
    owner = DepartmentFactory(key="tinh")
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=owner))
    return client


def listed(client: Client, **given: str) -> list[str]:
    page = client.get(reverse("library_list"), given)
    return [item.title["vi"] for item in page.context["page_obj"]]


def relabel(version: QuestionnaireVersion, name: str, old: str, new: str) -> None:
    change = Change(uid_of(version, name), "label.vi", old, new)
    questionnaires.edit_draft(version, edit_id=uuid4(), operations=[change], actor=None, at=NOW)
    version.refresh_from_db()


def post(client: Client, name: str, **body: Any):
    return client.post(
        reverse(name, args=["to-chuc"]),
        json.dumps({"edit_id": str(uuid4()), "since": 0} | body),
        content_type="application/json",
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"q": "DE AN"}, ["Đề án"]),
        ({"q": "bien che"}, ["Biên chế"]),
        ({"q": "nhan luc"}, ["Biên chế"]),
        ({"q": "khong co dau"}, []),
        ({"kind": "section"}, ["Phần A"]),
        ({"topic": "Nhân lực"}, ["Biên chế"]),
        ({"kind": "riddle"}, ["Phần A", "Đề án", "Biên chế"]),
    ],
)
def test_items_are_found_by_words_kind_and_topic(designer, source, given, expected):
    kept(source, "bien_che", title={"vi": "Biên chế"}, topic="Nhân lực")
    kept(source, "de_an", title={"vi": "Đề án"}, topic="Chiến lược")
    kept(source, "phan_a", title={"vi": "Phần A"})
    found = listed(designer, **given)
    if "q" in given:
        found = [title for title in found if title != "Phần A"]

    assert found == expected


def test_items_are_found_by_indicator(designer, source):
    owner = source.questionnaire.owner
    other = imported(data=asking(["T1", "Tỷ lệ", "", "", ""]), owner=owner, code="khac")
    kept(source)
    kept(other, title={"vi": "Có chỉ tiêu"})

    assert listed(designer, indicator="T1") == ["Có chỉ tiêu"]


def test_retired_items_are_listed_on_demand(designer, source):
    services.retire_item(kept(source), actor=None, at=NOW)

    assert (listed(designer), len(listed(designer, retired="1"))) == ([], 1)


def test_another_owner_s_items_are_not_listed(stranger, source):
    kept(source)

    assert listed(stranger) == []


@pytest.mark.parametrize("name", ["library_item", "library_edit", "library_item_rounds"])
def test_another_owner_s_item_is_not_found(stranger, source, name):
    assert stranger.get(reverse(name, args=[kept(source).key])).status_code == 404


@pytest.mark.parametrize("name", ["library_edit", "library_retire", "library_restore"])
def test_another_owner_s_item_is_not_changed(stranger, source, name):
    assert stranger.post(reverse(name, args=[kept(source).key])).status_code == 404


def test_another_owner_s_item_is_not_taken(stranger, source):
    mine = imported(code="to-chuc-2", owner=DepartmentFactory(key="tinh"))
    answer = stranger.post(
        reverse("draft_library_insert", args=[mine.questionnaire.code]),
        json.dumps({"edit_id": str(uuid4()), "item": kept(source).key}),
        content_type="application/json",
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "library_item_unknown")


def test_who_follows_reads_and_does_not_change(client, source):
    owner = source.questionnaire.owner
    client.force_login(department_person(DepartmentRoleName.RESEARCHER, owner=owner))
    key = kept(source).key
    names = ["library_item", "library_edit"]

    assert [client.get(reverse(each, args=[key])).status_code for each in names] == [200, 403]


def test_the_list_costs_the_same_for_many_items(designer, source, django_assert_num_queries):
    kept(source)
    with django_assert_num_queries(10):
        designer.get(reverse("library_list"))
    for _each in range(9):
        kept(source)

    with django_assert_num_queries(10):
        designer.get(reverse("library_list"))


def test_an_item_is_shown_as_respondents_see_it(designer, source):
    page = designer.get(reverse("library_item", args=[kept(source).key]))

    content = page.content.decode()
    assert ("Đã có đề án chưa?" in content, content.count('type="radio"')) == (True, 2)


def test_an_item_says_which_versions_hold_a_copy(designer, source):
    item, draft = kept(source), blank(source)
    inserted(draft, item)

    page = designer.get(reverse("library_item", args=[item.key]))

    assert [use.version for use in page.context["uses"]] == [draft]


def test_the_rounds_that_ask_an_item_are_the_campaigns_to_tell(designer, source):
    item, draft = kept(source), blank(source)
    inserted(draft, item)
    version = questionnaires.publish(draft, actor=None, at=NOW)
    round_ = RoundFactory(
        version=version,
        campaign__questionnaire=version.questionnaire,
        campaign__owner=version.questionnaire.owner,
    )

    part = designer.get(reverse("library_item_rounds", args=[item.key]))

    assert list(part.context["rounds"]) == [round_]


def test_a_round_asks_an_item_in_a_variant_too(designer, source):
    item, draft = kept(source), blank(source)
    inserted(draft, item)
    version = questionnaires.publish(draft, actor=None, at=NOW)
    round_ = RoundFactory.create(campaign__questionnaire__owner=version.questionnaire.owner)
    RoundVariant.objects.create(round=round_, version=version, types=["ministry"])

    part = designer.get(reverse("library_item_rounds", args=[item.key]))

    assert list(part.context["rounds"]) == [round_]


def test_a_title_is_changed(designer, source):
    item = kept(source)
    designer.post(reverse("library_edit", args=[item.key]), {"title_vi": "Tên mới", "tags": "a, b"})

    item.refresh_from_db()
    assert (item.title, item.tags) == ({"vi": "Tên mới"}, ["a", "b"])


@pytest.mark.parametrize(
    ("typed", "field"), [({}, "title_vi"), ({"title_vi": "A", "tags": "x" * 50}, "tags")]
)
def test_what_is_wrong_with_a_title_stands_at_its_field(designer, source, typed, field):
    page = designer.post(reverse("library_edit", args=[kept(source).key]), typed)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_an_item_is_retired_and_brought_back(designer, source):
    item = kept(source)
    states = []
    for name in ("library_retire", "library_restore"):
        designer.post(reverse(name, args=[item.key]))
        item.refresh_from_db()
        states.append(item.retired_at is None)

    assert states == [False, True]


def test_the_builder_offers_what_fits(designer, source):
    kept(source, "bien_che", title={"vi": "Biên chế"})
    kept(source, title={"vi": "Đề án"})

    part = designer.get(reverse("draft_library", args=["to-chuc"]), {"q": "de an"})

    assert [item.title["vi"] for item in part.context["page_obj"]] == ["Đề án"]


def test_an_inserted_item_is_selected(designer, source):
    answer = post(designer, "draft_library_insert", item=kept(source).key, after="")

    source.refresh_from_db()
    assert (answer.status_code, uid_of(source, "de_an_2") in answer.content.decode()) == (200, True)


def test_a_table_in_an_empty_draft_is_drawn(designer, source):
    table = imported(TABLE, owner=source.questionnaire.owner, code="bang")
    item, draft = kept(table, "nhan_luc"), blank(source)

    answer = designer.post(
        reverse("draft_library_insert", args=[draft.questionnaire.code]),
        json.dumps({"edit_id": str(uuid4()), "since": 0, "item": item.key}),
        content_type="application/json",
    )

    assert (answer.status_code, "Nhân lực" in answer.content.decode()) == (200, True)


def test_a_table_that_stands_outside_every_section_is_drawn(designer, source):
    imported(LOOSE, owner=source.questionnaire.owner, code="bang")

    assert designer.get(reverse("draft_builder", args=["bang"])).status_code == 200


def test_an_element_is_saved_from_the_builder(designer, source):
    address = reverse("draft_library_save", args=["to-chuc"])
    uid = uid_of(source, "de_an")
    proposed = designer.get(address, {"nodes": uid}).context["form"].initial

    designer.post(address, {"nodes": uid, **proposed, "topic": "Chiến lược"})

    item = LibraryItem.objects.get()
    assert (item.title, item.topic, item.origin_uid) == (
        {"vi": "Đã có đề án chưa?", "en": "Is there a plan?"},
        "Chiến lược",
        uid,
    )


def test_several_elements_are_saved_under_their_labels(designer, source):
    nodes = f"{uid_of(source, 'bien_che')},{uid_of(source, 'de_an')}"
    designer.post(
        reverse("draft_library_save", args=["to-chuc"]), {"nodes": nodes, "topic": "Chung"}
    )

    assert [each.title["vi"] for each in LibraryItem.objects.order_by("pk")] == [
        "Biên chế được giao",
        "Đã có đề án chưa?",
    ]


def test_a_missing_title_stands_at_its_field(designer, source):
    given = {"nodes": uid_of(source, "de_an"), "title_vi": ""}
    answer = designer.post(reverse("draft_library_save", args=["to-chuc"]), given)

    assert (answer.status_code, LibraryItem.objects.count()) == (422, 0)


def outdated_copy(source: QuestionnaireVersion) -> str:
    """The uid of a copy whose item has another wording since."""
    item = kept(source)
    copy = inserted(source, item).select
    relabel(source, "de_an", "Đã có đề án chưa?", "Có đề án chưa?")
    uid = uid_of(source, "de_an")
    services.update_item(item, version=source, uid=uid, actor=None, at=NOW)
    return copy


def test_the_pane_says_that_the_item_has_changed_since(designer, source):
    address = reverse("draft_library_node", args=["to-chuc", outdated_copy(source)])
    context = designer.get(address).context

    assert (context["kinship"].is_outdated, [each.new for each in context["texts"]]) == (
        True,
        ["Có đề án chưa?"],
    )


def test_the_wording_is_taken_from_the_pane(designer, source):
    copy = outdated_copy(source)
    post(designer, "draft_library_take", node=copy, since=source.revision)

    source.refresh_from_db()
    assert form_of(source).element("de_an_2").label["vi"] == "Có đề án chưa?"


def test_what_is_no_copy_takes_no_wording(designer, source):
    answer = post(designer, "draft_library_take", node=uid_of(source, "de_an"))

    assert answer.json()["code"] == "not_a_copy"


def test_the_item_is_given_the_content_of_a_node(designer, source):
    item = kept(source)
    relabel(source, "de_an", "Đã có đề án chưa?", "Có đề án chưa?")

    designer.post(reverse("draft_library_update", args=["to-chuc", uid_of(source, "de_an")]))

    item.refresh_from_db()
    assert item.revision == 2


@pytest.mark.parametrize("uid", ["nobody", "root"])
def test_a_node_that_is_tied_to_no_item_gives_it_nothing(designer, source, uid):
    answer = designer.post(reverse("draft_library_update", args=["to-chuc", uid]))

    assert answer.status_code == 404


@pytest.mark.parametrize("key", ["\0", "\ud800", "é"])
def test_what_can_be_no_item_is_not_taken(designer, key):
    assert post(designer, "draft_library_insert", item=key, after="").status_code == 404


def test_nul_in_an_address_finds_what_is_left(designer, source):
    kept(source)

    pages = [reverse("library_list"), reverse("draft_library", args=["to-chuc"])]
    asked = {"q": "\0", "topic": "\0", "indicator": "\0", "item": "\0"}
    assert [designer.get(page, asked).status_code for page in pages] == [200, 200]
