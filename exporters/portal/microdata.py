"""Single answers for whoever has an approved request: the approved variables of the round, and units by
pseudonyms unless they are published by name. For tasks: loads pyarrow."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from analytics.gate.queries import policy_of
from analytics.releases.models import Release
from exporters.codebooks.gathering import codebook_of
from exporters.order import Order, Progress
from exporters.packages.answers import Answers, by_approval, write_answers
from exporters.portal.models import DataRequest
from exporters.portal.protection import is_by_name
from exporters.portal.queries import request_in_force
from exporters.portal.variables import OF_UNITS
from exporters.raw.plans import ColumnPlan, Languages
from exporters.raw.units import UNIT_COLUMNS
from exporters.raw.writing.book import raw_tables
from exporters.tables import ColumnKind, DataTable, fields_of, schema_of
from surveys.common.errors import DomainError
from surveys.organisations.models import User

UNIT: Final = "unit_key"
KEPT: Final = frozenset({"round", "version", "questionnaire", UNIT})
"""What stands in every file: of these, only the key tells units apart, and it is a pseudonym."""
DROPPED: Final = frozenset({*UNIT_COLUMNS, "row_id"}) - KEPT
"""Facts that tell of a unit by themselves, or beside what others know of the signing."""
STANDING: Final = frozenset({*KEPT, *OF_UNITS.values()})
"""Texts that are no answers."""
LENGTH: Final = 16


class RequestNotInForce(DomainError):
    """The approval has ended."""

    code = "data_request_not_in_force"
    message = _("Your approval for these data has ended.")
    status = 403


def write_microdata(order: Order, out: Path, progress: Progress) -> None:
    """The ordered data set's single answers, as the reader's approval in force has them.

    Raises RequestNotInForce.
    """
    release = order.subject_as(Release)
    request = _request(release, order.actor)
    with override(order.language):
        plan = plan_for(request, order.language)
        title = gettext("%(title)s: single answers") % {"title": release.localised_title}
    with raw_tables([release.round], plan, progress) as tables:
        shown = tables if is_by_name(policy_of(release.round)) else pseudonymised(tables, request)
        codebook = codebook_of([release.round], order.audience, as_of=order.as_of, release=release)
        answers = Answers(tables=shown, plan=plan, title=title, codebook=by_approval(codebook))
        write_answers(answers, out, order, progress)


def _request(release: Release, actor: User | None) -> DataRequest:
    # Whether it is in force is asked of the clock; what is written never tells of it.
    found = request_in_force(release, actor, timezone.localdate()) if actor is not None else None
    if found is None:
        raise RequestNotInForce
    return found


def plan_for(request: DataRequest, language: str) -> ColumnPlan:
    """The approved questions and no others; no remarks, in which people name themselves, no scores."""
    questions = tuple(name for name in request.variables if name not in OF_UNITS)
    return ColumnPlan(
        languages=Languages(language), questions=questions, remarks=False, scores=False
    )


def pseudonymised(tables: Sequence[DataTable], request: DataRequest) -> list[DataTable]:
    """The tables with pseudonyms in place of the units' keys, in the order of these, without texts, and
    without what tells of a unit unless it was approved.

    The key of the pseudonyms is that of the request: files of two people are not put together by them.
    """
    approved = {OF_UNITS[name] for name in request.variables if name in OF_UNITS}
    return [_without_names(table, DROPPED - approved, request) for table in tables]


def _without_names(table: DataTable, dropped: frozenset[str], request: DataRequest) -> DataTable:
    names = {column.name for column in table.columns}
    if UNIT not in names:
        return table
    columns = tuple(
        column
        for column in table.columns
        if column.name not in dropped
        and (column.kind is not ColumnKind.TEXT or column.name in STANDING)
    )
    made = replace(table, columns=columns, batches=lambda: iter(()))
    return replace(made, batches=partial(_batches, table, made, request))


def _batches(table: DataTable, made: DataTable, request: DataRequest) -> Iterator[pa.RecordBatch]:
    """The rows in the order of the pseudonyms: that of the responses would tell who signed first."""
    schema, known = schema_of(made.columns), dict[str, str]()
    rows = pa.Table.from_batches(list(table.batches()), schema=schema_of(table.columns))
    rows = rows.select(list(fields_of(made.columns))).cast(schema)
    units = [
        None if key is None else known.setdefault(key, pseudonym(request, key))
        for key in rows[UNIT].to_pylist()
    ]
    place = schema.get_field_index(UNIT)
    column = pa.array(units, pa.string()).dictionary_encode()
    order = sorted(range(len(units)), key=lambda row: (units[row] or "", row))
    yield from (
        rows.set_column(place, schema.field(UNIT), column)
        .unify_dictionaries()
        .take(pa.array(order, pa.int64()))
        .combine_chunks()
        .to_batches()
    )


def pseudonym(request: DataRequest, key: str) -> str:
    """What a unit is called in the files of a request: always the same there, elsewhere another."""
    salt = f"exporters.portal.microdata:{request.pk}"
    return salted_hmac(salt, key, algorithm="sha256").hexdigest()[:LENGTH]
