"""Signed PDFs handed in: what signs the answers, what is refused, and what stays with what."""

from datetime import timedelta

import pytest

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.campaigns.enums import AssignmentStatus
from surveys.files import storage
from surveys.files.refusals import FileLost
from surveys.models import (
    AgencyIdentifier,
    Assignment,
    AuditEvent,
    DigitalSignature,
    Job,
    ResponseRevision,
    Round,
    SignedPdf,
    SignOff,
)
from surveys.responses import services
from surveys.responses.services import (
    AuthorityUnproved,
    ChangedSinceSeen,
    DigitalSignatureDemanded,
    DigitalSignatureNotTaken,
    RoundEnded,
    StepOfAnother,
    TrustListMissing,
    return_to_draft,
    sign,
)
from surveys.responses.signoff.authority import Authority
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.documents.authorities import certified, issuing
from tests.surveys.responses.factories import seen
from tests.surveys.responses.signatures.handing_in import (
    awaiting,
    concluded,
    hand_in,
    paper,
    send,
    signatory,
    signed,
    trust,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def trust_list(settings, tmp_path):
    """A directory with the certificate of the root."""
    settings.SIGNATURE_TRUST_LIST = str(trust(tmp_path))
    return tmp_path


@pytest.fixture
def response():
    return awaiting()


def status_of(response):
    return Assignment.objects.get(pk=response.assignment_id).status


def events(kind):
    return AuditEvent.objects.filter(kind=kind).count()


def test_a_valid_signed_pdf_signs_the_answers(response):
    pdf = concluded(response, signed(response))

    assert pdf.status == "accepted"
    assert status_of(response) == AssignmentStatus.SUBMITTED
    assert events(Event.RESPONSE_SIGNED) == 1


def test_the_signature_is_of_whoever_handed_the_file_in_and_when(response):
    person = signatory(response)

    concluded(response, signed(response), person, at=LATER)

    done = SignOff.objects.get(act="sign")
    assert (done.actor, done.at) == (person, LATER)


def test_the_signed_revision_has_the_text_of_the_one_whose_pdf_was_signed(response):
    pdf = concluded(response, signed(response))

    signed_revision = pdf.signature.sign_off.revision
    assert (signed_revision.kind, signed_revision.sha256) == ("signed", pdf.revision.sha256)
    assert signed_revision.canonical == pdf.revision.canonical


def test_signer_and_certificate_are_kept_with_the_signature(response):
    pdf = concluded(response, signed(response))

    (line,) = pdf.signature.report["signatures"]
    assert (line["signer"], line["fingerprint"]) == (
        "Ủy ban nhân dân tỉnh Lào Cai",
        pdf.signature.fingerprint,
    )


def test_the_event_of_the_signing_names_file_and_certificate(response):
    pdf = concluded(response, signed(response))

    data = AuditEvent.objects.get(kind=Event.RESPONSE_SIGNED).data
    assert (data["signed_sha256"], data["issuer"]) == (pdf.sha256, "CA phục vụ các cơ quan (thử)")


@pytest.mark.parametrize("way", ["digital", "either"])
def test_a_file_is_taken_where_the_round_takes_digital_signatures(way):
    response = awaiting(way)

    assert concluded(response, signed(response)).status == "accepted"


def test_a_round_signed_in_the_system_takes_no_file():
    response = awaiting("simple")

    with pytest.raises(DigitalSignatureNotTaken):
        hand_in(response, signed(response))


def test_a_button_does_not_sign_where_a_digital_signature_is_demanded(response):
    with pytest.raises(DigitalSignatureDemanded):
        sign(response, actor=None, at=NOW)

    assert status_of(response) == AssignmentStatus.AWAITING_SIGNATURE


@pytest.mark.parametrize("way", ["simple", "either"])
def test_a_button_signs_in_other_rounds(way):
    response = awaiting(way)

    sign(response, actor=None, at=NOW)

    assert status_of(response) == AssignmentStatus.SUBMITTED


def test_nothing_is_taken_without_a_trust_list(response, settings):
    settings.SIGNATURE_TRUST_LIST = ""

    with pytest.raises(TrustListMissing):
        hand_in(response, signed(response))


def test_a_trust_list_that_goes_before_the_verification_signs_nothing(response, settings):
    pdf = hand_in(response, signed(response))
    settings.SIGNATURE_TRUST_LIST = ""

    run_pending()

    pdf.refresh_from_db()
    assert (pdf.status, pdf.flaws) == ("refused", ["no_trust_list"])


def test_a_flawed_file_signs_nothing_and_is_told(response):
    pdf = concluded(response, signed(response, certified("Người lạ")))

    assert (pdf.status, pdf.flaws) == ("refused", ["untrusted"])
    assert status_of(response) == AssignmentStatus.AWAITING_SIGNATURE
    assert AuditEvent.objects.get(kind=Event.SIGNED_PDF_REFUSED).data["flaws"] == ["untrusted"]


def test_of_a_refused_file_name_and_hash_stay_and_the_content_goes(
    response, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        pdf = concluded(response, b"%PDF-1.7 nothing\n%%EOF")

    with pytest.raises(FileLost):
        storage.open_content(pdf.pk)
    assert (len(pdf.sha256), pdf.name) == (64, "phieu-da-ky.pdf")


def test_the_unsigned_pdf_itself_is_refused(response):
    pdf = concluded(response, paper(response.revisions.get()))

    assert pdf.flaws == ["unsigned"]


def test_the_signed_pdf_of_an_earlier_revision_is_refused(response):
    earlier = signed(response)
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)
    send(response)

    pdf = concluded(response, earlier)

    assert pdf.flaws == ["not_ours"]


def test_who_was_shown_an_earlier_revision_hands_nothing_in(response):
    with pytest.raises(ChangedSinceSeen):
        hand_in(response, signed(response), shown="0" * 64)


def test_what_is_returned_while_it_is_verified_is_not_signed(response):
    pdf = hand_in(response, signed(response))
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)

    run_pending()

    pdf.refresh_from_db()
    assert (pdf.status, pdf.flaws) == ("refused", ["transition_not_allowed"])


def test_what_is_sent_anew_with_other_answers_while_it_is_verified_is_not_signed(response):
    pdf = hand_in(response, signed(response))
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)
    edit = services.CellEdit("staff", "11", seen=seen("10"))
    services.save_cells(response, edit_id="more", edits=[edit], actor=None, at=NOW)
    send(response)

    run_pending()

    pdf.refresh_from_db()
    assert (pdf.status, pdf.flaws) == ("refused", ["changed_since_seen"])


def test_a_renamed_agency_makes_the_answers_others_than_the_pdf_shows(response):
    pdf = hand_in(response, signed(response))
    response.assignment.agency.name = "Ủy ban nhân dân tỉnh Lào Cai mới"
    response.assignment.agency.save()

    run_pending()

    pdf.refresh_from_db()
    assert (pdf.status, pdf.flaws) == ("refused", ["not_what_was_sent"])


def test_only_whose_step_waits_hands_a_file_in(response):
    with pytest.raises(StepOfAnother):
        hand_in(response, signed(response), UserFactory())


def test_a_capacity_without_its_document_is_refused_before_the_file_is_examined(response):
    with pytest.raises(AuthorityUnproved):
        hand_in(response, signed(response), authority=Authority(capacity="KT."))


def test_the_capacity_that_was_typed_stands_over_the_signature(response):
    typed = Authority(
        capacity="TUQ.",
        signs_as="TUQ. CHỦ TỊCH",
        document_number="12/QĐ-UBND",
        document_on=NOW.date(),
        document_issuer="UBND tỉnh",
    )

    concluded(response, signed(response), authority=typed)

    done = SignOff.objects.get(act="sign")
    assert (done.signs_as, done.document_on) == ("TUQ. CHỦ TỊCH", NOW.date())


def test_the_same_file_again_is_the_same_handing_in(response):
    content = signed(response)

    first, second = hand_in(response, content), hand_in(response, content)

    assert first == second
    assert (
        events(Event.SIGNED_PDF_UPLOADED),
        Job.objects.filter(task__endswith="signed_pdf").count(),
    ) == (1, 1)


def test_the_same_file_after_the_signature_is_the_same_handing_in(response):
    content = signed(response)
    pdf = concluded(response, content)

    assert hand_in(response, content) == pdf
    assert ResponseRevision.objects.filter(kind="signed").count() == 1


def test_of_two_files_one_signs_and_the_other_is_told_so(response):
    first, second = hand_in(response, signed(response)), hand_in(response, signed(response))

    run_pending()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, second.flaws) == (
        "accepted",
        "refused",
        ["already_signed"],
    )


def test_a_refused_file_may_be_handed_in_again(response, trust_list):
    foreign = certified("Root CA khác", is_authority=True)
    content = signed(response, certified("UBND", foreign))
    concluded(response, content)
    trust(trust_list, foreign)

    assert concluded(response, content).status == "accepted"


def test_a_file_whose_examination_broke_down_may_be_handed_in_again(response):
    content = signed(response)
    first = hand_in(response, content)
    Job.objects.filter(task__endswith="signed_pdf").update(status="failed")

    second = concluded(response, content)

    first.refresh_from_db()
    assert (first.flaws, second.status) == (["not_examined"], "accepted")


def test_what_came_before_the_round_was_closed_is_signed_after_it(response):
    pdf = hand_in(response, signed(response))
    Round.objects.update(status="closed", closed_at=NOW + timedelta(minutes=1))

    run_pending()

    pdf.refresh_from_db()
    assert pdf.status == "accepted"


def test_what_comes_after_the_round_was_closed_is_refused(response):
    Round.objects.update(status="closed", closed_at=NOW - timedelta(minutes=1))

    with pytest.raises(RoundEnded):
        hand_in(response, signed(response))


def test_a_return_leaves_the_signature_with_its_revision(response):
    first = concluded(response, signed(response))
    return_to_draft(response, reason="Sửa", actor=UserFactory(), at=NOW)
    send(response)
    second = concluded(response, signed(response))

    assert [each.sign_off.revision.number for each in DigitalSignature.objects.all()] == [2, 4]
    assert [first.status, second.status] == ["accepted", "accepted"]
    assert services.is_intact(first.signature.sign_off.revision)


def test_another_tax_code_than_the_agencys_is_pointed_out(response):
    AgencyIdentifier.objects.create(
        agency=response.assignment.agency, scheme="tax", value="0100000000", valid_from=NOW.date()
    )

    pdf = concluded(response, signed(response))

    assert (pdf.status, pdf.signature.warnings) == ("accepted", ["another_tax_code"])


def test_the_agencys_own_tax_code_is_no_warning(response):
    AgencyIdentifier.objects.create(
        agency=response.assignment.agency, scheme="tax", value="5300123456", valid_from=NOW.date()
    )

    assert concluded(response, signed(response)).signature.warnings == []


def test_a_stored_signature_holds_when_it_is_checked_again(response):
    concluded(response, signed(response))

    assert list(services.broken_signatures(at=LATER)) == []
    assert DigitalSignature.objects.get().checked_at == LATER


def test_a_signature_holds_after_its_certificate_has_run_out(response):
    holder = certified(
        "Sắp hết hạn", issuing(), valid=(NOW - timedelta(days=9), NOW + timedelta(days=1))
    )
    concluded(response, signed(response, holder))

    assert list(services.broken_signatures(at=NOW + timedelta(days=99))) == []


def test_a_changed_file_does_not_hold_and_is_recorded_once(response):
    pdf = concluded(response, signed(response))
    storage.discard(pdf.pk)
    storage.keep(pdf.pk, b"%PDF-1.7 other\n%%EOF")

    found = [broken.flaws for _run in range(2) for broken in services.broken_signatures(at=LATER)]

    assert found == [("not_ours",), ("not_ours",)]
    assert events(Event.SIGNATURE_BROKEN) == 1


def test_a_lost_file_does_not_hold(response):
    pdf = concluded(response, signed(response))
    storage.discard(pdf.pk)

    (broken,) = services.broken_signatures(at=LATER)

    assert broken.flaws == ("file_lost",)


def test_a_changed_revision_does_not_hold(response):
    pdf = concluded(response, signed(response))
    ResponseRevision.objects.filter(pk=pdf.signature.sign_off.revision_id).update(canonical="{}")

    (broken,) = services.broken_signatures(at=LATER)

    assert broken.flaws == ("revision_changed",)


def test_an_authority_taken_from_the_trust_list_is_noticed(response, trust_list):
    concluded(response, signed(response))
    trust(trust_list, certified("Root CA khác", is_authority=True))

    (broken,) = services.broken_signatures(at=LATER)

    assert broken.flaws == ("untrusted",)


def test_erased_signed_pdfs_are_not_counted_as_broken(response):
    pdf = concluded(response, signed(response))

    services.discard_signed_pdfs(response, {pdf.revision_id})

    assert SignedPdf.objects.get().is_erased
    assert list(services.broken_signatures(at=LATER)) == []
