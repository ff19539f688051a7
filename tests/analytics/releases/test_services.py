"""Publications: proposed by one, approved by another; what they freeze, and what corrects them."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from analytics.gate.enums import Identity
from analytics.gate.services import Settings, set_policy
from analytics.releases import services
from analytics.releases.enums import Licence, ReleaseStatus
from analytics.releases.models import Release
from analytics.releases.queries import catalogue, readiness, release_in_force
from analytics.releases.workflow import TRANSITIONS, ReleaseMovedOn, ReleaseStep, next_status
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.background.runner import run_pending
from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import Anonymity, AssignmentStatus
from surveys.common.errors import DomainError
from surveys.inbox.enums import NoticeKind
from surveys.models import (
    AnswerChange,
    Assignment,
    Campaign,
    Notice,
    Response,
    ResponseRevision,
    Round,
)
from surveys.responses import services as responses
from surveys.responses.enums import RevisionKind
from surveys.responses.services import CellEdit
from surveys.verification import services as verification
from surveys.verification.services import PlanDetails
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import (
    AT,
    approved,
    closed_library_round,
    closed_round,
    details,
    person,
    proposed,
    published,
)
from tests.answered import answered_round
from tests.factories import UserFactory, department_person, member
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return closed_round()


@pytest.fixture
def library_round():
    return closed_library_round()


def codes(round_, run=None):
    return {each.code: each.blocks for each in readiness(round_, run)}


@pytest.mark.parametrize("status", ReleaseStatus)
@pytest.mark.parametrize("step", ReleaseStep)
def test_a_step_outside_of_the_table_is_refused(status, step):
    if (status, step) in TRANSITIONS:
        assert next_status(status, step) == TRANSITIONS[status, step]
    else:
        with pytest.raises(ReleaseMovedOn):
            next_status(status, step)


def test_a_proposal_names_all_that_it_contains_by_hash(library_round):
    run = computed(library_round)

    release = proposed(library_round, run=run)

    assert (release.status, release.number) == ("proposed", 1)
    assert release.manifest["index"]["tables_sha256"] == run.tables_sha256
    assert release.manifest["answers"]["responses"] == 4
    assert set(release.manifest) == {
        "format",
        "round",
        "answers",
        "protection",
        "targets",
        "index",
    }


def test_nobody_approves_the_own_proposal(round_):
    both = person(round_, "administrator")
    release = services.propose(round_, details(), actor=both, at=AT)

    with pytest.raises(services.OwnProposal):
        services.approve(release, seen=release.manifest_sha256, actor=both, at=AT)

    assert release_in_force(round_) is None


def test_another_approves_and_the_signed_answers_are_published(round_):
    published(round_)

    statuses = Assignment.objects.filter(round=round_).values_list("status", flat=True)
    assert sorted(statuses).count("published") == 2
    assert AuditEvent.objects.get(kind=Event.RELEASE_APPROVED).data["agencies"] == 2


def test_what_was_never_signed_is_not_published(library_round):
    before = Assignment.objects.exclude(status=AssignmentStatus.SUBMITTED)
    silent = dict(before.values_list("pk", "status"))

    published(library_round)

    after = Assignment.objects.filter(pk__in=silent)
    assert dict(after.values_list("pk", "status")) == silent


def test_two_proposals_do_not_wait_side_by_side(round_):
    proposed(round_)

    with pytest.raises(services.AlreadyProposed):
        proposed(round_)


def test_an_open_round_is_not_published():
    round_ = answered_round()
    Campaign.objects.update(verifies=False)
    run_pending()

    with pytest.raises(services.NotReady) as refusal:
        proposed(round_)

    assert "round_open" in refusal.value.details["findings"]


def test_a_round_without_a_signature_is_not_published():
    assert codes(closed_library_round(responses=0))["nothing_signed"]


def test_a_round_under_verification_is_not_published(round_):
    Campaign.objects.update(verifies=True)
    round_ = Round.objects.select_related("campaign__owner", "version").get(pk=round_.pk)
    plan = verification.save_plan(
        round_, PlanDetails(verifiers=[person(round_, "verifier")]), actor=None, at=AT
    )
    verification.begin(plan, actor=None, at=AT)

    assert codes(round_)["verification"]


def test_a_run_older_than_the_answers_is_not_published(library_round):
    run = computed(library_round)
    run.requested_at -= timedelta(days=400)

    assert codes(library_round, run)["run_outdated"]


def test_a_run_of_another_round_is_not_published(library_round):
    run = computed(library_round)
    run.round_id = library_round.pk + 1

    assert codes(library_round, run)["run_unfit"]


def test_confidential_answers_are_published_without_an_index(library_round):
    run = computed(library_round)
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)
    library_round = Round.objects.select_related("campaign__owner", "version").get(
        pk=library_round.pk
    )

    with pytest.raises(services.NotReady) as refusal:
        proposed(library_round, run=run)

    assert "run_confidential" in refusal.value.details["findings"]


def test_it_is_not_approved_before_its_day(round_):
    release = proposed(round_, released_on=AT.date() + timedelta(days=1))

    with pytest.raises(services.DayNotReached):
        approved(release)


def test_what_has_changed_since_the_proposal_is_not_approved(round_):
    release = proposed(round_)
    settings = Settings(
        identity=Identity.PROTECTED,
        minimum=9,
        minimum_people=12,
        p=None,
        dominance_n=None,
        dominance_k=None,
        base_rounding=5,
        groups=False,
        zeros=False,
    )
    set_policy(round_, settings, actor=person(round_), at=AT)
    run_pending()

    with pytest.raises(services.ContentMoved):
        approved(release)


def test_what_the_approver_has_not_seen_is_not_approved(round_):
    release = proposed(round_)

    with pytest.raises(services.ContentMoved):
        services.approve(release, seen="0" * 64, actor=person(round_), at=AT)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": {"vi": " "}},
        {"title": {"vi": "a" * 201}},
        {"licence": Licence.OWN},
        {"notes": {"vi": "\0"}},
    ],
)
def test_unfit_details_are_refused(round_, changes):
    with pytest.raises(services.DetailsUnfit):
        proposed(round_, **changes)


def test_an_empty_publication_is_refused(round_):
    with pytest.raises(services.NothingPublished):
        proposed(round_, with_targets=False)


def test_a_second_publication_must_be_a_correction(round_):
    published(round_)

    with pytest.raises(services.CorrectionMissing):
        proposed(round_)


def test_a_correction_takes_the_place_of_what_it_names(round_):
    first = published(round_)

    second = approved(proposed(round_, corrects=first, title={"vi": "Bản đính chính"}))

    first.refresh_from_db()
    assert (first.status, second.status, second.number) == ("superseded", "approved", 2)
    assert [each.pk for each in catalogue()] == [second.pk, first.pk]


def test_what_was_corrected_is_not_corrected_again(round_):
    first = published(round_)
    approved(proposed(round_, corrects=first))

    with pytest.raises(ReleaseMovedOn):
        proposed(round_, corrects=first)


def test_what_is_withdrawn_says_why_and_stays_on_record(round_):
    release = published(round_)

    services.withdraw(release, reason="Sai dân số.", actor=person(round_), at=AT)

    release.refresh_from_db()
    assert (release.status, release.withdrawal_reason) == ("withdrawn", "Sai dân số.")
    assert catalogue().count() == 1
    assert release_in_force(round_) is None


def test_what_was_published_meanwhile_is_not_taken_back_as_a_proposal(round_):
    """Whoever proposes may withdraw the proposal; what is out, only who may approve."""
    seen = proposed(round_)
    approved(Release.objects.get(pk=seen.pk))

    with pytest.raises(ReleaseMovedOn):
        services.withdraw(seen, reason="Nhầm.", actor=person(round_), at=AT)

    assert release_in_force(round_) == seen


@pytest.mark.parametrize("reason", ["", "  ", "a" * 501, "a\0"])
def test_a_withdrawal_says_why(round_, reason):
    with pytest.raises(services.ReasonMissing):
        services.withdraw(proposed(round_), reason=reason, actor=person(round_), at=AT)


def test_after_a_withdrawn_proposal_another_is_made(round_):
    services.withdraw(proposed(round_), reason="Nhầm.", actor=person(round_), at=AT)

    assert proposed(round_).number == 2


def test_members_of_every_agency_are_told_once(round_):
    assignment = Assignment.objects.filter(round=round_).earliest("pk")
    people = [member(assignment.agency, "coordinator", "signatory"), UserFactory.create()]
    published(round_)
    run_pending()

    told = Notice.objects.filter(kind=NoticeKind.RELEASED)
    assert [told.filter(user=each).count() for each in people] == [1, 0]


def test_administrators_are_told_of_a_proposal_and_its_maker_is_not(round_):
    boss = person(round_)
    maker = department_person("designer", "administrator", owner=round_.campaign.owner)
    services.propose(round_, details(), actor=maker, at=AT)
    run_pending()

    told = Notice.objects.filter(kind=NoticeKind.RELEASE_PROPOSED)
    assert list(told.values_list("user", flat=True)) == [boss.pk]


# Freezing


def signed_response(round_):
    return Response.objects.filter(
        assignment__round=round_, assignment__status=AssignmentStatus.PUBLISHED
    ).earliest("pk")


ACTS = {
    "returned": lambda r, who: responses.return_to_draft(r, actor=who, at=AT, reason="Sai."),
    "returned as permitted": lambda r, who: responses.return_as_permitted(
        r, actor=who, at=AT, reason="Sai."
    ),
    "sent": lambda r, who: responses.send_for_signature(r, actor=who, at=AT),
    "signed": lambda r, who: responses.sign(r, actor=who, at=AT),
    "approved": lambda r, who: responses.approve_step(r, actor=who, at=AT),
    "verified": lambda r, who: responses.verify(
        r.revisions.filter(kind=RevisionKind.SIGNED).latest("number"), beside={}, actor=who, at=AT
    ),
    "saved": lambda r, who: responses.save_cells(
        r, edit_id="e1", edits=[CellEdit("level", "a")], actor=who, at=AT
    ),
    "row added": lambda r, who: responses.add_row(r, repeat="x", edit_id="e2", actor=who, at=AT),
    "round reopened": lambda r, who: campaigns.reopen_round(
        r.assignment.round, closes_at=AT + timedelta(days=9), actor=who, at=AT, reason="Sai."
    ),
    "deadline moved": lambda r, who: campaigns.postpone_round(
        r.assignment.round,
        campaigns.Dates(AT, AT + timedelta(days=9)),
        actor=who,
        at=AT,
        reason="Sai.",
    ),
    "no longer asked": lambda r, who: campaigns.remove_agencies(
        r.assignment.round, [r.assignment.agency], actor=who, at=AT, reason="Sai."
    ),
    "refusal recorded": lambda r, who: campaigns.record_refusal(
        r.assignment, grounds=campaigns.Grounds("Không."), actor=who, at=AT
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_writes_to_published_answers(act):
    published(closed_round())
    response = signed_response(Round.objects.get())
    before = state_of_all()

    with pytest.raises(DomainError):
        ACTS[act](response, person(Round.objects.select_related("campaign__owner").get()))

    assert state_of_all() == before


def test_a_verification_does_not_begin_over_published_answers(round_):
    Campaign.objects.update(verifies=True)
    round_ = Round.objects.select_related("campaign__owner", "version").get(pk=round_.pk)
    plan = verification.save_plan(
        round_, PlanDetails(verifiers=[person(round_, "verifier")]), actor=None, at=AT
    )
    published(round_)

    with pytest.raises(campaigns.RoundPublished):
        verification.begin(plan, actor=None, at=AT)


def test_answers_stand_still_after_a_withdrawal_too(round_):
    services.withdraw(published(round_), reason="Nhầm.", actor=person(round_), at=AT)

    with pytest.raises(campaigns.RoundPublished):
        campaigns.reopen_round(
            round_, closes_at=AT + timedelta(days=9), actor=None, at=AT, reason="Sai."
        )


def state_of_all():
    """What stands in every table of answers."""
    return json.dumps(
        [
            list(Assignment.objects.order_by("pk").values_list("pk", "status", "step")),
            list(Response.objects.order_by("pk").values_list("pk", "answers")),
            list(ResponseRevision.objects.order_by("pk").values_list("pk", "sha256")),
            AnswerChange.objects.count(),
            list(Round.objects.values_list("pk", "status")),
        ],
        default=str,
    )


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_counts():
    round_ = closed_round()
    release = proposed(round_)
    works = [
        partial(
            services.approve, release, seen=release.manifest_sha256, actor=person(round_), at=AT
        )
        for _each in range(3)
    ]

    results = at_once(*works)

    assert sorted(type(each).__name__ for each in results) == [
        "Release",
        "ReleaseMovedOn",
        "ReleaseMovedOn",
    ]
    assert AuditEvent.objects.filter(kind=Event.RELEASE_APPROVED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_at_once_one_is_made():
    round_ = closed_round()
    maker = person(round_, "designer")
    work = partial(services.propose, round_, details(), actor=maker, at=AT)

    results = at_once(work, work, work)

    assert sorted(type(each).__name__ for each in results) == [
        "AlreadyProposed",
        "AlreadyProposed",
        "Release",
    ]


@pytest.mark.django_db(transaction=True)
def test_approved_and_withdrawn_at_once_one_of_them_counts():
    round_ = closed_round()
    release = proposed(round_)
    seen = release.manifest_sha256

    at_once(
        partial(services.approve, release, seen=seen, actor=person(round_), at=AT),
        partial(services.withdraw, release, reason="Nhầm.", actor=person(round_), at=AT),
    )

    release.refresh_from_db()
    published_now = Assignment.objects.filter(status=AssignmentStatus.PUBLISHED).count()
    assert (release.status == ReleaseStatus.APPROVED) == release.was_published
    assert (published_now == 2) == release.was_published


@pytest.mark.django_db(transaction=True)
def test_returned_and_approved_at_once_either_is_refused():
    round_ = closed_round()
    release = proposed(round_)
    response = Response.objects.filter(assignment__status=AssignmentStatus.SUBMITTED).earliest("pk")

    results = at_once(
        partial(
            services.approve, release, seen=release.manifest_sha256, actor=person(round_), at=AT
        ),
        partial(responses.return_to_draft, response, actor=person(round_), at=AT, reason="Sai."),
    )

    refusals = [each for each in results if isinstance(each, DomainError)]
    assert len(refusals) == 1
    assert Release.objects.filter(status=ReleaseStatus.APPROVED).exists() == (
        refusals[0] is results[1]
    )


def test_the_details_that_are_proposed_stand_in_the_publication(round_):
    wanted = replace(
        details(),
        licence=Licence.OWN,
        licence_text=" Dùng nội bộ. ",
        notes={"vi": "Ghi chú", "en": ""},
    )

    release = services.propose(round_, wanted, actor=person(round_, "designer"), at=AT)

    assert (release.licence_text, release.notes) == ("Dùng nội bộ.", {"vi": "Ghi chú"})
