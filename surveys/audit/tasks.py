"""The sealer, once a minute."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from surveys.audit import sealing


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def seal_events() -> None:
    """Put what was committed since the last run into the chain."""
    sealing.seal_all()
