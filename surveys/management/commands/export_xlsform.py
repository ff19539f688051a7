"""manage.py export_xlsform: a version of a questionnaire as an XLSForm workbook."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from surveys.common.errors import DomainError
from surveys.questionnaires import exports


class Command(BaseCommand):
    """Writes the workbook; the status is 1 if there is no such version."""

    help = "Write a version of a questionnaire as an XLSForm workbook."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's own --version gives way to the questionnaire's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """CODE [--version N] -o FILE"""
        parser.add_argument("code", help="the questionnaire's code")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--version", dest="number", type=int, help="its version; else the newest published"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export, or raise CommandError."""
        file: Path = options["output"]
        try:
            version = exports.version_of(options["code"], options["number"])
            file.write_bytes(exports.xlsform_of(version, on=timezone.localdate()))
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as failure:
            raise CommandError(f"{file} cannot be written: {failure.strerror}") from failure
        self.stdout.write(f"{options['code']}, version {version.number}: {file}")
