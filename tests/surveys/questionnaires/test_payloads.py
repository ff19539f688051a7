"""Texts that try to break out: nothing of them is let in, and all come back as they were typed."""

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions import load
from surveys.definitions.editing import ROOT, Add, Change, Delete, Operation, Place, Slot, Tree
from surveys.engine import Question
from surveys.models import QuestionnaireVersion
from surveys.questionnaires import exports, services
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.question_library.services import Description, save_item
from surveys.xlsform import read_workbook
from tests.factories import department_person
from tests.payloads import DECOMPOSED, LONG, MARK, PAYLOADS, UNSTORABLE
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db

TEXTS: Final = (
    *("label", "hint", "guidance", "required_message", "constraint_message", "warning_message"),
    "unit",
)
FOREIGN_TAGS: Final = frozenset({"iframe", "base", "style", "math", "animate"})
ZERO_WIDTH: Final = "\u200b"
"""Whoever reads a workbook lets it go: nobody sees it, and two names would look the same."""
REFERENCE: Final = re.compile(r"\$\{[^}]*\}")
ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post"})
SCHEMES: Final = ("javascript:", "data:", "https://example.org")
PAGES: Final = (
    *("draft_builder", "draft_rules", "draft_check", "draft_publish", "draft_preview_path"),
    *("draft_preview_check", "version_list"),
)


class _Intruders(HTMLParser):
    """What stands in a page that no template of ours writes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if (
            tag in FOREIGN_TAGS
            or given.get("id") == MARK
            or (tag == "script" and "src" not in given)
        ):
            self.found.append(self.get_starttag_text() or tag)
        for name, value in given.items():
            leads = name in ADDRESSES and value.strip().lower().startswith(SCHEMES)
            if name.startswith("on") or leads:
                self.found.append(self.get_starttag_text() or tag)


def intruders(page: str) -> list[str]:
    reader = _Intruders()
    reader.feed(page)
    return reader.found


def question(number: int, text: str) -> dict[str, Any]:
    """A number with the text in every field that holds words."""
    words = {field: {"vi": text, "en": text} for field in TEXTS}
    name = f"cau_{number}"
    return {
        "element": "question",
        "uid": f"u{number}",
        "name": name,
        "kind": "integer",
        "required": "yes",
        "constraint": ". > 0",
        "warning": ". > 1",
        "evidence": "optional",
        **words,
    }


def apply(version: QuestionnaireVersion, *operations: Operation) -> None:
    services.edit_draft(version, edit_id=uuid4(), operations=operations, actor=None, at=NOW)
    version.refresh_from_db()


@pytest.fixture
def draft() -> QuestionnaireVersion:
    """A published first version, and a draft with every payload in every field of words."""
    version = services.publish(imported(), actor=None, at=NOW)
    version = services.start_draft(version.questionnaire, actor=None, at=NOW)
    section = form_of(version).element("phan_a").uid
    [held] = [each.uid for each in form_of(version).definition.lists.values()]
    questions = tuple(question(number, text) for number, text in enumerate(PAYLOADS))
    choices = tuple(
        {"uid": f"c{number}", "name": f"m{number}", "label": {"vi": text, "en": text}}
        for number, text in enumerate(PAYLOADS)
    )
    apply(
        version,
        Add(Place(section, Slot.CHILDREN), questions),
        Add(Place(held, Slot.CHOICES), choices),
        Change(section, "label.vi", "Phần A", PAYLOADS[0]),
        Change(section, "hint.vi", None, PAYLOADS[1]),
        Change(ROOT, "title.vi", "Phiếu tổ chức", PAYLOADS[5]),
    )
    return version


@pytest.fixture
def designer(client: Client, draft: QuestionnaireVersion) -> Client:
    client.force_login(department_person("designer", owner=draft.questionnaire.owner))
    return client


def read_back(version: QuestionnaireVersion) -> list[dict[str, str]]:
    """The words of each question after the workbook was written and read.

    Words that speak of an answer are left out: a workbook that speaks of none that there is, is
    refused at its cell.
    """
    spoken = [number for number, text in enumerate(PAYLOADS) if REFERENCE.search(text)]
    apply(version, *(Delete(f"{sort}{number}") for number in spoken for sort in "uc"))
    data = exports.xlsform_of(version, on=NOW.date())
    result = read_workbook(data, "phieu.xlsx", code="to-chuc", agency_types=(), catalogue=())
    assert result.definition is not None, result.problems
    found = {each.name: each for each in result.definition.elements()}
    questions = [found[f"cau_{number}"] for number in range(len(PAYLOADS)) if number not in spoken]
    return [
        {field: getattr(each, field)["vi"] for field in TEXTS}
        for each in questions
        if isinstance(each, Question)
    ]


def test_there_are_sixty_different_texts():
    assert len(set(PAYLOADS)) == 60


def test_every_text_is_stored_as_it_was_typed(draft):
    elements = {each.uid: each for each in load(draft.definition).elements()}

    assert [
        {field: getattr(elements[f"u{number}"], field)["vi"] for field in TEXTS}
        for number in range(len(PAYLOADS))
    ] == [dict.fromkeys(TEXTS, text) for text in PAYLOADS]


@pytest.mark.parametrize("name", PAGES)
def test_no_text_becomes_a_part_of_a_page(name, designer, draft):
    answer = designer.get(reverse(name, args=["to-chuc"]))

    assert (answer.status_code, intruders(answer.content.decode())) == (200, [])


@pytest.mark.parametrize("number", [1, 2])
def test_no_text_becomes_a_part_of_the_page_of_a_version_or_a_comparison(number, designer, draft):
    pages = [
        designer.get(reverse("version_detail", args=["to-chuc", 2])),
        designer.get(reverse("version_compare", args=["to-chuc", 1, 2]) + f"?page={number}"),
        designer.get(reverse("draft_preview_section", args=["to-chuc", "phan_a"])),
        designer.get(reverse("questionnaire_list")),
    ]

    assert [intruders(page.content.decode()) for page in pages] == [[], [], [], []]


def test_every_text_stands_in_its_field_of_the_right_pane(designer, draft):
    for number, text in enumerate(PAYLOADS):
        page = designer.get(reverse("draft_node", args=["to-chuc", f"u{number}"])).content.decode()

        assert (text, intruders(page)) == (text, [])
        assert text in _texts(page), text


def test_the_workbook_gives_every_text_back(draft):
    unspoken = [text.replace(ZERO_WIDTH, "") for text in PAYLOADS if not REFERENCE.search(text)]
    assert read_back(draft) == [dict.fromkeys(TEXTS, text) for text in unspoken]


def test_the_workbook_holds_no_formula(draft):
    data = exports.xlsform_of(draft, on=NOW.date())

    with zipfile.ZipFile(BytesIO(data)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "sheets/" in name]
    assert [re.findall(r"<f[ >]", sheet) for sheet in sheets] == [[] for _ in sheets]


def test_every_title_comes_back_as_it_was_typed(designer, draft):
    before = PAYLOADS[5]
    for text in PAYLOADS:
        apply(draft, Change(ROOT, "title.vi", before, text))
        page = designer.get(reverse("version_list", args=["to-chuc"])).content.decode()
        before = text

        assert (draft.title, intruders(page)) == (text, [])


def test_every_title_in_the_library_comes_back_as_it_was_typed(designer, draft):
    for text in PAYLOADS:
        told = Description(title={"vi": text}, topic=text)
        item = save_item(draft, uid="u0", description=told, actor=None, at=NOW)
        page = designer.get(reverse("library_item", args=[item.key])).content.decode()
        item.refresh_from_db()

        assert (item.title, item.topic, intruders(page)) == ({"vi": text}, text, [])


def test_no_text_in_an_address_becomes_a_part_of_the_log(designer, draft):
    for text in PAYLOADS:
        given = {"node": text, "person": text}
        answer = designer.get(reverse("version_list", args=["to-chuc"]), given)

        assert (text, answer.status_code, intruders(answer.content.decode())) == (text, 200, [])


def test_an_expression_of_any_text_compiles_or_says_why_not(designer, draft):
    for number, text in enumerate(PAYLOADS):
        apply(draft, Change(f"u{number}", "relevant", None, text))

    page = designer.get(reverse("draft_check", args=["to-chuc"])).content.decode()
    stored = [Tree(draft.definition).value(f"u{n}", "relevant") for n in range(len(PAYLOADS))]
    assert (stored, intruders(page)) == (list(PAYLOADS), [])


@pytest.mark.parametrize("text", UNSTORABLE)
def test_what_no_workbook_holds_is_refused(text, draft):
    with pytest.raises(services.EditRefused):
        apply(draft, Change("u0", "label.vi", PAYLOADS[0], text))


@pytest.mark.parametrize("text", [LONG, DECOMPOSED])
def test_long_and_decomposed_texts_are_stored_as_they_are(text, draft):
    apply(draft, Change("u0", "label.vi", PAYLOADS[0], text))

    assert Tree(draft.definition).value("u0", "label.vi") == text


class _Texts(HTMLParser):
    """The contents of controls, and what stands in attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = "" if tag == "textarea" else self.inside
        self.found |= {value for _name, value in attrs if value}

    def handle_data(self, data: str) -> None:
        self.inside += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found.add(self.inside.removeprefix("\n"))


def _texts(page: str) -> set[str]:
    reader = _Texts()
    reader.feed(page)
    return reader.found
