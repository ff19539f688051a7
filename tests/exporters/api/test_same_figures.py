"""One question of a published round, asked of the explorer's page, the portal's builder, the API and a
file: everywhere the same figures, and the same cells hidden."""

import html
import json
import shlex
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import reverse

from analytics.gate.models import ReleasedTable
from surveys.background.runner import run_pending
from tests.factories import department_person
from tests.surveys.machines.factories import program

pytestmark = pytest.mark.django_db
QUESTIONS = ("a1_reorganised", "a2_model")
HIDDEN = "hidden"
ALL = "all"


class Tables(HTMLParser):
    """The tables of a page by their ids, each a list of rows of texts."""

    def __init__(self, page):
        super().__init__()
        self.found, self.rows, self.is_open = {}, [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.rows = self.found.setdefault(dict(attrs).get("id", ""), [])
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"th", "td"}:
            self.rows[-1].append("")
            self.is_open = True

    def handle_endtag(self, tag):
        if tag in {"th", "td"}:
            self.is_open = False

    def handle_data(self, data):
        if self.is_open:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data}".strip()


def cells_of(rows):
    """What stands at (row, column) of a table as a page shows it; its last row is all of them."""
    heads, *body = rows
    return {
        (ALL if line is body[-1] else line[0], head): figure(text)
        for line in body
        for head, text in zip(heads[1:], line[1:], strict=True)
        if head != "n"
    }


def figure(text):
    """A figure as a page writes it; a mark beside it says more than another and is none."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return int(digits) if digits else HIDDEN


@pytest.fixture(params=QUESTIONS)
def question(request):
    return request.param


@pytest.fixture
def researcher(release, accepted, client):
    """A researcher of the owner, signed in, who has accepted the terms."""
    found = accepted(department_person("researcher", owner=release.round.campaign.owner))
    client.force_login(found)
    return found


@pytest.fixture
def caller(researcher):
    return program(researcher)


@pytest.fixture
def explored(client, researcher, release, question):
    """What the explorer's page shows."""
    address = reverse("round_explorer", args=[release.round.code])
    client.get(f"{address}?q={question}&by=type&share=count")
    run_pending()
    page = client.get(f"{address}?q={question}&by=type&share=count").content.decode()
    return cells_of(Tables(page).found[f"t-{question}-1"])


@pytest.fixture
def wish(question):
    """The question as the portal and its API take it."""
    return {"rows": ["type"], "cols": f"question.{question}"}


def codes_as_words(cells, words):
    return {
        (words["type"].get(row, row), words["question"].get(column, column)): value
        for (row, column), value in cells.items()
    }


def test_the_builder_shows_what_the_explorer_shows(client, release, question, explored):
    address = reverse("data_table", args=[release.round.code, release.number])
    page = client.get(f"{address}?rows=type&cols=question.{question}").content.decode()
    (corner, _spanning), heads, *rows = Tables(page).found[""]

    assert cells_of([[corner, *heads], *rows]) == explored


def test_the_api_of_data_sets_tells_what_the_explorer_shows(
    caller, release, question, wish, explored
):
    place = reverse("api_data_table", args=[release.round.code, release.number])
    told = caller.send("POST", place, wish).json()

    assert cells_told(told, question) == explored


def test_the_call_that_the_builder_shows_gives_what_the_explorer_shows(
    client, caller, release, question, explored
):
    address = reverse("data_table", args=[release.round.code, release.number])
    page = client.get(f"{address}?rows=type&cols=question.{question}")
    shown = html.unescape(page.content.decode()).split("<textarea", 1)[1]
    _curl, _x, method, place, *_heads, body = shlex.split(
        shown[shown.index("curl") : shown.index("</textarea")]
    )
    told = caller.send(method, place.removeprefix(settings.SITE_URL), json.loads(body)).json()

    assert cells_told(told, question) == explored


def test_the_api_of_rounds_tells_what_the_explorer_shows(caller, release, question, explored):
    code = release.round.code
    told = caller.get(f"/api/v1/rounds/{code}/table/?q={question}&by=type").json()["result"]
    known = caller.get(f"/api/v1/rounds/{code}/variables/").json()
    [sheet] = told["cross"]["sheets"]
    lines = [*((row["code"], row["cells"]) for row in sheet["rows"]), (ALL, sheet["total"])]

    cells = {
        (row, cell["code"]): HIDDEN if cell.get("hidden") else cell["n"]
        for row, line in lines
        for cell in line
    }
    assert codes_as_words(cells, words_of(known, question)) == explored


def test_a_file_holds_what_the_explorer_shows(caller, release, question, wish, explored):
    body = {"name": "table", "format": "json", "round": release.round.code, "publication": 1}
    asked = caller.send("POST", "/api/v1/exports/", body | {"options": {"table": wish}})
    run_pending()
    file = caller.get(caller.get(asked["Location"]).json()["file"])

    assert cells_told(json.loads(b"".join(file)), question) == explored


def test_whoever_asks_is_shown_one_table_that_is_released_once(
    client, caller, release, question, wish, explored
):
    address = reverse("data_table", args=[release.round.code, release.number])
    client.get(f"{address}?rows=type&cols=question.{question}")
    caller.send("POST", reverse("api_data_table", args=[release.round.code, 1]), wish)
    caller.get(f"/api/v1/rounds/{release.round.code}/table/?q={question}&by=type")
    run_pending()

    assert ReleasedTable.objects.count() == 1


def test_there_are_figures_and_hidden_cells_to_compare(explored):
    assert {type(each) for each in explored.values()} == {int, str}


def cells_told(told, question):
    """A table as data, with the words of its columns."""
    words = {
        "type": told["columns"][0]["labels"] | {ALL: ALL},
        "question": told["columns"][1]["labels"],
    }
    cells = {
        (row["type"], row[question]): HIDDEN if row["hidden"] else row["value"]
        for row in told["rows"]
    }
    return codes_as_words(cells, words)


def words_of(known, question):
    [variable] = [each for each in known["variables"] if each["name"] == question]
    [kind] = [each for each in known["dimensions"] if each["code"] == "type"]
    return {
        "type": {each["code"]: each["label"] for each in kind["values"]},
        "question": {each["code"]: each["label"]["vi"] for each in variable["choices"]},
    }
