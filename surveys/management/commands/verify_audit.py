"""Checks the chain of audit events."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.audit import sealing
from surveys.audit.models import AuditEvent


class Command(BaseCommand):
    """Recomputes every seal; exit status 1 where the chain does not hold."""

    help = "Check that no sealed audit event was changed or removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seal", action="store_true", help="seal the unsealed tail first")
        parser.add_argument(
            "--known",
            metavar="POSITION:SEAL",
            help="a seal noted earlier, elsewhere; shows that the end was not cut off",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["seal"]:
            sealing.seal_all()
        if options["known"]:
            self._check_known(options["known"])
        verdict = sealing.verify()
        for broken in verdict.breaks:
            self.stderr.write(f"position {broken.position}: {broken.reason}")
        if verdict.breaks:
            raise CommandError(f"The chain does not hold at {len(verdict.breaks)} places.")
        self.stdout.write(
            f"{verdict.sealed} events sealed, {verdict.unsealed} not sealed yet; "
            f"the last seal is {verdict.sealed}:{verdict.head}"
        )

    @staticmethod
    def _check_known(known: str) -> None:
        position, _, seal = known.partition(":")
        if not position.isdecimal():
            raise CommandError("--known takes POSITION:SEAL, as this command printed it")
        if not AuditEvent.objects.filter(position=int(position), seal=seal).exists():
            raise CommandError(f"The seal noted for position {position} is not in the chain.")
