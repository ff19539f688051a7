"""Whose signature is it, and does a chain of certificates lead to somebody we trust? Loads pyHanko."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from asn1crypto import crl, ocsp, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import (
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from surveys.documents.signed.findings import Flaw
from surveys.documents.signed.people import described

SIGNING: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
"""Government certificates have either of the two."""

_SIGNER_ONLY: Final = RevocationCheckingPolicy(
    RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
)
REVOCATION: Final = (
    ("chain", REQUIRE_REVINFO),
    ("signer", _SIGNER_ONLY),
    ("none", NO_REVOCATION),
)
"""How much of the chain is known not to be revoked, the most first."""

_WEAK: Final = (
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Whom we trust, what helps to build chains, and what is known to be revoked.

    ``embedded`` is what the signed file itself brings: proofs, but nothing to trust by themselves.
    ``unread`` is how many files could not be read, or are no authority's certificate among roots.
    """

    roots: Sequence[x509.Certificate]
    others: Sequence[x509.Certificate]
    crls: Sequence[crl.CertificateList]
    embedded_crls: Sequence[crl.CertificateList] = ()
    embedded_ocsps: Sequence[ocsp.OCSPResponse] = ()
    unread: int = 0

    @classmethod
    def read(cls, trust: Mapping[str, Sequence[str]]) -> "Anchors":
        """From files in base64 (see ``Trust``); what cannot be used is counted."""
        anchors, bad_anchors = _certificates(trust["roots"])
        authorities = [each for each in anchors if each.ca]
        helpers, bad_helpers = _certificates(trust["others"])
        lists, bad_lists = _lists(trust["crls"])
        unread = bad_anchors + bad_helpers + bad_lists + len(anchors) - len(authorities)
        return cls(authorities, helpers, lists, unread=unread)

    def with_proofs_of(self, reader: PdfFileReader) -> "Anchors":
        """With what the file brings in its security store."""
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            return self
        lists = [crl.CertificateList.load(each.get_object().read_data()) for each in store.crls]
        answers = [ocsp.OCSPResponse.load(each.get_object().read_data()) for each in store.ocsps]
        return replace(
            self,
            others=[*self.others, *store.load_certs()],
            embedded_crls=lists,
            embedded_ocsps=answers,
        )

    def with_proofs_in(self, signature: EmbeddedPdfSignature) -> "Anchors":
        """With what the signature brings as Adobe's attribute of revocation."""
        try:
            found = find_unique_cms_attribute(
                signature.signer_info["signed_attrs"], "adobe_revocation_info_archival"
            )
        except NonexistentAttributeError:
            return self
        return replace(
            self,
            embedded_crls=[*self.embedded_crls, *(found["crl"] or ())],
            embedded_ocsps=[*self.embedded_ocsps, *(found["ocsp"] or ())],
        )

    def context(self, moment: datetime, revocation: RevocationCheckingPolicy) -> ValidationContext:
        """What pyHanko judges by: nothing is ever fetched."""
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.others),
            crls=[*self.crls, *self.embedded_crls],
            ocsps=list(self.embedded_ocsps),
            moment=moment,
            allow_fetching=False,
            retroactive_revinfo=True,
            revinfo_policy=CertRevTrustPolicy(revocation),
        )

    def list_revokes(self, certificate: x509.Certificate, moment: datetime) -> bool:
        """Whether one of our own lists names the certificate; one that is out of date still counts."""
        return any(
            entry["user_certificate"].native == certificate.serial_number
            and entry["revocation_date"].native <= moment
            for each in self.crls
            if each.issuer == certificate.issuer
            for entry in each["tbs_cert_list"]["revoked_certificates"] or ()
        )


async def judge(
    signature: EmbeddedPdfSignature, anchors: Anchors, received_at: datetime
) -> dict[str, Any]:
    """One signature: ``flaws``; ``signer``, ``issuer`` and the certificate (see ``people``);
    ``claimed_at``, ``stamped_at`` and ``judged_at`` in ISO 8601; ``revocation``, as in ``REVOCATION``.

    A time stamp counts if its authority is trusted too; else the time of receipt does.
    """
    known = anchors.with_proofs_in(signature)
    status, revocation = await _status(signature, known, received_at)
    stamp = status.timestamp_validity
    stamped_at = stamp.timestamp if stamp and stamp.trusted else None
    judged_at = received_at
    if stamped_at is not None and stamped_at <= received_at:
        judged_at = stamped_at
        status, revocation = await _status(signature, known, judged_at)
    flaws = _flaws(status, judged_at)
    if stamp is not None and not (stamp.intact and stamp.valid):
        flaws.append(Flaw.NOT_INTACT)
    if known.list_revokes(status.signing_cert, judged_at):
        flaws.append(Flaw.REVOKED)
    return {
        "flaws": flaws,
        **described(status.signing_cert),
        "claimed_at": _iso(status.signer_reported_dt),
        "stamped_at": _iso(stamped_at),
        "stamped_by": described(stamp.signing_cert)["signer"] if stamp and stamped_at else "",
        "judged_at": judged_at.isoformat(),
        "revocation": revocation,
        "digest": status.md_algorithm,
    }


async def judge_document_timestamp(
    signature: EmbeddedPdfSignature, anchors: Anchors, received_at: datetime
) -> dict[str, Any]:
    """A time stamp of the whole document: it must be sound; whether it is trusted is said."""
    context = anchors.context(received_at, NO_REVOCATION)
    status = await async_validate_pdf_timestamp(signature, context)
    broken = not (status.intact and status.valid)
    return {
        "flaws": [Flaw.NOT_INTACT] if broken else [],
        **described(status.signing_cert),
        "stamped_at": _iso(status.timestamp),
        "is_trusted": status.trusted,
    }


async def _status(
    signature: EmbeddedPdfSignature, anchors: Anchors, moment: datetime
) -> tuple[PdfSignatureStatus, str]:
    """The status, and how much of the chain is known not to be revoked.

    What is known to be revoked ends the search; what is not known does not.
    """
    known, policy = REVOCATION[0]
    status = await _validated(signature, anchors, moment, policy)
    for less, policy in REVOCATION[1:]:
        if status.trusted or status.revoked:
            break
        known, status = less, await _validated(signature, anchors, moment, policy)
    return status, known


async def _validated(
    signature: EmbeddedPdfSignature,
    anchors: Anchors,
    moment: datetime,
    policy: RevocationCheckingPolicy,
) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        signature,
        anchors.context(moment, policy),
        ts_validation_context=anchors.context(moment, NO_REVOCATION),
        key_usage_settings=SIGNING,
        skip_diff=True,
    )


def _flaws(status: SignatureStatus, moment: datetime) -> list[Flaw]:
    """What is wrong with the signature and its chain as of the moment; the first thing only."""
    certificate, problem = status.signing_cert, status.trust_problem_indic
    found = (
        (Flaw.NOT_INTACT, not status.intact),
        (Flaw.FORGED, not status.valid),
        (Flaw.REVOKED, status.revoked),
        (Flaw.WEAK, problem in _WEAK),
        (Flaw.UNTRUSTED, problem is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND),
        (Flaw.EXPIRED, moment > certificate.not_valid_after),
        (Flaw.NOT_YET_VALID, moment < certificate.not_valid_before),
        (Flaw.WRONG_USE, not status.trusted and not _may_sign(certificate)),
        (Flaw.UNTRUSTED, not status.trusted),
    )
    return [flaw for flaw, holds in found if holds][:1]


def _may_sign(certificate: x509.Certificate) -> bool:
    usage = certificate.key_usage_value
    return usage is None or bool(usage.native & SIGNING.key_usage)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _certificates(files: Iterable[str]) -> tuple[list[x509.Certificate], int]:
    found, unread = [], 0
    for data in map(base64.b64decode, files):
        try:
            for each in _unarmored(data):
                certificate = x509.Certificate.load(each, strict=True)
                certificate.native  # noqa: B018  (read it whole now, or fail now)
                found.append(certificate)
        except ValueError:
            unread += 1
    return found, unread


def _lists(files: Iterable[str]) -> tuple[list[crl.CertificateList], int]:
    found, unread = [], 0
    for data in map(base64.b64decode, files):
        try:
            found += [crl.CertificateList.load(each, strict=True) for each in _unarmored(data)]
        except ValueError:
            unread += 1
    return found, unread


def _unarmored(data: bytes) -> list[bytes]:
    """The DER of everything in a PEM or DER file."""
    if not pem.detect(data):
        return [data]
    return [der for _kind, _headers, der in pem.unarmor(data, multiple=True)]
