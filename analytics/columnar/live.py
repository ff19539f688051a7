"""What the live tables hold of a round: the revisions that count, read once and in order.

PostgreSQL hands them out by COPY in its binary form, SQLite through a cursor; neither is ever held
whole in memory. Both are one statement, hence one state of the round, and no lock: on SQLite a
transaction would keep everybody from saving.
"""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from analytics.answers import counted_revisions
from analytics.columnar.layout import Layout, VersionForm, layout_of
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.models import ResponseRevision

UNIT_FIELDS: Final = (
    "response_id",
    "pk",
    "sha256",
    "response__assignment__agency_id",
    "response__assignment__status",
    "response__assignment__late_days",
)
TEXT_FIELDS: Final = (*UNIT_FIELDS, "version_id", "at", "canonical")
COPIED_TYPES: Final = (
    "int8",
    "int8",
    "text",
    "int8",
    "text",
    "int4",
    "int8",
    "timestamptz",
    "text",
)
READ_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Unit:
    """What of an agency stands beside its answers."""

    key: str
    type: str
    province: str
    parent: str


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A revision that counts, and who gave it."""

    response: int
    revision: int
    sha256: str
    agency: int
    status: str
    late_days: int


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
            ResponseRevision.objects.filter(response__assignment__round=self.round)
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
    def units(self) -> dict[int, Unit]:
        """The agencies asked, by id."""
        provinces = dict(Agency.ever.filter(type=AgencyType.PROVINCE).values_list("pk", "key"))
        asked = Assignment.objects.filter(round=self.round).values_list(
            "agency_id", "agency__key", "agency__type", "agency__path", "agency__parent__key"
        )
        return {
            pk: Unit(key, kind, _province(path, pk, provinces), parent or "")
            for pk, key, kind, path, parent in asked.iterator(chunk_size=READ_AT_ONCE)
        }

    def digest(self, row: LiveRow) -> int:
        """64 bits of everything that decides the row of a response but the layout."""
        unit = self.units[row.agency]
        told = (row, unit.key, unit.type, unit.province, unit.parent)
        return int.from_bytes(hashlib.sha256(repr(told).encode()).digest()[:8], "big")

    def rows(self, responses: Collection[int] | None = None) -> Iterator[LiveRow]:
        """The revisions that count, without their texts; of some responses or of all."""
        found = self._counted(responses).values_list(*UNIT_FIELDS)
        for values in found.iterator(chunk_size=READ_AT_ONCE):
            yield LiveRow(*values)

    def texts(self, responses: Collection[int] | None = None) -> Iterator[LiveText]:
        """The revisions that count with their texts, in the order of the responses."""
        found = self._counted(responses).order_by("response_id").values_list(*TEXT_FIELDS)
        for values in _streamed(found):
            yield LiveText(LiveRow(*values[: len(UNIT_FIELDS)]), *values[len(UNIT_FIELDS) :])

    def newer_than(self, revision: int, *, most: int) -> list[int]:
        """Responses of the round with a newer revision, up to a number of them."""
        newer = ResponseRevision.objects.filter(
            pk__gt=revision, response__assignment__round=self.round
        ).order_by("pk")
        return list(newer.values_list("response_id", flat=True)[:most])

    def _counted(self, responses: Collection[int] | None) -> QuerySet[ResponseRevision]:
        counted = counted_revisions(self.round)
        return counted if responses is None else counted.filter(response__in=responses)


def _province(path: str, agency: int, provinces: dict[int, str]) -> str:
    above = (int(step) for step in path.split("/") if step)
    return next((provinces[pk] for pk in (*above, agency) if pk in provinces), "")


def _streamed(found: "QuerySet[ResponseRevision, tuple[Any, ...]]") -> Iterator[tuple[Any, ...]]:
    if connection.vendor != "postgresql":
        yield from found.iterator(chunk_size=READ_AT_ONCE)
        return
    sql, parameters = found.query.sql_with_params()
    with connection.cursor() as cursor, _copied(cursor, sql, parameters) as copied:
        copied.set_types(COPIED_TYPES)
        yield from copied.rows()


@contextmanager
def _copied(cursor: Any, sql: str, parameters: Any) -> Iterator[Any]:
    with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", parameters) as copied:
        yield copied
