"""Under which a workbook is compared with a draft: what its person may change, what came since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from surveys.engine import Cell
from surveys.excelform.comparing import Terms
from surveys.organisations.models import User
from surveys.responses.delegation.queries import Share
from surveys.responses.enums import Channel
from surveys.responses.models import AnswerChange, Response
from surveys.responses.services.cells import cell_from
from surveys.responses.services.rows import MOST_ROWS

NOT_CITED = "not_cited"
PART_OF_ANOTHER = "part_of_another"


@dataclass(frozen=True, slots=True)
class _Since:
    """The cells as they were when the workbook was made, and the rows that came later."""

    cells: Mapping[str, Cell]
    rows: frozenset[str]


def terms_of(
    response: Response, share: Share, *, actor: User, made_at: datetime | None, language: str
) -> Terms:
    """The terms of one person's workbook."""
    since = _since(response, actor, made_at)

    def barrier(path: str) -> str:
        if not share.is_open(path):
            return NOT_CITED
        return "" if share.covers(path) else PART_OF_ANOTHER

    return Terms(
        language=language or "vi",
        barrier=barrier,
        since=since.cells,
        rows_since=since.rows,
        most_rows=MOST_ROWS,
    )


def _since(response: Response, actor: User, made_at: datetime | None) -> _Since:
    """What changed after the workbook was made.

    What this person took over from a workbook since does not count: it stands in the workbook too.
    """
    if made_at is None:
        return _Since({}, frozenset())
    before: dict[str, Cell] = {}
    rows: set[str] = set()
    changes = AnswerChange.objects.filter(response=response, at__gt=made_at).order_by("number")
    for change in changes.iterator(chunk_size=200):
        is_own = change.channel == Channel.EXCEL and change.actor_id == actor.pk
        for path, old, new in change.changes:
            if path.count("/") == 1:
                if old is None and not is_own:
                    rows.add(path)
            elif old is not None and new is not None and "value" in old:
                if is_own:
                    before.pop(path, None)
                else:
                    before.setdefault(path, cell_from(old))
    return _Since(before, frozenset(rows))
