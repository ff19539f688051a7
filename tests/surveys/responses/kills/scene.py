"""Kill and start the web process under load, then compare the typists' books with the database."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from typing import Final

from django.db import connection
from django.utils import timezone

from surveys.models import AnswerChange, Response
from surveys.organisations.enums import MembershipRole
from surveys.responses.queries import state_of
from tests.database import database_url
from tests.factories import member
from tests.surveys.responses.factories import draft, open_assignment
from tests.surveys.responses.histories.questionnaire import DEFINITION, QUESTIONS
from tests.surveys.responses.kills.typists import PATIENCE, Typist

DRAFTS: Final = 4
EACH: Final = 3
"""So many people at each draft, every one at numbers of their own."""
NUMBERS: Final = tuple(q.name for q in QUESTIONS if q.kind == "integer")


@dataclass
class Findings:
    """What came of it."""

    kills: int = 0
    acknowledged: int = 0
    repeats: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def attack(*, kills: int, longest: float, application: str, seed: int = 1690) -> Findings:
    """Kill the server so many times, each at a random moment while everybody types."""
    port = _free_port()
    typists = _typists(port)
    chance = random.Random(seed)  # noqa: S311  (any moment will do)
    stop = Event()
    found = Findings()
    with ThreadPoolExecutor(len(typists)) as people:
        server = _start(application, port)
        work = [people.submit(_work, typist, stop) for typist in typists]
        try:
            for _kill in range(kills):
                _wait_for_work(typists, server)
                time.sleep(chance.uniform(0, longest))
                _kill_hard(server)
                found.kills += 1
                server = _start(application, port)
            stop.set()
            for each in work:
                each.result()
        finally:
            stop.set()
            _kill_hard(server)
    _compare(typists, found)
    return found


def _wait_for_work(typists: Sequence[Typist], server: subprocess.Popen[bytes]) -> None:
    """Until somebody was answered: on a busy machine a server would else be dead before it works."""
    before = sum(len(typist.acknowledged) for typist in typists)
    ends = time.monotonic() + PATIENCE
    while sum(len(typist.acknowledged) for typist in typists) == before:
        if time.monotonic() > ends or server.poll() is not None:
            raise RuntimeError("the server does not answer")
        time.sleep(0.01)


def _work(typist: Typist, stop: Event) -> None:
    try:
        typist.type_until(stop)
    finally:
        connection.close()


def _typists(port: int) -> list[Typist]:
    found = []
    due = timezone.now() + timedelta(days=30)
    for _draft in range(DRAFTS):
        assignment = open_assignment(DEFINITION, due_at=due)
        response = draft(assignment)
        for place in range(EACH):
            person = member(assignment.agency, MembershipRole.CONTRIBUTOR)
            found.append(Typist(person, response, NUMBERS[place::EACH], port))
    return found


def _compare(typists: Sequence[Typist], found: Findings) -> None:
    for typist in typists:
        found.acknowledged += len(typist.acknowledged)
        found.repeats += typist.repeats
        found.faults += typist.refused
        written = AnswerChange.objects.filter(response=typist.response)
        times = list(written.values_list("edit_id", flat=True))
        if len(times) != len(set(times)):
            found.faults.append("an edit is in the history twice")
        found.lost += [
            name for name, _path, _value in typist.acknowledged if name not in set(times)
        ]
        state = state_of(Response.objects.get(pk=typist.response.pk), at=timezone.now())
        last = {path: value for _name, path, value in typist.acknowledged}
        found.lost += [
            f"{path} is {state.cell(path).value}, {value} was acknowledged"
            for path, value in last.items()
            if state.cell(path).value != value
        ]


def _start(application: str, port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn"),
            f"tests.surveys.responses.kills.server:{application}",
            *("--port", str(port), "--lifespan", "off", "--log-level", "critical"),
        ],
        env={**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "CRITICAL"},
    )
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    _kill_hard(process)
    raise RuntimeError("the server did not come up")


def _kill_hard(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
