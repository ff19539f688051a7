"""Is this PDF the one we gave out, signed by somebody whom we trust, and nothing else? Plain Python.

Loads pyHanko. Runs in a limited process, because it reads what strangers send.
"""

import asyncio
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DiffResult,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel

from surveys.documents.signed.additions import SIGNATURES_ONLY
from surveys.documents.signed.chains import Anchors, judge, judge_document_timestamp
from surveys.documents.signed.findings import Flaw

MOST_SIGNATURES: Final = 20
_UNREADABLE: Final = (PdfError, ValueError, TypeError, LookupError, RecursionError)
"""What pyHanko and asn1crypto raise for files that are no proper PDF or no proper signature."""


class Flawed(Exception):
    """The file does not count, for this reason."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def verify(
    data: bytes,
    *,
    original: Mapping[str, Any],
    received_at: str,
    trust: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """What is to be said of ``data``, a PDF that claims to be our PDF with signatures added.

    ``original`` is ours: its ``size`` in bytes and its ``sha256``; ``trust`` is ``Trust.as_options()``.
    Certificates are judged as of a trusted time stamp, else as of ``received_at`` (ISO 8601). The
    result is ready for JSON: ``flaws`` are the values of ``Flaw``, none if the file counts;
    ``signatures`` tell of each signature in the order of signing (see ``chains.judge``),
    ``timestamps`` of each time stamp of the document; ``anchors`` is the number of trusted
    certificates, ``unread`` that of files of the trust list that could not be used.
    """
    anchors = Anchors.read(trust)
    flaws: list[str] = []
    lines: list[dict[str, Any]] = []
    try:
        _refuse_foreign(data, original)
        if not anchors.roots:
            raise Flawed(Flaw.NO_TRUST_LIST)  # noqa: TRY301  (one of several, in their order)
        reader = _reader(data)
        signatures = _signatures(reader)
        lines += _judged(reader, signatures, anchors, datetime.fromisoformat(received_at))
        flaws += [flaw for line in lines for flaw in line["flaws"]]
        # What came behind the last signature is a change too, and it is known when it was made.
        if Flaw.CHANGED_AFTER not in flaws:
            _refuse_changes(reader, data[: original["size"]])
    except Flawed as flawed:
        flaws.append(flawed.flaw)
    except _UNREADABLE:
        flaws.append(Flaw.UNREADABLE)
    return {
        "flaws": list(dict.fromkeys(flaws)),
        "signatures": [line for line in lines if not line["is_timestamp"]],
        "timestamps": [line for line in lines if line["is_timestamp"]],
        "anchors": len(anchors.roots),
        "unread": anchors.unread,
    }


def _refuse_foreign(data: bytes, original: Mapping[str, Any]) -> None:
    """What was given out stands at the beginning, byte by byte: tools that sign add behind it."""
    size = original["size"]
    if hashlib.sha256(data[:size]).hexdigest() != original["sha256"]:
        raise Flawed(Flaw.NOT_OURS)
    if len(data) == size:
        raise Flawed(Flaw.UNSIGNED)


def _reader(data: bytes) -> PdfFileReader:
    reader = PdfFileReader(BytesIO(data))
    # An encrypted file, or one with two tables of contents, does not look the same to every reader.
    if reader.encrypted or reader.xrefs.hybrid_xrefs_present:
        raise Flawed(Flaw.UNREADABLE)
    return reader


def _signatures(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    found = list(reader.embedded_signatures)
    if not any(each.sig_object_type == "/Sig" for each in found):
        raise Flawed(Flaw.UNSIGNED)
    if len(found) > MOST_SIGNATURES:
        raise Flawed(Flaw.UNREADABLE)
    return found


def _refuse_changes(reader: PdfFileReader, original: bytes) -> None:
    """Nothing was added to the original but signatures, their appearance and their proofs.

    Its tables must be the first ones of the file: one may begin with its bytes and point past them.
    """
    ours = PdfFileReader(BytesIO(original))
    newest = ours.xrefs.total_revisions - 1
    if newest >= reader.xrefs.total_revisions:
        raise Flawed(Flaw.CHANGED_BEFORE)
    if reader.xrefs.get_startxref_for_revision(newest) != ours.last_startxref:
        raise Flawed(Flaw.CHANGED_BEFORE)
    found = SIGNATURES_ONLY.review_file(reader, newest)
    if _level(found) > ModificationLevel.FORM_FILLING:
        raise Flawed(Flaw.CHANGED_BEFORE)


def _judged(
    reader: PdfFileReader,
    signatures: Sequence[EmbeddedPdfSignature],
    anchors: Anchors,
    moment: datetime,
) -> Iterator[dict[str, Any]]:
    last = max(
        (each for each in signatures if each.sig_object_type == "/Sig"),
        key=lambda each: each.signed_revision,
    )
    anchors = anchors.with_proofs_of(reader)
    for each in signatures:
        is_timestamp = each.sig_object_type != "/Sig"
        judging = judge_document_timestamp if is_timestamp else judge
        line = asyncio.run(judging(each, anchors, moment))
        flaws = [*_coverage_flaws(each, is_last=each is last), *line["flaws"]]
        yield {**line, "flaws": flaws, "is_timestamp": is_timestamp}


def _coverage_flaws(signature: EmbeddedPdfSignature, *, is_last: bool) -> list[Flaw]:
    """A signature covers all up to its end; behind the last one come proofs and time stamps only."""
    coverage = signature.evaluate_signature_coverage()
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION or not _is_gapless(signature):
        return [Flaw.NOT_COVERED]
    if coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return []
    level = _level(
        SIGNATURES_ONLY.review_file(
            signature.reader,
            signature.signed_revision,
            field_mdp_spec=signature.fieldmdp,
            doc_mdp=signature.docmdp_level,
        )
    )
    allowed = ModificationLevel.LTA_UPDATES if is_last else ModificationLevel.FORM_FILLING
    return [Flaw.CHANGED_AFTER] if level > allowed else []


def _level(found: DiffResult | SuspiciousModification) -> ModificationLevel:
    if isinstance(found, SuspiciousModification):
        return ModificationLevel.OTHER
    return found.modification_level


def _is_gapless(signature: EmbeddedPdfSignature) -> bool:
    """Two ranges from the first byte on, between them the signature itself in hexadecimal digits.

    pyHanko adds the lengths up; where the ranges lie is asked here too.
    """
    start, first, behind, second = (int(each) for each in signature.byte_range)
    stream = signature.reader.stream
    stream.seek(first)
    gap = stream.read(behind - first) if behind > first else b""
    size = stream.seek(0, os.SEEK_END)
    return (
        start == 0
        and behind + second <= size
        and gap[:1] == b"<"
        and gap[-1:] == b">"
        and not gap[1:-1].strip(b"0123456789abcdefABCDEF")
    )
