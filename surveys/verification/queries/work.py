"""A verifier's work, and the department's: lists in a few queries, however long they are."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Count, Q, QuerySet

from surveys.campaigns.models import Round
from surveys.organisations.rules import Person
from surveys.verification.enums import ItemStatus
from surveys.verification.models import Judgement, VerificationCase, VerificationItem

FILTERS: Final[Mapping[str, Q]] = {
    "": Q(),
    "todo": Q(verdict=""),
    "done": ~Q(verdict=""),
    "disputed": Q(item__status=ItemStatus.DISPUTED),
    "explained": Q(item__status__in=[ItemStatus.EXPLAINED, ItemStatus.DECIDED]),
    "flagged": Q(is_flagged=True),
}


def work_of(user: Person, round_: Round) -> QuerySet[Judgement]:
    """The person's own judgements in the round, by agency and indicator."""
    own = Judgement.objects.of(user).filter(item__case__plan__round=round_)
    return own.select_related("item__case__assignment__agency").order_by(
        "item__case__assignment__agency__official_order", "item__case", "item__position"
    )


def filtered(work: QuerySet[Judgement], name: str) -> QuerySet[Judgement]:
    """The part of the work that one of FILTERS names."""
    return work.filter(FILTERS.get(name, Q()))


def work_counts(work: QuerySet[Judgement]) -> dict[str, int]:
    """How much each of FILTERS finds; one query."""
    wanted = {name or "all": Count("pk", filter=rule) for name, rule in FILTERS.items() if name}
    counts: dict[str, int] = work.order_by().aggregate(all=Count("pk"), **wanted)
    return counts


def next_to_judge(user: Person, round_: Round, *, after: Judgement) -> Judgement | None:
    """The next of the person's answers without a judgement, behind this one, else from the start.

    Two rows are read at most, however much work there is.
    """
    waiting = filtered(work_of(user, round_), "todo").exclude(pk=after.pk)
    place = (
        VerificationItem.objects.filter(pk=after.item_id)
        .values_list("case__assignment__agency__official_order", "case", "position")
        .get()
    )
    order, case, position = place
    behind = (
        Q(item__case__assignment__agency__official_order__gt=order)
        | Q(item__case__assignment__agency__official_order=order, item__case__gt=case)
        | Q(item__case=case, item__position__gt=position)
    )
    return waiting.filter(behind).first() or waiting.first()


def to_decide(round_: Round) -> QuerySet[VerificationItem]:
    """What waits for the department: disputes first, then explanations."""
    waiting = Q(status__in=[ItemStatus.DISPUTED, ItemStatus.EXPLAINED])
    found = VerificationItem.objects.filter(waiting, case__plan__round=round_)
    return found.select_related("case__assignment__agency", "explanation").order_by(
        "status", "case__assignment__agency__official_order", "case", "position"
    )


def findings_of(case: VerificationCase) -> QuerySet[VerificationItem]:
    """The findings of one agency with what was said and decided, in the questionnaire's order."""
    return case.items.select_related("explanation").order_by("position")
