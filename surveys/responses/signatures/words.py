"""What was found in a signed PDF, in words for the signatory and for the department."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.documents.signed import Flaw
from surveys.responses.signatures.models import SignedPdf
from surveys.responses.signatures.proof import ANOTHER_TAX_CODE

NOT_EXAMINED: Final = "not_examined"

FLAWS: Final[Mapping[str, str | Promise]] = {
    Flaw.NO_TRUST_LIST: gettext_lazy(
        "No trust list of certification authorities is configured, so nothing can be verified. Tell the "
        "department."
    ),
    Flaw.NOT_OURS: gettext_lazy(
        "This is not the PDF that was downloaded here for these answers, or it was saved anew. Download "
        "the PDF again and sign that very file: do not print it to PDF, merge it or save it under "
        "another format."
    ),
    Flaw.UNREADABLE: gettext_lazy(
        "The file is damaged or encrypted, so it cannot be read. Download the PDF again and sign it "
        "without a password."
    ),
    Flaw.UNSIGNED: gettext_lazy(
        "There is no digital signature in the file. Sign it with the agency's certificate, save it and "
        "upload the signed file."
    ),
    Flaw.CHANGED_BEFORE: gettext_lazy(
        "More than signatures was added to the PDF: a note, a text or a page. Download it again and "
        "sign it without adding anything."
    ),
    Flaw.CHANGED_AFTER: gettext_lazy(
        "The PDF was changed after it was signed. Upload the file as the signing tool has saved it."
    ),
    Flaw.NOT_COVERED: gettext_lazy(
        "A signature does not cover the whole file. Sign the downloaded PDF with another tool."
    ),
    Flaw.NOT_INTACT: gettext_lazy(
        "The content does not agree with the signature: the file was damaged or altered. Download the "
        "PDF again and sign it."
    ),
    Flaw.FORGED: gettext_lazy(
        "The signature was not made with the key of its certificate, or it was damaged. Sign the "
        "downloaded PDF again."
    ),
    Flaw.UNTRUSTED: gettext_lazy(
        "The certificate was not issued by an authority on the trust list. Sign with the certificate "
        "for official use, or ask the department which certificates are accepted."
    ),
    Flaw.EXPIRED: gettext_lazy(
        "The certificate has run out. Have it renewed, then sign the downloaded PDF again."
    ),
    Flaw.NOT_YET_VALID: gettext_lazy(
        "The certificate is not valid yet. Sign again from the day on which it is."
    ),
    Flaw.REVOKED: gettext_lazy(
        "The certificate was revoked. Sign with one that is in force, and tell the authority if you do "
        "not know of it."
    ),
    Flaw.WRONG_USE: gettext_lazy(
        "The certificate is not meant for signing documents. Choose the signing certificate of the "
        "agency."
    ),
    Flaw.WEAK: gettext_lazy(
        "The signature uses an algorithm that is not safe any more (SHA-1 or MD5). Set the signing tool "
        "to SHA-256 and sign again."
    ),
    NOT_EXAMINED: gettext_lazy(
        "The file could not be examined because of a fault here; it is not at fault. Upload it again."
    ),
    "file_lost": gettext_lazy("The content of this file cannot be found. Tell the department."),
    "revision_changed": gettext_lazy(
        "The stored answers are not those that were signed any more. Tell the department at once."
    ),
}
"""What is wrong and what to do, by what stands in ``SignedPdf.flaws``."""

REVOCATION: Final[Mapping[str, str | Promise]] = {
    "chain": gettext_lazy(
        "No certificate of the chain was revoked, as far as the lists given say."
    ),
    "signer": gettext_lazy(
        "The signer's certificate was not revoked, as far as the lists given say."
    ),
    "none": gettext_lazy("Whether the certificate was revoked was not checked: no list was given."),
}

WARNINGS: Final[Mapping[str, str | Promise]] = {
    ANOTHER_TAX_CODE: gettext_lazy(
        "The tax code in the certificate is not the agency's. Look whether the right agency signed."
    ),
}


def reasons_of(pdf: SignedPdf) -> list[str]:
    """Why the file was refused, and what to do."""
    return said(pdf.flaws) or ([pdf.words] if pdf.words else [])


def said(flaws: Sequence[str]) -> list[str]:
    """The flaws that are known, in words."""
    return [str(FLAWS[flaw]) for flaw in flaws if flaw in FLAWS]


def checked(line: Mapping[str, str]) -> list[str]:
    """What was verified of one signature, and what was not."""
    return [
        _(
            "The file begins with the PDF of these answers, byte by byte; only signatures were added."
        ),
        _("The signature covers the whole file, and nothing was changed after it."),
        _("The certificate leads to an authority on the trust list and was valid at that time."),
        str(REVOCATION[line["revocation"]]),
    ]
