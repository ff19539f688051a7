"""The demo's past round under verification: scoring rules, work for two verifiers, some of it judged by
both, findings to explain."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from surveys.campaigns.models import Round
from surveys.organisations.models import Agency, User
from surveys.questionnaires.catalogue.models import CatalogueIndicator
from surveys.questionnaires.catalogue.services import change_indicator
from surveys.verification import services
from surveys.verification.claims import in_places
from surveys.verification.enums import Verdict
from surveys.verification.models import Judgement, VerificationPlan
from surveys.verification.services import Opinion, PlanDetails

RULES: Final[Mapping[str, str]] = {
    "T1a": "evidence(choices(da=10, dang=5, chua=0); none=0.5, given=0.75, verified=1)",
    "T2030b1": "choices(da=10, chua=0)",
    "III4": "choices(bi_thu=5, dung_dau=5, cap_pho=2, chua=0)",
    "IV1b": "choices(rieng=5, long_ghep=3, chua=0)",
}
"""Points that show what scoring does; the department would set its own."""

BEGUN: Final = timedelta(days=6)
JUDGED: Final = timedelta(days=4)
RELEASED: Final = timedelta(days=2)
SEED: Final = 1690
TWICE: Final = 20
"""Percent of the answers that two verify."""

NOTES: Final[Mapping[Verdict, str]] = {
    Verdict.ACCEPTED: "",
    Verdict.PARTLY: "Văn bản mới ban hành một phần nội dung; đề nghị bổ sung quyết định.",
    Verdict.NOT_ACCEPTED: "Chưa có tài liệu kiểm chứng cho nội dung đã khai.",
}
OFTEN: Final = (6, 2, 2)
"""How often the demo finds each of them, where points are claimed."""

AGREED: Final = 0.8
"""How often the second verifier of the demo finds what the first has found."""


def score(owner: Agency, *, actor: User, at: datetime) -> None:
    """Give indicators of the owner's catalogue their rules."""
    for row in CatalogueIndicator.objects.filter(owner=owner, code__in=RULES):
        facts = replace(row.as_engine(), scoring=RULES[row.code])
        change_indicator(row, facts=facts, actor=actor, at=at)


@transaction.atomic
def verify(
    round_: Round,
    *,
    agency: str,
    designer: User,
    verifiers: Sequence[User],
    decider: User,
    at: datetime,
) -> None:
    """A verification under way: the agency has its findings and may explain; of the others, what two
    verify is judged, agreed on or disputed, and the rest waits.

    Does nothing where the round has a plan.
    """
    if VerificationPlan.objects.filter(round=round_).exists():
        return
    begun = at - BEGUN
    details = PlanDetails(verifiers=verifiers, twice=TWICE)
    plan = services.save_plan(round_, details, actor=designer, at=begun)
    services.begin(plan, actor=designer, at=begun)
    plan.refresh_from_db()
    services.hand_out(
        plan, actor=designer, clock=lambda: begun, progress=lambda _done, _total: None
    )
    released = at - RELEASED
    _judge_twice(plan, agency=agency, at=at - JUDGED)
    _judge(plan, agency=agency, at=released)
    own = round_.assignments.get(agency__key=agency)
    services.release(plan, actor=decider, at=released, assignments=[own.pk])


def _judge_twice(plan: VerificationPlan, *, agency: str, at: datetime) -> None:
    """What two find of the answers of the other agencies, by chance and the same in every demo."""
    chance = random.Random(SEED)  # noqa: S311  (repeatable, not secret)
    asked = Judgement.objects.filter(item__case__plan=plan, item__judgements__seat=2)
    others = asked.exclude(item__case__assignment__agency__key=agency)
    first: dict[int, Verdict] = {}
    for own in others.select_related("item", "verifier").order_by("item", "seat"):
        verdict = first.get(own.item_id)
        if not own.item.claimed:
            verdict = Verdict.ACCEPTED
        elif verdict is None or chance.random() > AGREED:
            [verdict] = chance.choices(list(NOTES), OFTEN)
        first[own.item_id] = verdict
        _say(own, verdict, at=at)


def _judge(plan: VerificationPlan, *, agency: str, at: datetime) -> None:
    """The first answer that claims points keeps half of them, the second none, the others all."""
    asked = Judgement.objects.filter(
        item__case__plan=plan, item__case__assignment__agency__key=agency
    )
    lowered = [Verdict.PARTLY, Verdict.NOT_ACCEPTED]
    found: dict[int, Verdict] = {}
    for own in asked.select_related("item", "verifier").order_by("item__position", "seat"):
        if own.item_id not in found:
            is_lowered = bool(own.item.claimed and lowered)
            found[own.item_id] = lowered.pop(0) if is_lowered else Verdict.ACCEPTED
        _say(own, found[own.item_id], at=at)


def _say(own: Judgement, verdict: Verdict, *, at: datetime) -> None:
    points = None
    if verdict is Verdict.PARTLY and own.item.claimed:
        points = in_places(own.item.claimed / 2)
    opinion = Opinion(verdict=verdict, points=points, note=NOTES[verdict], seen=own.edits)
    services.judge(own, opinion, actor=own.verifier, at=at)
