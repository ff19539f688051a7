"""Tables that are sent to fill in answers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from surveys.models import PrefillUpload, Response, Round, User
from surveys.responses.prefilling.lines import Line, line_from
from surveys.responses.prefilling.services import (
    Filled,
    apply_prefill,
    fill_drafts,
    keep_prefill,
    store_values,
)
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.writing.package import pack
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW

LATER: Final = NOW + timedelta(hours=1)


def book(*rows: Sequence[str]) -> bytes:
    """A workbook with one sheet."""
    width = max(map(len, rows))
    return pack([Sheet("So lieu", [[*row, *[""] * (width - len(row))] for row in rows])])


def kept(round_: Round, *rows: Sequence[str], actor: User | None = None) -> PrefillUpload:
    """The rows, sent as a workbook by somebody."""
    return keep_prefill(
        round_, data=book(*rows), filename="a.xlsx", actor=actor or UserFactory(), at=LATER
    )


def lines(upload: PrefillUpload) -> list[Line]:
    """What became of its cells."""
    return [line_from(data) for data in upload.lines]


def said(upload: PrefillUpload) -> list[tuple[str, str]]:
    """Of each cell where it stands, and the reason or the verdict."""
    return [(line.where.partition("!")[2], line.reason or line.verdict) for line in lines(upload)]


def applied(round_: Round, *rows: Sequence[str]) -> PrefillUpload:
    """The rows, sent, applied and stored."""
    sent = kept(round_, *rows)
    upload = apply_prefill(sent, actor=sent.created_by, at=LATER)
    store_values(upload)
    return upload


def filled(upload: PrefillUpload) -> Filled:
    """The drafts of its round, filled in here and now."""
    return fill_drafts(
        upload, actor=upload.created_by, clock=lambda: LATER, progress=lambda *_: None
    )


def answers(response: Response) -> dict[str, Any]:
    """The answers as they are stored."""
    return dict(Response.objects.get(pk=response.pk).answers)
