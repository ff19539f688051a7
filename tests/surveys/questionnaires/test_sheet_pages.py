"""The table editor's fragments."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import Tree
from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.sheets import letter_of, sheet_of
from tests.factories import department_person
from tests.surveys.questionnaires.factories import imported
from tests.surveys.questionnaires.tables import table_of, wide

Data = dict[str, Any]
KB = 1_000


@pytest.fixture
def draft(db: None) -> QuestionnaireVersion:
    made = imported()
    made.definition = wide(3, 2)
    made.save()
    return made


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return client


def sheet(client: Client, uid: str, **query: str) -> Any:
    return client.get(reverse("draft_sheet", args=["to-chuc", uid]), query)


def post(client: Client, name: str, body: Data) -> Any:
    return client.post(
        reverse(name, args=["to-chuc"]),
        json.dumps({"edit_id": str(uuid4()), "since": 0} | body),
        content_type="application/json",
    )


def test_a_table_is_shown_for_itself_its_columns_rows_and_list(designer, draft):
    table = table_of(draft)
    rows = draft.definition["lists"][table["row_list"]]

    for uid in (table["uid"], table["columns"][0]["uid"], rows["uid"], rows["choices"][0]["uid"]):
        assert f'data-table="{table["uid"]}"' in sheet(designer, uid).content.decode()


def test_a_question_of_no_table_has_no_sheet(designer, draft):
    assert sheet(designer, "u_a").status_code == 204


def test_every_column_and_row_has_its_fields(designer, draft):
    table = table_of(draft)
    content = sheet(designer, table["uid"]).content.decode()

    assert re.findall(r'data-col="(\w+)"', content) == [each["uid"] for each in table["columns"]]
    assert content.count('<tr data-row="') == len(
        draft.definition["lists"][table["row_list"]]["choices"]
    )


@pytest.mark.parametrize("first", ["-1", "x", "99999", "1000000000000"])
def test_rows_from_nowhere_are_the_first(designer, draft, first):
    assert 'data-first="0"' in sheet(designer, table_of(draft)["uid"], first=first).content.decode()


def test_a_block_is_shown_before_it_is_pasted(designer, draft):
    before = draft.revision
    body = {"table": table_of(draft)["uid"], "part": "columns", "text": "Nữ (người)\t=A1"}

    content = post(designer, "draft_sheet_paste", body).content.decode()

    draft.refresh_from_db()
    assert ("nu" in content, "người" in content, "=A1" in content) == (True, True, True)
    assert draft.revision == before


@pytest.mark.parametrize("body", [{"part": "corner"}, {"part": "columns"}, {"table": "nobody"}])
def test_a_block_that_cannot_be_read_is_refused(designer, draft, body):
    assert (
        post(designer, "draft_sheet_paste", {"table": table_of(draft)["uid"]} | body).status_code
        == 422
    )


def test_a_paste_is_one_edit_and_one_undo(designer, draft):
    table = table_of(draft)
    given = {"table": table["uid"], "part": "columns", "text": "Nữ\tNam", "over": False}

    assert post(designer, "draft_edit", {"do": "table_paste", "with": given}).status_code == 200
    draft.refresh_from_db()
    pasted = len(table_of(draft)["columns"])
    assert post(designer, "draft_undo", {}).status_code == 200

    draft.refresh_from_db()
    assert (pasted, draft.revision) == (len(table["columns"]) + 2, 2)
    assert table_of(draft) == table


def test_texts_of_a_table_do_nothing_in_the_page(designer, draft):
    table = table_of(draft)
    text = '"><script>alert(1)</script>\t{{ 1 }}'
    given = {"table": table["uid"], "part": "columns", "text": text, "over": True}

    preview = post(designer, "draft_sheet_paste", given).content.decode()
    post(designer, "draft_edit", {"do": "table_paste", "with": given})
    content = sheet(designer, table["uid"]).content.decode()

    assert "<script>" not in preview + content
    assert "&lt;script&gt;" in content


def test_a_table_of_twenty_by_thirty_stays_small(designer, draft):
    draft.definition = wide(30, 20)
    draft.save()

    assert len(sheet(designer, "u_t").content) < 100 * KB


def test_rows_beyond_a_page_are_shown_one_page_after_the_other():
    tree = Tree(wide(30, 1_000))
    pages = [sheet_of(tree, "u_t", "vi", first=first) for first in (0, 26, 988)]

    assert [(each.rows[0].number, each.last, each.has_more, each.before) for each in pages] == [
        (1, 26, True, 0),
        (27, 52, True, 0),
        (989, 1_000, False, 962),
    ]


@pytest.mark.parametrize(
    ("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ")]
)
def test_columns_have_letters_as_in_excel(place: int, letter: str):
    assert letter_of(place) == letter
