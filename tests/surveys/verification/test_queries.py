"""What can be verified, how far it is, and what came of it."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.campaigns.enums import AssignmentStatus
from surveys.models import Response, ResponseRevision, VerificationItem
from surveys.responses.enums import RevisionKind
from surveys.verification import queries, services
from surveys.verification.choosing import Choosing
from surveys.verification.enums import ItemStatus, Verdict, Which
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.responses.signoff.chains import ABOVE, SIGN
from tests.surveys.verification.factories import (
    HIGH,
    item_of,
    items_of,
    planned,
    say,
    scored_round,
    under_way,
    verifier,
)

pytestmark = pytest.mark.django_db


def test_a_preview_counts_what_the_rule_would_choose():
    round_ = scored_round(HIGH, HIGH, {**HIGH, "level": "low"})

    seen = queries.preview(round_, Choosing(which=Which.RISK, share=0), twice=50)

    assert (seen.scored, seen.chosen, seen.agencies, seen.acts) == (9, 2, 2, 3)
    assert seen.codes == {"CS1": 2}


def test_answers_that_a_superior_has_not_approved_are_not_verified_yet():
    round_ = scored_round(HIGH)
    child = round_.assignments.get()
    child.agency.parent = scored_round(HIGH).assignments.get().agency
    child.agency.save()
    round_.sign_off = [step.as_json() for step in (SIGN, ABOVE)]
    round_.save()

    seen = queries.preview(round_, Choosing())

    assert (seen.chosen, seen.waiting) == (0, 1)


def test_only_signed_answers_are_verified():
    round_ = scored_round(HIGH)
    AssignmentFactory.create(round=round_, status=AssignmentStatus.DRAFT)

    assert queries.preview(round_, Choosing()).scored == 3


def test_progress_by_status_and_by_verifier():
    one, other = verifier(), verifier()
    plan = under_way(None, one, other, twice=100)
    say(item_of(plan, "CS1"))
    say(item_of(plan, "CS1"), Verdict.NOT_ACCEPTED, seat=2)

    seen = queries.progress_of(plan)

    assert seen.by_status == {ItemStatus.DISPUTED: 1, ItemStatus.TO_JUDGE: 5}
    assert (seen.items, seen.open, seen.agencies, seen.released) == (6, 6, 2, 0)
    assert {(line.person, line.asked, line.given) for line in seen.verifiers} == {
        (one, 6, 1),
        (other, 6, 1),
    }


def test_agreement_is_measured_by_what_was_said_first():
    plan = under_way(None, verifier(), verifier(), twice=100)
    for item in items_of(plan):
        say(item)
        say(item, Verdict.NOT_ACCEPTED if item.code == "CS1" else Verdict.ACCEPTED, seat=2)
        if item.code == "CS1":
            say(item, seat=2)

    overall, first, *_rest = queries.agreement_of(plan)

    assert (overall.code, overall.plain.n) == ("", 6)
    assert overall.plain.observed == pytest.approx(2 / 3)
    assert (first.code, first.plain.observed) == ("CS1", 0.0)


def test_nobody_is_compared_where_one_verifies():
    plan = under_way()
    say(item_of(plan, "CS1"))

    assert queries.agreement_of(plan) == []


def test_what_self_scores_were_worth():
    plan = under_way(scored_round(HIGH))
    say(item_of(plan, "CS1"), Verdict.NOT_ACCEPTED)
    say(item_of(plan, "CS2"), Verdict.PARTLY, points=Decimal("2.5"))
    say(item_of(plan, "CS3"), Verdict.NOT_RELEVANT)

    [first, second] = queries.inflation_by_indicator(plan)
    [province] = queries.inflation_by_type(plan)

    assert (first.key, first.claimed, first.verified, first.lowered) == (
        "CS1",
        Decimal(2),
        Decimal(0),
        1,
    )
    assert second.share == Decimal("0.5")
    assert (province.key, province.items, province.difference) == ("province", 2, Decimal("-4.5"))


def copies(round_, agencies):
    """More agencies that signed the very same."""
    first = round_.assignments.get()
    revision = ResponseRevision.objects.get(response__assignment=first, kind=RevisionKind.SIGNED)
    for _ in range(agencies - 1):
        more = AssignmentFactory.create(
            round=round_, version=first.version, status=AssignmentStatus.SUBMITTED
        )
        response = Response.objects.create(assignment=more, version=more.version, started_at=NOW)
        ResponseRevision.objects.create(
            response=response,
            number=1,
            kind=RevisionKind.SIGNED,
            version=revision.version,
            canonical=json.dumps(json.loads(revision.canonical)),
            sha256=revision.sha256,
            at=NOW,
        )
    return round_


def test_the_queries_of_handing_out_do_not_grow_with_agencies():
    few, many = (planned(copies(scored_round(HIGH), number)) for number in (2, 12))
    asked = []
    for plan in (few, many):
        services.begin(plan, actor=None, at=NOW)
        plan.refresh_from_db()
        with CaptureQueriesContext(connection) as queries_made:
            services.hand_out(plan, actor=None, clock=lambda: NOW, progress=lambda _d, _t: None)
        asked.append(len(queries_made))

    assert asked[0] == asked[1]
    assert VerificationItem.objects.count() == 3 * (2 + 12)
