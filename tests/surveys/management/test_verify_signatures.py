"""``manage.py verify_signatures``."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from surveys.files import storage
from surveys.models import SignedPdf
from tests.surveys.responses.signatures.handing_in import awaiting, concluded, signed, trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_pdf(settings, tmp_path):
    settings.SIGNATURE_TRUST_LIST = str(trust(tmp_path))
    response = awaiting()
    return concluded(response, signed(response))


def printed(*options):
    out = StringIO()
    call_command("verify_signatures", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_what_holds_is_counted(signed_pdf):
    assert printed() == "1 verified, 0 erased, 0 broken\n"


def test_what_was_erased_is_counted_apart(signed_pdf):
    SignedPdf.objects.update(is_erased=True)

    assert json.loads(printed("--json")) == {"verified": 0, "erased": 1, "broken": []}


def test_what_does_not_hold_is_named_and_the_command_fails(signed_pdf):
    storage.discard(signed_pdf.pk)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("verify_signatures", "--json", stdout=out, stderr=StringIO())

    (line,) = json.loads(out.getvalue())["broken"]
    assert (line["signed_pdf"], line["flaws"]) == (signed_pdf.sha256, ["file_lost"])
