"""Checks a dossier that was handed out."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.responses.dossier.verify import Broken, verify


class Command(BaseCommand):
    """The same checks as ``python3 verify.py``, which lies in the dossier itself; exit status 1 where
    something does not hold.
    """

    help = "Check a dossier: an archive, or the folder in which it was unpacked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossier", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            found = verify(options["dossier"])
        except Broken as broken:
            raise CommandError(str(broken)) from broken
        for line in found:
            self.stdout.write(line)
