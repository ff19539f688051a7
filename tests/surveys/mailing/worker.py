"""A process of its own that hands mails over, and one that kills such processes again and again.

    python -m tests.surveys.mailing.worker PORT           hands over, at a pace, until it is killed
    python -m tests.surveys.mailing.worker PORT KILLS SEED

The second form forks a worker and kills it at a random moment, so many times. The database is that of
``DATABASE_URL``.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

import django
from django.conf import settings
from django.utils import timezone


def work(begun: Callable[[], object]) -> None:
    """Hand over what is due, for ever; ``begun`` is called after the first mail."""
    from surveys.mailing.services import deliver_due  # noqa: PLC0415  (after the set-up)

    deliver_due(at=timezone.now(), limit=1)
    begun()
    while True:
        deliver_due(at=timezone.now())
        time.sleep(0.001)


def kill_workers(kills: int, seed: int) -> None:
    """Fork a worker, and kill it while it is at work; so many times, one after the other."""
    chance = random.Random(seed)  # noqa: S311  (any moment will do)
    for _ in range(kills):
        begun, begins = os.pipe()
        child = os.fork()
        if child == 0:
            work(partial(os.write, begins, b"!"))
        os.close(begins)
        if not os.read(begun, 1):
            raise ChildProcessError("the worker ended before its first mail")
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)


def main(port: int, *kills_and_seed: int) -> None:
    """Set Django up to send to a port of loopback, and begin."""
    django.setup()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    print("ready", flush=True)  # noqa: T201  (whoever started this waits for it)
    if kills_and_seed:
        kill_workers(*kills_and_seed)
    else:
        settings.MAIL_PER_SECOND = 50.0
        work(int)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
