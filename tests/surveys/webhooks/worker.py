"""A process of its own that sends messages until it is killed; the database is of ``DATABASE_URL``."""

import time

import django
from django.utils import timezone


def main() -> None:
    """Set Django up, and begin."""
    django.setup()
    from surveys.webhooks.services import deliver_due  # noqa: PLC0415  (after the set-up)

    while True:
        deliver_due(clock=timezone.now)
        time.sleep(0.01)


if __name__ == "__main__":
    main()
