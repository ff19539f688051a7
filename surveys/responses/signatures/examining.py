"""A signed PDF examined in a limited process; for workers and commands, because pyHanko is loaded."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from surveys.documents.signed import Flaw
from surveys.files import storage
from surveys.limited import Limits, Reason, Unreadable, read_limited
from surveys.responses.signatures.models import SignedPdf
from surveys.responses.signatures.trust import trust_list

LIMITS: Final = Limits(seconds=30, memory_bytes=1024 * 1024 * 1024, answer_bytes=1024 * 1024)

logger = logging.getLogger(__name__)


class ExaminerBusy(Exception):
    """No limited process became free: worth another try."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that was given out to be signed."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a signed PDF; it counts where there are no ``flaws``.

    ``report`` is as ``documents.signed.verifying.verify`` gives it, empty where it could not.
    """

    flaws: tuple[str, ...]
    paper: Paper | None = None
    report: dict[str, Any] = field(default_factory=dict)


def examine(content: bytes, papers: Iterable[Paper], *, received_at: datetime) -> Examination:
    """Look whether the content is one of the papers, signed by whom we trust.

    Raises ExaminerBusy. Content that cannot be read within the limits is ``UNREADABLE``.
    """
    paper = _begun_with(content, papers)
    if paper is None:
        return Examination((Flaw.NOT_OURS.value,))
    from surveys.documents.signed.verifying import verify  # noqa: PLC0415  (loads pyHanko)

    options = {
        "original": {"size": paper.size, "sha256": paper.sha256},
        "received_at": received_at.isoformat(),
        "trust": trust_list().as_options(),
    }
    try:
        report = read_limited(verify, content, options, limits=LIMITS)
    except Unreadable as failure:
        if failure.reason is Reason.BUSY:
            raise ExaminerBusy from failure
        logger.warning("A signed PDF could not be examined: %s", failure)
        return Examination((Flaw.UNREADABLE.value,), paper)
    if report["unread"]:
        logger.error("%s files of the signature trust list cannot be used", report["unread"])
    return Examination(tuple(report["flaws"]), paper, report)


def content_of(pdf: SignedPdf) -> bytes:
    """The bytes as they were handed in. Raises FileLost."""
    with storage.open_content(pdf.pk) as file:
        return file.read()


def _begun_with(content: bytes, papers: Iterable[Paper]) -> Paper | None:
    """The paper with whose bytes the content begins."""
    for paper in papers:
        if hashlib.sha256(content[: paper.size]).hexdigest() == paper.sha256:
            return paper
    return None
