"""Whom a campaign asks, and who is asked later or no longer."""

import pytest
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.campaigns import services
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.campaigns.queries import agencies_named, agencies_to_ask, preview
from surveys.campaigns.services import open_round
from surveys.campaigns.targets import Sample, TargetRule
from surveys.models import Agency, AgencyIdentifier, Assignment, AuditEvent
from surveys.organisations.enums import DepartmentRoleName
from tests.factories import AgencyFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import NOW, CampaignFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enterprises():
    """Thirty enterprises in two provinces, two thirds of them small."""
    for province, number in (("tinh-a", 20), ("tinh-b", 10)):
        parent = AgencyFactory.create(key=province, name=province, type="province")
        for each in range(number):
            AgencyFactory.create(
                key=f"dn-{province[-1]}-{each}",
                type="enterprise",
                parent=parent,
                attributes={"size": "small" if each % 3 else "large"},
            )


@pytest.fixture
def round_():
    campaign = CampaignFactory.create(targets={"types": ["ministry"]})
    AgencyFactory.create(key="bo-a", type="ministry")
    planned = RoundFactory.create(campaign=campaign)
    open_round(planned, actor=None, at=NOW)
    return planned


def sampled(size, *by, seed=1690, **rule):
    return TargetRule(types=("enterprise",), sample=Sample(size, seed, by), **rule)


def test_a_sample_is_drawn_in_proportion_to_the_provinces(enterprises):
    asked = agencies_to_ask(sampled(9, "province"), at=NOW)

    assert sorted(asked.values_list("parent__key", flat=True)) == ["tinh-a"] * 6 + ["tinh-b"] * 3


def test_a_sample_is_the_same_again_and_with_another_seed_another(enterprises):
    keys = [
        {agency.key for agency in agencies_to_ask(sampled(9, seed=seed), at=NOW)}
        for seed in (1, 1, 2)
    ]

    assert keys[0] == keys[1] != keys[2]


def test_the_named_ones_come_beside_the_sample_and_the_excluded_never(enterprises):
    rule = sampled(29, also=("tinh-a",), without=("dn-a-0",))

    keys = {agency.key for agency in agencies_to_ask(rule, at=NOW)}

    assert len(keys) == 30
    assert "tinh-a" in keys
    assert "dn-a-0" not in keys


def test_the_preview_shows_the_strata(enterprises):
    seen = preview(sampled(9, "province", "size"), at=NOW)

    assert seen.total == 9
    assert [(each.name, each.size, each.drawn) for each in seen.strata] == [
        ("tinh-a / large", 7, 2),
        ("tinh-a / small", 13, 4),
        ("tinh-b / large", 4, 1),
        ("tinh-b / small", 6, 2),
    ]


@pytest.mark.parametrize("name", ["size__contains", "size') OR 1=1 --", "a.b", '"', "$"])
def test_an_attributes_name_is_never_part_of_a_lookup(enterprises, name):
    rule = TargetRule(types=("enterprise",), attributes={name: ("small",)})

    assert not agencies_to_ask(rule, at=NOW).exists()


def test_agencies_are_named_by_key_or_code_in_force():
    AgencyIdentifier.objects.create(
        agency=AgencyFactory.create(key="xa-1"),
        scheme="nso",
        value="00004",
        valid_from="2025-07-01",
    )
    AgencyFactory.create(key="xa-2")

    assert agencies_named(["xa-2", " 00004 ", "", "xa-2", "99"]) == (["xa-2", "xa-1"], [(5, "99")])


def test_agencies_that_come_later_are_asked_and_logged(round_):
    later = AgencyFactory.create(key="bo-b", type="ministry")

    services.add_agencies(round_, [later], reason="Mới lập", actor=UserFactory.create(), at=NOW)

    assert Assignment.objects.filter(round=round_).count() == 2
    event = AuditEvent.objects.get(kind=Event.ROUND_AGENCIES_ADDED)
    assert (event.data["agencies"], event.data["reason"]) == ([later.pk], "Mới lập")


def test_who_is_taken_out_keeps_its_answers_and_can_come_back(round_):
    agency, person = Agency.objects.get(key="bo-a"), UserFactory.create()

    services.remove_agencies(round_, [agency], reason="Sáp nhập", actor=person, at=NOW)
    assert Assignment.objects.get().disposition == Disposition.INELIGIBLE
    services.add_agencies(round_, [agency], reason="Nhầm", actor=person, at=NOW)

    assert Assignment.objects.get().disposition == Disposition.ASKED


@pytest.mark.parametrize(
    ("status", "round_status", "reason", "refusal"),
    [
        (AssignmentStatus.SUBMITTED, RoundStatus.OPEN, "Lý do", services.AgenciesHaveSubmitted),
        (AssignmentStatus.DRAFT, RoundStatus.CLOSED, "Lý do", services.RoundNotRunning),
        (AssignmentStatus.DRAFT, RoundStatus.OPEN, " ", services.AgreementReasonMissing),
    ],
)
def test_who_cannot_be_taken_out(round_, status, round_status, reason, refusal):
    Assignment.objects.update(status=status)
    round_.status = round_status
    round_.save()

    with pytest.raises(refusal):
        services.remove_agencies(
            round_, [Agency.objects.get(key="bo-a")], reason=reason, actor=UserFactory(), at=NOW
        )


def test_nobody_is_asked_twice(round_):
    with pytest.raises(services.AgenciesAskedAlready):
        services.add_agencies(
            round_, [Agency.objects.get(key="bo-a")], reason="Thêm", actor=UserFactory(), at=NOW
        )


def test_a_designer_types_a_rule_and_sees_who_is_in(enterprises, client):
    campaign = CampaignFactory.create()
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=campaign.owner))
    typed = {
        "types": ["enterprise"],
        "under": ["tinh-a"],
        "attribute_size": ["small"],
        "samples": "on",
        "size": "5",
        "seed": "3",
        "by": ["province"],
        "without": "dn-a-1",
    }

    seen = client.post(reverse("campaign_rule_preview", args=[campaign.code]), typed)
    saved = client.post(reverse("campaign_rule", args=[campaign.code]), typed)

    campaign.refresh_from_db()
    assert "5 cơ quan" in seen.content.decode()
    assert saved.status_code == 302
    assert TargetRule.read(campaign.targets) == TargetRule(
        types=("enterprise",),
        under=("tinh-a",),
        attributes={"size": ("small",)},
        sample=Sample(5, 3, ("province",)),
        without=("dn-a-1",),
    )


def test_codes_that_name_nobody_are_said_with_their_places(enterprises, client):
    campaign = CampaignFactory.create()
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=campaign.owner))

    answer = client.post(
        reverse("campaign_rule", args=[campaign.code]), {"also": "dn-a-1\nkhong-co\ndn-a-2"}
    )

    assert answer.status_code == 422
    assert "2: khong-co" in answer.content.decode()


def test_agencies_are_added_on_the_rounds_page(round_, client):
    AgencyFactory.create(key="bo-b", type="ministry")
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=round_.campaign.owner))
    address = reverse("round_asked", args=[round_.code])

    client.post(address, {"act": "add", "codes": "bo-b", "reason": "Mới lập"})

    assert "Mới lập" in client.get(address).content.decode()
    assert round_.assignments.count() == 2
