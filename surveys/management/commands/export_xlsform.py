"""manage.py export_xlsform: a version of a questionnaire as an XLSForm workbook."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from surveys.common.errors import DomainError
from surveys.management.versions import ExportCommand
from surveys.questionnaires import exports


class Command(ExportCommand):
    """Writes the workbook; the status is 1 if there is no such version."""

    help = "Write a version of a questionnaire as an XLSForm workbook."

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
