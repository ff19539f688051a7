"""Autosave of a cell: 100 questions and five tables of 12 rows and 20 columns, all filled in.

Measured are the service alone, the request with the fragments that change, and 16 clients, two on
each of eight responses, who make one edit a second each, as people do and, as the worst case, all at
the same moment; then sending and signing. The service and
the request are measured once more where a round went before: every second row is blank with a
proposal in each cell, and each edit leaves the band of usual changes.

Run: .venv/bin/python benchmarks/autosave.py
"""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

from measure import measured, prepare_django, repeated, report

prepare_django()

from asked import (  # noqa: E402  (after Django is set up)
    AT,
    assign,
    coordinator,
    open_round,
    province,
)
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from pages import questions_page, table_page  # noqa: E402

from surveys.campaigns.enums import RoundStatus  # noqa: E402
from surveys.engine import (  # noqa: E402
    Carry,
    Cell,
    Choice,
    ChoiceList,
    Definition,
)
from surveys.models import (  # noqa: E402
    Agency,
    AnswerChange,
    Response,
    Round,
)
from surveys.rendering import Seen, sign  # noqa: E402
from surveys.responses import services  # noqa: E402
from surveys.responses.queries import state_of  # noqa: E402
from surveys.responses.services import CellEdit, SaveOutcome, SaveStatus  # noqa: E402

BAR = "15 ms"
SECTIONS, QUESTIONS = 10, 10
TABLES, ROWS, COLUMNS = 5, 12, 20
FILLED_IN = "3"
TIMES = 100
CLIENTS, SECONDS = 16, 10
PATHS = ("q_0_0", "t_0/r0/c_0_0")
AFTER = " after a round"
BAND = "±20%"


def main() -> None:
    """Fill responses in, then measure each kind of work and check what is stored."""
    round_ = open_round(definition(is_carried=False))
    responses = [filled_response(round_, number) for number in range(CLIENTS // 2)]
    for path in PATHS:
        measure_service(responses[0], path)
        measure_request(Typist(responses[0], path, prefix="request"))
    continued = half_known_response(open_round(definition(is_carried=True)))
    for path in PATHS:
        measure_service(continued, path, AFTER)
        measure_request(Typist(continued, path, prefix="known"), AFTER)
        check_known(continued, path)
    measure_clients(responses, "one edit a second", apart=1 / CLIENTS)
    measure_clients(responses, "all at the same moment", apart=0.0)
    measure_signing(responses[-1])
    report()


def check_known(response: Response, path: str) -> None:
    """Stop unless the round before proposes and warns as it must."""
    state = state_of(Response.objects.get(pk=response.pk), at=AT)
    proposed = len(state.proposals())
    if proposed != TABLES * ROWS // 2 * COLUMNS:
        sys.exit(f"{path}: {proposed} proposals")
    if ("change_outside_band", path) not in {(f.code, f.path) for f in state.findings()}:
        sys.exit(f"{path}: not warned of")


def measure_service(response: Response, path: str, case: str = "") -> None:
    """The service alone."""
    values = count(10)
    seen = Cell(value=FILLED_IN)

    def save() -> SaveOutcome:
        nonlocal seen
        value = str(next(values))
        outcome = services.save_cells(
            response,
            edit_id=f"service-{path}-{value}",
            edits=[CellEdit(path, value, seen)],
            actor=None,
            at=AT,
        )
        seen = outcome.state.cell(path)
        return outcome

    outcome, m = repeated(f"service{case}: {path}", save, times=TIMES, bar=BAR)
    m.check(outcome.status is SaveStatus.SAVED, f"saved, {len(outcome.changed)} places changed")
    m.check(stored(response, path) == seen.value, "the last value is stored")


@dataclass(slots=True)
class Typist:
    """A person at a browser who types into one cell."""

    response: Response
    path: str
    prefix: str
    client: Client = field(default_factory=Client)
    number: int = 1000
    seen: str = ""
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client.force_login(coordinator(self.response.assignment.agency))

    def type_next(self) -> int:
        """Post one edit as the page does; how many bytes came back."""
        if not self.seen:
            shown = state_of(Response.objects.get(pk=self.response.pk), at=AT).cell(self.path)
            self.seen = sign(self.path, Seen(shown))
        self.number += 1
        begin = time.perf_counter()
        answer = self.client.post(
            reverse("cell_save", args=[self.response.assignment_id]),
            {
                "edit_id": f"{self.prefix}-{self.path}-{self.number}",
                "path": self.path,
                "value": str(self.number),
                "seen": self.seen,
            },
            headers={"hx-request": "true"},
        )
        self.waits.append(time.perf_counter() - begin)
        if answer.status_code != 200:
            sys.exit(f"{self.path}: answered {answer.status_code}")
        self.seen = answer.headers["X-Seen"]
        return len(answer.content)

    def type_for_a_while(self, later: float) -> None:
        """One edit a second, the first one so many seconds from now."""
        time.sleep(later)
        for _ in range(SECONDS):
            self.type_next()
            time.sleep(max(0.0, 1 - self.waits[-1]))
        connection.close()


def measure_request(typist: Typist, case: str = "") -> None:
    """The request: the service, and the fragments that change with the cell."""
    label = f"request{case}: {typist.path}"
    size, m = repeated(label, typist.type_next, times=TIMES // 4, bar=BAR)
    m.check(stored(typist.response, typist.path) == str(typist.number), f"{size:,} bytes")


def measure_clients(responses: list[Response], label: str, *, apart: float) -> None:
    """16 people for ten seconds, each beginning so long after the one before: how long each waited."""
    typists = [
        Typist(response, f"t_1/r{row}/c_1_{row}", prefix=label)
        for response in responses
        for row in (0, 1)
    ]
    edits = CLIENTS * SECONDS
    before = AnswerChange.objects.count()
    with (
        measured(f"{CLIENTS} clients, {label}", repeats=edits, bar="p95 100 ms") as m,
        ThreadPoolExecutor(CLIENTS) as pool,
    ):
        list(pool.map(Typist.type_for_a_while, typists, [n * apart for n in range(CLIENTS)]))
    m.check(AnswerChange.objects.count() - before == edits, f"all {edits} edits are there")
    waits = [wait for typist in typists for wait in typist.waits]
    p95 = statistics.quantiles(waits, n=20)[-1]
    last = [stored(typist.response, typist.path) == str(typist.number) for typist in typists]
    m.check(all(last), f"no keystroke lost, p95 {p95 * 1000:.0f} ms")


def measure_signing(response: Response) -> None:
    """Sending and signing: all checks twice, two revisions, audit, live."""
    hashes = set()

    def send_and_sign() -> None:
        with transaction.atomic():
            services.send_for_signature(response, actor=None, at=AT)
            hashes.add(services.sign(response, actor=None, at=AT).sha256)
            transaction.set_rollback(True)

    _nothing, m = repeated("send and sign: all checks twice", send_and_sign, times=10)
    m.check(len(hashes) == 1, "the same hash each time")


def stored(response: Response, path: str) -> object:
    """The value as it is in the database."""
    return state_of(Response.objects.get(pk=response.pk), at=AT).cell(path).value


def filled_response(round_: Round, number: int) -> Response:
    """A response with every question and every cell answered."""
    return filled_in(round_, province(f"tinh-{number}"), range(ROWS))


def half_known_response(round_: Round) -> Response:
    """A response with every second row of its tables filled in, after a round that was signed."""
    before = filled_response(round_, CLIENTS)
    services.send_for_signature(before, actor=None, at=AT)
    services.sign(before, actor=None, at=AT)
    following = Round.objects.create(
        campaign=round_.campaign,
        code=f"{round_.code}-sau",
        period="Năm sau",
        reference_date=AT.date(),
        version=round_.version,
        previous=round_,
        status=RoundStatus.OPEN,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        created_at=AT,
    )
    return filled_in(following, before.assignment.agency, range(0, ROWS, 2))


def filled_in(round_: Round, agency: Agency, rows: range) -> Response:
    """The agency's response with every question and those rows of its tables answered."""
    person = coordinator(agency)
    response = services.start(assign(round_, agency), actor=person, at=AT)
    questions = [f"q_{page}_{n}" for page in range(SECTIONS) for n in range(QUESTIONS)]
    cells = [
        f"t_{table}/r{row}/c_{table}_{column}"
        for table in range(TABLES)
        for row in rows
        for column in range(COLUMNS)
    ]
    edits = [CellEdit(path, FILLED_IN) for path in questions + cells]
    services.save_cells(response, edit_id="fill", edits=edits, actor=person, at=AT)
    return response


def definition(*, is_carried: bool) -> Definition:
    """Questions with routing, checks and sums; tables with sums over rows and columns."""
    carry, band = (Carry.STOCK, BAND) if is_carried else (None, "")
    return Definition(
        code="phieu-tiep" if is_carried else "phieu",
        title={"vi": "Phiếu"},
        children=(
            *[questions_page(page, QUESTIONS, carry=carry, band=band) for page in range(SECTIONS)],
            *[table_page(number, COLUMNS, carry=carry, band=band) for number in range(TABLES)],
        ),
        lists={
            "rows": ChoiceList(
                name="rows",
                choices=tuple(Choice(name=f"r{n}", label={"vi": f"Dòng {n}"}) for n in range(ROWS)),
            )
        },
    )


if __name__ == "__main__":
    main()
