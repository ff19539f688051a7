"""The lease of a job, renewed beside a task that is silent for long."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, connection

from surveys.background.context import LEASE, JobContext, LeaseLost

MAX_RUNTIME: Final = timedelta(minutes=30)

logger = logging.getLogger(__name__)


@contextmanager
def heartbeat(context: JobContext) -> Iterator[None]:
    """Renew the lease three times in its length while the body runs, up to the longest run allowed."""
    stopped = threading.Event()
    interval = (LEASE / 3).total_seconds()
    beats = int(MAX_RUNTIME.total_seconds() / interval)

    def beat_on() -> None:
        try:
            for _ in range(beats):
                if stopped.wait(interval) or not beat(context):
                    return
                connection.close_if_unusable_or_obsolete()  # the thread's own
        finally:
            connection.close()

    thread = threading.Thread(target=beat_on, name=f"heartbeat-{context.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def beat(context: JobContext) -> bool:
    """Renew the lease once; whether to go on.

    A database that cannot be reached is tried again at the next beat: the lease outlives two of them.
    """
    try:
        context.renew()
    except LeaseLost:
        logger.warning("The heartbeat of job %s found the lease lost", context.id)
        return False
    except DatabaseError:
        logger.warning(
            "The heartbeat of job %s did not reach the database", context.id, exc_info=True
        )
    return True
