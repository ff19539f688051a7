"""``manage.py export ROUND --format xlsx --book assessment -o FILE``."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from analytics.gate.enums import Audience
from analytics.models import IndexRun, Release
from exporters.order import Order, Subject, Writer
from exporters.orders.services import refuse_confidential
from exporters.orders.states import newest_of
from exporters.registry import EXPORTERS, exporter_named
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError


class Command(BaseCommand):
    """Writes an export of a round, of one of its index runs or of its publication to a file."""

    help = "Write a round as a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """ROUND, --book, --format, --language, --run, --rounds, --plan, -o."""
        parser.add_argument("round", help="code of the round, as list_rounds prints it")
        names = [item.name for item in EXPORTERS]
        parser.add_argument("--book", "--name", dest="name", default="round", choices=names)
        parser.add_argument("--format", default="xlsx")
        parser.add_argument("--language", default="vi", choices=["vi", "en"])
        parser.add_argument("--run", type=int, help="number of an index run; else the newest")
        parser.add_argument("--rounds", default="", help="codes of further rounds, with commas")
        parser.add_argument("--plan", type=Path, help="column plan of raw data, as JSON")
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
            raise CommandError(
                f"There is no export {options['name']!r} in the format {options['format']!r}."
            ) from None
        subject = _subject(exporter.subject, round_, options["run"])
        beside = _beside(options["rounds"])
        order = Order(
            name=exporter.name,
            format=options["format"],
            language=options["language"],
            subject=subject,
            audience=Audience.DEPARTMENT,
            as_of=newest_of(subject, beside),
            options={} if options["plan"] is None else {"plan": _json(options["plan"])},
            beside=beside,
        )
        writer: Writer = import_string(exporter.writer)
        out: Path = options["output"]
        try:
            for each in (round_, *beside):
                refuse_confidential(exporter, each)
            writer(order, out, lambda _done, _total, _message: None)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{out}: {out.stat().st_size:,} bytes")


def _beside(codes: str) -> tuple[Round, ...]:
    """The rounds of those codes. Raises CommandError for one that there is not."""
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    found = {each.code: each for each in Round.objects.filter(code__in=wanted)}
    if missing := [code for code in wanted if code not in found]:
        raise CommandError(f"There is no round with the code {missing[0]!r}.")
    return tuple(found[code] for code in wanted)


def _json(path: Path) -> object:
    """What a file says. Raises CommandError where it is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from None


def _subject(kind: Subject, round_: Round, run: int | None) -> Round | IndexRun | Release:
    """What the file is made of. Raises CommandError where the round has none."""
    if kind is Subject.ROUND:
        return round_
    found: IndexRun | Release | None
    if kind is Subject.RUN:
        runs = IndexRun.objects.computed().filter(round=round_)
        found = (runs.filter(pk=run) if run else runs).first()
    else:
        found = Release.objects.published().filter(round=round_).order_by("-number").first()
    if found is None:
        raise CommandError(f"The round {round_.code!r} has no such {kind}.")
    return found
