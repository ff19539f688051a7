"""What changed between two revisions: answers, cells, rows, remarks, files and evidence."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveys.engine import Document, Form
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseReturn, ResponseRevision
from surveys.responses.previous import DIGEST


class Part(StrEnum):
    """What of a place changed."""

    ANSWER = "answer"
    ROW = "row"
    REMARK = "remark"
    FILE = "file"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place at which two revisions differ; ``None`` where one of them has nothing there.

    Of a remark, ``kind`` names which: ``missing``, ``reason``, ``expected`` or ``explanation``.
    """

    path: str
    part: Part
    old: Any
    new: Any
    kind: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether only the digests of personal data are at hand."""
        return any(isinstance(each, dict) and DIGEST in each for each in (self.old, self.new))


@dataclass(frozen=True, slots=True)
class Resent:
    """What was returned, why, and what came back."""

    returned: ResponseReturn
    before: ResponseRevision
    after: ResponseRevision
    differences: tuple[Difference, ...]


def last_resent(response: Response, form: Form) -> Resent | None:
    """The newest revision beside the one that was returned before it; None if none was.

    Two queries.
    """
    returns = list(response.returns.select_related("actor").order_by("-pk"))
    revisions = list(response.revisions.order_by("number"))
    sent = [revision for revision in revisions if revision.kind == RevisionKind.SENT]
    # Sending and returning take turns: as many of each means that the last return is unanswered.
    if not returns or len(sent) <= len(returns):
        return None
    before = next(r for r in reversed(revisions) if r.number < sent[-1].number)
    after = revisions[-1]
    return Resent(returns[0], before, after, tuple(differences(before, after, form)))


def differences(
    before: ResponseRevision, after: ResponseRevision, form: Form
) -> Iterator[Difference]:
    """Where two revisions differ, in the order of the questionnaire."""
    old, new = json.loads(before.canonical), json.loads(after.canonical)
    found = [
        *_answers(old["answers"], new["answers"]),
        *_remarks(old["remarks"], new["remarks"]),
        *_lists(old, new, "files", Part.FILE),
        *_lists(old, new, "evidence", Part.EVIDENCE),
    ]
    order = {name: place for place, name in enumerate(form.parts)}
    yield from sorted(found, key=lambda each: order.get(each.path.split("/")[0], len(order)))


def _answers(old: Document, new: Document) -> Iterator[Difference]:
    for name in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        if _is_rows(was) or _is_rows(now):
            yield from _rows(name, _by_id(was), _by_id(now))
        elif _is_table(was) or _is_table(now):
            yield from _cells(name, was or {}, now or {})
        else:
            yield Difference(name, Part.ANSWER, was, now)


def _rows(name: str, old: Document, new: Document) -> Iterator[Difference]:
    for row in [*old, *(row for row in new if row not in old)]:
        path = f"{name}/{row}"
        if row not in new or row not in old:
            yield Difference(path, Part.ROW, old.get(row), new.get(row))
        else:
            yield from _cells(name, {row: old[row]}, {row: new[row]})
    kept_old, kept_new = ([row for row in rows if row in old and row in new] for rows in (old, new))
    if kept_old != kept_new:
        yield Difference(name, Part.ROW, kept_old, kept_new)


def _cells(name: str, old: Document, new: Document) -> Iterator[Difference]:
    for row in [*old, *(row for row in new if row not in old)]:
        was, now = old.get(row, {}), new.get(row, {})
        for column in [*was, *(column for column in now if column not in was)]:
            if was.get(column) != now.get(column):
                path = f"{name}/{row}/{column}"
                yield Difference(path, Part.ANSWER, was.get(column), now.get(column))


def _remarks(old: Document, new: Document) -> Iterator[Difference]:
    for path in [*old, *(path for path in new if path not in old)]:
        was, now = old.get(path, {}), new.get(path, {})
        for kind in [*was, *(kind for kind in now if kind not in was)]:
            if was.get(kind) != now.get(kind):
                yield Difference(path, Part.REMARK, was.get(kind), now.get(kind), kind)


def _lists(old: Document, new: Document, key: str, part: Part) -> Iterator[Difference]:
    """Files and pieces of evidence that went, and those that came."""
    was, now = old.get(key, []), new.get(key, [])
    yield from (Difference(each["path"], part, each, None) for each in was if each not in now)
    yield from (Difference(each["path"], part, None, each) for each in now if each not in was)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and DIGEST not in value


def _by_id(value: Any) -> Document:
    return {
        row["_id"]: {name: cell for name, cell in row.items() if name != "_id"}
        for row in value or ()
    }
