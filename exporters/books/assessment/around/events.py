"""What came before this run, and what came of it: versions, runs, publications and corrections."""

from collections.abc import Iterator
from typing import Final

from analytics.indices.models import IndexRun, IndexVersion
from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from exporters.books.assessment.around.facts import Event

MOST_RUNS: Final = 200
"""An index is computed again and again while it is made; the newest are told."""


def events_of(run: IndexRun) -> tuple[Event, ...]:
    """Versions and runs of the index and publications of the round up to this run, and the publications
    and corrections of it; the newest first."""
    found = [*_versions(run), *_runs(run), *_releases(run)]
    return tuple(sorted(found, key=lambda event: (event.at, event.kind, event.mark), reverse=True))


def _versions(run: IndexRun) -> Iterator[Event]:
    frozen = IndexVersion.objects.filter(
        index=run.version.index_id, frozen_at__isnull=False, number__lte=run.version.number
    ).defer("definition")
    for version in frozen:
        assert version.frozen_at is not None
        yield Event(
            at=version.frozen_at,
            kind="version",
            what={
                "vi": f"Chốt phiên bản {version.number} của chỉ số",
                "en": f"Version {version.number} of the index frozen",
            },
            detail={"vi": version.note, "en": version.note},
            mark=version.sha256[:12],
            is_this=version.pk == run.version_id,
        )


def _runs(run: IndexRun) -> Iterator[Event]:
    computed = (
        IndexRun.objects.computed()
        .filter(version__index=run.version.index_id, computed_at__lte=run.computed_at)
        .select_related("round", "version")
        .defer("version__definition", "configuration", "warnings")
    )
    for each in computed[:MOST_RUNS]:
        assert each.computed_at is not None
        scored, units = each.summary.get("scored"), each.summary.get("units")
        periods = each.round.periods
        yield Event(
            at=each.computed_at,
            kind="run",
            what={
                "vi": f"Lần tính {each.pk}: phiên bản {each.version.number}, kỳ {periods['vi']}",
                "en": f"Run {each.pk}: version {each.version.number}, {periods['en']}",
            },
            detail={
                "vi": f"{scored} trên {units} đơn vị có điểm",
                "en": f"{scored} of {units} units have a score",
            },
            mark=each.tables_sha256[:12],
            is_this=each.pk == run.pk,
        )


def _releases(run: IndexRun) -> Iterator[Event]:
    published = Release.objects.published().filter(round=run.round).select_related("corrects")
    for release in published:
        assert release.approved_at is not None
        corrects = release.corrects
        corrected = {
            "vi": f", đính chính bản số {corrects.number}" if corrects else "",
            "en": f", corrects no. {corrects.number}" if corrects else "",
        }
        yield Event(
            at=release.approved_at,
            kind="release",
            what={
                "vi": f"Công bố bản số {release.number}{corrected['vi']}",
                "en": f"Publication no. {release.number}{corrected['en']}",
            },
            detail=dict(release.notes),
            mark=release.manifest_sha256[:12],
            is_this=release.run_id == run.pk,
        )
        if release.status == ReleaseStatus.WITHDRAWN and release.withdrawn_at is not None:
            reason = release.withdrawal_reason
            yield Event(
                at=release.withdrawn_at,
                kind="release",
                what={
                    "vi": f"Thu hồi bản số {release.number}",
                    "en": f"Publication no. {release.number} withdrawn",
                },
                detail={"vi": reason, "en": reason},
                mark=release.manifest_sha256[:12],
            )
