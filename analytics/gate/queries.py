"""Which policy holds, who an audience is, and what was released to it."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Final

from django.db.models import QuerySet

from analytics.gate.enums import SEEN_BY, Audience, Identity
from analytics.gate.models import DisclosurePolicy, ReleasedTable
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.organisations.rules import Person


def policy_of(round_: Round) -> DisclosurePolicy:
    """The policy in force: the round's own, else the newest of an earlier round of the campaign,
    else the defaults (not stored). Confidential answers are protected whatever it says.
    """
    own = DisclosurePolicy.objects.filter(round=round_).select_related("set_by").first()
    found = own or _of_earlier_rounds(round_)
    if round_.campaign.is_confidential:
        found.identity = Identity.PROTECTED
    return found


def _of_earlier_rounds(round_: Round) -> DisclosurePolicy:
    earlier = DisclosurePolicy.objects.filter(
        round__campaign=round_.campaign_id, round__reference_date__lt=round_.reference_date
    )
    found = earlier.order_by("-round__reference_date", "-pk").first() or DisclosurePolicy()
    found.pk, found.round = None, round_
    return found


def policies_of(rounds: Iterable[Round]) -> dict[int, DisclosurePolicy]:
    """``policy_of`` for many rounds by their key, in one query. ``campaign`` is loaded with each."""
    wanted = list(rounds)
    campaigns = {each.campaign_id for each in wanted}
    stored = list(
        DisclosurePolicy.objects.filter(round__campaign__in=campaigns).select_related("round")
    )
    return {each.pk: _policy_among(stored, each) for each in wanted}


def _policy_among(stored: Sequence[DisclosurePolicy], round_: Round) -> DisclosurePolicy:
    """The policy in force among all of its campaign, the newest first. A copy: rows are shared."""
    own = [each for each in stored if each.round_id == round_.pk]
    earlier = [
        each
        for each in stored
        if each.round.campaign_id == round_.campaign_id
        and each.round.reference_date < round_.reference_date
    ]
    of_before = max(earlier, key=lambda each: (each.round.reference_date, each.pk), default=None)
    found = copy(own[0] if own else of_before or DisclosurePolicy())
    if not own:
        found.pk, found.round = None, round_
    if round_.campaign.is_confidential:
        found.identity = Identity.PROTECTED
    return found


def audience_of(user: Person, round_: Round) -> Audience:
    """As whom the person sees figures of the round. Of confidential answers nobody sees rows."""
    if user.has_perm(Permission.EXPORT_CREATE, round_):
        return Audience.DEPARTMENT
    if user.has_perm(Permission.RESULTS_VIEW, round_):
        return Audience.RESEARCHERS
    return Audience.AGENCIES if user.is_authenticated else Audience.PUBLIC


def sees_everything(audience: Audience, round_: Round) -> bool:
    """Whether figures go to the audience as they are."""
    return audience is Audience.DEPARTMENT and not round_.campaign.is_confidential


JOINED: Final = "|"
"""Between the names of several things that one table counts together."""


def released_to(round_: Round, audience: Audience, *, what: str = "") -> "QuerySet[ReleasedTable]":
    """What the audience has seen of the round (of ``what``, if given, and of all that was counted
    together with it, or with that), the newest first."""
    shown = ReleasedTable.objects.filter(round=round_, audience__in=SEEN_BY[audience], refusal="")
    if not what:
        return shown
    return shown.filter(what__in=_beside(what, shown.order_by().values_list("what", flat=True)))


def _beside(what: str, others: Iterable[str]) -> set[str]:
    """Everything that shares a name with ``what``, or with something that does."""
    left, found, names = set(others), {what}, set(what.split(JOINED))
    while near := {each for each in left if not names.isdisjoint(each.split(JOINED))}:
        found |= near
        left -= near
        names |= {name for each in near for name in each.split(JOINED)}
    return found


def release_log(round_: Round) -> "QuerySet[ReleasedTable]":
    """Everything that was released or refused in the round, the newest first."""
    return ReleasedTable.objects.filter(round=round_).select_related("actor").defer("content")
