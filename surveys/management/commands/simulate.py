"""``manage.py simulate ROUND --responses N --seed S``: agencies that answer by themselves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.responses.simulator import Extent, simulate_round


class Command(BaseCommand):
    """Lets agencies that have not started answer a round, through the services."""

    help = "Let agencies that have not started answer an open round with plausible figures."

    def add_arguments(self, parser: CommandParser) -> None:
        """ROUND --responses N --seed S [--draft-share 0.5]"""
        parser.add_argument("round", help="the round's code")
        parser.add_argument("--responses", type=int, required=True, help="how many agencies answer")
        parser.add_argument(
            "--seed", type=int, required=True, help="the same seed, the same answers"
        )
        parser.add_argument(
            "--draft-share",
            type=float,
            default=0.0,
            help="share of them, 0 to 1, that come no further than a draft",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """All or nothing."""
        round_ = Round.objects.filter(code=options["round"]).first()
        if round_ is None:
            raise CommandError(f"There is no round with the code {options['round']!r}.")
        if round_.status != RoundStatus.OPEN:
            raise CommandError(f"The round {round_.code} is {round_.status}; it must be open.")
        if not 0 <= options["draft_share"] <= 1:
            raise CommandError("The share of drafts lies between 0 and 1.")
        if options["responses"] < 1:
            raise CommandError("At least one agency answers.")
        try:
            with transaction.atomic():
                counts = simulate_round(
                    round_,
                    responses=options["responses"],
                    seed=options["seed"],
                    draft_share=options["draft_share"],
                    until=timezone.now(),
                )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{round_.code}: {counts[Extent.SIGNED]} submitted, {counts[Extent.DRAFT]} drafting"
        )
