"""The pages on which campaigns are planned and conducted, and rounds moved, ended and looked back on."""

from datetime import date

import pytest
from django.urls import reverse

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of, local_day
from surveys.campaigns.enums import CampaignStatus, RoundStatus
from surveys.campaigns.log_words import line
from surveys.campaigns.queries import RoundFilters, attention, coming, rounds_of
from surveys.campaigns.queries.log import Entry
from surveys.mailing.enums import MailStatus
from surveys.models import Campaign, OutgoingMail, Round
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import (
    NOW,
    AssignmentFactory,
    CampaignFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def designer(client):
    person = department_person("designer", owner=CampaignFactory.create().owner)
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def own(**kwargs):
    """A round of the first campaign, which the designer's owner has."""
    return RoundFactory.create(campaign=Campaign.objects.earliest("pk"), **kwargs)


def text(answer):
    return " ".join(answer.content.decode().split())


def plan(**changes):
    given = {
        "period": "quarterly",
        "first_cutoff": "31/3/2026",
        "opens_after_days": "1",
        "answer_days": "20",
        "grace_days": "5",
    }
    return given | changes


def test_the_next_four_rounds_are_shown_as_the_plan_is_typed(designer):
    shown = text(designer.get(reverse("campaign_plan"), plan()))

    for word in ("Quarter I 2026", "Quarter IV 2026", "1/4/2026", "20/4/2026", "25/4/2026"):
        assert word in shown
    assert "2027" not in shown.replace("20/1/2027", "").replace("1/1/2027", "").replace(
        "25/1/2027", ""
    )


def test_a_rule_that_cannot_be_followed_says_where(designer):
    shown = text(designer.get(reverse("campaign_plan"), plan(period="custom", rrule="FREQ=HOURLY")))

    assert "At character 1, “FREQ=HOURLY”" in shown


def test_a_campaign_is_changed_on_its_form(designer):
    round_ = own()
    campaign = round_.campaign
    page = designer.get(reverse("campaign_edit", args=[campaign.code]))
    given = {
        name: value
        for name, value in page.context["form"].initial.items()
        if value is not None and not isinstance(value, date)
    }
    given |= {"basis_on": "26/12/2023", "title": "Tên mới", **plan(first_cutoff="31/12/2026")}

    answer = designer.post(reverse("campaign_edit", args=[campaign.code]), given)

    campaign.refresh_from_db()
    assert answer.url == reverse("campaign_detail", args=[campaign.code])
    assert (campaign.title, campaign.answer_days, campaign.period) == ("Tên mới", 20, "quarterly")


def test_a_campaign_runs_pauses_and_ends_from_its_page(designer):
    campaign = own().campaign
    Campaign.objects.filter(pk=campaign.pk).update(first_cutoff=date(2026, 12, 31))

    for name, status in (
        ("campaign_start", CampaignStatus.RUNNING),
        ("campaign_pause", CampaignStatus.PAUSED),
        ("campaign_end", CampaignStatus.ENDED),
    ):
        designer.post(reverse(name, args=[campaign.code]))
        assert Campaign.objects.get(pk=campaign.pk).status == status


def test_postponing_names_the_agencies_then_moves_the_deadline(designer):
    round_ = own(status=RoundStatus.OPEN)
    AssignmentFactory.create(round=round_)
    address = reverse("round_postpone", args=[round_.code])

    question = text(designer.get(address))
    answer = designer.post(address, {"closes_on": "10/12/2026", "reason": "Bão"})

    assert "1 agency gets the new deadline" in question
    assert answer.url == reverse("round_settings", args=[round_.code])
    assert Round.objects.get().closes_at == end_of(date(2026, 12, 10))


def test_an_act_without_a_reason_comes_back_with_what_was_typed(designer):
    round_ = own(status=RoundStatus.OPEN)

    answer = designer.post(
        reverse("round_postpone", args=[round_.code]), {"closes_on": "10/12/2026", "reason": ""}
    )

    assert answer.status_code == 422
    assert "10/12/2026" in text(answer)


def test_a_round_is_cancelled_reopened_and_copied_from_its_settings(designer):
    planned = own()
    closed = own(status=RoundStatus.CLOSED, version=planned.version)
    designer.post(reverse("round_cancel", args=[planned.code]), {"reason": "Trùng"})
    designer.post(
        reverse("round_reopen", args=[closed.code]), {"reason": "Sửa", "closes_on": "10/12/2026"}
    )
    designer.post(
        reverse("round_copy", args=[closed.code]),
        {
            "period": "Năm 2027",
            "reference_date": "31/12/2026",
            "opens_on": "1/1/2027",
            "closes_on": "31/1/2027",
        },
    )

    statuses = dict(Round.objects.values_list("code", "status"))
    assert (statuses[planned.code], statuses[closed.code]) == ("cancelled", "open")
    assert Round.objects.get(period="Năm 2027").previous == closed


def test_the_settings_offer_what_the_status_allows(designer):
    round_ = own(status=RoundStatus.CLOSED)

    offered = designer.get(reverse("round_settings", args=[round_.code])).context["acts"]

    assert [act["url"].split("/")[-2] for act in offered] == ["reopen", "copy"]


def test_a_verifier_sees_the_log_but_no_acts(client):
    round_ = RoundFactory.create(status=RoundStatus.CLOSED)
    client.force_login(department_person("verifier", owner=round_.campaign.owner))

    assert client.get(reverse("round_log", args=[round_.code])).status_code == 200
    assert client.get(reverse("round_settings", args=[round_.code])).context["acts"] == []
    assert client.post(reverse("round_cancel", args=[round_.code])).status_code == 403


def test_the_log_tells_what_happened_in_plain_words(designer):
    AgencyFactory.create()
    round_ = own()
    services.open_round(round_, actor=None, at=NOW)
    services.close_round(round_, actor=None, at=NOW, reason="Đã đủ")

    shown = text(designer.get(reverse("round_log", args=[round_.code])))
    answers = text(designer.get(reverse("round_log", args=[round_.code]), {"kind": "answers"}))

    assert "The round was closed; submitted: 0 of 1." in shown
    assert "The round was opened; agencies asked: 1." in shown
    assert "Đã đủ" in shown
    assert "was opened" not in answers


@pytest.mark.parametrize("page", ["9" * 5000, "x", "-1"])
def test_a_page_of_the_log_that_is_no_number_is_shown(page, designer):
    answer = designer.get(reverse("round_log", args=[own().code]), {"page": page})

    assert answer.status_code == 200


def test_types_that_do_not_exist_are_refused_at_a_variant(designer):
    campaign = Campaign.objects.earliest("pk")
    answer = designer.post(
        reverse("campaign_edit", args=[campaign.code]), {"variant_1_types": "none"}
    )

    assert answer.status_code == 422


def test_the_log_calls_the_period_by_its_english_name(designer):
    round_ = own(period="Năm 2025")
    data = {"code": round_.code, "period": round_.period, "version": 1}
    audit.record(Event.ROUND_CREATED, round_, actor=None, at=NOW, data=data)

    shown = text(designer.get(reverse("round_log", args=[round_.code])))

    assert "The round was planned: Year 2025." in shown


def test_an_event_that_lacks_something_is_still_told():
    entry = Entry(Event.ROUND_POSTPONED, NOW, "", {}, {"to": "2026-12-10"})

    assert "10/12/2026" in line(entry).text


def test_what_wants_attention_and_what_comes_next_stand_below_the_list():
    late = RoundFactory.create(status=RoundStatus.OPEN)
    AssignmentFactory.create(round=late, due_at=NOW)
    AssignmentFactory.create(round=late, due_at=NOW, status="submitted")
    owner = late.campaign.owner
    stuck = RoundFactory.create(campaign__status=CampaignStatus.RUNNING, campaign__owner=owner)
    RoundFactory.create(campaign__status=CampaignStatus.RUNNING, campaign__owner=owner)
    audit.record(Event.ROUND_NOT_OPENED, stuck, actor=None, at=NOW, data={"refusal": "x"})
    person = department_person("designer", owner=owner)

    wanted = {each.round.pk: (each.late, each.stuck) for each in attention(person, at=NOW)}

    assert wanted == {late.pk: (1, False), stuck.pk: (0, True)}
    ahead = [each for each in coming(person, at=NOW) if not each.reminds]
    assert [(each.round.pk, each.opens) for each in ahead] == [(late.pk, False)]


def test_mails_that_did_not_arrive_want_attention(designer):
    round_ = own(status=RoundStatus.OPEN)
    OutgoingMail.objects.create(
        about="assignment:1",
        step="invitation",
        within=f"round:{round_.pk}",
        status=MailStatus.BOUNCED,
        message_id="<1@demo.example>",
        created_at=NOW,
    )
    person = department_person("designer", owner=round_.campaign.owner)

    assert [each.mails for each in attention(person, at=NOW)] == [1]


def test_the_next_reminder_of_the_plan_comes_up(designer):
    round_ = own(status=RoundStatus.OPEN, closes_at=end_of(date(2026, 12, 10)))
    person = department_person("designer", owner=round_.campaign.owner)

    days = [local_day(each.at) for each in coming(person, at=NOW) if each.reminds]

    assert days == [date(2026, 12, 3)]


def test_the_list_shows_the_own_campaigns_only_where_asked(designer):
    person = department_person("designer", owner=Campaign.objects.get().owner)
    mine = CampaignFactory.create(manager=person, owner=Campaign.objects.get().owner)

    listed = rounds_of(person, RoundFilters(mine=True), at=NOW)

    assert [group.campaign.pk for group in listed.groups] == [mine.pk]


def test_the_open_round_of_a_campaign_stands_before_later_planned_ones(designer):
    running = own(status=RoundStatus.OPEN, closes_at=end_of(date(2026, 12, 10)))
    later = end_of(date(2027, 12, 10))
    own(status=RoundStatus.PLANNED, closes_at=later, version=running.version)
    person = department_person("designer", owner=running.campaign.owner)

    listed = rounds_of(person, RoundFilters(), at=NOW)

    assert listed.groups[0].rows[0].round == running
