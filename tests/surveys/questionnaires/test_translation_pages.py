"""The pages on which a draft is translated."""

import io
import json
import re
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import Add, Change, Place, Slot
from surveys.models import DraftEdit, QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import services
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.views.fragments import NO_SECTION
from tests.factories import department_person
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    client.force_login(
        department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    )
    return client


def address(name: str = "draft_translations", query: str = "") -> str:
    return reverse(name, args=["to-chuc"]) + query


def uid(draft: QuestionnaireVersion, name: str) -> str:
    return form_of(draft).element(name).uid


def content(answer) -> str:
    return str(answer.content.decode())


def keys(answer) -> list[str]:
    return re.findall(r'data-key="([\w.]+)"', content(answer))


def stored(draft: QuestionnaireVersion) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(pk=draft.pk)


def relabel(draft: QuestionnaireVersion, field: str, old: str | None, new: str) -> None:
    change = Change(uid(draft, "bien_che"), field, old, new)
    services.edit_draft(draft, edit_id=uuid4(), operations=[change], actor=None, at=NOW)


def test_what_is_missing_stands_first(designer, draft):
    shown = keys(designer.get(address()))

    assert (shown[0], len(shown)) == (f"{uid(draft, 'bien_che')}.constraint_message", 7)


def test_only_what_is_missing_is_shown_when_asked_for(designer, draft):
    shown = keys(designer.get(address(query="?show=missing")))

    assert shown == [f"{uid(draft, 'bien_che')}.constraint_message"]


@pytest.mark.parametrize(
    ("query", "number"),
    [("?q=de+an", 1), ("?in=phan_a", 6), ("?in=-", 1), ("?show=riddle&page=x&to=%3Cb%3E", 7)],
)
def test_the_address_says_what_is_looked_for(designer, query, number):
    assert len(keys(designer.get(address(query=query)))) == number


def test_a_cell_is_a_field_of_its_node_with_what_was_seen(designer, draft):
    page = content(designer.get(address()))

    assert re.search(
        rf'data-node="{uid(draft, "bien_che")}".*?data-field="label.en" data-seen="Posts"',
        page,
        re.DOTALL,
    )


def test_the_missing_texts_are_counted_for_the_tab(designer):
    assert ">1<" in content(designer.get(address("draft_translation_count")))


def test_the_rows_that_are_shown_are_drawn_anew(designer, draft):
    node = uid(draft, "bien_che")
    relabel(draft, "constraint_message.en", None, "Not negative")

    answer = designer.get(
        address("draft_translation_rows", f"?to=en&keys={node}.constraint_message,gone.label")
    )

    assert keys(answer) == [f"{node}.constraint_message"]
    assert "Not negative" in content(answer)
    assert 'id="missing-texts"' in content(answer)


def test_a_translation_with_a_wrong_reference_is_flagged_at_its_cell(designer, draft):
    relabel(draft, "label.en", "Posts", "Posts of ${nobody}")

    page = content(designer.get(address(query="?show=flagged")))

    assert "${nobody}" in page
    assert "texts__remarks" in page


def test_an_edit_of_a_page_without_a_section_is_answered_by_the_bar(designer, draft):
    change = {"op": "change", "node": uid(draft, "bien_che"), "field": "label.en"}
    body = {
        "edit_id": str(uuid4()),
        "since": 0,
        "section": NO_SECTION,
        "operations": [change | {"old": "Posts", "new": "Staff"}],
    }

    answer = designer.post(
        reverse("draft_edit", args=["to-chuc"]), json.dumps(body), content_type="application/json"
    )

    assert 'id="builder-state"' in content(answer)
    assert 'id="canvas"' not in content(answer)


def test_a_questionnaire_in_one_language_is_offered_more(designer, draft):
    services.edit_draft(
        draft,
        edit_id=uuid4(),
        operations=[Change("root", "languages", ["vi", "en"], None)],
        actor=None,
        at=NOW,
    )

    page = content(designer.get(address()))

    assert 'id="add-language"' in page
    assert "data-cell" not in page
    assert designer.get(address("draft_translation_export")).status_code == 404


def exported(client: Client, **cells: str) -> SimpleUploadedFile:
    """The exported workbook after somebody typed into cells of the translations."""
    answer = client.get(address("draft_translation_export", "?to=en"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["translations"]
    for row in sheet.iter_rows(min_row=2):
        row[6].value = cells.get(str(row[5].value), row[6].value)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("dich.xlsx", stream.getvalue())


def send(client: Client, file: SimpleUploadedFile, **given: Any):
    file.seek(0)
    return client.post(
        address("draft_translation_import", "?to=en"), {"workbook": file, **given}, follow=False
    )


def hidden(answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([\w-]+)"', content(answer))
    assert found is not None
    return found[1]


def apply(client: Client, file: SimpleUploadedFile, preview, **given: Any):
    shown = {name: hidden(preview, name) for name in ("seen", "edit_id")}
    return send(client, file, apply="1", **shown, **given)


def test_the_page_of_the_import_asks_for_a_workbook(designer):
    page = content(designer.get(address("draft_translation_import", "?to=en")))

    assert 'type="file" name="workbook"' in page


def test_a_preview_shows_what_would_change_and_changes_nothing(designer, draft):
    file = exported(designer, **{"Không được âm": "Not negative", "Có": "Yes, it has"})

    answer = send(designer, file)

    assert "Not negative" in content(answer)
    assert "Yes, it has" in content(answer)
    assert stored(draft).revision == 0


def test_taking_a_workbook_is_one_edit_that_is_undone_at_once(designer, draft):
    before = stored(draft).definition
    file = exported(designer, **{"Không được âm": "Not negative", "Có": "Yes, it has"})

    answer = apply(designer, file, send(designer, file))

    assert (answer.status_code, stored(draft).revision) == (302, 1)
    (edit,) = DraftEdit.objects.filter(version=draft)
    assert len(edit.operations) == 2
    assert edit.actor is not None
    services.undo(stored(draft), edit_id=uuid4(), actor=edit.actor, at=NOW)
    assert stored(draft).definition == before


def test_a_workbook_that_is_taken_twice_is_taken_once(designer, draft):
    file = exported(designer, Có="Yes, it has")
    preview = send(designer, file)

    apply(designer, file, preview)
    apply(designer, file, preview)

    assert DraftEdit.objects.filter(version=draft).count() == 1


def test_what_has_changed_since_the_preview_is_looked_at_again(designer, draft):
    file = exported(designer, **{"Biên chế được giao": "Staff"})
    preview = send(designer, file)
    relabel(draft, "label.en", "Posts", "Assigned posts")

    answer = apply(designer, file, preview)

    assert answer.status_code == 200
    assert form_of(stored(draft)).element("bien_che").label["en"] == "Assigned posts"


def test_a_conflict_is_taken_only_when_it_is_ticked(designer, draft):
    file = exported(designer, **{"Biên chế được giao": "Staff", "Có": "Yes, it has"})
    relabel(draft, "label.en", "Posts", "Assigned posts")

    apply(designer, file, send(designer, file))

    assert form_of(stored(draft)).element("bien_che").label["en"] == "Assigned posts"
    key = f"{uid(draft, 'bien_che')}.label.en"
    apply(designer, file, send(designer, file), take=key)
    assert form_of(stored(draft)).element("bien_che").label["en"] == "Staff"


def test_a_file_that_is_no_workbook_is_refused_with_its_problems(designer, draft):
    answer = send(designer, SimpleUploadedFile("x.xlsx", b"nothing"))

    assert "workbook_unreadable" in content(answer)
    assert stored(draft).revision == 0


def test_the_answer_to_htmx_leads_back_to_the_grid(designer):
    file = exported(designer, Có="Yes, it has")
    preview = send(designer, file)
    given = {name: hidden(preview, name) for name in ("seen", "edit_id")}
    file.seek(0)

    answer = designer.post(
        address("draft_translation_import", "?to=en"),
        {"workbook": file, "apply": "1", **given},
        headers={"HX-Request": "true"},
    )

    assert answer["HX-Redirect"] == address(query="?to=en")


@pytest.mark.parametrize(
    "name",
    [
        "draft_translations",
        "draft_translation_rows",
        "draft_translation_count",
        "draft_translation_export",
        "draft_translation_import",
    ],
)
def test_who_only_follows_does_not_translate(client, draft, name):
    person = department_person(DepartmentRoleName.RESEARCHER, owner=draft.questionnaire.owner)
    client.force_login(person)

    assert client.get(address(name)).status_code == 403


HOSTILE = [
    "</textarea><script>alert(1)</script>",
    '" onfocus=alert(1) x="',
    "{{ 7|add:7 }}",
    "=1+1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_tries_to_break_out_stays_a_text(designer, draft, text):
    relabel(draft, "label.en", "Posts", text)

    page = content(designer.get(address()))
    file = exported(designer)
    preview = content(send(designer, file))

    assert "<script>alert" not in page + preview
    assert '" onfocus' not in page + preview
    sheet = openpyxl.load_workbook(file)["translations"]
    assert text in {row[6].value for row in sheet.iter_rows()}


def test_a_page_of_long_texts_stays_within_a_hundred_kilobytes(designer, draft):
    long = {"vi": "Nội dung rất dài được nhắc lại. " * 60, "en": "Ồ" * 2_000}
    asked = tuple(
        {"element": "question", "name": f"dai_{n}", "kind": "text", "label": long}
        for n in range(60)
    )
    operation = Add(Place(uid(draft, "phan_a"), Slot.CHILDREN), asked)
    services.edit_draft(draft, edit_id=uuid4(), operations=[operation], actor=None, at=NOW)

    sizes = [len(designer.get(address(query=f"?page={page}")).content) for page in (1, 2, 3)]

    assert max(sizes) <= 100_000
    assert min(sizes) > 20_000
