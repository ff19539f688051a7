"""What commands about one version of a questionnaire share."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class VersionCommand(BaseCommand):
    """``--version`` is the questionnaire's, not Django's."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's own --version gives way."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)


class ExportCommand(VersionCommand):
    """Writes a version to a file."""

    def add_arguments(self, parser: CommandParser) -> None:
        """CODE [--version N] -o FILE"""
        parser.add_argument("code", help="the questionnaire's code")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--version", dest="number", type=int, help="its version; else the newest published"
        )
