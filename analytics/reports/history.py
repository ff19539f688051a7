"""What a unit had in earlier rounds, where that can be compared."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from analytics.indices.documents import read_document
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.indices.ranking.before import WORDS
from analytics.methods.trends.breaks import definition_breaks
from analytics.releases.enums import ReleaseStatus
from surveys.engine import text_in

MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """One round: what the unit had. ``why``: it cannot be compared with the newest."""

    period: str
    score: float | None
    rank_label: str
    level: int | None
    is_own: bool
    why: str = ""

    @property
    def compares(self) -> bool:
        """Whether its score can be put beside the newest."""
        return not self.why


def history_of(
    run: IndexRun, unit: IndexRunUnit, *, language: str, published_only: bool
) -> list[Earlier]:
    """The rounds of the campaign up to the run's, the oldest first, one run of the index each.

    Of ``published_only``, the runs that are published; else the newest computed of each round. The
    run itself is among them.
    """
    chosen: dict[int, IndexRun] = {run.round_id: run}
    for each in _runs_before(run, published_only=published_only):
        chosen.setdefault(each.round_id, each)
    runs = sorted(chosen.values(), key=lambda each: each.round.reference_date)[-MOST:]
    same = Q(agency=unit.agency_id) if unit.agency_id else Q(key=unit.key)
    units = IndexRunUnit.objects.filter(same, run__in=runs).defer("data")
    held = {each.run_id: each for each in units}
    return [
        Earlier(
            period=text_in(each.round.periods, language),
            score=held[each.pk].score,
            rank_label=held[each.pk].rank_label,
            level=held[each.pk].level,
            is_own=each.pk == run.pk,
            why=_why(each, run),
        )
        for each in runs
        if each.pk in held
    ]


def _runs_before(run: IndexRun, *, published_only: bool) -> QuerySet[IndexRun]:
    runs = IndexRun.objects.filter(
        version__index=run.version.index_id,
        round__campaign=run.round.campaign_id,
        round__reference_date__lt=run.round.reference_date,
    )
    if published_only:
        runs = runs.filter(releases__status=ReleaseStatus.APPROVED)
    return (
        runs.computed()
        .select_related("version", "round")
        .defer("warnings", "configuration", "summary")
    )


def _why(earlier: IndexRun, run: IndexRun) -> str:
    """Why the scores of two runs do not compare; blank where they do."""
    if earlier.version.sha256 == run.version.sha256:
        return ""
    was, now = read_document(earlier.version.definition), read_document(run.version.definition)
    kinds = {each.kind: None for each in definition_breaks(was, now) if each.kind in WORDS}
    return "; ".join(str(WORDS[kind]) for kind in kinds)
