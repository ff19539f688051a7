"""The pages of signing with a certificate."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from surveys.models import AuditEvent, Job, SignedPdf
from surveys.responses.services import return_to_draft, sign
from tests.factories import UserFactory, department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.documents.authorities import certified
from tests.surveys.responses.signatures.handing_in import (
    awaiting,
    concluded,
    send,
    signatory,
    signed,
    trust,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trust_list(settings, tmp_path):
    settings.SIGNATURE_TRUST_LIST = str(trust(tmp_path))


@pytest.fixture(autouse=True)
def _at_opening(time_machine):
    """Requests arrive while the round is open."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def response():
    return awaiting()


@pytest.fixture
def as_signatory(english, response):
    english.force_login(signatory(response))
    return english


def address(name, response):
    return reverse(name, args=[response.assignment_id])


def upload(client, response, content, name="da-ky.pdf", **fields):
    fields = {"shown": response.revisions.first().sha256} | fields
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(address("signed_pdf_hand_in", response), {"file": file, **fields})


def page_of(client, response, name="response_sign"):
    return client.get(address(name, response)).content.decode()


def test_the_page_of_a_digital_round_has_no_button_that_signs(as_signatory, response):
    page = page_of(as_signatory, response)

    assert "Upload the signed PDF" in page
    assert "Sign and hand in" not in page


def test_the_page_of_a_round_signed_in_the_system_takes_no_file(english):
    response = awaiting("simple")
    english.force_login(signatory(response))

    page = page_of(english, response)

    assert "Sign and hand in" in page
    assert "Upload the signed PDF" not in page


def test_where_either_is_taken_both_are_offered(english):
    response = awaiting("either")
    english.force_login(signatory(response))

    page = page_of(english, response)

    assert "Sign without a certificate and hand in" in page
    assert "Upload the signed PDF" in page


def test_without_a_trust_list_the_page_says_so(as_signatory, response, settings):
    settings.SIGNATURE_TRUST_LIST = ""

    page = page_of(as_signatory, response)

    assert "no trust list of certification authorities is configured" in page
    assert "Upload the signed PDF" not in page


def test_the_button_of_another_page_does_not_sign_a_digital_round(as_signatory, response):
    as_signatory.post(address("response_sign", response), {"shown": ""})

    response.assignment.refresh_from_db()
    assert response.assignment.status == "awaiting_signature"


def test_an_uploaded_file_is_being_verified(as_signatory, response):
    answer = upload(as_signatory, response, signed(response))

    assert answer.status_code == 302
    assert "The signed PDF is being verified." in page_of(as_signatory, response)


def test_the_state_is_asked_again_while_it_is_verified(as_signatory, response):
    upload(as_signatory, response, signed(response))

    answer = as_signatory.get(address("signed_pdf_state", response), headers={"hx-request": "true"})

    assert b'hx-trigger="every 2s"' in answer.content


def test_when_it_is_accepted_the_page_leads_to_the_receipt(as_signatory, response):
    upload(as_signatory, response, signed(response))
    run_pending()

    answer = as_signatory.get(address("signed_pdf_state", response), headers={"hx-request": "true"})

    assert answer["HX-Redirect"] == address("response_receipt", response)


def test_when_it_is_refused_the_page_says_why_and_what_to_do(as_signatory, response):
    upload(as_signatory, response, signed(response, certified("Người lạ")))
    run_pending()

    page = page_of(as_signatory, response)

    assert "The signed PDF was not accepted." in page
    assert "Sign with the certificate for official use" in page
    assert "Upload the signed PDF" in page


def test_a_refusal_goes_with_the_version_that_it_was_for(as_signatory, response):
    upload(as_signatory, response, signed(response, certified("Người lạ")))
    run_pending()
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)
    send(response)

    assert "The signed PDF was not accepted." not in page_of(as_signatory, response)


def test_when_the_examination_broke_down_the_file_is_asked_for_again(as_signatory, response):
    upload(as_signatory, response, signed(response))
    Job.objects.filter(task__endswith="signed_pdf").update(status="failed")

    page = page_of(as_signatory, response)

    assert "The file could not be examined because of a fault here" in page
    assert "Upload the signed PDF" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [("anh.png", b"\x89PNG\r\n\x1a\n"), ("phieu.pdf", b"%PDF-1.7 cut off"), ("a.exe", b"%PDF-")],
)
def test_a_file_that_is_no_pdf_is_refused_on_the_page_and_noted(
    as_signatory, response, name, content
):
    answer = upload(as_signatory, response, content, name)

    assert answer.status_code == 422
    assert AuditEvent.objects.get(kind=Event.FILE_REFUSED).data["path"] == "signature"
    assert not SignedPdf.objects.exists()


def test_no_file_at_all_is_refused_on_the_page(as_signatory, response):
    answer = as_signatory.post(address("signed_pdf_hand_in", response), {"shown": ""})

    assert (answer.status_code, b"Choose the signed PDF first." in answer.content) == (422, True)


def test_what_is_wrong_with_a_file_is_told_also_after_a_return(as_signatory, response):
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)

    answer = upload(as_signatory, response, b"MZ", "a.exe")

    assert (answer.status_code, answer["Location"]) == (
        302,
        address("assignment_detail", response),
    )
    assert not SignedPdf.objects.exists()


def test_who_was_shown_another_version_looks_again(as_signatory, response):
    answer = upload(as_signatory, response, signed(response), shown="0" * 64)

    assert answer.status_code == 302
    assert not SignedPdf.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "contributor"])
def test_only_the_signatory_uploads(english, response, role):
    english.force_login(member(response.assignment.agency, role))

    assert upload(english, response, signed(response)).status_code == 403


def test_the_department_does_not_upload(english, response):
    english.force_login(
        department_person("administrator", owner=response.assignment.round.campaign.owner)
    )

    assert upload(english, response, signed(response)).status_code == 403


def test_the_receipt_says_who_signed_with_which_certificate(as_signatory, response):
    concluded(response, signed(response), signatory(response))

    page = page_of(as_signatory, response, "response_receipt")

    assert "Valid digital signature" in page
    assert "Ủy ban nhân dân tỉnh Lào Cai, at " in page
    assert re.search(r"Certificate [0-9a-f]+ of CA phục vụ các cơ quan \(thử\), valid until", page)
    assert "Whether the certificate was revoked was not checked" in page


def test_the_receipt_lists_the_signatures_of_earlier_versions(as_signatory, response):
    concluded(response, signed(response))
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)
    send(response)
    concluded(response, signed(response))

    page = page_of(as_signatory, response, "response_receipt")

    assert (page.count("Valid digital signature"), page.count("earlier version")) == (2, 1)


def test_a_signature_in_the_system_is_listed_as_such(english):
    response = awaiting("simple")
    sign(response, actor=None, at=NOW)
    english.force_login(signatory(response))

    page = page_of(english, response, "response_receipt")

    assert ("Signed in the system" in page, "Valid digital signature" in page) == (True, False)


def test_the_department_sees_how_was_signed_and_gets_the_file(english, response):
    content = signed(response)
    pdf = concluded(response, content)
    owner = response.assignment.round.campaign.owner
    english.force_login(department_person("verifier", owner=owner))

    page = page_of(english, response, "response_receipt")
    answer = english.get(reverse("signed_pdf_download", args=[pdf.pk]))

    assert "Valid digital signature" in page
    assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == (
        content,
        "nosniff",
    )
    assert AuditEvent.objects.filter(kind=Event.SIGNED_PDF_DOWNLOADED).count() == 1


@pytest.mark.parametrize("who", ["stranger", "confidential", "erased", "refused"])
def test_who_may_not_see_the_file_finds_nothing(english, response, who):
    content = signed(response, certified("Người lạ") if who == "refused" else None)
    pdf = concluded(response, content)
    campaign = response.assignment.round.campaign
    if who == "confidential":
        campaign.anonymity = Anonymity.CONFIDENTIAL
        campaign.save()
    if who == "erased":
        SignedPdf.objects.update(is_erased=True)
    person = (
        UserFactory() if who == "stranger" else department_person("verifier", owner=campaign.owner)
    )
    english.force_login(person)

    assert english.get(reverse("signed_pdf_download", args=[pdf.pk])).status_code == 404
