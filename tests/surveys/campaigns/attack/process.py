"""A process that runs the schedule twice at a time and kills both runs, again and again.

    python -m tests.surveys.campaigns.attack.process PORT TIMES LONGEST SEED AT…

At each AT, so many times, two forks do what is due (a little later every time, so that leases run
out), and each is killed at a random moment of its own within LONGEST seconds; then one comes to its end. Finally it prints,
as JSON, how many were killed and the Message-IDs that were in hand at a kill. The database is that of
``DATABASE_URL``.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta
from io import StringIO
from typing import Final

import django
from django.conf import settings

COMMANDS: Final = ("open_due_rounds", "close_due_rounds", "send_due_reminders", "send_mail_due")
LATER: Final = timedelta(seconds=20)
LEASES_OVER: Final = timedelta(minutes=10)


def run_schedule(at: datetime, first: int = 0) -> None:
    """What the schedule and the worker do, once each, beginning with one of the commands."""
    from django.core.management import call_command  # noqa: PLC0415  (after the set-up)

    from surveys.background.runner import run_pending  # noqa: PLC0415

    for name in COMMANDS[first:] + COMMANDS[:first]:
        call_command(name, "--at", at.isoformat(), "--json", stdout=StringIO(), stderr=StringIO())
        run_pending(clock=lambda: at)


def killed_runs(times: int, longest: float, seed: str, at: datetime) -> set[str]:
    """The Message-IDs that were in hand when both runs of a time were dead."""
    chance = random.Random(f"{seed} {at}")  # noqa: S311  (any moment will do)
    in_hand: set[str] = set()
    for number in range(times):
        moments = sorted(chance.uniform(0, longest) for _run in range(2))
        firsts = [chance.randrange(len(COMMANDS)) for _run in range(2)]
        children = [_fork(at + number * LATER, first) for first in firsts]
        begun = time.monotonic()
        for child, moment in zip(children, moments, strict=True):
            time.sleep(max(begun + moment - time.monotonic(), 0))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        in_hand |= _in_hand()
    return in_hand


def main(port: str, times: str, longest: str, seed: str, *moments: str) -> None:
    """Set Django up to send to a port of loopback, and attack."""
    django.setup()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
    _import_everything()
    in_hand: set[str] = set()
    for at in map(datetime.fromisoformat, moments):
        in_hand |= killed_runs(int(times), float(longest), seed, at)
        _to_its_end(at + int(times) * LATER + LEASES_OVER)
    killed = 2 * int(times) * len(moments)
    print(json.dumps({"killed": killed, "in_hand": sorted(in_hand)}))  # noqa: T201  (its answer)


def _import_everything() -> None:
    """So that runs are killed at their work, not while they load the program."""
    from django.core.management import load_command_class  # noqa: PLC0415  (after the set-up)
    from django.urls import get_resolver  # noqa: PLC0415
    from django.utils.module_loading import import_string  # noqa: PLC0415

    from config.jobs import JOBS  # noqa: PLC0415

    for name in COMMANDS:
        load_command_class("surveys", name)
    for task in {task for tasks in JOBS.values() for task in tasks}:
        import_string(task)
    assert get_resolver().url_patterns, "the addresses in mails"


def _to_its_end(at: datetime) -> None:
    child = os.fork()
    if child == 0:
        run_schedule(at)
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    assert status == 0, "the last run must come to its end"


def _fork(at: datetime, first: int) -> int:
    child = os.fork()
    if child == 0:
        # One that would have been done before its moment goes on: a second run is harmless.
        while True:
            run_schedule(at, first)
    return child


def _in_hand() -> set[str]:
    from django.db import connections  # noqa: PLC0415  (after the set-up)

    from surveys.mailing.enums import MailStatus  # noqa: PLC0415
    from surveys.mailing.models import OutgoingMail  # noqa: PLC0415

    sending = OutgoingMail.objects.filter(status=MailStatus.SENDING)
    found = set(sending.values_list("message_id", flat=True))
    # No connection crosses a fork, and no pool of them: PostgreSQL's would be shared with the killed.
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        getattr(connection, "close_pool", lambda: None)()
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
