"""What an agency starts with when a round opens."""

import pytest

from surveys.campaigns.queries import agencies_to_ask
from surveys.campaigns.services import VersionRetired, open_round
from surveys.campaigns.targets import TargetRule
from surveys.definitions import dump
from surveys.engine import Definition, Group, Kind, Question
from surveys.models import Assignment
from surveys.questionnaires.enums import VersionStatus
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
        questionnaire=version.questionnaire, targets={"types": ["ministry", "province"]}
    )
    round_ = RoundFactory.create(campaign=campaign, version=version)

    open_round(round_, actor=None, at=NOW)

    totals = dict(Assignment.objects.values_list("agency__type", "total"))
    assert totals == {"ministry": 1, "province": 2}


def test_a_type_with_a_variant_is_asked_its_own_questionnaire():
    ministry = AgencyFactory.create(type="ministry")
    province = AgencyFactory.create(type="province")
    own, others = VersionFactory.create(definition=dump(FOR_PROVINCES)), VersionFactory.create()
    campaign = CampaignFactory.create(
        questionnaire=others.questionnaire, targets={"types": ["ministry", "province"]}
    )
    campaign.variants.create(questionnaire=own.questionnaire, types=["province"])

    open_round(RoundFactory.create(campaign=campaign, version=others), actor=None, at=NOW)

    asked = dict(Assignment.objects.values_list("agency", "version"))
    assert asked == {ministry.pk: others.pk, province.pk: own.pk}


def test_a_round_asks_the_version_in_force_when_it_opens():
    AgencyFactory.create()
    round_ = RoundFactory.create()
    newer = VersionFactory.create(questionnaire=round_.campaign.questionnaire, number=2)

    open_round(round_, actor=None, at=NOW)

    assert round_.version == newer


def test_a_pinned_version_is_kept():
    AgencyFactory.create()
    round_ = RoundFactory.create(version_pinned=True)
    VersionFactory.create(questionnaire=round_.campaign.questionnaire, number=2)

    open_round(round_, actor=None, at=NOW)

    assert round_.version.number == 1


def test_a_retired_version_is_not_asked():
    AgencyFactory.create()
    round_ = RoundFactory.create(version_pinned=True)
    round_.version.status = VersionStatus.RETIRED
    round_.version.save()

    with pytest.raises(VersionRetired):
        open_round(round_, actor=None, at=NOW)


def test_a_round_keeps_the_names_of_its_opening():
    agency = AgencyFactory.create(name="Tỉnh Cũ")
    round_ = RoundFactory.create()
    open_round(round_, actor=None, at=NOW)

    agency.name = "Tỉnh Mới"
    agency.save()

    assert Assignment.objects.get().names["vi"] == "Tỉnh Cũ"


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (TargetRule(types=("commune",)), {"xa-a", "xa-b"}),
        (TargetRule(types=("commune",), under=("tinh-a",)), {"xa-a"}),
        (TargetRule(types=("commune", "province"), under=("tinh-a",)), {"tinh-a", "xa-a"}),
        (TargetRule(types=("commune",), under=("khong-co",)), set()),
        (TargetRule(types=("commune",), attributes={"area": ("urban",)}), {"xa-b"}),
        (TargetRule(types=("province",), also=("xa-b",)), {"tinh-a", "tinh-b", "xa-b"}),
        (TargetRule(types=("commune",), also=("xa-b",), without=("xa-b",)), {"xa-a"}),
    ],
)
def test_a_rule_fits(rule, asked):
    for letter, area in (("a", "rural"), ("b", "urban")):
        province = AgencyFactory.create(key=f"tinh-{letter}", type="province")
        AgencyFactory.create(
            key=f"xa-{letter}", type="commune", parent=province, attributes={"area": area}
        )

    assert {agency.key for agency in agencies_to_ask(rule, at=NOW)} == asked
    assert TargetRule.read(rule.as_json()) == rule
