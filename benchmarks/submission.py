"""A full submission: a hundred answers that arrive together are read, checked, stored and frozen.

Measured are sending alone (every check of the questionnaire, the audit, the revision with its hash),
the services together (start, save with the history, send), the two requests of a program that does
the same through ``/api/v1/``, and, in the same run, a bare Django view that reads the document and
saves it.

Run: .venv/bin/python benchmarks/submission.py
"""

import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from measure import MEASUREMENTS, prepare_django, repeated, report

prepare_django()

from asked import AT, assign, coordinator, open_round, province  # noqa: E402  (after Django is set up)
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402, TID251  (a view to compare with)
from django.test import Client, override_settings  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402
from pages import questions_page  # noqa: E402

from surveys.audit.enums import Event  # noqa: E402
from surveys.engine import Definition  # noqa: E402
from surveys.machines.enums import Scope  # noqa: E402
from surveys.machines.services import TokenWish, make_token  # noqa: E402
from surveys.models import Assignment, AuditEvent, Response, Round  # noqa: E402
from surveys.responses import services  # noqa: E402
from surveys.responses.services import CellEdit  # noqa: E402
from surveys.responses.services.freezing import is_intact  # noqa: E402

SECTIONS, QUESTIONS = 10, 10
ANSWERS = {f"q_{page}_{n}": "3" for page in range(SECTIONS) for n in range(QUESTIONS)}
TIMES = 60
BAR = "6 ms, 3 x bare"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
"""What ``startproject`` writes."""
SCOPES = (Scope.RESPONSE_READ, Scope.RESPONSE_WRITE, Scope.RESPONSE_SEND)


class BareDocument(models.Model):
    """What the bare view saves."""

    document = models.JSONField()
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager["BareDocument"]] = models.Manager()

    class Meta:
        app_label = "benchmark"


def main() -> None:
    """Measure the view, the services and the requests, each with agencies of its own."""
    with connection.schema_editor() as editor:
        editor.create_model(BareDocument)
    measure_bare_view()
    round_ = open_round(questionnaire())
    measure_services(round_)
    measure_requests(round_)
    report()
    bare, *others = MEASUREMENTS
    for each in others:
        print(f"{each.label}: {each.cpu / bare.cpu:.1f} x the CPU of the bare view")


def measure_bare_view() -> None:
    """The least that a Django site can do with the same document, with the middleware of a new one."""
    body = json.dumps(ANSWERS)
    site = (path("", bare_view),)
    with override_settings(ROOT_URLCONF=site, MIDDLEWARE=MIDDLEWARE):
        client = Client()
        answer, m = repeated(
            "bare view that saves the document",
            lambda: client.post("/", body, content_type="application/json"),
            times=TIMES,
        )
    kept = BareDocument.objects.filter(document=ANSWERS).count()
    m.check((answer.status_code, kept) == (201, TIMES + 1), f"{kept} documents are stored")


@transaction.atomic
def bare_view(request: HttpRequest) -> HttpResponse:
    """Save what came."""
    BareDocument.objects.create(document=json.loads(request.body), saved_at=timezone.now())
    return HttpResponse(status=201)


def measure_services(round_: Round) -> None:
    """Sending what is filled in; then the whole: start, save all answers, send."""
    filled = iter([answered(assign(round_, province(f"day-{n}"))) for n in range(TIMES + 1)])
    blank = iter([assign(round_, province(f"tinh-{n}")) for n in range(TIMES + 1)])

    def send(response: Response) -> Assignment:
        services.send_for_signature(response, actor=coordinator(response.assignment.agency), at=AT)
        return response.assignment

    for label, submit in (
        ("sending: checks, revision, audit", lambda: send(next(filled))),
        ("services: start, save, send", lambda: send(answered(next(blank)))),
    ):
        last, m = repeated(label, submit, times=TIMES, bar=BAR)
        m.check(*kept_whole(last))


def answered(assignment: Assignment) -> Response:
    """The assignment's response with a hundred answers."""
    person = coordinator(assignment.agency)
    edits = [CellEdit(path, value) for path, value in ANSWERS.items()]
    response = services.start(assignment, actor=person, at=AT)
    services.save_cells(response, edit_id="all", edits=edits, actor=person, at=AT)
    return response


@dataclass(frozen=True, slots=True)
class Program:
    """What an agency's program has: the assignment, and a token for it."""

    assignment: Assignment
    secret: str

    def request(self, method: str, address: str, body: str) -> None:
        """Stop unless the request succeeds."""
        answer = getattr(Client(), method)(
            f"/api/v1/assignments/{self.assignment.pk}/{address}/",
            body,
            content_type="application/json",
            headers={
                "authorization": f"Bearer {self.secret}",
                "idempotency-key": f"{method}-{self.assignment.pk:08}",
            },
        )
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}: {answer.content.decode()}")


def measure_requests(round_: Round) -> None:
    """The same by a program: one request that writes, one that sends."""
    programs = iter([program(round_, f"so-{n}") for n in range(TIMES + 1)])
    edits = [{"path": path, "value": int(value)} for path, value in ANSWERS.items()]
    body = json.dumps({"edits": edits})

    def submit() -> Assignment:
        each = next(programs)
        each.request("patch", "response", body)
        each.request("post", "sending", "{}")
        return each.assignment

    last, m = repeated("API: one request writes, one sends", submit, times=TIMES, bar=BAR)
    m.check(*kept_whole(last))


def program(round_: Round, key: str) -> Program:
    """The program of an agency that is asked."""
    assignment = assign(round_, province(key))
    wish = TokenWish(name="máy", scopes=SCOPES, expires_at=AT + timedelta(days=30))
    _token, secret = make_token(wish, actor=coordinator(assignment.agency), at=AT)
    return Program(assignment, secret)


def kept_whole(assignment: Assignment) -> tuple[bool, str]:
    """Whether all of the submission is there: answers, history, audit, an intact revision."""
    response = Response.objects.get(assignment=assignment)
    revision = response.revisions.get()
    frozen = json.loads(revision.canonical)["answers"]
    found = (
        {name: str(frozen[name]) for name in ANSWERS},
        len(response.changes.get().changes),
        AuditEvent.objects.of(response).filter(kind=Event.RESPONSE_SENT).count(),
        is_intact(revision),
    )
    return found == (ANSWERS, len(ANSWERS), 1, True), f"{len(ANSWERS)} answers, revision, audit"


def questionnaire() -> Definition:
    """A hundred questions with routing and checks, and ten sums."""
    return Definition(
        code="phieu",
        title={"vi": "Phiếu"},
        children=tuple(questions_page(page, QUESTIONS) for page in range(SECTIONS)),
    )


if __name__ == "__main__":
    main()
