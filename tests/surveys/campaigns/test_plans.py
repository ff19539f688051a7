"""A campaign's plan brings its rounds about; a changed plan changes what nobody has touched."""

from datetime import date, timedelta

import pytest

from surveys.audit.enums import Event
from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.enums import Anonymity, CampaignStatus, Period, RoundStatus
from surveys.campaigns.planning import Plan, PlanImpossible, RuleInvalid
from surveys.campaigns.services import Dates, Variant
from surveys.campaigns.signing_off import SignOffStep, StepAct
from surveys.campaigns.workflow import (
    CampaignAlreadyRunning,
    CampaignEnded,
    CampaignNotRunning,
)
from surveys.models import AuditEvent, LiveMessage, Round
from tests.factories import UserFactory, department_person
from tests.surveys.campaigns.factories import (
    NOW,
    CampaignFactory,
    QuestionnaireFactory,
    RoundFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

QUARTERLY = Plan(Period.QUARTERLY, date(2026, 12, 31), answer_days=20, grace_days=5)
JANUARY = start_of(date(2026, 12, 15))


def planned_campaign(plan=QUARTERLY, **kwargs):
    campaign = CampaignFactory.create(
        code="quy",
        period=plan.period,
        first_cutoff=plan.first_cutoff,
        answer_days=plan.answer_days,
        grace_days=plan.grace_days,
        **kwargs,
    )
    VersionFactory.create(questionnaire=campaign.questionnaire)
    return campaign


def rounds(campaign):
    return list(Round.objects.filter(campaign=campaign).order_by("reference_date"))


def test_a_plan_gives_rounds_with_their_dates_each_following_the_one_before():
    campaign = planned_campaign()

    services.plan_rounds(campaign, actor=None, at=JANUARY)

    made = rounds(campaign)
    assert [each.period for each in made] == [
        "Quý IV/2026",
        "Quý I/2027",
        "Quý II/2027",
        "Quý III/2027",
    ]
    assert [each.code for each in made][:2] == ["quy-quy-iv-2026", "quy-quy-i-2027"]
    assert [each.previous for each in made] == [None, *made[:3]]
    first = made[0]
    assert (first.opens_at, first.closes_at, first.grace_days, first.from_plan) == (
        start_of(date(2027, 1, 1)),
        end_of(date(2027, 1, 20)),
        5,
        True,
    )
    assert AuditEvent.objects.filter(kind=Event.ROUND_CREATED).count() == 4


def test_planning_again_makes_nothing_more_and_later_what_has_come_into_reach():
    campaign = planned_campaign()
    services.plan_rounds(campaign, actor=None, at=JANUARY)

    assert services.plan_rounds(campaign, actor=None, at=JANUARY) == []
    (new,) = services.plan_rounds(campaign, actor=None, at=JANUARY + timedelta(days=30))
    assert (new.period, new.previous_id) == ("Quý IV/2027", None)
    new.refresh_from_db()
    assert new.previous == Round.objects.get(period="Quý III/2027")


def test_a_cancelled_round_is_not_planned_again_and_its_follower_goes_back_behind_it():
    campaign = planned_campaign()
    first, second, *_ = services.plan_rounds(campaign, actor=None, at=JANUARY)
    second.refresh_from_db()

    services.cancel_round(second, actor=None, at=NOW, reason="Hoãn")

    assert services.plan_rounds(campaign, actor=None, at=JANUARY) == []
    assert Round.objects.get(period="Quý II/2027").previous == first


def test_a_round_made_by_hand_for_the_same_cut_off_counts():
    campaign = planned_campaign()
    version = campaign.questionnaire.versions.get()
    RoundFactory.create(campaign=campaign, version=version, reference_date=date(2026, 12, 31))

    made = services.plan_rounds(campaign, actor=None, at=JANUARY)

    assert "Quý IV/2026" not in [each.period for each in made]


def test_a_campaign_without_a_plan_has_no_planned_rounds():
    assert services.plan_rounds(CampaignFactory.create(), actor=None, at=NOW) == []


def test_without_a_published_version_nothing_is_planned():
    campaign = CampaignFactory.create(first_cutoff=date(2026, 12, 31), period=Period.YEARLY)

    with pytest.raises(services.QuestionnaireNotPublished):
        services.plan_rounds(campaign, actor=None, at=NOW)


def test_starting_plans_records_and_tells():
    campaign = planned_campaign()
    designer = UserFactory.create()

    number = services.start_campaign(campaign, actor=designer, at=JANUARY)

    assert (number, campaign.status) == (4, CampaignStatus.RUNNING)
    event = AuditEvent.objects.get(kind=Event.CAMPAIGN_STARTED)
    assert (event.actor, event.data["rounds"][0]) == (designer, "quy-quy-iv-2026")
    assert LiveMessage.objects.filter(topic=f"campaign:{campaign.pk}").count() == 1
    with pytest.raises(CampaignAlreadyRunning):
        services.start_campaign(campaign, actor=None, at=JANUARY)


def test_starting_without_a_plan_is_refused():
    with pytest.raises(services.PlanMissing):
        services.start_campaign(CampaignFactory.create(), actor=None, at=NOW)


def test_a_campaign_pauses_and_goes_on():
    campaign = planned_campaign(status=CampaignStatus.RUNNING)

    services.pause_campaign(campaign, actor=None, at=NOW)
    assert campaign.status == CampaignStatus.PAUSED
    with pytest.raises(CampaignNotRunning):
        services.pause_campaign(campaign, actor=None, at=NOW)
    services.start_campaign(campaign, actor=None, at=NOW)
    assert campaign.status == CampaignStatus.RUNNING


def test_ending_drops_what_nobody_touched_and_asks_nobody_any_more():
    campaign = planned_campaign()
    services.start_campaign(campaign, actor=None, at=JANUARY)
    moved = rounds(campaign)[0]
    dates = Dates(moved.opens_at + timedelta(days=7), moved.closes_at + timedelta(days=7))
    services.postpone_round(moved, dates, actor=None, at=JANUARY, reason="Nghỉ lễ")

    services.end_campaign(campaign, actor=None, at=JANUARY)

    assert rounds(campaign) == [moved]
    for act in (services.start_campaign, services.plan_rounds, services.change_campaign):
        with pytest.raises(CampaignEnded):
            act(campaign, actor=None, at=JANUARY)
    with pytest.raises(CampaignEnded):
        services.open_round(moved, actor=None, at=JANUARY)


def test_a_changed_plan_replaces_untouched_rounds_and_leaves_the_others():
    campaign = planned_campaign()
    services.start_campaign(campaign, actor=None, at=JANUARY)
    opened, moved, kept, _last = rounds(campaign)
    Round.objects.filter(pk=opened.pk).update(status=RoundStatus.OPEN, opened_at=JANUARY)
    dates = Dates(moved.opens_at, moved.closes_at + timedelta(days=7))
    services.postpone_round(moved, dates, actor=None, at=JANUARY, reason="Nghỉ lễ")
    half_yearly = Plan(Period.HALF_YEARLY, date(2026, 12, 31), answer_days=30)

    services.change_campaign(campaign, plan=half_yearly, actor=None, at=JANUARY)

    after = rounds(campaign)
    assert [each.period for each in after] == ["Quý IV/2026", "Quý I/2027", "6 tháng đầu năm 2027"]
    assert after[1].closes_at == dates.closes_at
    assert after[2].previous == moved
    event = AuditEvent.objects.get(kind=Event.CAMPAIGN_CHANGED)
    assert kept.code in event.data["dropped"]
    assert event.data["changed"] == ["answer_days", "grace_days", "period"]


def test_other_days_to_answer_move_the_untouched_rounds():
    campaign = planned_campaign()
    services.start_campaign(campaign, actor=None, at=JANUARY)
    before = rounds(campaign)
    longer = Plan(Period.QUARTERLY, date(2026, 12, 31), answer_days=25)

    services.change_campaign(campaign, plan=longer, actor=None, at=JANUARY)

    assert rounds(campaign) == before
    assert rounds(campaign)[0].closes_at == end_of(date(2027, 1, 25))


def test_another_questionnaire_is_refused_once_a_round_was_opened():
    campaign = planned_campaign()
    other = QuestionnaireFactory.create(owner=campaign.owner)
    version = campaign.questionnaire.versions.get()
    RoundFactory.create(campaign=campaign, version=version, opened_at=NOW)

    with pytest.raises(services.QuestionnaireFixed):
        services.change_campaign(campaign, questionnaire=other, actor=None, at=NOW)


def test_everything_of_a_campaign_can_be_changed():
    campaign = planned_campaign()
    other = QuestionnaireFactory.create(owner=campaign.owner)
    manager = department_person(owner=campaign.owner)
    chain = (SignOffStep("sign", "signatory", StepAct.SIGN),)

    services.change_campaign(
        campaign,
        title="Tên mới",
        purpose="Để biết",
        manager=manager,
        verifies=False,
        anonymity=Anonymity.CONFIDENTIAL,
        retention_months=60,
        sign_off=chain,
        variants=[Variant(other, ("commune",))],
        actor=None,
        at=NOW,
    )

    assert (campaign.title, campaign.manager, campaign.verifies) == ("Tên mới", manager, False)
    assert (campaign.anonymity, campaign.retention_months) == ("confidential", 60)
    assert [(each.questionnaire, each.types) for each in campaign.variants.all()] == [
        (other, ["commune"])
    ]


def test_a_type_of_agency_belongs_to_one_questionnaire():
    campaign = planned_campaign()
    one, two = (QuestionnaireFactory.create(owner=campaign.owner) for _ in range(2))
    twice = [Variant(one, ("commune",)), Variant(two, ("commune", "ministry"))]

    with pytest.raises(services.VariantTypeTwice):
        services.change_campaign(campaign, variants=twice, actor=None, at=NOW)


def test_the_campaigns_own_questionnaire_and_a_strangers_are_no_variants():
    campaign = planned_campaign()
    stranger = QuestionnaireFactory.create(owner__key="another")

    for questionnaire in (campaign.questionnaire, stranger):
        with pytest.raises(services.VariantOfItself):
            services.change_campaign(
                campaign, variants=[Variant(questionnaire, ("commune",))], actor=None, at=NOW
            )


def test_a_stranger_is_not_in_charge():
    with pytest.raises(services.ManagerOfAnotherOwner):
        services.change_campaign(
            planned_campaign(), manager=UserFactory.create(), actor=None, at=NOW
        )


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (Plan(Period.CUSTOM, date(2026, 1, 1), rrule="FREQ=SECONDLY"), RuleInvalid),
        (Plan(Period.ONCE, date(2026, 1, 1), answer_days=0), PlanImpossible),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(plan, refusal):
    with pytest.raises(refusal):
        services.change_campaign(planned_campaign(), plan=plan, actor=None, at=NOW)
