"""Checks a dossier that was handed out, its digital signatures too."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.responses.dossier.verify import Broken, opened, verify
from surveys.responses.signatures.examining import Paper, examine


class Command(BaseCommand):
    """The same checks as ``python3 verify.py``, which lies in the dossier itself, and those of the
    signatures against the configured trust list; exit status 1 where something does not hold.
    """

    help = "Check a dossier: an archive, or the folder in which it was unpacked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossier", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            for line in verify(options["dossier"]):
                self.stdout.write(line)
        except Broken as broken:
            raise CommandError(str(broken)) from broken
        self._check_signatures(options["dossier"])

    def _check_signatures(self, dossier: Path) -> None:
        with opened(dossier) as source:
            for each in source.load("signatures.json"):
                paper = Paper(each["paper_size"], each["paper_sha256"])
                found = examine(
                    source.read(each["file"]),
                    [paper],
                    received_at=datetime.fromisoformat(each["received_at"]),
                )
                if found.flaws:
                    raise CommandError(f"{each['file']}: {', '.join(found.flaws)}")
                self.stdout.write(f"{each['file']}: the digital signature holds")
