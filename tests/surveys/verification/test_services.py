"""From the plan to the frozen end."""

import json
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import Anonymity, AssignmentStatus
from surveys.models import (
    AuditEvent,
    Explanation,
    Judgement,
    ResponseRevision,
    VerificationCase,
    VerificationItem,
)
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response
from surveys.responses.previous import PreviousAnswers
from surveys.responses.queries import signed_revision
from surveys.responses.services import UnderVerification, is_intact, return_to_draft
from surveys.responses.workflow import TransitionNotAllowed
from surveys.verification import services
from surveys.verification.enums import ItemStatus, PlanStatus, Ruling, Settlement, Verdict, Which
from surveys.verification.services import (
    Decision,
    ExplainedAlready,
    ExplanationTooLate,
    FindingsReleased,
    FindingsUnsettled,
    JudgeInOwnCase,
    JudgementChanged,
    JudgementOfAnother,
    NobodyMayJudge,
    NoteMissing,
    NothingToExplain,
    NothingToVerify,
    Opinion,
    RoundNotClosed,
    RulingUnchanged,
    Said,
    SecondVerifierMissing,
    VerificationUnfinished,
    VerifierOfAnotherOwner,
)
from surveys.verification.workflow import ItemMovedOn, VerificationMovedOn
from tests.factories import AgencyFactory, MembershipFactory, UserFactory, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory
from tests.surveys.responses.attachments import document
from tests.surveys.verification.factories import (
    HIGH,
    LATER,
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

AFTER = NOW + timedelta(days=30)
SAID = Said(text="Đã có quyết định.", document_number="12/QĐ-UBND")
UPHELD = {"ruling": Ruling.UPHELD, "reason": "Văn bản ban hành sau kỳ báo cáo."}


def events(kind):
    """How often it was recorded."""
    return AuditEvent.objects.filter(kind=kind).count()


def explained(plan, code="CS1"):
    """A finding against the first agency, explained."""
    services.explain(item_of(plan, code), SAID, actor=None, at=LATER)
    return item_of(plan, code)


def decided(item, **decision):
    """The department's decision on what the agency said."""
    told = Decision(**{"seen": item.edits, **UPHELD, **decision})
    return services.decide(item, told, actor=administrator(), at=LATER)


def closed(plan=None):
    """A verification that is over, its revisions frozen."""
    plan = plan or released()
    services.close_verification(plan, actor=None, at=AFTER)
    plan.refresh_from_db()
    services.freeze_verified(plan, actor=None, clock=lambda: AFTER, progress=lambda _d, _t: None)
    plan.refresh_from_db()
    return plan


# The plan


def test_a_plan_is_changed_until_it_begins():
    round_ = scored_round(HIGH)
    planned(round_)
    plan = planned(round_, which=Which.RISK, share=10)

    assert (plan.which, plan.share) == (Which.RISK, 10)
    assert events(Event.VERIFICATION_PLANNED) == 2


def test_a_plan_that_has_begun_is_fixed():
    plan = under_way()

    with pytest.raises(VerificationMovedOn):
        planned(plan.round)


def test_confidential_answers_are_not_verified():
    round_ = scored_round(HIGH)
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL

    with pytest.raises(services.ConfidentialUnverified):
        planned(round_)


def test_a_campaign_without_verification_has_none():
    round_ = scored_round(HIGH)
    round_.campaign.verifies = False

    with pytest.raises(services.VerificationUnwanted):
        planned(round_)


def test_only_the_owners_verifiers_verify():
    with pytest.raises(VerifierOfAnotherOwner):
        planned(scored_round(HIGH), UserFactory())


def test_two_verifiers_are_two_people():
    with pytest.raises(SecondVerifierMissing):
        planned(scored_round(HIGH), verifier(), twice=10)


@pytest.mark.parametrize("wrong", [{"share": 101}, {"seed": 0}, {"explain_days": 0}, {"least": -1}])
def test_figures_out_of_range_are_refused(wrong):
    wrong = {name: Decimal(value) if name == "least" else value for name, value in wrong.items()}

    with pytest.raises(services.PlanUnfit):
        planned(scored_round(HIGH), **wrong)


def test_it_begins_once_the_round_is_closed():
    plan = planned(RoundFactory.create(status="open"))

    with pytest.raises(RoundNotClosed):
        services.begin(plan, actor=None, at=NOW)


# Handing out


def test_each_scored_answer_becomes_an_item_with_what_the_agency_claims():
    plan = under_way(scored_round(HIGH))

    assert [(item.code, item.claimed, item.most, item.evidence) for item in items_of(plan)] == [
        ("CS1", Decimal(2), Decimal(2), 0),
        ("CS2", Decimal(5), Decimal(10), 0),
        ("CS3", Decimal(1), Decimal(4), 0),
    ]
    assert plan.status == PlanStatus.UNDER_WAY


def test_evidence_is_counted_and_taken_as_good():
    plan = under_way(scored_round({**HIGH, "plan": ("low", "7/KH-UBND")}))
    item = item_of(plan, "CS3")

    assert (item.claimed, item.evidence) == (Decimal(2), 1)


def test_handing_out_again_makes_nothing_twice():
    plan = under_way()
    services.hand_out(plan, actor=None, clock=lambda: NOW, progress=lambda _d, _t: None)

    assert len(items_of(plan)) == 6
    assert events(Event.VERIFICATION_HANDED_OUT) == 1


def test_handing_out_goes_on_where_it_was_broken_off(monkeypatch):
    plan = planned(scored_round(HIGH, HIGH, HIGH))
    services.begin(plan, actor=None, at=NOW)
    plan.refresh_from_db()
    monkeypatch.setattr("surveys.verification.services.handing_out.BATCH", 1)

    def die(done, _total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.hand_out(plan, actor=None, clock=lambda: NOW, progress=die)
    made = services.hand_out(plan, actor=None, clock=lambda: NOW, progress=lambda _d, _t: None)

    assert (made.agencies, made.items, made.judgements) == (3, 9, 9)


def test_a_plan_that_chooses_nothing_is_refused():
    plan = planned(scored_round(HIGH), codes=["KHONG_CO"])

    with pytest.raises(NothingToVerify):
        services.refuse_empty(plan)


def test_nobody_judges_an_own_agency():
    round_ = scored_round(HIGH)
    person = verifier()
    MembershipFactory.create(user=person, agency=round_.assignments.get().agency)

    with pytest.raises(NobodyMayJudge):
        services.refuse_empty(planned(round_, person))


def test_answers_under_verification_cannot_be_returned():
    under_way()
    response = Response.objects.earliest("pk")

    with pytest.raises(UnderVerification):
        return_to_draft(response, actor=UserFactory(), at=NOW, reason="Nhờ xem lại.")


# Judging


def test_one_verifier_settles_an_answer():
    item = say(item_of(under_way(), "CS1"), Verdict.PARTLY, points=Decimal("0.5"))

    assert (item.status, item.verdict, item.verified) == (
        ItemStatus.SETTLED,
        Verdict.PARTLY,
        Decimal("0.5"),
    )
    assert item.settlement == Settlement.SINGLE
    assert events(Event.VERDICT_GIVEN) == 1


def test_whoever_does_not_accept_says_why():
    with pytest.raises(NoteMissing):
        say(item_of(under_way(), "CS1"), Verdict.NOT_ACCEPTED, note=" ")


def test_a_judgement_is_its_verifiers():
    own = Judgement.objects.filter(item__case__plan=under_way()).earliest("pk")
    told = Opinion(verdict=Verdict.ACCEPTED, seen=0)

    with pytest.raises(JudgementOfAnother):
        services.judge(own, told, actor=verifier(), at=NOW)


def test_a_judgement_saved_in_another_window_is_not_overwritten():
    item = item_of(under_way(), "CS1")
    own = item.judgements.select_related("verifier").get()
    say(item, Verdict.NOT_ACCEPTED)

    with pytest.raises(JudgementChanged, match="“"):
        services.judge(own, Opinion(verdict=Verdict.ACCEPTED, seen=0), actor=own.verifier, at=NOW)
    own.refresh_from_db()
    assert own.verdict == Verdict.NOT_ACCEPTED


def test_two_who_agree_settle_an_answer_together():
    plan = under_way(None, verifier(), verifier(), twice=100)
    item = item_of(plan, "CS1")
    say(item)
    assert item_of(plan, "CS1").status == ItemStatus.TO_JUDGE

    say(item, seat=2)

    assert item_of(plan, "CS1").settlement == Settlement.AGREED


def test_two_who_differ_leave_it_in_dispute():
    plan = disputed()

    assert item_of(plan, "CS1").status == ItemStatus.DISPUTED
    assert item_of(plan, "CS1").verdict == ""


def disputed():
    """Two verifiers differ on the first answer."""
    plan = under_way(None, verifier(), verifier(), twice=100)
    say(item_of(plan, "CS1"))
    say(item_of(plan, "CS1"), Verdict.NOT_ACCEPTED, seat=2)
    return plan


def test_who_changes_the_mind_settles_it_but_the_first_word_is_kept():
    plan = disputed()
    item = say(item_of(plan, "CS1"), seat=2)

    assert item.settlement == Settlement.AGREED
    assert list(item.judgements.values_list("verdict", "first")) == [
        (Verdict.ACCEPTED, Verdict.ACCEPTED),
        (Verdict.ACCEPTED, Verdict.NOT_ACCEPTED),
    ]


def test_before_the_other_has_spoken_the_first_word_may_be_changed():
    plan = under_way(None, verifier(), verifier(), twice=100)
    say(item_of(plan, "CS1"))
    say(item_of(plan, "CS1"), Verdict.NOT_ACCEPTED)
    item = say(item_of(plan, "CS1"), seat=2)

    assert list(item.judgements.values_list("first", flat=True)) == [
        Verdict.NOT_ACCEPTED,
        Verdict.ACCEPTED,
    ]


def reconciled(plan, **opinion):
    """The department's word between two verifiers."""
    item = item_of(plan, "CS1")
    told = Opinion(
        **{"verdict": Verdict.ACCEPTED, "seen": item.edits, "note": "Đủ căn cứ.", **opinion}
    )
    return services.reconcile(item, told, actor=administrator(), at=NOW)


def test_the_department_reconciles():
    item = reconciled(disputed())

    assert (item.status, item.settlement, item.verified) == (
        ItemStatus.SETTLED,
        Settlement.RECONCILED,
        2,
    )
    assert events(Event.VERDICT_RECONCILED) == 1


def test_after_the_department_verifiers_change_nothing():
    plan = disputed()
    reconciled(plan)

    with pytest.raises(services.DepartmentHasDecided):
        say(item_of(plan, "CS1"), seat=2)


def test_who_judged_does_not_reconcile():
    plan = disputed()
    item = item_of(plan, "CS1")
    told = Opinion(verdict=Verdict.ACCEPTED, seen=item.edits, note="Đủ.")

    with pytest.raises(JudgeInOwnCase):
        services.reconcile(item, told, actor=item.judgements.earliest("seat").verifier, at=NOW)


def test_who_came_to_belong_to_the_agency_judges_it_no_more():
    item = item_of(under_way(), "CS1")
    own = item.judgements.select_related("verifier").get()
    MembershipFactory(user=own.verifier, agency=item.case.assignment.agency)

    with pytest.raises(services.OwnAgency):
        say(item)


def test_nobody_reconciles_for_the_own_agency():
    item = item_of(disputed(), "CS1")
    told = Opinion(verdict=Verdict.ACCEPTED, seen=item.edits, note="Đủ.")

    with pytest.raises(services.OwnAgency):
        services.reconcile(item, told, actor=member(item.case.assignment.agency), at=NOW)


def test_nobody_decides_on_what_the_own_agency_says():
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    explained(plan)
    item = item_of(plan, "CS1")

    with pytest.raises(services.OwnAgency):
        services.decide(
            item,
            Decision(ruling=Ruling.UPHELD, reason="Giữ nguyên.", seen=item.edits),
            actor=member(item.case.assignment.agency),
            at=LATER,
        )


def test_what_is_settled_needs_no_reconciling():
    plan = all_accepted(under_way())

    with pytest.raises(ItemMovedOn):
        reconciled(plan)


def test_what_was_seen_older_is_not_reconciled():
    with pytest.raises(JudgementChanged):
        reconciled(disputed(), seen=0)


def test_unjudged_work_goes_to_another():
    giver, taker = verifier(), verifier()
    plan = under_way(None, giver)
    say(item_of(plan, "CS1"))

    moved = services.move_work(plan, giver=giver, taker=taker, actor=None, at=NOW)

    assert moved == 5
    assert Judgement.objects.filter(verifier=giver).count() == 1


def test_work_on_an_own_agency_is_not_taken_over():
    giver, taker = verifier(), verifier()
    plan = under_way(None, giver)
    MembershipFactory.create(user=taker, agency=item_of(plan, "CS1").case.assignment.agency)

    assert services.move_work(plan, giver=giver, taker=taker, actor=None, at=NOW) == 3


# Releasing and explaining


def test_findings_are_released_when_all_of_them_stand():
    plan = under_way()
    say(item_of(plan, "CS1"))

    with pytest.raises(FindingsUnsettled) as refusal:
        services.release(plan, actor=None, at=NOW)
    assert refusal.value.details == {"items": 5, "agencies": 2}


def test_one_agency_may_be_released_before_the_others():
    plan = under_way()
    for item in items_of(plan)[:3]:
        say(item)
    [ready] = services.ready_cases(plan)

    [case] = services.release(plan, actor=None, at=NOW, assignments=[ready])

    assert case.released_at == NOW
    assert plan.cases.filter(released_at=None).count() == 1


def test_an_agency_has_its_days_to_explain():
    plan = released(under_way(explain_days=5))
    until = plan.cases.earliest("pk").explain_until
    assert until is not None

    # 20/11 is today; five days more end at midnight after 25/11.
    assert f"{until.astimezone(NOW.tzinfo):%d/%m %H:%M}" == "25/11 17:00"


def test_verdicts_stand_once_they_are_released():
    plan = released()

    with pytest.raises(FindingsReleased):
        say(item_of(plan, "CS1"), Verdict.NOT_ACCEPTED)


def test_an_agency_explains_a_finding():
    item = explained(released(CS1=Verdict.NOT_ACCEPTED))

    assert item.status == ItemStatus.EXPLAINED
    assert item.explanation.document_number == "12/QĐ-UBND"
    assert events(Event.FINDING_EXPLAINED) == 1


def test_it_explains_once():
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    explained(plan)

    with pytest.raises(ExplainedAlready):
        explained(plan)


def test_a_lapse_closes_it():
    plan = released(CS1=Verdict.NOT_ACCEPTED)

    with pytest.raises(ExplanationTooLate, match="30/11/2026"):
        services.explain(item_of(plan, "CS1"), SAID, actor=None, at=AFTER)


def test_what_was_accepted_is_not_explained():
    with pytest.raises(NothingToExplain):
        explained(released())


def test_nothing_is_explained_before_the_release():
    plan = all_accepted(under_way())

    with pytest.raises(services.FindingsNotReleased):
        explained(plan)


# Deciding


def test_a_finding_that_is_upheld_stands():
    item = explained(released(CS1=Verdict.NOT_ACCEPTED))
    said = decided(item)
    item.refresh_from_db()

    assert (item.status, item.verdict, item.verified) == (
        ItemStatus.DECIDED,
        Verdict.NOT_ACCEPTED,
        0,
    )
    assert (said.ruling, said.decided_at) == (Ruling.UPHELD, LATER)


def test_a_finding_that_is_changed_keeps_what_it_was():
    item = explained(released(CS1=Verdict.NOT_ACCEPTED))
    said = decided(item, ruling=Ruling.CHANGED, verdict=Verdict.ACCEPTED)
    item.refresh_from_db()

    assert (item.verdict, item.verified) == (Verdict.ACCEPTED, 2)
    assert (said.verdict_before, said.verified_before) == (Verdict.NOT_ACCEPTED, 0)
    assert events(Event.EXPLANATION_DECIDED) == 1


def test_a_change_that_changes_nothing_is_refused():
    item = explained(released(CS1=Verdict.NOT_ACCEPTED))

    with pytest.raises(RulingUnchanged):
        decided(item, ruling=Ruling.CHANGED, verdict=Verdict.NOT_ACCEPTED)


def test_a_decision_is_made_once():
    item = explained(released(CS1=Verdict.NOT_ACCEPTED))
    decided(item)

    with pytest.raises(ItemMovedOn):
        decided(item)


def test_a_decision_says_why():
    item = explained(released(CS1=Verdict.NOT_ACCEPTED))

    with pytest.raises(services.RulingUnfounded):
        decided(item, reason=" ")


# The end


def test_it_is_not_closed_while_an_agency_may_explain():
    plan = released(CS1=Verdict.NOT_ACCEPTED)

    with pytest.raises(VerificationUnfinished) as refusal:
        services.close_verification(plan, actor=None, at=LATER)
    assert refusal.value.details == {
        "open_items": 0,
        "unreleased": 0,
        "explaining": 1,
        "undecided": 0,
    }


def test_where_all_is_accepted_nobody_has_to_be_waited_for():
    plan = released()
    services.close_verification(plan, actor=None, at=LATER)
    plan.refresh_from_db()

    assert plan.status == PlanStatus.CLOSED


def test_it_is_not_closed_while_an_explanation_waits():
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    explained(plan)

    with pytest.raises(VerificationUnfinished):
        services.close_verification(plan, actor=None, at=AFTER)


def test_every_response_gets_a_verified_revision_that_holds_both_scores():
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    decided(explained(plan), ruling=Ruling.CHANGED, verdict=Verdict.PARTLY, points=Decimal("1.5"))
    case = closed(plan).cases.earliest("pk")
    content = json.loads(case.verified.canonical)

    assert case.verified.kind == RevisionKind.VERIFIED
    assert content["answers"] == json.loads(case.revision.canonical)["answers"]
    assert content["verification"]["signed"]["sha256"] == case.revision.sha256
    [first, *_rest] = content["verification"]["items"]
    assert (first["self_score"], first["verified_score"], first["verdict"]) == (
        "2",
        "1.5",
        "partly",
    )
    assert first["explanation"]["ruling"] == "changed"
    assert is_intact(case.verified)


def test_personal_answers_can_be_erased_from_the_verified_revision_too():
    revision = closed().cases.earliest("pk").verified

    assert [each.value for each in revision.erasable_answers.all()] == ["Bà Hoa"]
    revision.erasable_answers.all().delete()
    assert is_intact(revision)


def test_the_agencies_count_as_verified():
    plan = closed()

    assert set(plan.round.assignments.values_list("status", flat=True)) == {
        AssignmentStatus.VERIFIED
    }
    assert events(Event.RESPONSE_VERIFIED) == 2
    assert events(Event.VERIFICATION_FROZEN) == 1


def test_freezing_again_freezes_nothing_twice():
    plan = closed()
    services.freeze_verified(plan, actor=None, clock=lambda: AFTER, progress=lambda _d, _t: None)

    assert ResponseRevision.objects.filter(kind=RevisionKind.VERIFIED).count() == 2
    assert events(Event.VERIFICATION_FROZEN) == 1


def test_agencies_outside_of_the_sample_are_not_called_verified():
    plan = closed(released(under_way(which=Which.AGENCIES, share=50)))
    statuses = plan.round.assignments.values_list("status", flat=True)

    assert sorted(statuses) == [AssignmentStatus.SUBMITTED, AssignmentStatus.VERIFIED]


def test_the_next_round_starts_from_the_verified_answers():
    plan = closed()
    before = plan.round.assignments.earliest("pk")
    following = AssignmentFactory.create(
        agency=before.agency,
        version=before.version,
        round=RoundFactory.create(previous=plan.round),
    )

    assert PreviousAnswers(following)["level"] == "high"


def test_the_signature_in_force_stays_the_agencys():
    case = closed().cases.earliest("pk")

    assert signed_revision(case.revision.response) == case.revision


def acts(plan):
    """Everything that somebody might still try, by name."""
    item = item_of(plan, "CS1")
    own = item.judgements.select_related("verifier").get()
    other = verifier()
    person = administrator()
    opinion = Opinion(verdict=Verdict.NOT_ACCEPTED, seen=item.edits, note="Không.")
    return {
        "save_plan": lambda: planned(plan.round),
        "begin": lambda: services.begin(plan, actor=None, at=AFTER),
        "judge": lambda: services.judge(own, opinion, actor=own.verifier, at=AFTER),
        "flag": lambda: services.flag(own, is_flagged=True, actor=own.verifier, at=AFTER),
        "reconcile": lambda: services.reconcile(item, opinion, actor=person, at=AFTER),
        "release": lambda: services.release(plan, actor=None, at=AFTER),
        "explain": lambda: services.explain(item, SAID, actor=None, at=AFTER),
        "add_explanation_file": lambda: services.add_explanation_file(
            item, document(), actor=person, at=AFTER
        ),
        "remove_explanation_file": lambda: services.remove_explanation_file(
            item, UUID(int=1), actor=person, at=AFTER
        ),
        "decide": lambda: decided(item),
        "move_work": lambda: services.move_work(
            plan, giver=own.verifier, taker=other, actor=None, at=AFTER
        ),
        "close_verification": lambda: services.close_verification(plan, actor=None, at=AFTER),
    }


def everything():
    """What stands of all verifications."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (VerificationItem, Judgement, Explanation, ResponseRevision)
    ]


READ_ONLY = {"hand_out", "freeze_verified", "refuse_empty", "refuse_round", "ready_cases"} | {
    "refusal_to_close",
    "verification_of",
}
"""What changes nothing once it is closed: background work that is done, and what only reads."""


def test_every_service_is_tried():
    callables = {
        name for name in services.__all__ if callable(getattr(services, name)) and name.islower()
    }

    assert set(acts(closed())) == callables - READ_ONLY


@pytest.mark.parametrize(
    "name",
    sorted(
        set(services.__all__)
        & {
            "save_plan",
            "begin",
            "judge",
            "flag",
            "reconcile",
            "release",
            "explain",
            "add_explanation_file",
            "remove_explanation_file",
            "decide",
            "move_work",
            "close_verification",
        }
    ),
)
def test_nothing_changes_once_it_is_closed(name):
    plan = closed()
    act, before = acts(plan)[name], everything()

    with pytest.raises(VerificationMovedOn):
        act()

    assert everything() == before


def test_a_verified_response_is_not_returned():
    plan = closed()

    with pytest.raises(TransitionNotAllowed):
        return_to_draft(
            plan.cases.earliest("pk").revision.response,
            actor=UserFactory(),
            at=AFTER,
            reason="Xem lại.",
        )


def test_members_see_the_findings_of_their_own_agency_once_released():
    plan = all_accepted(under_way())
    agency = plan.cases.earliest("pk").assignment.agency
    insider, outsider = member(agency), member(AgencyFactory())
    assert not VerificationCase.objects.visible_to(insider).exists()

    services.release(plan, actor=None, at=NOW)

    assert VerificationCase.objects.visible_to(insider).count() == 1
    assert not VerificationCase.objects.visible_to(outsider).exists()
