"""The units of a run as they stand: few columns of all of them, everything of those on a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import get_language

from analytics.indices.models import CompositeIndex, IndexRun, IndexRunUnit
from surveys.campaigns.models import Round
from surveys.organisations.enums import AgencyType, IdentifierScheme
from surveys.organisations.models import AgencyIdentifier

COLUMNS: Final = (
    "pk",
    "position",
    "key",
    "name",
    "name_en",
    "type",
    "block",
    "score",
    "level",
    "rank",
    "rank_label",
    "rank_low",
    "rank_high",
    "agency_id",
)
MOST_RUNS: Final = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """What a ranking says of one unit, without its pillars."""

    pk: int
    position: int
    key: str
    vietnamese_name: str
    english_name: str
    type: str
    block: str
    score: float | None
    level: int | None
    rank: int | None
    rank_label: str
    rank_low: float | None
    rank_high: float | None
    agency_id: int | None

    @property
    def name(self) -> str:
        """The name in the reader's language; the Vietnamese one where there is no other."""
        return (self.english_name if get_language() == "en" else "") or self.vietnamese_name

    @property
    def places(self) -> tuple[int, int] | None:
        """The best and the worst rank of the 90 % interval; None where nothing was simulated."""
        if self.rank_low is None or self.rank_high is None:
            return None
        return int(self.rank_low), -int(-self.rank_high // 1)


def standings(run: IndexRun) -> list[Standing]:
    """All units of a run in the order of the round; one query."""
    return [Standing(*row) for row in run.units.order_by("position").values_list(*COLUMNS)]


def in_order(units: Iterable[Standing]) -> list[Standing]:
    """By rank; those without one behind, by score and then as in the round."""
    return sorted(
        units,
        key=lambda unit: (unit.rank is None, unit.rank or 0, -(unit.score or 0.0), unit.position),
    )


def details(units: Iterable[Standing]) -> dict[str, dict[str, Any]]:
    """All that a run keeps of these units, by key; one query."""
    keys = [unit.pk for unit in units]
    return dict(IndexRunUnit.objects.filter(pk__in=keys).values_list("key", "data"))


def nodes_of(run: IndexRun) -> dict[str, dict[str, Any]]:
    """Scores, levels and reasons of the nodes, by the key of each unit of the run; one query."""
    found = run.units.annotate(nodes=KeyTransform("nodes", "data"))
    return {key: nodes or {} for key, nodes in found.values_list("key", "nodes")}


def children_of(
    run: IndexRun, leaves: Sequence[str]
) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Nodes and the normalised values of ``leaves``, by the key of each unit; one query."""
    if not leaves:
        return {key: (nodes, {}) for key, nodes in nodes_of(run).items()}
    found = run.units.annotate(
        nodes=KeyTransform("nodes", "data"), leaves=KeyTransform("leaves", "data")
    )
    return {
        key: (nodes or {}, {code: (held or {}).get(code) or {} for code in leaves})
        for key, nodes, held in found.values_list("key", "nodes", "leaves")
    }


def computed_runs(index: CompositeIndex) -> list[IndexRun]:
    """The runs that have results, the newest round first, for a list to choose from; one query."""
    runs = (
        IndexRun.objects.filter(version__index=index)
        .computed()
        .select_related("version__index", "round__campaign")
        .defer("version__definition", "warnings", "configuration", "summary")
    )
    ordered = runs.order_by("-round__reference_date", "-computed_at", "-pk")
    return list(ordered[:MOST_RUNS])


def run_before(run: IndexRun) -> IndexRun | None:
    """The newest run of the same index over the round of the campaign before; one query."""
    return (
        IndexRun.objects.filter(
            version__index=run.version.index_id,
            scores=run.scores,
            round__campaign=run.round.campaign_id,
            round__reference_date__lt=run.round.reference_date,
        )
        .computed()
        .select_related("version", "round")
        .defer("warnings", "configuration", "summary")
        .order_by("-round__reference_date", "-computed_at", "-pk")
        .first()
    )


def scores_of(run: IndexRun) -> dict[str, float | None]:
    """The scores of a run by key; one query."""
    return dict(run.units.values_list("key", "score"))


def province_codes(round_: Round, units: Iterable[Standing]) -> Mapping[int, str]:
    """The codes by which the map knows the provinces, by agency; one query, none without provinces."""
    agencies = [unit.agency_id for unit in units if unit.type == AgencyType.PROVINCE]
    if not agencies:
        return {}
    found = AgencyIdentifier.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=round_.reference_date),
        agency__in=agencies,
        scheme=IdentifierScheme.NSO,
    )
    return dict(found.order_by("valid_from").values_list("agency_id", "value"))
