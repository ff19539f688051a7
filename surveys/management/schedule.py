"""What the commands of the schedule share: ``--at``, ``--json``, and a second run that does nothing."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from surveys.campaigns.deadlines import ZONE, start_of
from surveys.campaigns.services import Due


class ScheduleCommand(BaseCommand):
    """Does what is due at a moment. A subclass says what, in ``work``."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """[--at TIME] [--json]"""
        parser.add_argument(
            "--at", type=moment, help="what is due then: 2026-04-01 or 2026-04-01T08:00+07:00"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is due at ``--at``, else now, and say what was done."""
        result = self.work(at=options["at"] or timezone.now())
        if options["json"]:
            self.stdout.write(
                json.dumps(result, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
            )
            return
        for line in self.lines(result):
            self.stdout.write(line)

    def work(self, *, at: datetime) -> Mapping[str, Any]:
        """Call the service; ``{"done": n, …}``, ``done`` being how many things were done."""
        raise NotImplementedError

    def lines(self, result: Mapping[str, Any]) -> Iterable[str]:
        """The result for people who read a terminal."""
        return [f"{name}: {value}" for name, value in result.items()]


class RoundsCommand(ScheduleCommand):
    """Does what is due with rounds. A subclass says what, in ``due``."""

    def due(self, *, at: datetime) -> list[Due]:
        """What became of each round that was due."""
        raise NotImplementedError

    def work(self, *, at: datetime) -> Mapping[str, Any]:
        """``{"done": n, "rounds": [{"code", "agencies"}, …], "refused": [{"code", "refusal",
        "reason"}, …]}``."""
        found = self.due(at=at)
        done = [{"code": each.code, "agencies": each.agencies} for each in found if each.is_done]
        refused = [
            {"code": each.code, "refusal": each.refusal, "reason": each.reason}
            for each in found
            if not each.is_done
        ]
        return {"done": len(done), "rounds": done, "refused": refused}

    def lines(self, result: Mapping[str, Any]) -> Iterable[str]:
        """One line for each round, and how many there were."""
        for each in result["rounds"]:
            yield f"{each['code']}: {each['agencies']} agencies"
        for each in result["refused"]:
            yield f"{each['code']}: not done: {each['reason']}"
        yield f"done: {result['done']}"


def moment(text: str) -> datetime:
    """A point in time as typed; the country's time where no offset is said, a day's first instant
    where no time is. Raises ArgumentTypeError."""
    try:
        given = parse_datetime(text) if parse_date(text) is None else None
        day = parse_date(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no such day or time: {error}") from error
    if day is not None:
        return start_of(day)
    if given is None:
        raise ArgumentTypeError(f"{text!r} is neither 2026-04-01 nor 2026-04-01T08:00+07:00")
    return given if timezone.is_aware(given) else given.replace(tzinfo=ZONE)
