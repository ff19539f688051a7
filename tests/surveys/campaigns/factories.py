"""Questionnaires, campaigns and rounds for tests."""

from datetime import UTC, date, datetime
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from surveys.campaigns.deadlines import end_of, start_of
from surveys.definitions import dump
from surveys.engine import Definition, Group, Kind, Question
from surveys.models import Assignment, Campaign, Questionnaire, QuestionnaireVersion, Round
from surveys.organisations.enums import AgencyType
from surveys.questionnaires.enums import VersionStatus
from tests.factories import AgencyFactory, DepartmentFactory

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""09:30 of 20/11/2026 in Viet Nam."""

TODAY = date(2026, 11, 20)

DEFINITION = Definition(
    code="ba-cau",
    title={"vi": "Ba câu hỏi"},
    children=(
        Group(
            name="phan_a",
            label={"vi": "Phần A"},
            children=tuple(
                Question(name=f"cau_{number}", kind=Kind.INTEGER, label={"vi": f"Câu {number}"})
                for number in (1, 2, 3)
            ),
        ),
    ),
)


class QuestionnaireFactory(DjangoModelFactory[Questionnaire]):
    """A questionnaire of the national department."""

    class Meta:
        model = Questionnaire

    code = Sequence(lambda n: f"phieu-{n}")
    owner = SubFactory(DepartmentFactory)
    created_at = NOW


class VersionFactory(DjangoModelFactory[QuestionnaireVersion]):
    """A published version of three questions."""

    class Meta:
        model = QuestionnaireVersion

    questionnaire = SubFactory(QuestionnaireFactory)
    number = 1
    status = VersionStatus.PUBLISHED
    title = "Ba câu hỏi"
    definition = LazyFunction(lambda: dump(DEFINITION))
    created_at = NOW
    published_at = NOW


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A campaign that asks the provinces."""

    class Meta:
        model = Campaign

    code: Any = Sequence(lambda n: f"dot-{n}")
    questionnaire = SubFactory(QuestionnaireFactory)
    owner = LazyAttribute(lambda campaign: campaign.questionnaire.owner)
    title = "Năng lực tổ chức về chuyển đổi số"
    title_en = "Organisational capacity for digital transformation"
    basis_number = "Quyết định 1690/QĐ-TTg"
    basis_on = date(2023, 12, 26)
    basis_issuer = "Thủ tướng Chính phủ"
    basis_abstract = "Phát triển mạng lưới chuyển đổi số quốc gia"
    targets: Any = LazyFunction(lambda: {"types": [AgencyType.PROVINCE]})
    created_at = NOW


class RoundFactory(DjangoModelFactory[Round]):
    """A planned round with a deadline ten days after ``TODAY``."""

    class Meta:
        model = Round

    campaign = SubFactory(CampaignFactory)
    code: Any = Sequence(lambda n: f"ky-{n}")
    period = "Năm 2026"
    reference_date = TODAY
    version = LazyAttribute(
        lambda round_: VersionFactory.create(questionnaire=round_.campaign.questionnaire)
    )
    opens_at = start_of(TODAY)
    closes_at = end_of(date(2026, 11, 30))
    created_at = NOW


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """A province's duty in a round, not started."""

    class Meta:
        model = Assignment

    round = SubFactory(RoundFactory)
    agency = SubFactory(AgencyFactory)
    version = LazyAttribute(lambda assignment: assignment.round.version)
    due_at: Any = LazyAttribute(lambda assignment: assignment.round.closes_at)
    total = 3
