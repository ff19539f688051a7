"""``manage.py export ROUND --format xlsx -o FILE``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string

from exporters.registry import EXPORTERS, exporter_named
from exporters.services import AnswersConfidential, refuse_confidential
from surveys.campaigns.models import Round


class Command(BaseCommand):
    """Writes an export of a round to a file."""

    help = "Write a round as a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """ROUND, --format, --language, -o."""
        parser.add_argument("round", help="code of the round, as list_rounds prints it")
        parser.add_argument("--name", default="round", choices=[item.name for item in EXPORTERS])
        parser.add_argument("--format", default="xlsx")
        parser.add_argument("--language", default="vi", choices=["vi", "en"])
        parser.add_argument("-o", "--output", required=True, type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file; say what is wrong with the arguments otherwise."""
        rounds = Round.objects.select_related("campaign", "version")
        round_ = rounds.filter(code=options["round"]).first()
        if round_ is None:
            raise CommandError(f"There is no round with the code {options['round']!r}.")
        try:
            exporter = exporter_named(options["name"], options["format"])
        except KeyError:
            raise CommandError(f"There is no export in the format {options['format']!r}.") from None
        try:
            refuse_confidential(round_)
        except AnswersConfidential as refusal:
            raise CommandError(str(refusal.message)) from None
        content = import_string(exporter.writer)(
            round_, language=options["language"], at=timezone.now()
        )
        options["output"].write_bytes(content)
        self.stdout.write(f"{options['output']}: {len(content):,} bytes")
