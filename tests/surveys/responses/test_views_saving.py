"""Saving from pages: cell by cell, and a whole section at once."""

import re
from collections.abc import Mapping

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.engine import Cell
from surveys.models import AnswerChange, Response
from surveys.organisations.enums import MembershipRole
from surveys.rendering import Seen, read, sign
from surveys.responses import services
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, save

pytestmark = pytest.mark.django_db

CELL = "budget/state/planned"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def client(response: Response) -> Client:
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))
    return client


def seen(path: str, cell: Cell | None = None) -> str:
    return sign(path, Seen(cell or Cell()))


def save_cell(client: Client, response: Response, path: str, value: object, **more: object):
    data = {"edit_id": f"edit-{path}-{value}", "path": path, "value": value, "seen": seen(path)}
    url = reverse("cell_save", args=[response.assignment_id])
    return client.post(url, data | more, headers={"HX-Request": "true"})


def page_fields(client: Client, response: Response, step: str) -> dict[str, str | list[str]]:
    """What a browser without JavaScript would post from the page as it stands."""
    url = reverse("section", args=[response.assignment_id, step])
    page = client.get(url).content.decode()
    fields: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if not name:
            continue
        if kind and kind[1] in {"radio", "checkbox"} and " checked" not in tag:
            continue
        fields[name[1]] = value[1] if value else ""
    return fields


def post_page(client: Client, response: Response, step: str, fields: Mapping[str, object]):
    return client.post(reverse("section", args=[response.assignment_id, step]), fields)


def test_an_edit_made_under_another_account_is_not_stored(client, response):
    answer = save_cell(client, response, "staff", "24", user="0")

    response.refresh_from_db()
    assert (answer.status_code, "staff" in response.answers) == (401, False)
    assert "data-session-why" in answer.content.decode()


def test_a_saved_number_answers_with_how_it_is_written_and_was_read(client, response):
    answer = save_cell(client, response, "staff", "1,234")

    assert answer.headers["X-Shown"] == "1.234"
    assert "đọc là 1.234" in answer.content.decode()


def test_a_saved_cell_answers_with_its_new_signature(client, response):
    answer = save_cell(client, response, "staff", "1.234")

    assert answer.status_code == 200
    now = read("staff", answer.headers["X-Seen"])
    assert now is not None
    assert now.cell == Cell("1234")


def test_a_saved_cell_answers_with_the_questions_that_change(client, response):
    save(response, "women", CellEdit("women", "4"))

    page = save_cell(client, response, "staff", "24").content.decode()

    assert 'id="q-men"' in page
    assert 'id="q-note"' not in page


def test_a_saved_cell_of_a_table_answers_with_cells_and_not_the_grid(client, response):
    page = save_cell(client, response, "budget/oda/planned", "5,5").content.decode()

    assert 'id="q-budget--oda--planned"' in page
    assert "<table" not in page


def test_unreadable_text_is_kept_and_said(client, response):
    page = save_cell(client, response, "staff", "2l").content.decode()

    response.refresh_from_db()
    assert response.typed == {"staff": "2l"}
    assert "msg--bad" in page


def test_a_third_value_is_a_conflict_with_both_values(client, response):
    save(response, "colleague", CellEdit("staff", "7"))

    answer = save_cell(client, response, "staff", "8")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'data-theirs="&quot;7&quot;"' in page
    response.refresh_from_db()
    assert response.answers["staff"] == "7"


def test_a_missing_code_takes_the_place_of_the_value(client, response):
    save_cell(client, response, "women", "CCSL", field="missing")

    response.refresh_from_db()
    assert response.remarks["women"]["missing"] == "CCSL"


def test_an_explanation_is_saved_beside_the_value(client, response):
    save(response, "both", CellEdit("staff", "24"), CellEdit("women", "20"))

    save_cell(client, response, "women", "Đơn vị mới", field="explanation")

    response.refresh_from_db()
    assert response.remarks["women"]["explanation"] == "Đơn vị mới"


def test_a_repeated_edit_is_stored_once(client, response):
    save_cell(client, response, "staff", "24")
    save_cell(client, response, "staff", "24")

    assert AnswerChange.objects.filter(response=response).count() == 1


def test_a_forged_signature_is_refused_and_nothing_is_stored(client, response):
    answer = save_cell(client, response, "staff", "24", seen="forged")

    assert answer.status_code == 400
    response.refresh_from_db()
    assert "staff" not in response.answers


def test_a_save_after_sending_is_refused_in_words(client, response):
    save(response, "staff", CellEdit("staff", "24"))
    services.send_for_signature(response, actor=None, at=NOW)

    answer = save_cell(client, response, "staff", "25", seen=seen("staff", Cell("24")))

    assert answer.status_code == 409
    assert 'id="notices"' in answer.content.decode()
    assert "data-conflict" not in answer.content.decode()


def test_a_whole_page_saves_only_what_differs(client, response):
    save(response, "before", CellEdit("staff", "24"), CellEdit("note", "cũ"))
    fields = page_fields(client, response, "people")
    save(response, "colleague", CellEdit("staff", "30", seen=Cell("24")))

    post_page(client, response, "people", fields | {"note": "mới"})

    response.refresh_from_db()
    assert (response.answers["staff"], response.answers["note"]) == ("30", "mới")


def test_a_whole_page_goes_on_to_the_next_section(client, response):
    fields = page_fields(client, response, "people")

    answer = post_page(client, response, "people", fields | {"staff": "24"})

    assert answer.headers["Location"] == reverse(
        "section", args=[response.assignment_id, "contacts_page"]
    )


def test_the_last_section_leads_to_checking(client, response):
    fields = page_fields(client, response, "budget_page")

    answer = post_page(client, response, "budget_page", fields)

    assert answer.headers["Location"] == reverse("check_answers", args=[response.assignment_id])


def test_a_step_never_refuses_an_unreadable_answer(client, response):
    fields = page_fields(client, response, "people")

    answer = post_page(client, response, "people", fields | {"staff": "hai mươi"})

    assert answer.status_code == 302
    response.refresh_from_db()
    assert response.typed["staff"] == "hai mươi"


def test_a_conflict_on_a_whole_page_keeps_the_typed_text_in_its_field(client, response):
    fields = page_fields(client, response, "people")
    save(response, "colleague", CellEdit("staff", "30"))

    answer = post_page(client, response, "people", fields | {"staff": "31", "note": "còn đây"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r'name="staff" value="31"', page)
    response.refresh_from_db()
    assert (response.answers["staff"], response.answers["note"]) == ("30", "còn đây")


@pytest.mark.parametrize(
    ("path", "step", "place"), [("staff", "people", "q-staff"), (CELL, "budget_page", "q-budget")]
)
def test_a_conflict_on_a_whole_page_is_said_beside_its_field(client, response, path, step, place):
    fields = page_fields(client, response, step)
    save(response, "colleague", CellEdit(path, "30"))

    page = post_page(client, response, step, fields | {path: "31"}).content.decode()

    beside = page[page.index(f'id="{place}-after"') :]
    assert beside.index("refusal") < beside.index("“30”")


def test_saving_again_after_a_conflict_keeps_ones_own_value(client, response):
    fields = page_fields(client, response, "people")
    save(response, "colleague", CellEdit("staff", "30"))
    answer = post_page(client, response, "people", fields | {"staff": "31"})
    seen_now = re.search(r'name="seen:staff" value="([^"]*)"', answer.content.decode())
    assert seen_now

    post_page(
        client,
        response,
        "people",
        fields | {"staff": "31", "seen:staff": seen_now[1], "edit_id": "second"},
    )

    response.refresh_from_db()
    assert response.answers["staff"] == "31"


def test_a_whole_page_after_sending_shows_what_was_typed(client, response):
    save(response, "staff", CellEdit("staff", "24"))
    fields = page_fields(client, response, "people")
    services.send_for_signature(response, actor=None, at=NOW)

    answer = post_page(client, response, "people", fields | {"note": "viết muộn"})

    assert answer.status_code == 409
    assert "viết muộn" in answer.content.decode()


def test_rows_are_added_and_deleted_and_restored(client, response):
    pk = response.assignment_id
    client.post(reverse("row_add", args=[pk]), {"repeat": "contacts", "edit_id": "a"})
    response.refresh_from_db()
    row = f"contacts/{response.answers['contacts'][0]['_id']}"
    client.post(reverse("row_delete", args=[pk]), {"row": row, "edit_id": "b"})
    client.post(reverse("row_restore", args=[pk]), {"row": row, "edit_id": "c"})

    response.refresh_from_db()
    assert [f"contacts/{stored['_id']}" for stored in response.answers["contacts"]] == [row]


def test_adding_a_row_saves_what_was_typed_on_the_page(client, response):
    pk = response.assignment_id
    client.post(reverse("row_add", args=[pk]), {"repeat": "contacts", "edit_id": "a"})
    fields = page_fields(client, response, "contacts_page")
    name = next(name for name in fields if name.endswith("/contact_name") and ":" not in name)

    client.post(reverse("row_add", args=[pk]), fields | {name: "Lò Thị Mai", "repeat": "contacts"})

    response.refresh_from_db()
    assert response.answers["contacts"][0]["contact_name"] == "Lò Thị Mai"
    assert len(response.answers["contacts"]) == 2


def test_a_row_moves_up(client, response):
    pk = response.assignment_id
    for edit_id in ("a", "b"):
        client.post(reverse("row_add", args=[pk]), {"repeat": "contacts", "edit_id": edit_id})
    response.refresh_from_db()
    first, second = (stored["_id"] for stored in response.answers["contacts"])

    client.post(reverse("row_move", args=[pk]), {"up": f"contacts/{second}", "edit_id": "c"})

    response.refresh_from_db()
    assert [stored["_id"] for stored in response.answers["contacts"]] == [second, first]


def test_a_page_that_is_up_to_date_has_nothing_to_fetch(client, response):
    url = reverse("section_changes", args=[response.assignment_id, "people"])

    assert client.get(url, {"since": response.edits}).status_code == 204


@pytest.mark.parametrize("since", ["9" * 5_000, "-1", "²", "1e5", ""])
def test_a_number_that_no_page_was_given_has_nothing_to_fetch(since, client, response):
    save(response, "one", CellEdit("staff", "24"))
    url = reverse("section_changes", args=[response.assignment_id, "people"])

    assert client.get(url, {"since": since}).status_code == 204


def test_a_page_behind_fetches_the_questions_of_its_section(client, response):
    save(response, "colleague", CellEdit("staff", "30"))
    url = reverse("section_changes", args=[response.assignment_id, "people"])

    page = client.get(url, {"since": 0}).content.decode()

    assert 'id="q-staff"' in page


def test_a_signatory_may_not_save(response):
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.SIGNATORY))

    assert save_cell(client, response, "staff", "24").status_code == 403


def test_a_stranger_gets_404(response):
    client = Client()
    client.force_login(member(draft().assignment.agency))

    assert save_cell(client, response, "staff", "24").status_code == 404
