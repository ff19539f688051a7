"""Signed PDFs: handed in, concluded upon once they are examined, and checked again.

The revision that is signed has the text, and so the hash, of the one that was sent; the signed file
begins with the PDF of that one. So the signature proves the answers of the signed revision, and of no
later one: whatever changes is sent anew, as a new revision with a PDF of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.common.trust_list import has_trust_list
from surveys.files import storage
from surveys.files.checking import CheckedFile
from surveys.files.refusals import FileLost
from surveys.live import services as live
from surveys.organisations.models import Substitution, User
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.queries import signed_revision
from surveys.responses.services.drafts import Draft, lock, topic
from surveys.responses.services.freezing import FROZEN
from surveys.responses.services.signing import (
    data_of,
    refuse_way_of_signing,
    right_to_sign,
    sign,
)
from surveys.responses.signatures.examining import Examination, Paper, content_of, examine
from surveys.responses.signatures.models import DigitalSignature, SignedPdf, SignedPdfStatus
from surveys.responses.signatures.proof import Proof
from surveys.responses.signatures.queries import has_failed
from surveys.responses.signoff.authority import Authority, authority_from
from surveys.responses.signoff.queries import revision_in_question
from surveys.responses.signoff.refusals import SubstitutionNotInForce, TrustListMissing
from surveys.responses.workflow import SIGNED


@dataclass(frozen=True, slots=True)
class Broken:
    """A digital signature that does not hold any more, and why."""

    signature: DigitalSignature
    flaws: tuple[str, ...]


@transaction.atomic
def hand_in_signed(
    response: Response | int,
    *,
    file: CheckedFile,
    authority: Authority,
    shown: str | None,
    actor: User | None,
    at: datetime,
) -> SignedPdf:
    """Take a signed PDF of the answers that await the signature; a background job examines it.

    Nothing is signed yet. The same file again, while it is examined or accepted, is the same handing
    in, also where it has led to a signature. Raises TrustListMissing, DigitalSignatureNotTaken, what
    ``right_to_sign`` raises, or StorageFull.
    """
    if not has_trust_list():
        raise TrustListMissing
    draft = lock(response, *FROZEN, at=at)
    if known := _handed_in(draft, file, at=at):
        return known
    refuse_way_of_signing(draft, is_digital=True)
    done = right_to_sign(draft, actor=actor, at=at, authority=authority, shown=shown)
    pdf = SignedPdf.objects.create(
        response=draft.response,
        revision=done.revision,
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        is_scanned=file.is_scanned,
        authority=authority.as_json(),
        uploaded_at=at,
        uploaded_by=actor,
    )
    # What a process leaves that dies here, the nightly cleaning finds.
    storage.keep(pdf.pk, file.content)
    _record(Event.SIGNED_PDF_UPLOADED, draft, pdf, actor=actor, at=at)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return pdf


def conclude(pdf: SignedPdf, examination: Examination, *, at: datetime) -> SignedPdf:
    """Sign the answers if the PDF counts, else refuse it and say why; once, whoever asks again.

    The signature is of the moment in which the file was handed in, and of whoever did so. Where it
    cannot be given any more (somebody signed meanwhile, the answers were sent anew), the file is
    refused in those words.
    """
    if examination.flaws:
        return _refuse(pdf, examination.flaws, "", at=at)
    try:
        with transaction.atomic():
            locked = _waiting(pdf, at=at)
            if locked is None:
                return SignedPdf.objects.get(pk=pdf.pk)
            sign(
                pdf.response_id,
                actor=locked.uploaded_by,
                at=locked.uploaded_at,
                authority=_authority(locked),
                shown=locked.revision.sha256,
                proof=Proof(locked, examination, at),
            )
            return _decided(locked, SignedPdfStatus.ACCEPTED, at=at)
    except DomainError as refusal:
        return _refuse(pdf, (refusal.code,), str(refusal), at=at)


def check_again(signature: DigitalSignature, *, at: datetime) -> Broken | None:
    """Examine a stored signed PDF anew; a signature that has ceased to hold is recorded once.

    Judged as of when it was handed in, by the trust list of today. None where it holds, or where the
    file was erased with the personal data in it. Raises ExaminerBusy. For workers and commands.
    """
    pdf = signature.pdf
    if pdf.is_erased:
        return None
    flaws = _flaws_of(signature)
    with transaction.atomic():
        locked = DigitalSignature.objects.select_for_update().get(pk=signature.pk)
        is_new = bool(flaws) and not locked.failures
        locked.failures, locked.checked_at = list(flaws), at
        locked.save(update_fields=["failures", "checked_at"])
        if is_new:
            assignment = pdf.response.assignment
            data = {
                "assignment": assignment.pk,
                "round": assignment.round_id,
                "agency": assignment.agency_id,
                "signed_pdf": str(pdf.pk),
                "sha256": pdf.sha256,
                "flaws": list(flaws),
            }
            audit.record(Event.SIGNATURE_BROKEN, pdf.response, actor=None, at=at, data=data)
    return Broken(signature, flaws) if flaws else None


def broken_signatures(*, at: datetime) -> Iterator[Broken]:
    """Check every stored signature again, the oldest first; those that do not hold, as they are found."""
    signatures = DigitalSignature.objects.select_related(
        "pdf__revision", "pdf__response__assignment", "sign_off__revision"
    )
    for signature in signatures.order_by("pk").iterator(chunk_size=50):
        if broken := check_again(signature, at=at):
            yield broken


@transaction.atomic
def fetch_signed(pdf: SignedPdf, *, actor: User, at: datetime) -> IO[bytes]:
    """The signed PDF as it was handed in, for a person; noted in the audit. Raises FileLost."""
    content = storage.open_content(pdf.pk)
    data = {"signed_pdf": str(pdf.pk), "sha256": pdf.sha256}
    audit.record(Event.SIGNED_PDF_DOWNLOADED, pdf.response, actor=actor, at=at, data=data)
    return content


def discard_signed_pdfs(response: Response, revisions: Collection[int]) -> int:
    """Make signed PDFs go that show erased personal data; part of an erasing, which records it.

    Who signed, with which certificate and what was verified stays. How many files it were.
    """
    shown = SignedPdf.objects.filter(response=response, revision__in=revisions, is_erased=False)
    ids = list(shown.exclude(status=SignedPdfStatus.REFUSED).values_list("pk", flat=True))
    SignedPdf.objects.filter(pk__in=ids).update(is_erased=True)
    for pdf_id in ids:
        transaction.on_commit(lambda pdf_id=pdf_id: storage.discard(pdf_id))  # type: ignore[misc]  # the id of this turn
    return len(ids)


def _handed_in(draft: Draft, file: CheckedFile, *, at: datetime) -> SignedPdf | None:
    """The handing in of the same file for the revision in question, or for the signature that stands;
    None if it was refused, or if its examination broke down."""
    same = SignedPdf.objects.filter(response=draft.response, sha256=file.sha256)
    if draft.assignment.status in SIGNED:
        signed = signed_revision(draft.response)
        return same.filter(signature__sign_off__revision=signed).first()
    waiting = same.filter(status=SignedPdfStatus.WAITING)
    known = waiting.filter(revision=revision_in_question(draft.response)).first()
    if known is None or not has_failed(known):
        return known
    _decided(known, SignedPdfStatus.REFUSED, at=at, flaws=("not_examined",))
    return None


def _waiting(pdf: SignedPdf, *, at: datetime) -> SignedPdf | None:
    """The row under the lock of its response, if nobody has concluded upon it yet."""
    lock(pdf.response_id, at=at)
    waiting = SignedPdf.objects.select_related("revision", "uploaded_by").filter(
        pk=pdf.pk, status=SignedPdfStatus.WAITING
    )
    return waiting.first()


@transaction.atomic
def _refuse(pdf: SignedPdf, flaws: Sequence[str], words: str, *, at: datetime) -> SignedPdf:
    draft = lock(pdf.response_id, at=at)
    locked = SignedPdf.objects.select_related("uploaded_by").get(pk=pdf.pk)
    if locked.status != SignedPdfStatus.WAITING:
        return locked
    _decided(locked, SignedPdfStatus.REFUSED, at=at, flaws=flaws, words=words)
    data = {"flaws": list(flaws)}
    _record(Event.SIGNED_PDF_REFUSED, draft, locked, actor=locked.uploaded_by, at=at, more=data)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return locked


def _decided(
    pdf: SignedPdf,
    status: SignedPdfStatus,
    *,
    at: datetime,
    flaws: Sequence[str] = (),
    words: str = "",
) -> SignedPdf:
    pdf.status, pdf.decided_at, pdf.flaws, pdf.words = status, at, list(flaws), words
    pdf.save(update_fields=["status", "decided_at", "flaws", "words"])
    if status == SignedPdfStatus.REFUSED:
        # Its name, size and hash stay; a stranger's file that counts for nothing does not.
        transaction.on_commit(lambda: storage.discard(pdf.pk))
    return pdf


def _authority(pdf: SignedPdf) -> Authority:
    with suppress(Substitution.DoesNotExist):
        return authority_from(pdf.authority)
    raise SubstitutionNotInForce


def _flaws_of(signature: DigitalSignature) -> tuple[str, ...]:
    """What is wrong with it today: with the file, its hash, its revisions, or the signatures in it."""
    pdf, signed = signature.pdf, signature.sign_off.revision
    if not _is_same_text(pdf.revision, signed):
        return ("revision_changed",)
    try:
        content = content_of(pdf)
    except FileLost as lost:
        return (lost.code,)
    paper = Paper(signature.paper_size, signature.paper_sha256)
    return examine(content, [paper], received_at=pdf.uploaded_at).flaws


def _is_same_text(sent: ResponseRevision, signed: ResponseRevision) -> bool:
    return sent.canonical == signed.canonical and sent.sha256 == signed.sha256


def _record(
    event: Event,
    draft: Draft,
    pdf: SignedPdf,
    *,
    actor: User | None,
    at: datetime,
    more: dict[str, Any] | None = None,
) -> None:
    data = {
        **data_of(draft),
        "signed_pdf": str(pdf.pk),
        "revision": pdf.revision_id,
        "size": pdf.size,
        "sha256": pdf.sha256,
        **(more or {}),
    }
    audit.record(event, draft.response, actor=actor, at=at, data=data)
