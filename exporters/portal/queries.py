"""What was published, as the catalogue and the pages of data sets need it; who has accepted the terms."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from analytics.answers import COUNTED
from analytics.gate.models import DisclosurePolicy
from analytics.gate.queries import policies_of
from analytics.indices.models import IndexRunUnit
from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from analytics.releases.queries import catalogue
from exporters.portal.models import DataRequest, TermsAcceptance
from exporters.portal.terms import current
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.models import User
from surveys.organisations.rules import Person


@dataclass(frozen=True, slots=True)
class DataSet:
    """A publication as the catalogue tells of it: agencies asked and signed, their types, and how
    respondents are protected."""

    release: Release
    asked: int
    signed: int
    types: frozenset[str]
    policy: DisclosurePolicy

    @property
    def year(self) -> int:
        """The year that the data tell of."""
        return self.release.round.reference_date.year

    @property
    def is_in_force(self) -> bool:
        """Whether it is neither corrected nor withdrawn."""
        return self.release.status == ReleaseStatus.APPROVED


def data_sets() -> list[DataSet]:
    """Everything that was ever published; three queries, however much that is."""
    releases = list(catalogue().select_related("round__version"))
    rounds = {each.round_id: each.round for each in releases}
    policies = policies_of(rounds.values())
    asked = _asked(rounds)
    return [
        DataSet(
            release=each,
            asked=sum(all_ for all_, _signed in asked[each.round_id].values()),
            signed=sum(signed for _all, signed in asked[each.round_id].values()),
            types=frozenset(asked[each.round_id]),
            policy=policies[each.round_id],
        )
        for each in releases
    ]


def _asked(rounds: Iterable[int]) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """How many agencies of each type a round asks, and how many of them signed."""
    rows = (
        Assignment.objects.expected()
        .filter(round__in=rounds)
        .values("round_id", "agency__type")
        .annotate(asked=Count("pk"), signed=Count("pk", filter=Q(status__in=COUNTED)))
        .order_by()
    )
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in rows:
        found[row["round_id"]][row["agency__type"]] = (row["asked"], row["signed"])
    return found


def data_set(code: str, number: int) -> Release | None:
    """One publication of a round, if it was ever published."""
    found = Release.objects.published().select_related(
        "round__campaign__owner",
        "round__campaign__questionnaire",
        "round__version",
        "run__version__index",
        "corrects",
    )
    light = found.defer("run__version__definition", "run__configuration")
    return light.filter(round__code=code, number=number).first()


def versions_of(round_: Round) -> QuerySet[Release]:
    """All that was published of a round, the newest first, each with its corrections."""
    corrections = Prefetch("corrections", queryset=Release.objects.published())
    found = Release.objects.published().filter(round=round_).select_related("corrects")
    return found.prefetch_related(corrections).defer("manifest").order_by("-number")


def in_force_of(round_: Round) -> Release | None:
    """The publication of a round that holds now."""
    return Release.objects.filter(round=round_, status=ReleaseStatus.APPROVED).first()


def ranked_units(release: Release, *, with_parts: bool = False) -> list[IndexRunUnit]:
    """The units of the published run as they stand in it, the best first; those without a rank last.

    ``with_parts``: with what they got in nodes and indicators, which is read anew for each without it.
    """
    if release.run_id is None:
        return []
    units = IndexRunUnit.objects.filter(run=release.run_id).defer(
        *(() if with_parts else ("data",))
    )
    return sorted(units, key=lambda each: (each.rank is None, each.rank or 0, each.position))


def has_accepted(user: Person) -> bool:
    """Whether the person has accepted the terms as they are now."""
    if not isinstance(user, User):
        return False
    return TermsAcceptance.objects.filter(person=user, version=current().version).exists()


def requests_of(user: User) -> QuerySet[DataRequest]:
    """The requests that the person sees, those that wait first."""
    found = DataRequest.objects.visible_to(user).select_related(
        "release__round__campaign__owner", "release__round__version", "asked_by", "decided_by"
    )
    return found.order_by("-asked_at", "-pk")


def request_in_force(release: Release, user: Person, day: date) -> DataRequest | None:
    """The person's approval for a data set on that day; there is one at most."""
    if not isinstance(user, User):
        return None
    mine = DataRequest.objects.filter(release=release, asked_by=user)
    return mine.in_force(day).first()
