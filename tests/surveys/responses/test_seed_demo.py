"""The demo: past rounds fully answered, an open one half answered, accounts for every role."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from analytics.answers import signed_answers
from analytics.definitions.shipped import SHIPPED
from analytics.gate.enums import Identity
from analytics.gate.queries import policy_of
from analytics.indices.models import IndexRun, IndexTable
from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.queries.recipients import contact_address
from surveys.management.demo_state import lacking
from surveys.models import (
    AnswerChange,
    Assignment,
    AuditEvent,
    Delegation,
    DepartmentRole,
    Extension,
    Judgement,
    LibraryItem,
    Membership,
    Notice,
    OutgoingMail,
    Response,
    ResponseRevision,
    Round,
    Substitution,
    User,
    VerificationCase,
    VerificationItem,
    VerificationPlan,
)
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.questionnaires.question_library.ready_items import READY_ITEMS
from surveys.responses.queries import state_of, unresolved
from surveys.verification.queries import agreement_of

pytestmark = pytest.mark.django_db

EVERYTHING = (
    IndexRun,
    IndexTable,
    OutgoingMail,
    Notice,
    User,
    Membership,
    DepartmentRole,
    Round,
    Assignment,
    AnswerChange,
    AuditEvent,
)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo, made once for the module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo")
        yield
        transaction.set_rollback(True)


def statuses(code):
    """How many agencies of the round stand where."""
    return Counter(Assignment.objects.filter(round__code=code).values_list("status", flat=True))


def run_of(index):
    """The run of the index over its newest round."""
    runs = IndexRun.objects.filter(version__index__code=index)
    return runs.order_by("round__opens_at").last()


def answered_in(code, agency):
    """The agency's response in the round."""
    return Response.objects.get(assignment__round__code=code, assignment__agency__key=agency)


def test_the_first_round_asked_the_provinces_of_its_day_and_is_published_with_names():
    told = Release.objects.values_list("run__version__index__code", "run__round__code")

    assert statuses("tochuc-2024") == {"published": 85}
    assert told.get(round__code="tochuc-2024") == ("capacity-1690", "tochuc-2024")
    assert policy_of(Round.objects.get(code="tochuc-2024")).identity == Identity.PUBLISHED


def test_the_past_round_is_answered_by_all_and_closed():
    assert Round.objects.get(code="tochuc-2025").status == RoundStatus.CLOSED
    assert statuses("tochuc-2025") == {"submitted": 56}


def test_a_few_were_late_in_the_past_round():
    late = Assignment.objects.filter(round__code="tochuc-2025", late_days__gt=0).count()

    assert 0 < late < 15


def test_the_department_s_library_begins_with_useful_items():
    kinds = Counter(LibraryItem.objects.values_list("kind", flat=True))

    assert kinds == {"group": 2, "table": 4, "repeat": 1, "section": 1}


def test_the_open_round_is_half_answered():
    counts = statuses("tochuc-2026")

    assert counts["not_started"] == 28
    assert counts["submitted"] > counts["draft"] > 1


def test_the_open_round_is_open_today():
    round_ = Round.objects.get(code="tochuc-2026")

    assert round_.status == RoundStatus.OPEN
    assert round_.opens_at < timezone.now() < round_.closes_at
    assert round_.previous is not None


def test_one_can_play_on_in_a_half_filled_draft():
    response = answered_in("tochuc-2026", "tinh-15")

    assert response.assignment.status == "draft"
    assert 0 < response.assignment.answered < response.assignment.total


def test_one_can_sign_what_awaits_a_signature():
    response = answered_in("tochuc-2026", "bo-khcn")

    assert response.assignment.status == "awaiting_signature"
    assert unresolved(state_of(response, at=timezone.now())) == ()


def test_a_figure_of_the_past_round_is_there_in_the_open_one():
    past, present = answered_in("tochuc-2025", "bo-khcn"), answered_in("tochuc-2026", "bo-khcn")

    assert present.answers["a4_previous"] == past.answers["a4_current"]


def test_no_receipt_number_was_given_twice():
    receipts = list(
        ResponseRevision.objects.filter(kind="signed").values_list("receipt", flat=True)
    )

    assert len(receipts) == len(set(receipts)) > 56


def test_nothing_happened_after_now():
    assert not AuditEvent.objects.filter(at__gt=timezone.now()).exists()


def test_there_is_an_account_for_every_role():
    assert set(DepartmentRole.objects.values_list("role", flat=True)) == set(DepartmentRoleName)
    assert set(Membership.objects.values_list("role", flat=True)) == set(MembershipRole)


def test_the_accounts_are_printed_with_their_roles(capsys):
    call_command("seed_demo", "--accounts-only")

    printed = capsys.readouterr().out
    assert all(email in printed for email in User.objects.values_list("email", flat=True))
    assert "coordinator" in printed


def test_the_open_round_has_its_agreements():
    round_ = Round.objects.get(code="tochuc-2026")
    wishes = Extension.objects.filter(assignment__round=round_).values_list("status", flat=True)

    assert Counter(wishes) == {"asked": 1, "granted": 1}
    assert round_.assignments.filter(disposition="refused").count() == 1


def test_invitations_and_reminders_stand_in_the_outbox():
    mails = OutgoingMail.objects.exclude(step__startswith="extension").filter(within__gt="")
    steps = Counter(mails.values_list("step", flat=True))

    assert steps["invitation"] == 56
    assert 0 < steps["remind-30-coordinator"] < 56
    assert not mails.filter(status="failed").exists()


def test_the_past_round_is_under_verification_and_a_verifier_has_work():
    waiting = Judgement.objects.filter(verdict="")
    people = Counter(waiting.values_list("verifier__email", flat=True))

    assert VerificationPlan.objects.get(round__code="tochuc-2025").status == "under_way"
    assert people.keys() == {"thamdinh@demo.vn", "thamdinh2@demo.vn"}
    assert min(people.values()) > 55
    assert not waiting.filter(item__claimed__gt=F("item__most")).exists()


def test_two_verifiers_agree_more_than_by_chance_and_not_always():
    overall = agreement_of(VerificationPlan.objects.get(round__code="tochuc-2025"))[0]

    assert overall.plain.n > 35
    assert overall.plain.value is not None
    assert 0.4 < overall.plain.value < 0.95
    assert VerificationItem.objects.filter(status="disputed").exists()


def test_an_agency_may_explain_two_findings_until_a_day_to_come():
    case = VerificationCase.objects.get(released_at__isnull=False)

    assert case.assignment.agency.key == "tinh-15"
    assert case.explain_until is not None
    assert case.explain_until > timezone.now()
    assert Counter(case.items.values_list("verdict", flat=True)) == {
        "accepted": 2,
        "partly": 1,
        "not_accepted": 1,
    }


def test_the_work_of_an_agency_is_divided_and_somebody_stands_in():
    assert Delegation.objects.get(user__email="nhaplieu.laocai@demo.vn").parts
    assert Substitution.objects.get().substitute.email == "rasoat.laocai@demo.vn"


def test_people_have_something_in_their_inbox():
    told = set(Notice.objects.values_list("user__email", "kind"))

    assert ("thietke@demo.vn", "extension_asked") in told
    assert ("nhaplieu.laocai@demo.vn", "part_given") in told
    assert ("dieuphoi.laocai@demo.vn", "findings") in told
    assert ("thamdinh@demo.vn", "verification") in told


def test_a_second_run_changes_nothing():
    before = [model.objects.count() for model in EVERYTHING]

    call_command("seed_demo")

    assert [model.objects.count() for model in EVERYTHING] == before


def test_a_demo_of_an_earlier_version_is_left_alone_with_words_about_it(capsys, monkeypatch):
    LibraryItem.objects.all().delete()
    other = replace(READY_ITEMS[0], name="of_another_version")
    monkeypatch.setattr("surveys.management.demo_state.READY_ITEMS", (other,))
    before = [model.objects.count() for model in EVERYTHING]

    call_command("seed_demo")

    said = capsys.readouterr().out
    assert [model.objects.count() for model in EVERYTHING] == before
    assert "parts of the questionnaire (of_another_version)" in said
    assert "python manage.py seed_demo" in said


def test_a_past_that_was_not_made_before_the_open_round_is_not_made_up():
    Round.objects.filter(code="tochuc-2024").update(code="another")

    assert lacking() == ["the round tochuc-2024"]


def test_every_agency_that_is_asked_can_be_written_to():
    agencies = [each.agency for each in Assignment.objects.filter(round__code="tochuc-2026")]

    assert all(contact_address(agency).endswith(".example") for agency in agencies)


def test_the_round_of_the_enterprises_is_answered_by_all_and_closed():
    assert Round.objects.get(code="doanhnghiep-2025").status == RoundStatus.CLOSED
    assert statuses("doanhnghiep-2025") == {"published": 23}


def test_the_round_of_the_enterprises_is_published_by_two():
    told = Release.objects.filter(round__code="doanhnghiep-2025").values_list(
        "status", "proposed_by__email", "approved_by__email", "run__version__index__code"
    )

    assert list(told) == [
        (ReleaseStatus.APPROVED, "thietke@demo.vn", "quantri@demo.vn", "dbi-1970-sme")
    ]


@pytest.mark.parametrize("index", SHIPPED)
def test_each_shipped_index_has_a_finished_run(index):
    run = run_of(index)

    assert (run.status, run.job.status, run.job.error) == ("done", "done", "")
    assert run.summary["uncertainty"]


@pytest.mark.parametrize(
    ("index", "asked"), [("capacity-1690", 56), ("dbi-1970-sme", 23), ("dti-922-province", 34)]
)
def test_every_unit_asked_has_a_score_or_a_reason(index, asked):
    run = run_of(index)

    told = [
        unit.score is not None or bool(unit.data["nodes"][run.summary["root"]]["reason"])
        for unit in run.units.all()
    ]

    assert told == [True] * asked


def test_enterprises_stand_at_every_level():
    levels = run_of("dbi-1970-sme").units.values_list("level", flat=True)

    assert set(levels) == {0, 1, 2, 3, 4, 5}


def test_the_index_of_enterprises_says_what_the_questionnaire_told_each():
    run = run_of("dbi-1970-sme")
    told = {each.agency_id: each.answers for each in signed_answers(run.round)}

    computed, answered = [], []
    for unit in run.units.all():
        answers, pillars = told[unit.agency_id], told[unit.agency_id]["r_pillars"]
        nodes = unit.data["nodes"]
        computed.append((unit.score, unit.level, [nodes[each]["level"] for each in pillars]))
        levels = [int(row["r_level"]) for row in pillars.values()]
        answered.append((float(answers["r_total"]), int(answers["r_overall"]), levels))

    assert computed == answered


def test_the_dti_of_provinces_is_the_sum_of_values_by_their_maxima():
    run = run_of("dti-922-province")
    table = run.version.index.tables.get()
    most = {
        "nhan_thuc_so": 100,
        "the_che_so": 100,
        "ha_tang_so": 100,
        "nhan_luc_so": 100,
        "an_toan_thong_tin": 100,
        "chinh_quyen_so": 200,
        "kinh_te_so": 150,
        "xa_hoi_so": 150,
    }

    by_hand = {
        key: float(sum(Decimal(row[name]) * points for name, points in most.items()) / 1000)
        for key, row in table.rows.items()
    }

    assert dict(run.units.values_list("key", "score")) == pytest.approx(by_hand, abs=1e-12)


def test_invented_figures_are_called_so():
    run = run_of("dti-922-province")

    assert "minh họa" in run.version.index.name["vi"]
    assert run.version.index.tables.get().filename.startswith("Số liệu minh họa")
