"""Responses that await a digital signature, and files to hand in."""

from dataclasses import replace
from pathlib import Path

from surveys.background.runner import run_pending
from surveys.documents.pdf import letter_pdf
from surveys.files.checking import CheckedFile
from surveys.files.policy import FileType
from surveys.models import Response, ResponseRevision, SignedPdf, User
from surveys.responses.papers.services import keep_paper
from surveys.responses.services import hand_in_signed, send_for_signature
from surveys.responses.signoff.authority import OWN
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.documents.authorities import Holder, agency, root, signed_by
from tests.surveys.documents.samples import LETTER
from tests.surveys.responses.factories import draft, finished, open_assignment


def trust(folder: Path, *authorities: Holder) -> Path:
    """A trust list of the root, else of the authorities given."""
    for number, authority in enumerate(authorities or (root(),)):
        (folder / f"root-{number}.crt").write_bytes(authority.der)
    return folder


def awaiting(way: str = "digital") -> Response:
    """A response that was sent, in a round that asks for this way of signing; its PDF is made."""
    assignment = open_assignment()
    assignment.round.signature = way
    assignment.round.save()
    response = finished(draft(assignment))
    send(response)
    return response


def send(response: Response) -> ResponseRevision:
    """Send it, and make the PDF of what was sent."""
    revision = send_for_signature(response, actor=None, at=NOW)
    keep_paper(revision, paper(revision), language="vi", at=NOW)
    return revision


def paper(revision: ResponseRevision) -> bytes:
    """A PDF of its own for each revision."""
    return letter_pdf(replace(LETTER, number=str(revision.number)))


def signed(response: Response, holder: Holder | None = None) -> bytes:
    """The PDF of what was sent last, with a signature."""
    revision = response.revisions.filter(kind="sent").order_by("-number")[0]
    return signed_by(holder or agency(), paper(revision))


def file_of(content: bytes, name: str = "phieu-da-ky.pdf") -> CheckedFile:
    return CheckedFile(name, FileType.PDF, content, is_scanned=False)


def signatory(response: Response) -> User:
    """A new signatory of the response's agency."""
    return member(response.assignment.agency, "signatory")


def hand_in(response: Response, content: bytes, actor: User | None = None, **how) -> SignedPdf:
    """Hand the content in, without examining it."""
    how = {"authority": OWN, "shown": None, "at": NOW} | how
    return hand_in_signed(response, file=file_of(content), actor=actor, **how)


def concluded(response: Response, content: bytes, actor: User | None = None, **how) -> SignedPdf:
    """Hand the content in and let the worker examine it."""
    pdf = hand_in(response, content, actor, **how)
    run_pending()
    pdf.refresh_from_db()
    return pdf
