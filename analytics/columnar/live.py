"""What the live tables hold of a round: the revisions that count, read once and in order.

PostgreSQL hands their texts out by COPY in its binary form, SQLite through a cursor; neither is ever
held whole in memory, and nothing is locked: on SQLite a transaction would keep everybody from saving.
What changes meanwhile has a job of its own.
"""

import hashlib
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection

from analytics.answers import COUNTED, counted_revisions
from analytics.columnar.layout import Layout, VersionForm, layout_of
from surveys.campaigns.enums import Disposition
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseRevision

ROW_FIELDS: Final = (
    "response_id",
    "pk",
    "sha256",
    "response__assignment__status",
    "response__assignment__late_days",
    "response__assignment__agency_id",
    "response__assignment__agency__key",
    "response__assignment__agency__type",
    "response__assignment__agency__path",
    "response__assignment__agency__parent__key",
)
TEXT_FIELDS: Final = (*ROW_FIELDS, "version_id", "at", "canonical")
COPIED_TYPES: Final = (
    *("int8", "int8", "text", "text", "int4", "int8", "text", "text", "text", "text"),
    *("int8", "timestamptz", "text"),
)
READ_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A revision that counts, and who gave it; ``path`` and ``parent`` as agencies have them."""

    response: int
    revision: int
    sha256: str
    status: str
    late_days: int
    agency: int
    key: str
    type: str
    path: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class LiveText:
    """A revision that counts, with its frozen text."""

    row: LiveRow
    version: int
    at: datetime
    canonical: str


class LiveRound:
    """The live tables of a round, seen by the copy. What is slow to find out is found out once."""

    def __init__(self, round_: Round) -> None:
        self.round = round_

    @cached_property
    def layout(self) -> Layout:
        """The columns of every version that is asked in the round or was answered in it."""
        asked = set(
            Assignment.objects.filter(round=self.round).values_list("version", flat=True).distinct()
        )
        answered = set(
            Response.objects.filter(assignment__round=self.round)
            .values_list("version", flat=True)
            .distinct()
        )
        versions = QuestionnaireVersion.objects.in_bulk(asked | answered).values()
        self._forms = [VersionForm(each.pk, each.number, form_of(each)) for each in versions]
        return layout_of(self._forms)

    @cached_property
    def forms(self) -> dict[int, VersionForm]:
        """The versions of the layout by their keys."""
        _ = self.layout
        return {each.pk: each for each in self._forms}

    @cached_property
    def provinces(self) -> dict[int, str]:
        """The keys of the provinces by id, former ones too."""
        return dict(Agency.ever.filter(type=AgencyType.PROVINCE).values_list("pk", "key"))

    def province(self, row: LiveRow) -> str:
        """The key of the province to which the agency belongs, or which it is; "" at the centre."""
        above = (int(step) for step in row.path.split("/") if step)
        known = self.provinces
        return next((known[pk] for pk in (*above, row.agency) if pk in known), "")

    def digest(self, row: LiveRow) -> int:
        """64 bits of everything that decides the row of a response but the layout."""
        told = (
            f"{row.response} {row.revision} {row.sha256} {row.status} {row.late_days} {row.agency} "
            f"{row.key} {row.type} {self.province(row)} {row.parent}"
        )
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")

    def rows(self, responses: Collection[int] | None = None) -> Iterator[LiveRow]:
        """The revisions that count, without their texts; of some responses or of all."""
        counted = counted_revisions(self.round)
        if responses is not None:
            counted = ResponseRevision.objects.filter(pk__in=self._counted_of(responses))
        for values in counted.values_list(*ROW_FIELDS).iterator(chunk_size=READ_AT_ONCE):
            yield LiveRow(*values)

    def texts(self, responses: Collection[int] | None = None) -> Iterator[LiveText]:
        """The revisions that count with their texts, in the order of the responses.

        Which they are is found out first, so that no database has to sort the texts.
        """
        if responses is None:
            counted = counted_revisions(self.round).order_by("response_id")
            found = array("q", counted.values_list("pk", flat=True).iterator(READ_AT_ONCE))
        else:
            found = array("q", self._counted_of(responses))
        yield from texts_of(found)

    def newer_than(self, revision: int, *, most: int) -> list[int]:
        """Responses of the round among the first so many revisions, of any round, after one."""
        newer = ResponseRevision.objects.filter(pk__gt=revision).order_by("pk")
        found = newer.values_list("response_id", "response__assignment__round_id")[:most]
        return [response for response, round_id in found if round_id == self.round.pk]

    def _counted_of(self, responses: Collection[int]) -> list[int]:
        """The revisions of some responses that count, in the order of the responses.

        Judged here and not by the database, which would begin with the round and read all of it.
        """
        signed = ResponseRevision.objects.filter(
            response__in=responses, kind__in=[RevisionKind.SIGNED, RevisionKind.VERIFIED]
        )
        newest = dict(signed.order_by("number").values_list("response_id", "pk"))
        standing = Response.objects.filter(pk__in=newest).values_list(
            "pk", "assignment__round_id", "assignment__status", "assignment__disposition"
        )
        return [
            newest[response]
            for response, round_id, status, disposition in standing.order_by("pk")
            if round_id == self.round.pk
            and status in COUNTED
            and disposition != Disposition.INELIGIBLE
        ]


def texts_of(revisions: Sequence[int]) -> Iterator[LiveText]:
    """Some revisions with their texts, in lots; they come in the order of the responses if the lots
    that they are given in do."""
    for start in range(0, len(revisions), READ_AT_ONCE):
        for values in _read(revisions[start : start + READ_AT_ONCE]):
            yield LiveText(LiveRow(*values[: len(ROW_FIELDS)]), *values[len(ROW_FIELDS) :])


def _read(revisions: Collection[int]) -> list[tuple[Any, ...]]:
    """Some revisions with their texts, in the order of the responses."""
    found = (
        ResponseRevision.objects.filter(pk__in=list(revisions))
        .order_by("response_id")
        .values_list(*TEXT_FIELDS)
    )
    if connection.vendor != "postgresql":
        return list(found)
    sql, parameters = found.query.sql_with_params()
    with connection.cursor() as cursor, _copied(cursor, sql, parameters) as copied:
        copied.set_types(COPIED_TYPES)
        return list(copied.rows())


@contextmanager
def _copied(cursor: Any, sql: str, parameters: Any) -> Iterator[Any]:
    # psycopg's own cursor: the one that Django counts queries with takes no parameters here.
    with cursor.cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", parameters) as copied:
        yield copied
