"""manage.py import_xlsform: a workbook becomes a draft, or a published version."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from surveys.common.errors import DomainError
from surveys.engine import Problem, errors
from surveys.organisations.models import Agency
from surveys.organisations.rules import DEPARTMENT_KEY
from surveys.questionnaires import queries, services
from surveys.questionnaires.models import QuestionnaireVersion


class Command(BaseCommand):
    """Prints every problem with its cell; with errors nothing is written and the status is 1."""

    help = "Import an XLSForm workbook as the draft of a questionnaire."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE --code CODE [--owner KEY] [--publish] [--json]"""
        parser.add_argument("file", type=Path)
        parser.add_argument("--code", required=True, help="the questionnaire's code")
        parser.add_argument("--owner", default=DEPARTMENT_KEY, help="key of the owner agency")
        parser.add_argument("--publish", action="store_true", help="publish the draft at once")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, or raise CommandError."""
        try:
            version = _import(options)
        except services.WorkbookRefused as refusal:
            self._report(None, refusal.problems, as_json=options["json"])
            number = len(errors(refusal.problems))
            raise CommandError(f"{number} errors; nothing was written.") from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        remarks = tuple(queries.import_remarks(version))
        self._report(version, remarks, as_json=options["json"])

    def _report(
        self,
        version: QuestionnaireVersion | None,
        problems: tuple[Problem, ...],
        *,
        as_json: bool,
    ) -> None:
        if as_json:
            written = {
                "questionnaire": version and version.questionnaire.code,
                "version": version and version.number,
                "status": version and str(version.status),
                "problems": [services.plain(problem) for problem in problems],
            }
            self.stdout.write(json.dumps(written, ensure_ascii=False, indent=2))
            return
        for problem in problems:
            self.stdout.write(_line(problem))
        if version:
            code, number = version.questionnaire.code, version.number
            self.stdout.write(f"{code}, version {number}: {version.status}")


def _import(options: dict[str, Any]) -> QuestionnaireVersion:
    file: Path = options["file"]
    try:
        data = file.read_bytes()
    except OSError as failure:
        raise CommandError(f"{file} cannot be read: {failure.strerror}") from failure
    try:
        owner = Agency.objects.get(key=options["owner"])
    except Agency.DoesNotExist as failure:
        raise CommandError(f"There is no agency with the key {options['owner']}.") from failure
    at = timezone.now()
    with transaction.atomic():
        version = services.import_workbook(
            data=data, filename=file.name, code=options["code"], owner=owner, actor=None, at=at
        )
        return services.publish(version, actor=None, at=at) if options["publish"] else version


def _line(problem: Problem) -> str:
    named = f" {problem.name}" if problem.name else ""
    return f"{problem.at}: {problem.severity}: {problem.code}{named}: {problem.advice}"
