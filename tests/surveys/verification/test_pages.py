"""The pages of verification: who sees what, and what a press does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.background.runner import run_pending
from surveys.models import Explanation, Judgement, Notice, VerificationItem, VerificationPlan
from surveys.organisations.enums import MembershipRole
from surveys.verification import queries
from surveys.verification.enums import ItemStatus, PlanStatus, Ruling, Verdict
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.verification.factories import (
    HIGH,
    administrator,
    all_accepted,
    item_of,
    items_of,
    planned,
    released,
    say,
    scored_round,
    under_way,
    verifier,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(settings, monkeypatch):
    """Requests arrive on the day of the tests, in English."""
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr("surveys.common.middleware.timezone.now", lambda: NOW, raising=False)


def page(client, person, name, *args, **query):
    """What the person gets there."""
    client.force_login(person)
    return client.get(reverse(name, args=args), query)


def post(client, person, name, *args, **data):
    """What comes of the person's sending this."""
    client.force_login(person)
    return client.post(reverse(name, args=args), data)


def plan_data(*people, **details):
    """What the form of a plan sends."""
    return {
        "which": "every",
        "share": 100,
        "seed": 1,
        "verifiers": [person.pk for person in people],
        "hand_out": "agency",
        "twice": 0,
        "explain_days": 10,
        **details,
    }


def test_a_designer_makes_the_plan_and_begins(client):
    round_, person, designer = scored_round(HIGH, HIGH), verifier(), department_person("designer")
    answer = post(client, designer, "round_verification_plan", round_.code, **plan_data(person))
    assert answer.status_code == 302

    post(client, designer, "round_verification_begin", round_.code)
    run_pending()

    assert VerificationPlan.objects.get().status == PlanStatus.UNDER_WAY
    assert Judgement.objects.filter(verifier=person).count() == 6
    assert Notice.objects.filter(user=person, kind="verification").count() == 1


def test_the_preview_counts_what_is_typed(client):
    round_, person = scored_round(HIGH, {**HIGH, "level": "low"}), verifier()
    typed = plan_data(person, which="risk", share=0)
    answer = page(
        client, department_person("designer"), "round_verification_preview", round_.code, **typed
    )

    assert answer.context["preview"].chosen == 1


def test_a_plan_without_verifiers_is_refused_with_what_was_typed(client):
    round_ = scored_round(HIGH)
    answer = post(
        client,
        department_person("designer"),
        "round_verification_plan",
        round_.code,
        **plan_data(share=33),
    )

    assert answer.status_code == 422
    assert answer.context["form"]["share"].value() == "33"


@pytest.mark.parametrize(
    "name",
    [
        "round_verification",
        "round_verification_plan",
        "round_verification_work",
        "round_verification_decisions",
    ],
)
def test_researchers_see_nothing_of_it(client, name):
    plan = under_way()

    assert page(client, department_person("researcher"), name, plan.round.code).status_code == 403


def test_the_work_list_finds_what_is_to_do(client):
    person = verifier()
    plan = under_way(None, person)
    say(item_of(plan, "CS1"))

    answer = page(client, person, "round_verification_work", plan.round.code, show="todo")

    assert [own.item.code for own in answer.context["page_obj"]] == [
        *("CS2", "CS3"),
        *("CS1", "CS2", "CS3"),
    ]
    assert answer.context["counts"] == {
        "all": 6,
        "todo": 5,
        "done": 1,
        "disputed": 0,
        "explained": 0,
        "flagged": 0,
    }


def test_the_queries_of_the_work_list_do_not_grow_with_answers(client):
    asked = []
    for agencies in (1, 6):
        person = verifier()
        plan = under_way(scored_round(*[HIGH] * agencies), person)
        page(client, person, "round_verification_work", plan.round.code)
        with CaptureQueriesContext(connection) as made:
            page(client, person, "round_verification_work", plan.round.code)
        asked.append(len(made))

    assert asked[0] == asked[1]


def test_a_verdict_is_saved_and_leads_to_the_next(client):
    person = verifier()
    plan = under_way(None, person)
    item = item_of(plan, "CS1")
    answer = post(client, person, "verification_item", item.pk, verdict="accepted", seen=0)

    assert answer.url == reverse("verification_item", args=[item_of(plan, "CS2").pk])
    item.refresh_from_db()
    assert item.verdict == Verdict.ACCEPTED


def test_a_refused_verdict_keeps_what_was_typed(client):
    person = verifier()
    item = item_of(under_way(None, person), "CS1")
    answer = post(
        client, person, "verification_item", item.pk, verdict="partly", points="9", note="x", seen=0
    )

    assert answer.status_code == 422
    assert answer.context["form"]["points"].value() == "9"


def test_nobody_sees_the_others_verdict_before_giving_the_own(client):
    one, other = sorted((verifier(), verifier()), key=lambda person: person.pk)
    plan = under_way(None, one, other, twice=100)
    item = item_of(plan, "CS1")
    first = item.judgements.select_related("verifier").get(seat=1)
    second = item.judgements.select_related("verifier").get(seat=2)
    say(item, Verdict.NOT_ACCEPTED, note="Bí mật của người thứ nhất.")

    before = page(client, second.verifier, "verification_item", item.pk).content.decode()
    say(item, seat=2)
    after = page(client, second.verifier, "verification_item", item.pk).content.decode()

    assert "Bí mật của người thứ nhất." not in before
    assert "Bí mật của người thứ nhất." in after
    assert first.verifier != second.verifier


def test_nobody_but_the_verifiers_sees_a_single_verdict_before_all_are_given(client):
    plan = under_way(None, verifier(), verifier(), twice=100)
    item = item_of(plan, "CS1")
    say(item, Verdict.NOT_ACCEPTED, note="Bí mật của người thứ nhất.")

    seen = page(client, administrator(), "verification_item", item.pk).content.decode()

    assert "Bí mật của người thứ nhất." not in seen


def test_an_administrator_settles_a_dispute(client):
    plan = under_way(None, verifier(), verifier(), twice=100)
    item = item_of(plan, "CS1")
    say(item)
    item = say(item, Verdict.NOT_ACCEPTED, seat=2)
    person = administrator()
    listed = page(client, person, "round_verification_decisions", plan.round.code)
    assert [each.pk for each in listed.context["page_obj"]] == [item.pk]

    data = {"verdict": "accepted", "note": "Đủ căn cứ.", "seen": item.edits}
    answer = post(client, person, "verification_item", item.pk, **data)

    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.status == ItemStatus.SETTLED


def test_findings_are_released_by_the_administrator_and_told(client):
    plan = all_accepted(under_way())
    agency = plan.cases.earliest("pk").assignment.agency
    coordinator = member(agency, MembershipRole.COORDINATOR)

    post(client, administrator(), "round_verification_release", plan.round.code)
    run_pending()

    assert plan.cases.filter(released_at=None).count() == 0
    assert Notice.objects.get(user=coordinator, kind="findings").url == reverse(
        "findings", args=[plan.cases.earliest("pk").assignment_id]
    )


def test_an_agency_sees_its_findings_only_once_released(client):
    plan = all_accepted(under_way())
    case = plan.cases.earliest("pk")
    person = member(case.assignment.agency)
    assert page(client, person, "findings", case.assignment_id).status_code == 404

    released(plan)

    answer = page(client, person, "findings", case.assignment_id)
    assert [item.code for item in answer.context["items"]] == ["CS1", "CS2", "CS3"]


def test_strangers_find_no_findings(client):
    case = released().cases.earliest("pk")

    for person in (member(AgencyFactory()), verifier()):
        assert page(client, person, "findings", case.assignment_id).status_code == 404


def test_a_coordinator_explains_and_the_department_decides(client):
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    item = item_of(plan, "CS1")
    assignment = item.case.assignment
    coordinator, person = member(assignment.agency, MembershipRole.COORDINATOR), administrator()
    post(client, coordinator, "finding_explain", assignment.pk, item.pk, text="Đã có văn bản.")
    item.refresh_from_db()
    assert item.status == ItemStatus.EXPLAINED
    run_pending()
    assert Notice.objects.filter(user=person, kind="explained").exists()

    data = {"ruling": "changed", "verdict": "accepted", "reason": "Đủ.", "seen": item.edits}
    post(client, person, "verification_item", item.pk, **data)
    run_pending()

    assert Explanation.objects.get().ruling == Ruling.CHANGED
    assert Notice.objects.filter(user=coordinator, kind="ruled").exists()


def test_whoever_fills_in_reads_findings_but_does_not_explain(client):
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    item = item_of(plan, "CS1")
    assignment = item.case.assignment
    person = member(assignment.agency, MembershipRole.CONTRIBUTOR)

    assert page(client, person, "findings", assignment.pk).status_code == 200
    assert (
        post(client, person, "finding_explain", assignment.pk, item.pk, text="x").status_code == 403
    )


@pytest.mark.parametrize("name", ["round_verification_release", "round_verification_close"])
def test_what_cannot_be_taken_back_is_asked_first(client, name):
    plan = all_accepted(under_way())

    asked = page(client, administrator(), name, plan.round.code)

    plan.refresh_from_db()
    assert (asked.status_code, len(asked.context["follows"])) == (200, 3)
    assert (plan.status, plan.cases.exclude(released_at=None).count()) == ("under_way", 0)


def test_closing_is_not_offered_while_something_stands_in_its_way(client):
    plan = all_accepted(under_way())

    asked = page(client, administrator(), "round_verification_close", plan.round.code)

    assert asked.context["in_the_way"].details["unreleased"] == plan.cases.count()
    assert "Chốt kết quả</button>" not in asked.content.decode()


def test_a_missing_note_is_said_beside_the_note(client):
    person = verifier()
    plan = under_way(scored_round(HIGH), person)
    item = item_of(plan, "CS1")

    told = post(client, person, "verification_item", item.pk, verdict="not_accepted", seen=0)

    assert list(told.context["form"].errors) == ["note"]


def test_the_end_freezes_and_tells(client):
    plan = released()
    person = administrator()
    coordinator = member(plan.cases.earliest("pk").assignment.agency)

    post(client, person, "round_verification_close", plan.round.code)
    run_pending()
    plan.refresh_from_db()

    assert plan.frozen_at is not None
    assert plan.cases.filter(verified=None).count() == 0
    assert Notice.objects.filter(user=coordinator, kind="verified").exists()
    assert page(client, person, "round_verification", plan.round.code).status_code == 200


def test_a_campaign_without_verification_says_why_nothing_is_verified(client):
    round_ = scored_round(HIGH)
    round_.campaign.verifies = False
    round_.campaign.save()

    seen = page(client, department_person("designer"), "round_verification", round_.code)

    assert seen.context["refusal"]


def test_a_plan_that_waits_shows_what_it_would_verify(client):
    plan = planned(scored_round(HIGH))
    seen = page(client, department_person("designer"), "round_verification", plan.round.code)

    assert seen.context["preview"].chosen == 3
    assert VerificationItem.objects.count() == 0


def test_the_agencys_page_leads_to_released_findings_only(client):
    plan = all_accepted(under_way())
    case = plan.cases.earliest("pk")
    person = member(case.assignment.agency)
    before = page(client, person, "findings_part", case.assignment_id).content

    released(plan)

    after = page(client, person, "findings_part", case.assignment_id).content.decode()
    assert before == b""
    assert reverse("findings", args=[case.assignment_id]) in after


def test_the_log_tells_of_the_verification_but_of_no_verdict(client):
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    seen = page(
        client, verifier(), "round_log", plan.round.code, kind="verification"
    ).content.decode()

    assert seen.count("<tr>") == 4
    assert "Chưa đủ tài liệu." not in seen


def test_a_marked_answer_is_found_by_its_mark(client):
    person = verifier()
    plan = under_way(None, person)
    item = item_of(plan, "CS2")
    answer = post(client, person, "verification_flag", item.pk, is_flagged="on")
    assert answer.url == reverse("verification_item", args=[item.pk])

    listed = page(client, person, "round_verification_work", plan.round.code, show="flagged")
    assert [own.item for own in listed.context["page_obj"]] == [item]

    post(client, person, "verification_flag", item.pk)
    assert not item.judgements.get().is_flagged


def test_nobody_marks_an_answer_of_anothers(client):
    item = item_of(under_way(None, verifier()), "CS1")
    post(client, verifier(), "verification_flag", item.pk, is_flagged="on")

    assert not item.judgements.get().is_flagged


def test_work_moves_to_another_verifier_who_is_told(client):
    giver, taker = verifier(), verifier()
    plan = under_way(None, giver)
    run_pending()
    designer = department_person("designer")
    say(item_of(plan, "CS1"))
    name, code = "round_verification_move", plan.round.code
    form = page(client, designer, name, code).context["form"]
    assert list(form.fields["giver"].queryset) == [giver]

    answer = post(client, designer, name, code, giver=giver.pk, taker=taker.pk)
    run_pending()

    assert answer.status_code == 302
    assert Judgement.objects.filter(verifier=taker).count() == 5
    assert Notice.objects.filter(user=taker, kind="verification").count() == 1


def test_work_that_cannot_move_says_why(client):
    giver = verifier()
    plan = under_way(None, giver)
    form = {"giver": giver.pk, "taker": giver.pk}
    answer = post(
        client, department_person("designer"), "round_verification_move", plan.round.code, **form
    )

    assert answer.context["form"].errors.keys() == {"taker"}


def test_nothing_moves_before_the_work_is_handed_out(client):
    plan = planned(scored_round(HIGH))

    assert (
        page(
            client, department_person("designer"), "round_verification_move", plan.round.code
        ).status_code
        == 404
    )


def test_the_next_answer_is_the_one_behind_then_the_first_left(client):
    person = verifier()
    plan = under_way(None, person)
    first, second, *rest = items_of(plan)
    say(second)
    after = {own.item_id: own for own in Judgement.objects.all()}
    following = [
        queries.next_to_judge(person, plan.round, after=after[each.pk]) for each in items_of(plan)
    ]

    ids = [own.item_id for own in following if own is not None]
    assert ids == [rest[0].pk, rest[0].pk, *(each.pk for each in rest[1:]), first.pk]
