"""manage.py migrate_drafts: the drafts of a round move to a newer version of their questionnaire."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from surveys.background import runner
from surveys.background.enums import JobStatus
from surveys.background.models import Job
from surveys.campaigns import services as campaigns
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.management.versions import VersionCommand
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses.moves import drafts_to_move, foretell, moves_of


@dataclass(frozen=True, slots=True)
class Line:
    """One draft: how many answers are kept, and the paths of the others."""

    agency: str
    from_version: int
    kept: int
    converted: list[str]
    review: list[str]
    dropped: list[str]


class Command(VersionCommand):
    """Prints a line for each draft; what was sent or signed is left alone."""

    help = "Move the drafts of an open round to a newer version, or say what that would do."

    def add_arguments(self, parser: CommandParser) -> None:
        """ROUND --version N [--dry-run] [--json]"""
        parser.add_argument("round", help="the round's code")
        parser.add_argument(
            "--version", dest="number", type=int, required=True, help="the version to move to"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only tell")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Tell, or move and tell; CommandError where it is refused or a draft could not move."""
        round_, version = _round(options["round"]), _version(options["round"], options["number"])
        at = timezone.now()
        if options["dry_run"]:
            lines = _foretold(round_, version, at)
        else:
            _move(round_, version, at)
            lines = _told(round_, version)
        if options["json"]:
            written = {
                "round": round_.code,
                "version": version.number,
                "dry_run": options["dry_run"],
                "drafts": [asdict(line) for line in lines],
            }
            self.stdout.write(json.dumps(written, ensure_ascii=False, indent=2))
            return
        for line in lines:
            self.stdout.write(
                f"{line.agency}: from version {line.from_version}, {line.kept} kept, "
                f"{len(line.converted)} converted, {len(line.review)} to look at, "
                f"{len(line.dropped)} dropped"
            )
        done = "would move" if options["dry_run"] else "moved"
        self.stdout.write(f"{len(lines)} drafts {done} to version {version.number}.")


def _round(code: str) -> Round:
    found = Round.objects.select_related("campaign").filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no round with the code {code!r}.")
    return found


def _version(code: str, number: int) -> QuestionnaireVersion:
    versions = QuestionnaireVersion.objects.filter(questionnaire__campaigns__rounds__code=code)
    found = versions.filter(number=number).first()
    if found is None:
        raise CommandError(f"The questionnaire of {code} has no version {number}.")
    return found


def _move(round_: Round, version: QuestionnaireVersion, at: datetime) -> None:
    """The service, and the work that follows from it, here and now."""
    try:
        event = campaigns.change_version(round_, version, actor=None, at=at)
    except DomainError as refusal:
        raise CommandError(str(refusal)) from refusal
    job = Job.objects.get(event=event)
    if not runner.run(job.pk):
        raise CommandError(f"A worker has taken the work: it is job {job.pk}.")
    job.refresh_from_db()
    if job.status != JobStatus.DONE:
        raise CommandError(f"Some drafts could not move; it will be tried again: {job.error}")


def _foretold(round_: Round, version: QuestionnaireVersion, at: datetime) -> list[Line]:
    return [
        Line(
            agency=draft.assignment.agency.name,
            from_version=draft.version.number,
            kept=len(fates.kept),
            converted=list(fates.converted),
            review=list(fates.review),
            dropped=list(fates.dropped),
        )
        for draft in drafts_to_move(round_, version).iterator(chunk_size=100)
        for fates in [foretell(draft, version, at=at)]
    ]


def _told(round_: Round, version: QuestionnaireVersion) -> list[Line]:
    return [
        Line(
            agency=move.response.assignment.agency.name,
            from_version=move.from_version.number,
            kept=move.kept,
            converted=move.converted,
            review=move.review,
            dropped=move.dropped,
        )
        for move in moves_of(round_, version)
    ]
