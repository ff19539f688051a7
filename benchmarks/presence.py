"""16 people at one response who go to another cell every second: what it costs the server.

uvicorn runs in a process of its own. Each person has the socket of moves and sends a heartbeat every
15 seconds, as a page does. Measured are the server's processor time, how long after a move the others
are told of it, and the rows that were written.

Run: .venv/bin/python benchmarks/presence.py
"""

import asyncio
import json
import os
import sys
import time
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from subprocess import Popen
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from live_watchers import free_port, session_of, wait_for
from overview import seed  # sets Django up first
from websockets.asyncio.client import ClientConnection, connect

from surveys.definitions import dump
from surveys.engine import Definition, Group, Kind, Question
from surveys.models import Assignment, Membership, QuestionnaireVersion, ResponseVisit, Round, User
from surveys.organisations.enums import MembershipRole
from surveys.questionnaires.queries import form_of
from surveys.responses import services

PEOPLE = 16
SECONDS = 30
PATIENCE_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Seed, start the server, let people move, report."""
    now = timezone.now()
    due = now + timedelta(days=10)
    round_ = seed()
    QuestionnaireVersion.objects.filter(pk=round_.version_id).update(definition=form_of_questions())
    Round.objects.filter(pk=round_.pk).update(closes_at=due)
    Assignment.objects.filter(round=round_).update(due_at=due)
    assignment = Assignment.objects.filter(round=round_, status="not_started").earliest("pk")
    response = services.start(assignment, actor=None, at=now)
    people = members(assignment)
    port = free_port()
    server = Popen(
        [
            *(sys.executable, "-m", "uvicorn", "config.asgi:application"),
            *("--port", str(port), "--lifespan", "off", "--log-level", "warning"),
        ],
        cwd=Path(__file__).resolve().parent.parent,
    )
    try:
        wait_for(port)
        delays, cpu = asyncio.run(move(response.pk, places(assignment), people, port, server.pid))
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)
    cuts = quantiles(delays, n=100)
    print(
        f"{PEOPLE} people, a move a second each for {SECONDS} s: processor {cpu / SECONDS:.1%} of a "
        f"core, told after median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms "
        f"({len(delays)} times); rows written by moves: {ResponseVisit.objects.count()}"
    )
    print(f"a heartbeat: {beat_milliseconds(assignment, people):.1f} ms, 1 row a person")


def form_of_questions() -> dict[str, Any]:
    """A section of as many questions as people."""
    asked = tuple(
        Question(name=f"cau_{n}", kind=Kind.INTEGER, label={"vi": f"Câu {n}"})
        for n in range(PEOPLE)
    )
    part = Group(name="phan", label={"vi": "Phần"}, children=asked)
    return dump(Definition(code="phieu", title={"vi": "Phiếu"}, children=(part,)))


def members(assignment: Assignment) -> list[User]:
    """As many contributors of the agency."""
    people = [
        User(email=f"nguoi-nhap-{n}@example.gov.vn", full_name=f"Người nhập {n}", password="!")
        for n in range(PEOPLE)
    ]
    made = User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(user=user, agency=assignment.agency, role=MembershipRole.CONTRIBUTOR)
        for user in made
    )
    return made


def places(assignment: Assignment) -> list[dict[str, str]]:
    """Questions of the form, as frames name them."""
    form = form_of(assignment.version)
    return [
        {"section": part.section, "path": name}
        for name, part in form.parts.items()
        if part.is_asked and not part.owner
    ]


async def move(
    response: int, frames: list[dict[str, str]], people: list[User], port: int, server: int
) -> tuple[list[float], float]:
    """Seconds from a move to each of the others, and the server's processor seconds."""
    moved: dict[tuple[int, str], float] = {}
    delays: list[float] = []

    async def listen(line: ClientConnection) -> None:
        async for frame in line:
            told: dict[str, Any] = json.loads(frame)
            for person in told["people"]:
                key = (person["id"], person.get("path", ""))
                if key in moved:
                    delays.append(time.monotonic() - moved[key])

    async def go(line: ClientConnection, person: User, offset: int) -> None:
        places_ = cycle(frames[offset % len(frames) :] + frames[: offset % len(frames)])
        await asyncio.sleep(offset / PEOPLE)
        for _ in range(SECONDS):
            frame = next(places_)
            moved[person.pk, frame["path"]] = time.monotonic()
            await line.send(json.dumps(frame))
            await asyncio.sleep(1)

    keys = await asyncio.to_thread(lambda: [session_of(each) for each in people])
    lines = [
        await connect(
            f"ws://127.0.0.1:{port}/ws/presence/?response={response}&tab=t{number}",
            origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]  # a NewType of str
            additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"},
            open_timeout=PATIENCE_SECONDS,
            compression=None,
        )
        for number, key in enumerate(keys)
    ]
    listening = [asyncio.create_task(listen(line)) for line in lines]
    before = processor_seconds(server)
    pairs = zip(lines, people, strict=True)
    await asyncio.gather(*(go(line, person, n) for n, (line, person) in enumerate(pairs)))
    spent = processor_seconds(server) - before
    for task in listening:
        task.cancel()
    return delays, spent


def beat_milliseconds(assignment: Assignment, people: list[User]) -> float:
    """Milliseconds of a heartbeat while all are here, in this process, the quickest half's mean."""
    address = reverse("response_here", args=[assignment.pk])
    times = []
    for person in people:
        client = Client()
        client.force_login(person)
        for _ in range(5):
            begun = time.perf_counter()
            answer = client.post(address, {"tab": "t1", "section": "", "path": ""})
            times.append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.status_code
    half = sorted(times)[: len(times) // 2]
    return 1000 * sum(half) / len(half)


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
