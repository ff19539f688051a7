"""Edits in the builder: a draft of 500 questions in 20 sections, and ten tables of 12 rows and 20 columns.

Measured is the whole request as the page sends it: the service, the compiled form, the fragments that
change; and the first page. Sizes are those of the answer, raw and compressed as it is sent.

Run: .venv/bin/python benchmarks/builder_edit.py
"""

import gzip
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

from measure import Measurement, prepare_django, repeated, report

prepare_django()

from django.http import HttpResponse  # noqa: E402, TID251  (after Django is set up)
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from pages import table_page  # noqa: E402

from surveys.definitions import dump  # noqa: E402
from surveys.definitions.editing import with_uids  # noqa: E402
from surveys.engine import (  # noqa: E402
    Choice,
    ChoiceList,
    Definition,
    Form,
    Group,
    Kind,
    Question,
    Table,
)
from surveys.models import (  # noqa: E402
    Agency,
    DepartmentRole,
    Questionnaire,
    QuestionnaireVersion,
    User,
)
from surveys.organisations.enums import AgencyType, DepartmentRoleName  # noqa: E402
from surveys.questionnaires.queries import form_of  # noqa: E402
from surveys.questionnaires.question_library.services import Description, save_item  # noqa: E402
from surveys.questionnaires.uids import new_uid  # noqa: E402

AT = timezone.now()
CODE = "phieu"
BAR = "150 ms"
MOST_BYTES = 100_000
SECTIONS, QUESTIONS = 20, 25
TABLES, ROWS, COLUMNS = 10, 12, 20
TIMES = 12


def main() -> None:
    """Make each kind of edit over and over, and check what is stored and what is sent."""
    designer = Designer(draft())
    designer.open_page()
    designer.relabel()
    designer.relabel_cell()
    designer.add_and_delete()
    designer.move()
    designer.undo_and_redo()
    designer.change_kind()
    designer.change_section()
    designer.insert_from_library()
    report()


@dataclass
class Designer:
    """Somebody at work on the draft, as the page's script does it."""

    version: QuestionnaireVersion
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(User.objects.get())

    @property
    def stored(self) -> QuestionnaireVersion:
        """The draft as the database has it."""
        return QuestionnaireVersion.objects.get(pk=self.version.pk)

    @property
    def form(self) -> Form:
        """Its form."""
        return form_of(self.stored)

    def uid(self, name: str) -> str:
        """The hidden id of an element."""
        return self.form.element(name).uid

    def post(self, view: str, at: str, body: dict[str, Any]) -> HttpResponse:
        """One change as the page sends it, from the section of ``at``."""
        section = next(
            part.element.uid
            for name, part in self.form.parts.items()
            if isinstance(part.element, Group) and _holds(part.element, at)
        )
        shown = {"since": self.stored.revision, "section": section, "at": self.uid(at)}
        answer = self.client.post(
            reverse(view, args=[CODE]),
            json.dumps({"edit_id": str(uuid4())} | shown | body),
            content_type="application/json",
        )
        return stop_unless_fragments(answer)

    def measure(self, label: str, work: Callable[[], HttpResponse]) -> tuple[bytes, Measurement]:
        """The bytes of the last answer, held against what is allowed."""
        answer, m = repeated(label, work, times=TIMES, bar=BAR)
        m.check(len(answer.content) <= MOST_BYTES, sizes(answer.content))
        return answer.content, m

    def open_page(self) -> None:
        """The first page: all of the outline, one section."""
        address = reverse("draft_builder", args=[CODE])
        answer, m = repeated("first page", lambda: self.client.get(address), times=5)
        shown = len(re.findall(rb'role="treeitem"', answer.content))
        expected = SECTIONS * (QUESTIONS + 1) + TABLES * (COLUMNS + 2)
        m.check(shown == expected, f"{shown} nodes; {sizes(answer.content)}")

    def relabel(self, name: str = "q_3_4", what: str = "label of a question") -> None:
        """Another label each time."""
        words = cycle(["Một", "Hai"])
        seen = [next(iter(self.form.element(name).label.values()))]

        def change() -> HttpResponse:
            seen.append(f"{next(words)} {len(seen)}")
            operation = {"op": "change", "node": self.uid(name), "field": "label.vi"}
            operation |= {"old": seen[-2], "new": seen[-1]}
            return self.post("draft_edit", name, {"operations": [operation]})

        _content, m = self.measure(what, change)
        m.check(self.form.element(name).label["vi"] == seen[-1], "label stored")

    def relabel_cell(self) -> None:
        """The label of a column: its table is drawn anew."""
        self.relabel("c_2_5", "label of a column (12 x 20)")

    def add_and_delete(self) -> None:
        """A question is added behind another one and taken away again."""
        before = len(list(self.form.definition.elements()))
        added: list[str] = []

        def add() -> HttpResponse:
            given = {"kind": "select_one", "after": self.uid("q_5_4")}
            answer = self.post("draft_edit", "q_5_4", {"do": "add", "with": given})
            added.append(selected_in(answer))
            return answer

        _content, m = self.measure("add a question with a list", add)
        now = len(list(self.form.definition.elements()))
        m.check(now == before + TIMES + 1, "all are there")

        def delete() -> HttpResponse:
            return self.post(
                "draft_edit", "q_5_4", {"do": "delete", "with": {"nodes": [added.pop()]}}
            )

        _content, m = self.measure("delete a question", delete)
        m.check(len(list(self.form.definition.elements())) == before, "all are gone")

    def move(self) -> None:
        """A question goes down its section."""

        def step() -> HttpResponse:
            return self.post(
                "draft_edit", "q_7_2", {"do": "move_down", "with": {"nodes": [self.uid("q_7_2")]}}
            )

        _content, m = self.measure("move a question", step)
        place = [each.name for each in section_of(self.form, 7)].index("q_7_2")
        m.check(place == 2 + TIMES + 1, f"it is the {place + 1}th")

    def undo_and_redo(self) -> None:
        """The moves are taken back, and made again."""
        _content, m = self.measure("undo", lambda: self.post("draft_undo", "q_7_2", {}))
        place = [each.name for each in section_of(self.form, 7)].index("q_7_2")
        m.check(place == 2, "it is back")
        _content, m = self.measure("redo", lambda: self.post("draft_redo", "q_7_2", {}))
        place = [each.name for each in section_of(self.form, 7)].index("q_7_2")
        m.check(place == 2 + TIMES + 1, "it is there again")

    def change_kind(self) -> None:
        """A number becomes a choice from a list, and a number again."""
        kinds = cycle([("select_one", "yesno"), ("integer", "")])

        def change() -> HttpResponse:
            kind, listed = next(kinds)
            question = self.form.element("q_9_3")
            assert isinstance(question, Question)
            operations = [
                {"op": "change", "node": question.uid, "field": name, "old": old, "new": new}
                for name, old, new in (
                    ("kind", question.kind.value, kind),
                    ("list_name", question.list_name, listed),
                )
            ]
            return self.post("draft_edit", "q_9_3", {"operations": operations})

        _content, m = self.measure("kind of a question, with its list", change)
        question = self.form.element("q_9_3")
        assert isinstance(question, Question)
        m.check(question.kind is Kind.SELECT_ONE, "kind stored")

    def change_section(self) -> None:
        """Another section is looked at."""
        uid = self.uid("c_4_1")
        address = reverse("draft_node", args=[CODE, uid])
        answer, m = repeated(
            "select in another section", lambda: self.client.get(address), times=TIMES, bar=BAR
        )
        m.check(b'id="canvas"' in answer.content, "the section is drawn")
        m.check(len(answer.content) <= MOST_BYTES, sizes(answer.content))

    def insert_from_library(self) -> None:
        """A table of the library goes behind a question, and is taken back."""
        item = save_item(
            self.stored,
            uid=self.uid("t_3"),
            description=Description({"vi": "Bảng"}),
            actor=None,
            at=AT,
        )
        before = len(list(self.form.definition.elements()))

        def insert() -> HttpResponse:
            body = {"item": str(item.key), "after": self.uid("q_5_4")}
            return self.post("draft_library_insert", "q_5_4", body)

        _content, m = self.measure("insert a table of the library", insert)
        added = len(list(self.form.definition.elements())) - before
        m.check(added == (TIMES + 1) * (COLUMNS + 1), "all are there")


def stop_unless_fragments(answer: Any) -> HttpResponse:
    """The answer, if it is one that the page draws."""
    if answer.status_code != 200 or answer.get("X-Reload"):
        sys.exit(f"answered {answer.status_code}: {answer.content[:300]!r}")
    assert isinstance(answer, HttpResponse)
    return answer


def selected_in(answer: HttpResponse) -> str:
    """The node that the answer selects."""
    found = re.search(rb'data-select="(\w+)"', answer.content)
    assert found is not None
    return found[1].decode()


def sizes(content: bytes) -> str:
    """Bytes raw and compressed."""
    packed = gzip.compress(content)
    return f"{len(content):,} bytes, {len(packed):,} packed"


def section_of(form: Form, number: int) -> list[Any]:
    """The elements of a section."""
    return list(form.element(f"page_{number}").children)  # type: ignore[union-attr]  # a Group


def _holds(group: Group, name: str) -> bool:
    inside = [*group.children]
    inside += [
        column for each in group.children if isinstance(each, Table) for column in each.columns
    ]
    return any(each.name == name for each in inside)


def draft() -> QuestionnaireVersion:
    """The draft and a designer of its owner."""
    owner = Agency.objects.create(
        key="cuc", name="Cục", type=AgencyType.DEPARTMENT, search_key="cuc", sort_key="cuc"
    )
    person = User.objects.create_user("thiet-ke@example.gov.vn", full_name="Lê An")
    DepartmentRole.objects.create(user=person, owner=owner, role=DepartmentRoleName.DESIGNER)
    questionnaire = Questionnaire.objects.create(code=CODE, owner=owner, created_at=AT)
    document = with_uids(dump(definition()), new_uid)
    return questionnaire.versions.create(
        number=1, title="Phiếu", definition=document, created_at=AT, created_by=person
    )


def definition() -> Definition:
    """Questions with routing, checks and lists; tables with sums both ways."""
    rows = tuple(Choice(name=f"r{n}", label={"vi": f"Dòng {n}"}) for n in range(ROWS))
    answers = tuple(Choice(name=f"c{n}", label={"vi": f"Trả lời {n}"}) for n in range(5))
    return Definition(
        code=CODE,
        title={"vi": "Phiếu"},
        children=(
            *[questions_page(page) for page in range(SECTIONS)],
            *[table_page(number, COLUMNS) for number in range(TABLES)],
        ),
        lists={
            "rows": ChoiceList(name="rows", choices=rows),
            "yesno": ChoiceList(name="yesno", choices=answers),
        },
    )


def questions_page(page: int) -> Group:
    """Numbers and choices in turn, each asked when the first is positive."""
    first = f"q_{page}_0"
    others = tuple(question(page, n, first) for n in range(1, QUESTIONS))
    start = Question(name=first, kind=Kind.INTEGER, label={"vi": f"Câu {page}.0"}, required="yes")
    return Group(name=f"page_{page}", label={"vi": f"Phần {page}"}, children=(start, *others))


def question(page: int, n: int, first: str) -> Question:
    """One question of a page."""
    label = {"vi": f"Câu hỏi số {page}.{n} về chuyển đổi số", "en": f"Question {page}.{n}"}
    if n % 3:
        return Question(
            name=f"q_{page}_{n}",
            kind=Kind.INTEGER,
            label=label,
            required="yes",
            relevant=f"${{{first}}} > 0",
            constraint=f". <= ${{{first}}} + 1000000",
        )
    return Question(
        name=f"q_{page}_{n}",
        kind=Kind.SELECT_MULTIPLE,
        label=label,
        list_name="yesno",
        relevant=f"${{{first}}} > 0",
    )


if __name__ == "__main__":
    main()
