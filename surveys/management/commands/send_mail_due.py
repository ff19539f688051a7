"""``manage.py send_mail_due``: hand over the mails that are due."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from surveys.mailing.services import deliver_due
from surveys.management.schedule import moment


class Command(BaseCommand):
    """Does what the task queue does every minute; several at once are harmless."""

    help = "Hand over the mails that are due to the mail server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """[--at TIME] [--limit N] [--json]"""
        parser.add_argument("--at", type=moment, help="as if it were this day or time")
        parser.add_argument("--limit", type=int, help="at most so many mails")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Deliver, and say what became of it."""
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("The limit is at least 1.")
        delivery = deliver_due(at=options["at"] or timezone.now(), limit=options["limit"])
        if options["json"]:
            self.stdout.write(json.dumps({"done": delivery.sent, **asdict(delivery)}))
            return
        self.stdout.write(
            f"{delivery.sent} sent, {delivery.deferred} put off, {delivery.bounced} came back, "
            f"{delivery.failed} failed"
        )
        if not delivery.server_answers:
            self.stderr.write("The mail server does not answer.")
