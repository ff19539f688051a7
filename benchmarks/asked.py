"""A round that is open and the agencies it asks, as the programs that fill it in need them.

Import it after ``prepare_django``.
"""

from datetime import timedelta

from django.utils import timezone

from surveys.campaigns.enums import RoundStatus
from surveys.definitions import dump
from surveys.engine import Definition
from surveys.models import Agency, Assignment, Campaign, Membership, Questionnaire, Round, User
from surveys.organisations.enums import AgencyType, MembershipRole
from surveys.questionnaires.enums import VersionStatus

AT = timezone.now()


def open_round(design: Definition) -> Round:
    """The first round of a campaign that asks provinces by this design; its code names all three."""
    owner = Agency.objects.filter(key="cuc").first() or agency("cuc", AgencyType.DEPARTMENT)
    questionnaire = Questionnaire.objects.create(code=design.code, owner=owner, created_at=AT)
    version = questionnaire.versions.create(
        number=1,
        status=VersionStatus.PUBLISHED,
        title=design.title["vi"],
        definition=dump(design),
        created_at=AT,
        published_at=AT,
    )
    campaign = Campaign.objects.create(
        code=design.code,
        owner=owner,
        questionnaire=questionnaire,
        title="Đợt",
        basis_number="Quyết định 1690/QĐ-TTg",
        targets={"types": [AgencyType.PROVINCE]},
        created_at=AT,
    )
    return Round.objects.create(
        campaign=campaign,
        code=f"ky-{design.code}",
        period="Năm nay",
        reference_date=AT.date(),
        version=version,
        status=RoundStatus.OPEN,
        opens_at=AT - timedelta(days=1),
        closes_at=AT + timedelta(days=30),
        created_at=AT,
    )


def agency(key: str, kind: AgencyType) -> Agency:
    """An agency with a path of its own."""
    made = Agency.objects.create(key=key, name=key, type=kind, search_key=key, sort_key=key)
    made.path = f"{made.pk:08}/"
    made.save(update_fields=["path"])
    return made


def province(key: str) -> Agency:
    """A province, and the one person who may fill in for it."""
    made = agency(key, AgencyType.PROVINCE)
    person = User.objects.create_user(f"{key}@example.gov.vn", full_name="Lê An")
    Membership.objects.create(user=person, agency=made, role=MembershipRole.COORDINATOR)
    return made


def coordinator(asked: Agency) -> User:
    """Who fills in for the agency."""
    return User.objects.get(memberships__agency=asked)


def assign(round_: Round, asked: Agency) -> Assignment:
    """The round asks the agency."""
    return Assignment.objects.create(
        round=round_, agency=asked, version=round_.version, due_at=round_.closes_at
    )
