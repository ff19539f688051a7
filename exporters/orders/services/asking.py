"""Asking for a file, and for one more try."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from analytics.gate.queries import audience_of
from analytics.models import IndexRun, Release
from analytics.releases.queries import publishes_scores
from exporters.order import Wish
from exporters.orders import queries
from exporters.orders.estimates import cells_of
from exporters.orders.models import REPEATABLE, Export
from exporters.orders.sameness import sameness_of
from exporters.orders.states import newest_of
from exporters.registry import Exporter, Holds, exporter_named
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.models import Job
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.organisations.models import User


class ExportUnknown(DomainError):
    """There is no exporter of that name and format."""

    code = "export_unknown"
    message = _("There is no such export.")
    status = 404


class ExportRefused(DomainError):
    """The person may not have this file."""

    code = "export_refused"
    message = _("You may not have this file, or not any more.")
    status = 403


class NothingToRetry(DomainError):
    """The file is there, or on its way."""

    code = "nothing_to_retry"
    message = _("The file is there, or still being made.")


class AnswersConfidential(DomainError):
    """The file has a row for each agency, and totals alone are what the results page shows."""

    code = "answers_confidential"
    message = _(
        "The answers of this campaign are confidential. This file shows single agencies, so none is "
        "made; the results page shows the totals."
    )
    status = 403


def refuse_confidential(exporter: Exporter, round_: Round) -> None:
    """Raises AnswersConfidential if the file has rows that nobody may get."""
    if exporter.holds == Holds.ROWS and round_.campaign.is_confidential:
        raise AnswersConfidential


def refuse_unnamed(exporter: Exporter, release: Release | None) -> None:
    """Raises ExportRefused for results by name of a publication that names no index, or no unit."""
    if not (exporter.published and exporter.holds == Holds.NAMED):
        return
    if release is None or not publishes_scores(release):
        raise ExportRefused


def exporter_of(export: Export) -> Exporter:
    """The line of the registry that an export was asked by. Raises ExportUnknown."""
    try:
        return exporter_named(export.name, export.format)
    except KeyError as error:
        raise ExportUnknown from error


@transaction.atomic
def request_export(
    *, subject: Round | IndexRun | Release, wish: Wish, actor: User, at: datetime
) -> Export:
    """Ask for a file; a background job writes it.

    Where the person has asked for the same before, nothing that it shows has happened since, and the
    file is there or on its way, that export is given (``requested_at`` says when it was asked for).
    Raises ExportUnknown, AnswersConfidential or ExportRefused.
    """
    export = Export(
        round=subject if isinstance(subject, Round) else subject.round,
        run=subject if isinstance(subject, IndexRun) else None,
        release=subject if isinstance(subject, Release) else None,
        name=wish.name,
        format=wish.format,
        language=wish.language,
        options=dict(wish.options),
        owner=actor,
        audience=audience_of(actor, subject if isinstance(subject, Round) else subject.round),
        requested_at=at,
    )
    return _ask(export, Event.EXPORT_REQUESTED, at=at)


@transaction.atomic
def retry(export: Export, *, at: datetime) -> Export:
    """Ask anew, for its owner, for what failed, was stopped, or is kept no longer.

    It is a new export of the same wish, over the data as they are now; or one that is there already, as
    in ``request_export``. Raises NothingToRetry, and what that raises.
    """
    if export.state(at) not in REPEATABLE:
        raise NothingToRetry
    again = Export(
        round=export.round,
        run=export.run,
        release=export.release,
        name=export.name,
        format=export.format,
        language=export.language,
        options=export.options,
        owner=export.owner,
        audience=queries.audience_for(export),
        requested_at=at,
        retry_of=export,
    )
    return _ask(again, Event.EXPORT_RETRIED, at=at)


def _ask(export: Export, event: Event, *, at: datetime) -> Export:
    exporter = exporter_of(export)
    refuse_confidential(exporter, export.round)
    refuse_unnamed(exporter, export.release)
    subject = export.subject_as(exporter.subject)
    if not export.owner.has_perm(exporter.permission, subject):
        raise ExportRefused
    beside = _beside(export, exporter)
    export.as_of, export.sameness = newest_of(subject, beside), sameness_of(export)
    if (same := queries.same_as(export, at=at)) is not None:
        data = {"sha256": same.sha256}
        record(Event.EXPORT_REUSED, same, actor=export.owner, at=at, data=data)
        return same
    export.cells = cells_of(subject) + sum(map(cells_of, beside))
    export.save()
    asked = record(event, export, actor=export.owner, at=at, data=_told(export))
    export.job = Job.objects.get(event=asked)
    export.save(update_fields=["job"])
    return export


def _beside(export: Export, exporter: Exporter) -> list[Round]:
    """The further rounds of the file. Raises AnswersConfidential, or ExportRefused for one that is not
    there or that the person may not have."""
    found = queries.rounds_beside(export)
    named = {each.code for each in (export.round, *found)}
    if set(export.options.get("rounds") or []) - named:
        raise ExportRefused
    for each in found:
        refuse_confidential(exporter, each)
        if not export.owner.has_perm(exporter.permission, each):
            raise ExportRefused
    return found


def _told(export: Export) -> dict[str, object]:
    data = {"round": export.round.code, "name": export.name, "format": export.format}
    return (
        data
        | ({"options": export.options} if export.options else {})
        | ({"retry_of": export.retry_of_id} if export.retry_of_id else {})
    )
