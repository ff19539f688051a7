"""A small round of the library's questionnaire, answered by the simulator through the services."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from surveys.campaigns import services as campaigns
from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.models import Round
from surveys.campaigns.targets import TargetRule
from surveys.questionnaires import services as questionnaires
from surveys.responses.simulator import simulate_round
from tests.factories import AgencyFactory, DepartmentFactory

OPENS_AT = datetime(2026, 11, 1, 17, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
WORKBOOK = Path("surveys/questionnaires/library/tochuc_1690.xlsx")
TYPES = ["ministry", "ministry", "government_agency", "province", "province", "province"]


def answered_round(
    *, responses: int = 4, seed: int = 7, types: Sequence[str] = tuple(TYPES)
) -> Round:
    """Six agencies asked, or one of each of ``types``, ``responses`` of them signed; the background work
    has not run yet."""
    owner = DepartmentFactory.create()
    for order, kind in enumerate(types, start=1):
        AgencyFactory.create(type=kind, official_order=order)
    draft = questionnaires.import_workbook(
        data=WORKBOOK.read_bytes(),
        filename=WORKBOOK.name,
        code="tochuc-1690",
        owner=owner,
        actor=None,
        at=OPENS_AT,
    )
    version = questionnaires.publish(draft, actor=None, at=OPENS_AT)
    campaign = campaigns.create_campaign(
        code="nang-luc",
        questionnaire=version.questionnaire,
        owner=owner,
        title="Năng lực tổ chức",
        title_en="Organisational capacity",
        basis=LegalBasis(
            number="Quyết định 1690/QĐ-TTg",
            issued_on=date(2023, 12, 26),
            issuer="Thủ tướng Chính phủ",
            abstract="Phát triển mạng lưới chuyển đổi số quốc gia",
        ),
        targets=TargetRule(types=tuple(sorted(set(types)))),
        actor=None,
        at=OPENS_AT,
    )
    round_ = campaigns.create_round(
        campaign=campaign,
        code="nang-luc-2026",
        period="2026",
        reference_date=OPENS_AT.date(),
        opens_at=OPENS_AT,
        closes_at=OPENS_AT + timedelta(days=40),
        actor=None,
        at=OPENS_AT,
    )
    campaigns.open_round(round_, actor=None, at=OPENS_AT)
    simulate_round(round_, responses=responses, seed=seed, draft_share=0.0, until=NOW)
    return Round.objects.select_related("campaign", "version").get(pk=round_.pk)
