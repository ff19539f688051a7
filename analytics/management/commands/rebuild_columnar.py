"""``manage.py rebuild_columnar ROUND [--check]``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from analytics.columnar import services
from analytics.columnar.checking import check
from surveys.campaigns.models import Round


class Command(BaseCommand):
    """Builds the columnar copy of a round anew, or compares it with the live tables."""

    help = "Build the columnar copy of a round anew from what was signed, and check it."

    def add_arguments(self, parser: CommandParser) -> None:
        """ROUND, --check."""
        parser.add_argument("round", help="code of the round, as list_rounds prints it")
        parser.add_argument("--check", action="store_true", help="compare only, write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build, then compare count and checksum; fails where they differ."""
        round_ = Round.objects.filter(code=options["round"]).first()
        if round_ is None:
            raise CommandError(f"There is no round with the code {options['round']!r}.")
        if not options["check"]:
            services.rebuild(round_, at=timezone.now())
        found = check(round_)
        told = f"{found.rows:,} rows, checksum {found.checksum}"
        if not found.is_sound:
            live = f"{found.live_rows:,} rows, checksum {found.live_checksum}"
            damaged = "".join(f"; damaged: {file}" for file in found.damaged)
            raise CommandError(f"The copy has {told}, the live table {live}{damaged}.")
        self.stdout.write(f"{round_.code}: {told}, as the live table")
