"""The same signed PDF handed in fifty times at once: one signature, one receipt, one event, one mail."""

import pytest

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.models import AuditEvent, DigitalSignature, Notice, ResponseRevision, SignedPdf
from surveys.organisations.enums import MembershipRole
from tests.factories import member
from tests.surveys.responses.signatures.handing_in import (
    awaiting,
    hand_in,
    signatory,
    signed,
    trust,
)
from tests.surveys.responses.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def count(kind):
    return AuditEvent.objects.filter(kind=kind).count()


def test_fifty_uploads_of_one_file_are_one_signature(settings, tmp_path):
    settings.SIGNATURE_TRUST_LIST = str(trust(tmp_path))
    response = awaiting()
    writer = member(response.assignment.agency, MembershipRole.CONTRIBUTOR)
    person, content = signatory(response), signed(response)

    handed_in = at_once(*[lambda: hand_in(response, content, person)] * 50)
    at_once(*[run_pending] * 4)

    assert {each.pk for each in handed_in} == {SignedPdf.objects.get().pk}
    assert ResponseRevision.objects.filter(kind="signed").count() == 1
    assert DigitalSignature.objects.count() == 1
    assert (count(Event.SIGNED_PDF_UPLOADED), count(Event.RESPONSE_SIGNED)) == (1, 1)
    assert Notice.objects.filter(user=writer, kind="signed").count() == 1


def test_of_two_files_at_once_one_signs(settings, tmp_path):
    settings.SIGNATURE_TRUST_LIST = str(trust(tmp_path))
    response = awaiting()
    person = signatory(response)
    files = [signed(response), signed(response)]

    at_once(*[lambda content=content: hand_in(response, content, person) for content in files])
    at_once(*[run_pending] * 2)

    assert sorted(SignedPdf.objects.values_list("status", flat=True)) == ["accepted", "refused"]
    assert ResponseRevision.objects.filter(kind="signed").count() == 1
