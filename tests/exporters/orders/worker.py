"""A process of its own that runs one job, as a worker does, with a writer that takes its time.

    python -m tests.exporters.orders.worker JOB

The database is that of ``DATABASE_URL``; files lie in ``MEDIA_ROOT``.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import django
from django.conf import settings

LINES: Final = 400
PAUSE: Final = 0.005


def write_slowly(order, out: Path, progress) -> None:
    """A few hundred lines about the round, one after the other."""
    with out.open("w", encoding="utf-8") as file:
        for number in range(LINES):
            file.write(f"{number} {order.round.code} {order.as_of.isoformat()}\n")
            file.flush()
            progress(number, LINES, f"line {number // 100}")
            time.sleep(PAUSE)
    progress(LINES, LINES, "done")


@contextmanager
def slow_exporter() -> Iterator[None]:
    """While it lasts, the registry has a "slow" export of rounds."""
    from django.utils.translation import gettext_lazy  # noqa: PLC0415  (after the set-up)

    from exporters import registry  # noqa: PLC0415
    from exporters.order import Subject  # noqa: PLC0415
    from surveys.common.permissions import Permission  # noqa: PLC0415

    slow = registry.Exporter(
        name="slow",
        label=gettext_lazy("Export"),
        subject=Subject.ROUND,
        formats=("json",),
        writer="tests.exporters.orders.worker.write_slowly",
        permission=Permission.EXPORT_CREATE,
        holds=registry.Holds.ROWS,
    )
    known = registry.EXPORTERS
    registry.EXPORTERS = (*known, slow)  # type: ignore[misc,assignment]  # one more, for a test
    try:
        yield
    finally:
        registry.EXPORTERS = known  # type: ignore[misc]  # as it was


def main(job: int) -> None:
    """Run the job."""
    django.setup()
    settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
    from surveys.background.runner import run  # noqa: PLC0415  (after the set-up)

    with slow_exporter():
        run(job)


if __name__ == "__main__":
    main(int(sys.argv[1]))
