"""The pages of filling in: a section of 12 questions, a table of 12 x 20, the task list, checking.

100 questions and five tables in all, half of them answered; server time of whole requests, the
bytes of the page and of the page as brotli sends it. Then the same in the round after: what is blank
has a proposal, and each figure has left the band of usual changes.

Run: .venv/bin/python benchmarks/section_page.py
"""

import brotli  # type: ignore[import-untyped]  # it has no types
from measure import prepare_django, repeated, report

prepare_django()

from collections.abc import Mapping  # noqa: E402  (after Django is set up)

from asked import AT, assign, coordinator, open_round, province  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from surveys.campaigns.enums import RoundStatus  # noqa: E402
from surveys.definitions import dump  # noqa: E402
from surveys.engine import (  # noqa: E402
    Carry,
    Choice,
    ChoiceList,
    Definition,
    Element,
    Group,
    Kind,
    MissingCode,
    Question,
    Table,
    Totals,
)
from surveys.models import (  # noqa: E402
    Response,
    Round,
    User,
)
from surveys.questionnaires.enums import VersionStatus  # noqa: E402
from surveys.responses import services  # noqa: E402
from surveys.responses.services import CellEdit  # noqa: E402

BAR = "60 ms"
SECTIONS, QUESTIONS = 8, 12
TABLES, ROWS, COLUMNS = 5, 12, 20
KINDS = (Kind.INTEGER, Kind.TEXT, Kind.SELECT_ONE, Kind.DATE, Kind.SELECT_MULTIPLE, Kind.DECIMAL)
ANSWERS: tuple[str | list[str], ...] = ("3", "Lời", "o1", "1/2/2026", ["o1"], "3")
"""An answer of each kind."""
BAND = "±20%"


def main() -> None:
    """Measure each page, and check that what it must show stands in it."""
    response = half_answered()
    client = Client()
    client.force_login(User.objects.get())
    measure_pages(client, response.assignment_id, "", ("c-q_0_11", "grid"))
    following = continued(response)
    marks = ("is-proposed", "cell--carry")
    measure_pages(client, following.assignment_id, " after a round", marks)
    report()


def measure_pages(client: Client, pk: int, case: str, wanted: tuple[str, str]) -> None:
    """Every page of one assignment; ``wanted`` must stand in that of questions and of a table."""
    in_questions, in_table = wanted
    measure(client, f"12 questions{case}", reverse("section", args=[pk, "s0"]), in_questions)
    measure(client, f"table of 12 x 20{case}", reverse("section", args=[pk, "t0"]), in_table)
    measure(client, f"task list{case}", reverse("assignment_detail", args=[pk]), "sections/s7/")
    measure(client, f"checking all answers{case}", reverse("check_answers", args=[pk]), "s-s7")


def measure(client: Client, label: str, url: str, wanted: str) -> None:
    """One page, asked for again and again."""
    page, m = repeated(label, lambda: client.get(url).content, times=20, bar=BAR)
    m.check(wanted.encode() in page, f"{len(page):,} bytes, brotli {len(brotli.compress(page)):,}")


def half_answered() -> Response:
    """A draft in which every second question and cell is answered."""
    response = started(definition())
    fill(response, "fill", dict.fromkeys(half(), "3"))
    return response


def half() -> list[str]:
    """The first number of every six questions, and every second row of the tables."""
    questions = [f"q_{page}_{n}" for page in range(SECTIONS) for n in range(0, QUESTIONS, 6)]
    cells = [
        f"t_{table}/r{row}/c_{table}_{column}"
        for table in range(TABLES)
        for row in range(0, ROWS, 2)
        for column in range(COLUMNS)
    ]
    return questions + cells


def fill(response: Response, edit_id: str, values: Mapping[str, str | list[str]]) -> None:
    """Save the answers."""
    edits = [CellEdit(path, value) for path, value in values.items()]
    person = User.objects.get()
    services.save_cells(response, edit_id=edit_id, edits=edits, actor=person, at=AT)


def continued(response: Response) -> Response:
    """The half answered draft of the next round, after the whole of this one was signed."""
    rest = {
        f"q_{page}_{n}": ANSWERS[n % len(KINDS)]
        for page in range(SECTIONS)
        for n in range(QUESTIONS)
        if n % 6
    }
    cells = {
        f"t_{table}/r{row}/c_{table}_{column}": "3"
        for table in range(TABLES)
        for row in range(1, ROWS, 2)
        for column in range(COLUMNS)
    }
    fill(response, "rest", {**rest, **cells})
    services.send_for_signature(response, actor=None, at=AT)
    services.sign(response, actor=None, at=AT)
    before = Round.objects.get()
    version = response.version.questionnaire.versions.create(
        number=2,
        status=VersionStatus.PUBLISHED,
        title="Đo",
        definition=dump(definition(Carry.STOCK, BAND)),
        created_at=AT,
        published_at=AT,
    )
    following = Round.objects.create(
        campaign=before.campaign,
        code="ky-sau",
        period="2027",
        reference_date=AT.date(),
        version=version,
        previous=before,
        status=RoundStatus.OPEN,
        opens_at=before.opens_at,
        closes_at=before.closes_at,
        created_at=AT,
    )
    assignment = assign(following, response.assignment.agency)
    draft = services.start(assignment, actor=User.objects.get(), at=AT)
    fill(draft, "fill", dict.fromkeys(half(), "30"))
    return draft


def started(design: Definition) -> Response:
    """An empty draft of a questionnaire, and the one person who may fill it in."""
    asked = province("tinh")
    return services.start(assign(open_round(design), asked), actor=coordinator(asked), at=AT)


def definition(carry: Carry | None = None, band: str = "") -> Definition:
    """Sections of 12 questions of six kinds, and tables on pages of their own."""
    questions = tuple(
        Group(
            name=f"s{page}",
            label={"vi": f"Phần {page}"},
            children=tuple(question(page, n, carry, band) for n in range(QUESTIONS)),
        )
        for page in range(SECTIONS)
    )
    tables = tuple(
        Group(
            name=f"t{number}",
            label={"vi": f"Bảng {number}"},
            children=(table(number, carry, band),),
        )
        for number in range(TABLES)
    )
    rows = tuple(Choice(name=f"r{row}", label={"vi": f"Hàng {row}"}) for row in range(ROWS))
    some = tuple(Choice(name=f"o{n}", label={"vi": f"Lựa chọn {n}"}) for n in range(5))
    return Definition(
        code="do",
        title={"vi": "Đo"},
        children=questions + tables,
        lists={"rows": ChoiceList("rows", rows), "some": ChoiceList("some", some)},
    )


def question(page: int, number: int, carry: Carry | None, band: str) -> Element:
    """One question with a hint, guidance and, if it is a number, missing codes."""
    kind = KINDS[number % len(KINDS)]
    return Question(
        name=f"q_{page}_{number}",
        kind=kind,
        number=f"A{number}",
        label={"vi": f"Câu hỏi số {number} của phần {page}, dài như trong phiếu giấy thường gặp"},
        hint={"vi": "Số liệu đến ngày chốt."},
        guidance={"vi": "Tính cả đơn vị kiêm nhiệm, không tính hợp đồng lao động."},
        list_name="some" if kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE} else "",
        missing=tuple(MissingCode) if kind is Kind.INTEGER else (),
        required="yes",
        carry=carry,
        band=band if kind in {Kind.INTEGER, Kind.DECIMAL} else "",
    )


def table(number: int, carry: Carry | None, band: str) -> Table:
    """A table of numbers with all its totals."""
    return Table(
        name=f"t_{number}",
        label={"vi": f"Bảng {number}"},
        row_list="rows",
        totals=Totals.BOTH,
        columns=tuple(
            Question(
                name=f"c_{number}_{n}",
                kind=Kind.INTEGER,
                label={"vi": f"Cột {n}"},
                carry=carry,
                band=band,
            )
            for n in range(COLUMNS)
        ),
    )


if __name__ == "__main__":
    main()
