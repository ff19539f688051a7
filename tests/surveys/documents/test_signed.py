"""A PDF of ours with signatures added: what counts, and what does not."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pypdf import PdfReader, PdfWriter

from surveys.documents.pdf import letter_pdf
from surveys.documents.signed import Trust
from surveys.documents.signed.verifying import verify
from tests.surveys.documents.authorities import (
    SIGNED_AT,
    YEAR,
    agency,
    certified,
    issuing,
    original,
    revoking,
    revoking_nobody,
    root,
    signed_by,
    trust,
)
from tests.surveys.documents.samples import LETTER

RECEIVED_AT = SIGNED_AT + timedelta(hours=2)
EXPIRED = (SIGNED_AT - YEAR, SIGNED_AT + timedelta(hours=1))


def verified(pdf, trusting=None, *, at=RECEIVED_AT, ours=None):
    ours = original() if ours is None else ours
    return verify(
        pdf,
        original={"size": len(ours), "sha256": hashlib.sha256(ours).hexdigest()},
        received_at=at.isoformat(),
        trust=(trusting or trust()).as_options(),
    )


def flaws(pdf, trusting=None, **how):
    return verified(pdf, trusting, **how)["flaws"]


def changed(pdf, change):
    """The PDF with an incremental update that changes something."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def other_content(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def a_note(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 90, 90))),
            pdf_name("/Contents"): generic.pdf_string("24 → 42"),
        }
    )
    page[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def a_script(writer):
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("0")}
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def a_text_field(writer):
    field = generic.DictionaryObject(
        {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.pdf_string("so_lieu")}
    )
    fields = generic.ArrayObject([writer.add_object(field)])
    writer.root[pdf_name("/AcroForm")] = generic.DictionaryObject({pdf_name("/Fields"): fields})
    writer.update_root()


def test_our_pdf_signed_with_a_trusted_certificate_counts():
    assert flaws(signed_by(agency())) == []


def test_signer_authority_and_tax_code_are_said():
    (line,) = verified(signed_by(agency()))["signatures"]

    said = (line["signer"], line["organisation"], line["issuer"], line["tax_code"])
    assert said == (
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "CA phục vụ các cơ quan (thử)",
        "5300123456",
    )


def test_the_certificate_is_known_by_its_fingerprint():
    (line,) = verified(signed_by(agency()))["signatures"]

    assert line["fingerprint"] == hashlib.sha256(agency().der).hexdigest()


def test_the_number_of_an_identity_card_is_not_told():
    person = certified("Hoàng Minh Đức", issuing(), user_id="CCCD:010203004567")

    assert "010203004567" not in str(verified(signed_by(person)))


def test_a_signature_certifying_the_document_counts():
    pdf = signed_by(agency(), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)

    assert flaws(pdf) == []


def test_two_signatures_count_and_both_are_told():
    leader = certified("Hoàng Minh Đức", issuing(), usage="digital_signature")

    found = verified(signed_by(agency(), signed_by(leader), field="ConDau"))

    assert found["flaws"] == []
    assert [line["signer"] for line in found["signatures"]] == [
        "Hoàng Minh Đức",
        "Ủy ban nhân dân tỉnh Lào Cai",
    ]


def test_of_two_signatures_each_must_be_trusted():
    stranger = certified("Người lạ")

    assert flaws(signed_by(agency(), signed_by(stranger), field="ConDau")) == ["untrusted"]


def test_an_unsigned_pdf_is_no_signature():
    assert flaws(original()) == ["unsigned"]


def test_an_update_without_a_signature_is_no_signature():
    assert flaws(changed(original(), a_note)) == ["unsigned"]


def test_a_flipped_byte_of_ours_is_seen():
    pdf = bytearray(signed_by(agency()))
    pdf[len(original()) // 2] ^= 1

    assert flaws(bytes(pdf)) == ["not_ours"]


def test_a_flipped_byte_of_what_was_added_is_seen():
    pdf = signed_by(agency())
    place = pdf.rindex(b"/Rect [") + 8

    assert flaws(pdf[:place] + b"4" + pdf[place + 1 :]) == ["not_intact"]


def test_a_flipped_byte_of_the_signature_itself_is_seen():
    pdf = bytearray(signed_by(agency()))
    value = value_at(pdf)
    pdf[value] = ord("0") if pdf[value] != ord("0") else ord("1")

    assert flaws(bytes(pdf)) == ["forged"]


def value_at(pdf):
    """Where the last byte of the ECDSA value stands, in hexadecimal digits, before the padding."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    length = 4 + int(pdf[start + 4 : start + 8], 16)
    assert start + 2 * length <= end
    return start + 2 * length - 1


def test_another_revisions_pdf_is_not_ours():
    other = letter_pdf(replace(LETTER, number="999"))

    assert flaws(signed_by(agency(), other)) == ["not_ours"]


def test_a_pdf_saved_anew_is_not_ours():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(original())))
    out = BytesIO()
    writer.write(out)

    assert flaws(signed_by(agency(), out.getvalue())) == ["not_ours"]


@pytest.mark.parametrize("change", [other_content, a_note, a_script, a_text_field])
def test_what_was_changed_before_signing_is_seen(change):
    assert flaws(signed_by(agency(), changed(original(), change))) == ["changed_before"]


@pytest.mark.parametrize("change", [other_content, a_note, a_script])
def test_what_was_changed_after_signing_is_seen(change):
    assert flaws(changed(signed_by(agency()), change)) == ["changed_after"]


def test_a_file_that_begins_with_ours_and_points_past_it_is_seen():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = BytesIO()
    out.write(original() + b"\n")
    whole = BytesIO()
    writer.write(whole)
    shifted = moved(whole.getvalue(), out.tell())

    assert flaws(signed_by(agency(), out.getvalue() + shifted)) == ["changed_before"]


def moved(pdf, offset):
    """A PDF whose table of objects is right when it stands at the offset."""
    start = int(pdf.split(b"startxref")[1].split()[0])
    lines = pdf[start:].split(b"\n")
    for number, line in enumerate(lines):
        if line.rstrip().endswith(b" n"):
            place, rest = line.split(b" ", 1)
            lines[number] = b"%010d " % (int(place) + offset) + rest
    table = b"\n".join(lines).replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + offset))
    return pdf[:start] + table


def test_ranges_that_leave_a_gap_are_seen():
    pdf = signed_by(agency())
    start = pdf.rindex(b"/ByteRange [") + len(b"/ByteRange [")
    end = pdf.index(b"]", start)
    first = [int(each) for each in pdf[start:end].split()]
    gap = [first[0], first[1] - 100, first[2] - 100, first[3] + 100]
    forged = b" ".join(b"%d" % each for each in gap).ljust(end - start)

    assert "not_covered" in flaws(pdf[:start] + forged + pdf[end:])


def test_a_certificate_of_an_unknown_authority_is_not_trusted():
    foreign = certified("Root CA khác", is_authority=True)
    pdf = signed_by(certified("Ủy ban nhân dân tỉnh Lào Cai", foreign))

    assert flaws(pdf) == ["untrusted"]


def test_any_of_several_roots_is_trusted():
    foreign = certified("Root CA khác", is_authority=True)

    assert flaws(signed_by(agency()), trust(foreign, root())) == []


def test_nothing_counts_without_a_trust_list():
    assert flaws(signed_by(agency()), Trust()) == ["no_trust_list"]


def test_the_certificate_of_no_authority_makes_no_trust_list():
    assert flaws(signed_by(agency()), trust(agency())) == ["no_trust_list"]


def test_files_of_the_trust_list_that_cannot_be_read_are_counted():
    damaged = Trust(roots=[*trust().roots, "AAAA"])

    found = verified(signed_by(agency()), damaged)

    assert (found["anchors"], found["unread"], found["flaws"]) == (1, 1, [])


def test_an_expired_certificate_does_not_sign():
    holder = certified("Đã hết hạn", issuing(), valid=EXPIRED)

    assert flaws(signed_by(holder)) == ["expired"]


def test_a_trusted_time_stamp_proves_that_the_certificate_was_valid():
    holder = certified("Đã hết hạn", issuing(), valid=EXPIRED)

    assert flaws(signed_by(holder, stamped=True)) == []


def test_a_certificate_is_not_valid_before_its_time():
    holder = certified(
        "Chưa đến hạn", issuing(), valid=(RECEIVED_AT + YEAR, RECEIVED_AT + 2 * YEAR)
    )

    assert flaws(signed_by(holder)) == ["not_yet_valid"]


def test_a_certificate_for_something_else_does_not_sign():
    holder = certified("Mã hóa", issuing(), usage="key_encipherment")

    assert flaws(signed_by(holder)) == ["wrong_use"]


def test_a_weak_algorithm_is_refused():
    assert flaws(signed_by(agency(), digest="sha1")) == ["weak"]


def test_a_revoked_certificate_does_not_sign():
    revoked = revoking(agency(), issuing(), at=SIGNED_AT - timedelta(days=1))

    assert flaws(signed_by(agency()), trust(crls=[revoked])) == ["revoked"]


def test_a_list_out_of_date_still_revokes():
    at = SIGNED_AT - timedelta(days=30)
    revoked = revoking(agency(), issuing(), at=at, until=at + timedelta(days=1))

    assert flaws(signed_by(agency()), trust(crls=[revoked])) == ["revoked"]


def test_what_was_revoked_later_signed_well():
    revoked = revoking(agency(), issuing(), at=RECEIVED_AT + timedelta(days=1))

    assert flaws(signed_by(agency()), trust(crls=[revoked])) == []


def test_how_much_of_the_chain_is_known_not_to_be_revoked_is_said():
    pdf = signed_by(agency())
    lists = [revoking_nobody(issuing()), revoking_nobody(root())]

    said = [
        verified(pdf, trust(crls=lists[:most]))["signatures"][0]["revocation"] for most in range(3)
    ]

    assert said == ["none", "signer", "chain"]


def test_an_intermediate_that_the_file_lacks_may_stand_in_the_trust_list():
    lone = certified("Ủy ban nhân dân tỉnh Lào Cai", issuing())
    pdf = signed_by(type(lone)(lone.certificate, lone.key))

    assert flaws(pdf) == ["untrusted"]
    assert flaws(pdf, trust(others=[issuing().pem])) == []


def test_no_pdf_at_all_is_unreadable():
    assert flaws(b"nothing", ours=b"noth") == ["unreadable"]
