"""``manage.py load_indicators``: the indicators of a questionnaire become its owner's catalogue."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from surveys.common.errors import DomainError
from surveys.management.versions import VersionCommand
from surveys.questionnaires import exports
from surveys.questionnaires.catalogue import queries, services


class Command(VersionCommand):
    """Takes over what is new or changed, each indicator wholly, and prints it."""

    help = "Take the indicators of a questionnaire into the catalogue of its owner."

    def add_arguments(self, parser: CommandParser) -> None:
        """CODE [--version N] [--dry-run]"""
        parser.add_argument("code", help="the questionnaire's code")
        parser.add_argument(
            "--version", type=int, help="its version; the published one if left out"
        )
        parser.add_argument("--dry-run", action="store_true", help="only print what would change")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare, adopt unless asked not to, and report."""
        try:
            version = exports.version_of(options["code"], options["version"])
            found = queries.candidates(version)
            if not options["dry_run"]:
                services.adopt_indicators(version, codes=None, actor=None, at=timezone.now())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for each in found:
            facts = ", ".join(difference.fact for difference in each.differences)
            self.stdout.write(f"{each.adopted.code}: {each.standing} {facts}".rstrip())
