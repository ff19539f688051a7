"""The demo's second survey: digital readiness after Decision 1970, asked of the enterprises."""

import random
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from surveys.campaigns import services as campaigns
from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.campaigns.targets import TargetRule
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import User
from surveys.organisations.queries import department
from surveys.questionnaires import services as questionnaires
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import latest_published
from surveys.questionnaires.ready import ready_questionnaire
from surveys.responses.simulator import (
    Extent,
    People,
    Profile,
    profile_of,
    simulate,
    spell_in,
)

SEED: Final = 1970
READY: Final = "doanhnghiep_1970"
QUESTIONNAIRE: Final = "doanhnghiep-1970"
CAMPAIGN: Final = "doanh-nghiep-so"
ROUND: Final = "doanhnghiep-2025"
STEADINESS: Final = 3
"""Enterprises answer close to what they are: chance alone would bring all of them to the middle."""

BASIS: Final = LegalBasis(
    number="Quyết định 1970/QĐ-BTTTT",
    issued_on=date(2021, 12, 13),
    issuer="Bộ Thông tin và Truyền thông",
    abstract="Phê duyệt Đề án xác định Chỉ số đánh giá mức độ chuyển đổi số doanh nghiệp",
)


@transaction.atomic
def make_round(opens_on: date, *, designer: User) -> Round:
    """The round of the enterprises: open for six weeks, answered by all, closed.

    Gives the one there is, where there is one.
    """
    known = Round.objects.filter(code=ROUND).first()
    if known is not None:
        return known
    opens_at = start_of(opens_on)
    round_ = campaigns.create_round(
        campaign=_campaign(designer, at=opens_at - timedelta(weeks=2)),
        code=ROUND,
        period="Năm 2025",
        reference_date=opens_on - timedelta(days=1),
        opens_at=opens_at,
        closes_at=end_of(opens_on + timedelta(weeks=6)),
        actor=designer,
        at=opens_at - timedelta(days=3),
    )
    campaigns.open_round(round_, actor=designer, at=opens_at)
    closing = round_.closes_at + timedelta(days=1)
    _answer(round_, until=closing)
    campaigns.close_round(round_, actor=designer, at=closing)
    return round_


def _campaign(designer: User, *, at: datetime) -> Campaign:
    return campaigns.create_campaign(
        code=CAMPAIGN,
        questionnaire=_questionnaire(designer, at=at),
        owner=department(),
        title="Mức độ chuyển đổi số của doanh nghiệp",
        title_en="Digital transformation of enterprises",
        basis=BASIS,
        targets=TargetRule(types=(AgencyType.ENTERPRISE,)),
        actor=designer,
        at=at,
    )


def _questionnaire(designer: User, *, at: datetime) -> Questionnaire:
    """The ready questionnaire, published as it is."""
    known = Questionnaire.objects.filter(code=QUESTIONNAIRE).first()
    if known is not None and latest_published(known) is not None:
        return known
    ready = ready_questionnaire(READY)
    assert ready is not None, READY
    draft = questionnaires.import_workbook(
        data=ready.read(),
        filename=ready.filename,
        code=QUESTIONNAIRE,
        owner=department(),
        actor=designer,
        at=at,
    )
    return questionnaires.publish(draft, actor=designer, at=at).questionnaire


def _answer(round_: Round, *, until: datetime) -> None:
    """Every enterprise answers and signs: one of them has begun nothing, one leads, the others stand
    at equal steps between them, in an order made by the seed.
    """
    waiting = round_.assignments.select_related("agency", "round__campaign", "version")
    asked = list(waiting.order_by("agency__official_order", "agency__key"))
    dice = random.Random(f"{SEED}:{round_.code}")  # noqa: S311  (figures for a demo)
    for place, assignment in enumerate(dice.sample(asked, len(asked))):
        simulate(
            assignment,
            seed=SEED,
            extent=Extent.SIGNED,
            spell=spell_in(round_, until, dice),
            people=People(),
            profile=_profile(assignment, maturity=place / max(len(asked) - 1, 1)),
        )


def _profile(assignment: Assignment, *, maturity: float) -> Profile:
    agency = assignment.agency
    drawn = profile_of(agency, random.Random(f"{SEED}:{agency.key}"))  # noqa: S311
    return Profile(agency, drawn.size, maturity, steadiness=STEADINESS)
