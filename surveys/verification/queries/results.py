"""What came of a verification: how far verifiers agree, and what self-scores were worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypedDict

from django.db.models import Count, F, Q, Sum

from surveys.verification.agreement import Kappa, Pair, kappa, weighted_kappa
from surveys.verification.enums import Verdict
from surveys.verification.models import Judgement, VerificationItem, VerificationPlan

ORDERED: Final = (Verdict.ACCEPTED, Verdict.PARTLY, Verdict.NOT_ACCEPTED)
"""The verdicts that have an order; not relevant stands outside of it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two verifiers agree over one indicator, or over all where ``code`` is blank.

    ``weighted`` counts neighbours in the order of verdicts as half right; pairs in which somebody
    says "not relevant" are not in it.
    """

    code: str
    label: Mapping[str, str]
    plain: Kappa
    weighted: Kappa


@dataclass(frozen=True, slots=True)
class Inflation:
    """Claimed points beside verified ones, over the answers that have both.

    ``key`` is an indicator's code or a type of agency; ``label`` its texts by language, if any.
    """

    key: str
    label: Mapping[str, str]
    items: int
    claimed: Decimal
    verified: Decimal
    lowered: int

    @property
    def difference(self) -> Decimal:
        """Verified less claimed."""
        return self.verified - self.claimed

    @property
    def share(self) -> Decimal | None:
        """Of what was claimed, how much was verified; blank where nothing was claimed."""
        return self.verified / self.claimed if self.claimed else None


def agreement_of(plan: VerificationPlan) -> list[Agreement]:
    """Over all indicators first, then by indicator; of answers that two verifiers judged.

    What each had said before seeing the other's verdict counts. One query.
    """
    rows = (
        Judgement.objects.filter(item__case__plan=plan)
        .exclude(first="")
        .order_by("item__case__plan", "item__code", "item", "seat")
        .values_list("item", "item__code", "item__label", "first")
    )
    said: dict[int, list[str]] = {}
    of_item: dict[int, tuple[str, Mapping[str, str]]] = {}
    for item, code, label, first in rows:
        said.setdefault(item, []).append(first)
        of_item[item] = (code, label)
    pairs = {item: (both[0], both[1]) for item, both in said.items() if len(both) == 2}
    if not pairs:
        return []
    codes = {of_item[item][0]: of_item[item][1] for item in pairs}
    overall = _agreement("", {}, pairs.values())
    return [
        overall,
        *(
            _agreement(
                code, label, [pair for item, pair in pairs.items() if of_item[item][0] == code]
            )
            for code, label in codes.items()
        ),
    ]


def inflation_by_indicator(plan: VerificationPlan) -> list[Inflation]:
    """By indicator, in the questionnaire's order."""
    labels = dict(
        VerificationItem.objects.filter(case__plan=plan)
        .order_by("position")
        .values_list("code", "label")
    )
    rows = {row["kind"]: row for row in _sums(plan, "code")}
    return [_inflation(code, label, rows[code]) for code, label in labels.items() if code in rows]


def inflation_by_type(plan: VerificationPlan) -> list[Inflation]:
    """By type of agency, in the order of their names."""
    rows = {row["kind"]: row for row in _sums(plan, "case__assignment__agency__type")}
    return [_inflation(kind, {}, rows[kind]) for kind in sorted(rows)]


def _agreement(code: str, label: Mapping[str, str], pairs: Iterable[Pair]) -> Agreement:
    both = list(pairs)
    ordered = [pair for pair in both if Verdict.NOT_RELEVANT not in pair]
    return Agreement(code, label, kappa(both, list(Verdict)), weighted_kappa(ordered, ORDERED))


class _Row(TypedDict):
    kind: str
    number: int
    total_claimed: Decimal
    total_verified: Decimal
    lowered: int


def _sums(plan: VerificationPlan, key: str) -> list[_Row]:
    both = Q(claimed__isnull=False, verified__isnull=False)
    found = VerificationItem.objects.filter(both, case__plan=plan).exclude(verdict="").order_by()
    rows = (
        found.annotate(kind=F(key))
        .values("kind")
        .annotate(
            number=Count("pk"),
            total_claimed=Sum("claimed"),
            total_verified=Sum("verified"),
            lowered=Count("pk", filter=~Q(verdict=Verdict.ACCEPTED)),
        )
    )
    return [_Row(**row) for row in rows]


def _inflation(key: str, label: Mapping[str, str], row: _Row) -> Inflation:
    claimed, verified = row["total_claimed"], row["total_verified"]
    return Inflation(key, label, row["number"], claimed, verified, row["lowered"])
