"""What an agency starts with when a round opens."""

import pytest

from surveys.campaigns.services import open_round
from surveys.definitions import dump
from surveys.engine import Definition, Group, Kind, Question
from surveys.models import Assignment
from tests.factories import AgencyFactory
from tests.surveys.campaigns.factories import NOW, CampaignFactory, RoundFactory, VersionFactory

pytestmark = pytest.mark.django_db

FOR_PROVINCES = Definition(
    code="theo-loai",
    title={"vi": "Theo loại"},
    children=(
        Group(
            name="phan_a",
            label={"vi": "Phần A"},
            children=(
                Question(name="loai", kind=Kind.HIDDEN, parameters={"prefill": "agency_type"}),
                Question(name="chung", kind=Kind.TEXT, label={"vi": "Chung"}),
                Question(
                    name="rieng",
                    kind=Kind.TEXT,
                    label={"vi": "Riêng"},
                    relevant="${loai} = 'province'",
                ),
            ),
        ),
    ),
)


def test_each_type_of_agency_starts_with_the_questions_it_sees():
    AgencyFactory.create(type="ministry")
    AgencyFactory.create(type="province")
    version = VersionFactory.create(definition=dump(FOR_PROVINCES), title="Theo loại")
    campaign = CampaignFactory.create(
        questionnaire=version.questionnaire, target_types=["ministry", "province"]
    )
    round_ = RoundFactory.create(campaign=campaign, version=version)

    open_round(round_, actor=None, at=NOW)

    totals = dict(Assignment.objects.values_list("agency__type", "total"))
    assert totals == {"ministry": 1, "province": 2}
