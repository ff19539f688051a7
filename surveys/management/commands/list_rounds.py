"""``manage.py list_rounds [--json]``: the rounds and how they are getting on."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from surveys.campaigns.deadlines import last_day
from surveys.campaigns.models import Round
from surveys.campaigns.queries import RoundRow, summaries

COUNTED = (
    "total",
    "submitted",
    "awaiting",
    "drafting",
    "returned",
    "not_started",
    "refused",
    "late",
)


class Command(BaseCommand):
    """Prints one round a line, or all of them as a JSON list."""

    help = "List the rounds: code, title, period, status, counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The form of the answer."""
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the rounds, those with the latest deadline first."""
        rounds = list(Round.objects.select_related("campaign"))
        listed = [_described(row) for row in summaries(rounds, timezone.now())]
        if options["json"]:
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2))
            return
        for each in listed:
            counts = each["counts"]
            progress = f"{counts['submitted']}/{counts['total']}"
            self.stdout.write(
                f"{each['code']}\t{each['status']}\t{progress}\t{each['deadline']}\t"
                f"{each['title']}, {each['period']}"
            )


def _described(row: RoundRow) -> dict[str, Any]:
    return {
        "code": row.round.code,
        "title": row.round.campaign.title,
        "period": row.round.period,
        "status": row.round.status,
        "deadline": last_day(row.round.closes_at).isoformat(),
        "counts": {name: getattr(row.counts, name) for name in COUNTED},
    }
