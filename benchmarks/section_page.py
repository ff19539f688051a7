"""The pages of filling in: a section of 12 questions, a table of 12 x 20, the task list, checking.

100 questions and five tables in all, half of them answered; server time of whole requests, the
bytes of the page and of the page as brotli sends it.

Run: .venv/bin/python benchmarks/section_page.py
"""

import brotli  # type: ignore[import-untyped]  # it has no types
from measure import prepare_django, repeated, report

prepare_django()

from datetime import timedelta  # noqa: E402  (after Django is set up)

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from surveys.campaigns.enums import RoundStatus  # noqa: E402
from surveys.definitions import dump  # noqa: E402
from surveys.engine import (  # noqa: E402
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
    Agency,
    Assignment,
    Campaign,
    Membership,
    Questionnaire,
    Response,
    Round,
    User,
)
from surveys.organisations.enums import AgencyType, MembershipRole  # noqa: E402
from surveys.questionnaires.enums import VersionStatus  # noqa: E402
from surveys.responses import services  # noqa: E402
from surveys.responses.services import CellEdit  # noqa: E402

AT = timezone.now()
BAR = "60 ms"
SECTIONS, QUESTIONS = 8, 12
TABLES, ROWS, COLUMNS = 5, 12, 20
KINDS = (Kind.INTEGER, Kind.TEXT, Kind.SELECT_ONE, Kind.DATE, Kind.SELECT_MULTIPLE, Kind.DECIMAL)


def main() -> None:
    """Measure each page, and check that what it must show stands in it."""
    response = half_answered()
    client = Client()
    client.force_login(User.objects.get())
    pk = response.assignment_id
    measure(client, "section of 12 questions", reverse("section", args=[pk, "s0"]), "c-q_0_11")
    measure(client, "section with a table of 12 x 20", reverse("section", args=[pk, "t0"]), "grid")
    measure(client, "task list", reverse("assignment_detail", args=[pk]), "sections/s7/")
    measure(client, "checking all answers", reverse("check_answers", args=[pk]), "s-s7")
    report()


def measure(client: Client, label: str, url: str, wanted: str) -> None:
    """One page, asked for again and again."""
    page, m = repeated(label, lambda: client.get(url).content, times=20, bar=BAR)
    m.check(wanted.encode() in page, f"{len(page):,} bytes, brotli {len(brotli.compress(page)):,}")


def half_answered() -> Response:
    """A draft in which every second question and cell is answered."""
    response = started(definition())
    questions = [f"q_{page}_{n}" for page in range(SECTIONS) for n in range(0, QUESTIONS, 6)]
    cells = [
        f"t_{table}/r{row}/c_{table}_{column}"
        for table in range(TABLES)
        for row in range(0, ROWS, 2)
        for column in range(COLUMNS)
    ]
    edits = [CellEdit(path, "3") for path in questions + cells]
    person = User.objects.get()
    services.save_cells(response, edit_id="fill", edits=edits, actor=person, at=AT)
    return response


def started(design: Definition) -> Response:
    """An empty draft of a questionnaire, and the one person who may fill it in."""
    owner = agency("cuc", AgencyType.DEPARTMENT)
    questionnaire = Questionnaire.objects.create(code="phieu", owner=owner, created_at=AT)
    version = questionnaire.versions.create(
        number=1,
        status=VersionStatus.PUBLISHED,
        title="Đo",
        definition=dump(design),
        created_at=AT,
        published_at=AT,
    )
    campaign = Campaign.objects.create(
        code="dot",
        owner=owner,
        questionnaire=questionnaire,
        title="Đo",
        basis_number="-",
        created_at=AT,
    )
    round_ = Round.objects.create(
        campaign=campaign,
        code="ky",
        period="2026",
        reference_date=AT.date(),
        version=version,
        status=RoundStatus.OPEN,
        opens_at=AT - timedelta(days=1),
        closes_at=AT + timedelta(days=30),
        created_at=AT,
    )
    province = agency("tinh", AgencyType.PROVINCE)
    person = User.objects.create_user("can-bo@example.gov.vn", full_name="Lê An")
    Membership.objects.create(user=person, agency=province, role=MembershipRole.COORDINATOR)
    assignment = Assignment.objects.create(
        round=round_, agency=province, version=version, due_at=round_.closes_at
    )
    return services.start(assignment, actor=person, at=AT)


def agency(key: str, kind: AgencyType) -> Agency:
    """An agency with a path of its own."""
    made = Agency.objects.create(key=key, name=key, type=kind, search_key=key, sort_key=key)
    made.path = f"{made.pk:08}/"
    made.save(update_fields=["path"])
    return made


def definition() -> Definition:
    """Sections of 12 questions of six kinds, and tables on pages of their own."""
    questions = tuple(
        Group(
            name=f"s{page}",
            label={"vi": f"Phần {page}"},
            children=tuple(question(page, n) for n in range(QUESTIONS)),
        )
        for page in range(SECTIONS)
    )
    tables = tuple(
        Group(name=f"t{number}", label={"vi": f"Bảng {number}"}, children=(table(number),))
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


def question(page: int, number: int) -> Element:
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
    )


def table(number: int) -> Table:
    """A table of numbers with all its totals."""
    return Table(
        name=f"t_{number}",
        label={"vi": f"Bảng {number}"},
        row_list="rows",
        totals=Totals.BOTH,
        columns=tuple(
            Question(name=f"c_{number}_{n}", kind=Kind.INTEGER, label={"vi": f"Cột {n}"})
            for n in range(COLUMNS)
        ),
    )


if __name__ == "__main__":
    main()
