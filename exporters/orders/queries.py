"""Exports as lists, and whether their files may still be had."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from analytics.gate.enums import SEEN_BY, Audience
from analytics.gate.queries import audience_of
from analytics.indices.models import IndexRunUnit
from analytics.releases.enums import ReleaseStatus
from exporters.orders.models import Export
from exporters.registry import EXPORTERS, Holds
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.background.enums import PENDING
from surveys.background.models import Job
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.organisations.models import User
from surveys.responses.models import Response

RELATED: Final = ("round__campaign", "round__version", "run__version__index", "release", "job")


def exports_of(user: User) -> QuerySet[Export]:
    """A person's own exports, newest first."""
    return Export.objects.filter(owner=user).select_related(*RELATED)


def kept() -> QuerySet[Export]:
    """Those whose file is there, with their owners."""
    return Export.objects.exclude(file="").select_related("owner", *RELATED)


def same_as(export: Export, *, at: datetime) -> Export | None:
    """The owner's newest export that comes, or will come, to the same file, and that can still be had
    or is on its way."""
    alike = exports_of(export.owner).filter(sameness=export.sameness)
    there = Q(expires_at__gt=at) & ~Q(file="")
    coming = Q(finished_at=None, job__status__in=PENDING)
    return alike.filter(there | coming).order_by("-pk").first()


def jobs_before(jobs: Collection[int]) -> dict[int, int]:
    """By job, how many were asked for earlier and are not over; in one query."""
    if not jobs:
        return {}
    pending = Job.objects.filter(status__in=PENDING)
    counts = {f"job_{job}": Count("pk", filter=Q(pk__lt=job)) for job in jobs}
    found = pending.aggregate(**counts)
    return {job: found[f"job_{job}"] for job in jobs}


def asked_again(exports: Collection[int]) -> set[int]:
    """Which of them somebody has asked for once more."""
    again = Export.objects.filter(retries__isnull=False, pk__in=exports)
    return set(again.order_by().values_list("pk", flat=True))


def units_named(exports: Iterable[Export]) -> dict[tuple[int, str], str]:
    """The names of the units that files are of, by run and key; one query, none where no file is of one."""
    keys = {(each.run_id, each.options["unit"]) for each in exports if "unit" in each.options}
    if not keys:
        return {}
    runs, units = zip(*keys, strict=True)
    found = IndexRunUnit.objects.filter(run__in=runs, key__in=units).defer("data")
    return {(each.run_id, each.key): each.localised_name for each in found}


def rounds_beside(export: Export) -> list[Round]:
    """The further rounds that go into the file: those that ``options`` names under ``rounds``."""
    wanted = export.options.get("rounds") or []
    if not wanted:
        return []
    found = Round.objects.filter(code__in=wanted).exclude(pk=export.round_id)
    return list(found.select_related("campaign__owner", "version").order_by("code"))


def audience_for(export: Export) -> Audience:
    """Whom its figures are protected for: as whom the owner had asked, and never for more than they are
    to the round now."""
    now = audience_of(export.owner, export.round)
    return Audience(export.audience) if export.audience in SEEN_BY[now] else now


def is_seen_by(export: Export, person: User) -> bool:
    """Whether the person, as they are now or as a program of theirs, sees what it was protected for."""
    return not export.audience or export.audience in SEEN_BY[audience_of(person, export.round)]


def is_withheld(export: Export) -> bool:
    """Whether its owner may not have the file any more: the right is gone, the publication was
    withdrawn, or personal data were erased after it was written."""
    if not export.owner.has_perm(Permission.EXPORT_DOWNLOAD, export):
        return True
    if export.release is not None and export.release.status == ReleaseStatus.WITHDRAWN:
        return True
    return _holds_rows(export) and _was_erased_since(export)


def _holds_rows(export: Export) -> bool:
    return any(each.name == export.name and each.holds == Holds.ROWS for each in EXPORTERS)


def _was_erased_since(export: Export) -> bool:
    """Whether personal answers of the round went after the file was begun."""
    begun_at = export.begun_at or export.requested_at
    rounds = [export.round, *rounds_beside(export)]
    if any(each.erased_at is not None and each.erased_at >= begun_at for each in rounds):
        return True
    erased = AuditEvent.objects.filter(kind=Event.RESPONSE_PERSONAL_DATA_ERASED, at__gte=begun_at)
    responses = [int(each) for each in erased.values_list("subject_id", flat=True)]
    of_round = Response.objects.filter(pk__in=responses, assignment__round__in=rounds)
    return bool(responses) and of_round.exists()
