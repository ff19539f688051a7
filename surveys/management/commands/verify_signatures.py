"""``manage.py verify_signatures [--json]``: every signed PDF verified anew."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from surveys.responses.services import Broken, broken_signatures
from surveys.responses.signatures.models import DigitalSignature


class Command(BaseCommand):
    """Verifies files, hashes and chains by the trust list of today; exit status 1 where one fails."""

    help = "Verify all stored digital signatures against their revisions and the trust list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json"""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, note what ceased to hold, and say which."""
        kept = DigitalSignature.objects.filter(pdf__is_erased=False).count()
        erased = DigitalSignature.objects.filter(pdf__is_erased=True).count()
        broken = [_line(each) for each in broken_signatures(at=timezone.now())]
        if options["json"]:
            said = {"verified": kept - len(broken), "erased": erased, "broken": broken}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            for line in broken:
                self.stderr.write(f"{line['receipt']}: {', '.join(line['flaws'])}")
            self.stdout.write(
                f"{kept - len(broken)} verified, {erased} erased, {len(broken)} broken"
            )
        if broken:
            raise CommandError(f"{len(broken)} signatures do not hold.")


def _line(broken: Broken) -> dict[str, Any]:
    revision = broken.signature.sign_off.revision
    return {
        "receipt": revision.receipt,
        "revision": revision.sha256,
        "signed_pdf": broken.signature.pdf.sha256,
        "flaws": list(broken.flaws),
    }
