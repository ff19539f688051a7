"""manage.py export_xform: a version of a questionnaire as XForm XML for ODK Collect."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from surveys.common.errors import DomainError
from surveys.management.versions import ExportCommand
from surveys.questionnaires import exports


class Command(ExportCommand):
    """Prints what Collect cannot do, by cells of the exported workbook; with errors nothing is written.

    Lookup tables that expressions read are written beside the form, under the names it has for them.
    """

    help = "Write a version of a questionnaire as XForm XML for ODK Collect."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export, or raise CommandError."""
        file: Path = options["output"]
        try:
            version = exports.version_of(options["code"], options["number"])
            form = exports.xform_of(version)
            for problem in form.problems:
                self.stdout.write(
                    f"{problem.at}: {problem.severity}: {problem.code} {problem.name}: {problem.advice}"
                )
            if form.xml is None:
                raise CommandError("The questionnaire cannot be an XForm; nothing was written.")
            file.write_text(form.xml, "utf-8")
            for name, text in form.media.items():
                file.with_name(name).write_text(text, "utf-8", newline="")
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as failure:
            raise CommandError(f"{file} cannot be written: {failure.strerror}") from failure
        self.stdout.write(f"{options['code']}, version {version.number}: {file}")
        for name in form.media:
            self.stdout.write(f"lookup table: {file.with_name(name)}")
