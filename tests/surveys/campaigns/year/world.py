"""Twenty-five agencies with their people, and the campaign that asks them every quarter."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from surveys.campaigns import services
from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.enums import Period
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.planning import Plan
from surveys.campaigns.targets import TargetRule
from surveys.definitions import dump
from surveys.engine import Carry, Definition, Group, Kind, Question
from surveys.organisations.enums import AgencyType, MembershipRole
from surveys.organisations.models import Agency, User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from tests.factories import AgencyFactory, MembershipFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import QuestionnaireFactory, VersionFactory
from tests.surveys.campaigns.year.days import moment

STARTED: Final = moment(date(2027, 3, 1), 9)
STAFF: Final = (
    Question(name="staff", kind=Kind.INTEGER, label={"vi": "Số người"}, required="yes"),
    Question(
        name="before",
        kind=Kind.INTEGER,
        label={"vi": "Kỳ trước"},
        default="previous(${staff})",
        carry=Carry.FLOW,
    ),
)
CLOUD: Final = Question(name="cloud", kind=Kind.INTEGER, label={"vi": "Số dịch vụ đám mây"})
MINISTRIES: Final = tuple(f"bo-{number}" for number in range(1, 7))
PROVINCES: Final = tuple(f"tinh-{number}" for number in range(1, 10))
COMMUNES: Final = tuple(f"xa-{number}" for number in range(1, 11))
KEYS: Final = (*MINISTRIES, *PROVINCES, *COMMUNES)
WITHOUT_ACCOUNT: Final = "bo-6"
"""Has an address of its own, to which an invitation to an account goes."""

WITHOUT_ADDRESS: Final = "xa-10"
"""Nobody knows how to reach it."""

CONTACT: Final = "van-thu@bo-6.gov.vn"
NAMES: Final = {"bo": "Bộ", "tinh": "Tỉnh", "xa": "Xã"}
TYPES: Final = {
    "bo": AgencyType.MINISTRY,
    "tinh": AgencyType.PROVINCE,
    "xa": AgencyType.COMMUNE,
}


@dataclass(frozen=True)
class World:
    """Who takes part: the designer, the campaign, the agencies by key."""

    designer: User
    campaign: Campaign
    agencies: dict[str, Agency]
    second_version: QuestionnaireVersion

    def round(self, number: int) -> Round:
        """The round of that quarter, counted from 1."""
        rounds = self.campaign.rounds.order_by("reference_date")
        return rounds.select_related("campaign", "version")[number - 1]


def make_world() -> World:
    """The agencies with a coordinator and a signatory each, and the campaign, running."""
    agencies: dict[str, Agency] = {}
    for key in KEYS:
        agencies[key] = _agency(key, agencies.get("tinh-1") if key.startswith("xa") else None)
    designer = department_person()
    questionnaire = QuestionnaireFactory.create(code="phieu-quy")
    VersionFactory.create(
        questionnaire=questionnaire, definition=dump(_asking(*STAFF)), published_at=STARTED
    )
    second = VersionFactory.create(
        questionnaire=questionnaire,
        number=2,
        status=VersionStatus.DRAFT,
        published_at=None,
        definition=dump(_asking(*STAFF, CLOUD)),
    )
    return World(designer, _campaign(questionnaire, designer), agencies, second)


def address(role: str, key: str) -> str:
    """The mail address of the person in the role."""
    return f"{role}@{key}.gov.vn"


def _asking(*questions: Question) -> Definition:
    page = Group(name="nhan_luc", label={"vi": "Nhân lực"}, children=questions)
    return Definition(code="phieu-quy", title={"vi": "Phiếu quý"}, children=(page,))


def _agency(key: str, parent: Agency | None) -> Agency:
    stem, _dash, number = key.partition("-")
    agency = AgencyFactory(key=key, name=f"{NAMES[stem]} {number}", type=TYPES[stem], parent=parent)
    if key == WITHOUT_ACCOUNT:
        agency.attributes = {"email": CONTACT}
        agency.save()
    if key in {WITHOUT_ACCOUNT, WITHOUT_ADDRESS}:
        return agency
    for role in (MembershipRole.COORDINATOR, MembershipRole.SIGNATORY):
        user = UserFactory(email=address(role, key), full_name=f"{role.label} {number}")
        MembershipFactory(user=user, agency=agency, role=role)
    return agency


def _campaign(questionnaire: Questionnaire, designer: User) -> Campaign:
    campaign = services.create_campaign(
        code="hang-quy",
        questionnaire=questionnaire,
        owner=questionnaire.owner,
        title="Báo cáo chuyển đổi số hằng quý",
        basis=LegalBasis(
            number="Quyết định 1690/QĐ-TTg",
            issued_on=date(2023, 12, 26),
            issuer="Thủ tướng Chính phủ",
            abstract="Phát triển mạng lưới chuyển đổi số quốc gia",
        ),
        targets=TargetRule(types=tuple(TYPES.values())),
        plan=Plan(
            period=Period.QUARTERLY,
            first_cutoff=date(2027, 3, 31),
            opens_after_days=1,
            answer_days=20,
            grace_days=10,
        ),
        actor=designer,
        at=STARTED,
    )
    services.start_campaign(campaign, actor=designer, at=STARTED)
    return campaign
