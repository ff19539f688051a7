"""500 browsers that watch one round: how long after a change of state each of them is told.

Three processes: uvicorn, the watchers, and this one, which changes assignments by the service that an
answer's save calls. A delay runs from before the service is called until the frame is read; clocks
are one machine's. Then the same through Redis, if redis-server is installed.

Run: .venv/bin/python benchmarks/live_watchers.py
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from overview import seed  # sets Django up first
from websockets.asyncio.client import ClientConnection, connect

from surveys.campaigns import services
from surveys.models import Agency, Assignment, DepartmentRole, Round, User
from surveys.organisations.enums import DepartmentRoleName

WATCHERS = 500
BAR_SECONDS = 0.3
PATIENCE_SECONDS = 60
SETTLING_SECONDS = 8
AT_ONCE = 25
READY = "ready\n"
RUNS = (("one change a second", 10, 1.0), ("a change after 7 quiet seconds", 4, 7.0))


def main() -> None:
    """Seed, start the server and the watchers, change assignments, report the delays."""
    round_ = seed()
    sessions = [session_of(person) for person in followers(round_)]
    port = free_port()
    layer = "Redis" if os.environ.get("REDIS_URL") else "in memory"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "config.asgi:application"),
            *("--port", str(port), "--lifespan", "off", "--log-level", "warning"),
        ],
        cwd=Path(__file__).resolve().parent.parent,
    )
    try:
        wait_for(port)
        for label, changes, pause in RUNS:
            delays = measure(round_, sessions, port, changes=changes, pause=pause)
            report(f"{layer}, {label}", delays, changes)
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def followers(round_: Round) -> list[User]:
    """As many people with a role within the round's owner."""
    owner = Agency.objects.get(pk=round_.campaign.owner_id)
    people = [
        User(email=f"theo-doi-{n}@example.gov.vn", full_name=f"Theo dõi {n}", password="!")
        for n in range(WATCHERS)
    ]
    made = User.objects.bulk_create(people)
    DepartmentRole.objects.bulk_create(
        DepartmentRole(user=user, owner=owner, role=DepartmentRoleName.VERIFIER) for user in made
    )
    return made


def session_of(person: User) -> str:
    """The key of a session in which the person is signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    assert store.session_key is not None
    return store.session_key


def measure(
    round_: Round, sessions: list[str], port: int, *, changes: int, pause: float
) -> list[float]:
    """Seconds from each change to each watcher that was told of it."""
    watching = subprocess.Popen(
        [sys.executable, __file__, "watch", str(port), services.topic(round_.pk)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdin is not None
    assert watching.stdout is not None
    watching.stdin.write(json.dumps(sessions) + "\n")
    watching.stdin.flush()
    while (line := watching.stdout.readline()) != READY:
        assert line, "the watchers ended before all were connected"
    time.sleep(pause)
    begun: dict[str, float] = {}
    for assignment in Assignment.objects.filter(round=round_).order_by("pk")[:changes]:
        begun[f"{assignment.pk}/progress"] = time.time()
        services.record_progress(assignment, answered=1, total=25, at=timezone.now())
        time.sleep(pause)
    time.sleep(SETTLING_SECONDS)
    said, _nothing = watching.communicate("end\n", timeout=PATIENCE_SECONDS)
    heard: dict[str, list[float]] = json.loads(said)
    return [
        moment - begun[path]
        for path, moments in heard.items()
        if path in begun
        for moment in moments
    ]


def report(label: str, delays: list[float], changes: int) -> None:
    """Print median, p95 and maximum; stop if a watcher missed a change."""
    expected = changes * WATCHERS
    if len(delays) != expected:
        sys.exit(f"{label}: {len(delays)} of {expected} updates arrived")
    middle, high = quantiles(delays, n=100)[49], quantiles(delays, n=100)[94]
    verdict = "within" if high <= BAR_SECONDS else "ABOVE"
    print(
        f"{label}: {WATCHERS} watchers, {changes} changes: median {middle * 1000:.0f} ms, "
        f"p95 {high * 1000:.0f} ms ({verdict} {BAR_SECONDS * 1000:.0f} ms), "
        f"max {max(delays) * 1000:.0f} ms",
        flush=True,
    )


async def watch(port: int, topic: str) -> None:
    """Connect one socket for each session that stdin names; note when which change was heard."""
    loop = asyncio.get_running_loop()
    sessions: list[str] = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    heard: dict[str, list[float]] = defaultdict(list)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(session: str) -> ClientConnection:
        async with gate:
            return await connect(
                f"ws://127.0.0.1:{port}/ws/live/?topic={topic}",
                origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]  # a NewType of str
                additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"},
                open_timeout=PATIENCE_SECONDS,
                compression=None,
            )

    async def listen(socket_: ClientConnection) -> None:
        async for frame in socket_:
            moment = time.time()
            message: dict[str, Any] = json.loads(frame)
            for path in message["paths"]:
                heard[path].append(moment)

    sockets = await asyncio.gather(*(one(session) for session in sessions))
    listening = [asyncio.create_task(listen(each)) for each in sockets]
    print(READY, end="", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    for task in listening:
        task.cancel()
    print(json.dumps(heard), flush=True)
    await asyncio.gather(*listening, return_exceptions=True)


def through_redis() -> None:
    """The same once more, with a Redis of our own between the processes."""
    server = shutil.which("redis-server")
    if server is None:
        print("Redis: not measured, redis-server is not installed")
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as directory:
        redis = subprocess.Popen(
            [server, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", directory],
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            environment = {**os.environ, "REDIS_URL": f"redis://127.0.0.1:{port}/0"}
            environment.pop("VAR_DIR")
            subprocess.run([sys.executable, __file__], env=environment, check=True)
        finally:
            redis.terminate()
            redis.wait(PATIENCE_SECONDS)


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until something answers at the port."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing answers at port {port}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["watch"]:
        asyncio.run(watch(int(sys.argv[2]), sys.argv[3]))
    else:
        main()
        if not os.environ.get("REDIS_URL"):
            through_redis()
