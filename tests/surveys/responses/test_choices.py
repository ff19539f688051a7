"""Choices of long lists: searched on the server, taken with and without JavaScript."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.engine import Cell
from surveys.models import Response
from surveys.organisations.enums import MembershipRole
from surveys.rendering import Seen, sign
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.communes import PLACE
from tests.surveys.responses.factories import draft, open_assignment, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    response = draft(open_assignment(PLACE))
    save(response, "province", CellEdit("province", "p5"))
    response.refresh_from_db()
    return response


@pytest.fixture
def client(response: Response) -> Client:
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))
    return client


def found(client: Client, response: Response, path: str, text: str) -> list[tuple[str, str]]:
    url = reverse("choice_search", args=[response.assignment_id])
    page = client.get(url, {"path": path, "q": text}).content.decode()
    return re.findall(r'data-value="([^"]*)"[^>]*>([^<]*)<', page)


def section(client: Client, response: Response) -> str:
    url = reverse("section", args=[response.assignment_id, "place"])
    return client.get(url).content.decode()


def post_cell(client: Client, response: Response, path: str, value: str, before: Cell):
    data = {"edit_id": value, "path": path, "value": value, "seen": sign(path, Seen(before))}
    url = reverse("cell_save", args=[response.assignment_id])
    return client.post(url, data, headers={"HX-Request": "true"})


def post_section(client: Client, response: Response, path: str, **values: str) -> dict[str, object]:
    page = section(client, response)
    fields = dict(re.findall(r'<input type="hidden"[^>]*name="([^"]*)"[^>]*value="([^"]*)"', page))
    names = {"find": f"find:{path}", "value": path}
    fields |= {"province": "p5"} | {names[name]: value for name, value in values.items()}
    client.post(reverse("section", args=[response.assignment_id, "place"]), fields)
    response.refresh_from_db()
    answers: dict[str, object] = response.answers
    return answers


def test_a_page_has_no_choice_of_a_long_list_but_the_one_that_is_chosen(client, response):
    save(response, "commune", CellEdit("commune", "c39"))

    page = section(client, response)

    assert re.findall(r'<option value="(c[0-9]+)"', page) == ["c39"]
    assert "Tìm trong 98 lựa chọn" in page


def test_a_search_needs_no_marks_and_finds_only_what_the_filter_offers(client, response):
    assert found(client, response, "commune", "dong so 39")[0] == ("c39", "Xã Đồng số 39")
    assert found(client, response, "commune", "dong so 40") == []


def test_a_search_without_words_gives_the_first_choices_and_says_how_many_more(client, response):
    url = reverse("choice_search", args=[response.assignment_id])

    page = client.get(url, {"path": "commune"}).content.decode()

    assert page.count('role="option"') == 40
    assert "Còn 58 lựa chọn nữa" in page


def test_choices_of_one_name_are_told_apart_by_their_codes(client, response):
    options = found(client, response, "visited", "tan lap")

    assert options[:2] == [("c0", "Xã Tân Lập (c0)"), ("c1", "Xã Tân Lập (c1)")]


def test_a_path_that_leads_nowhere_is_not_found(client, response):
    url = reverse("choice_search", args=[response.assignment_id])

    assert client.get(url, {"path": "nowhere"}).status_code == 404


def test_a_stranger_may_not_search(response):
    client = Client()
    client.force_login(member(open_assignment().agency, MembershipRole.CONTRIBUTOR))

    answer = client.get(
        reverse("choice_search", args=[response.assignment_id]), {"path": "commune"}
    )

    assert answer.status_code == 404


def test_what_is_typed_without_javascript_is_read_as_a_label_on_offer(client, response):
    answers = post_section(client, response, "commune", find="xã tân lập", value="")

    assert answers["commune"] == "c5"


def test_a_search_field_that_was_left_alone_changes_nothing(client, response):
    save(response, "commune", CellEdit("commune", "c39"))

    answers = post_section(client, response, "commune", find="Xã Đồng số 39", value="c39")

    assert answers["commune"] == "c39"


def test_a_search_field_made_blank_takes_the_choice_back(client, response):
    save(response, "commune", CellEdit("commune", "c39"))

    answers = post_section(client, response, "commune", find="", value="c39")

    assert "commune" not in answers


def test_several_choices_grow_by_what_is_typed(client, response):
    save(response, "visited", CellEdit("visited", ["c40"]))

    answers = post_section(client, response, "visited", find="Xã Đồng số 41", value="c40")

    assert answers["visited"] == ["c40", "c41"]


def test_a_name_that_several_choices_have_is_kept_as_typed(client, response):
    post_section(client, response, "visited", find="Xã Tân Lập")

    assert response.typed == {"visited": "Xã Tân Lập"}


def test_a_new_province_brings_its_communes_and_a_finding_at_the_old_one(client, response):
    save(response, "commune", CellEdit("commune", "c39"))

    fragments = post_cell(client, response, "province", "p6", Cell("p5")).content.decode()

    assert 'id="q-commune"' in fragments
    assert "Câu trả lời không còn trong danh sách. Hãy chọn lại" in fragments
    assert found(client, response, "commune", "40")[0] == ("c40", "Xã Đồng số 40")


def test_an_answer_finds_its_figure_in_the_table_of_the_version(client, response):
    fragments = post_cell(client, response, "commune", "c39", Cell()).content.decode()

    assert "1.039" in fragments
    assert "1.039" in section(client, response)
