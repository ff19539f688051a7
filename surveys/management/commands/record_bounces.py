"""``manage.py record_bounces``: which mails came back, from the mailbox where they are returned."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from surveys.mailing.mailboxes import message_in, messages_in
from surveys.mailing.services import record_bounces


class Command(BaseCommand):
    """Reads reports on delivery (RFC 3464); the mailbox stays as it is, and may be read again."""

    help = "Mark the mails that mail servers report as undeliverable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--mailbox PATH | --stdin [--json]"""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--mailbox", type=Path, help="an mbox file or a Maildir")
        source.add_argument("--stdin", action="store_true", help="one message, from a mail server")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, mark, and say how many."""
        path: Path | None = options["mailbox"]
        messages = messages_in(path) if path else [message_in(sys.stdin.buffer)]
        try:
            recorded = record_bounces(messages, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(recorded)))
            return
        self.stdout.write(
            f"{recorded.done} came back, {recorded.unmatched} reports on no mail of ours, "
            f"{recorded.unreadable} no reports"
        )
