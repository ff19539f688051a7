"""A verification in which several people act at the same moment, on a real database."""

from datetime import timedelta
from functools import partial

import pytest

from surveys.audit.enums import Event
from surveys.models import (
    AuditEvent,
    Explanation,
    Judgement,
    ResponseRevision,
    VerificationCase,
    VerificationItem,
)
from surveys.responses.enums import RevisionKind
from surveys.verification import services
from surveys.verification.enums import ItemStatus, PlanStatus, Ruling, Verdict
from surveys.verification.services import (
    Decision,
    ExplainedAlready,
    ExplanationTooLate,
    FindingsReleased,
    JudgementOfAnother,
    Opinion,
    Said,
    VerificationUnfinished,
)
from surveys.verification.workflow import VerificationMovedOn
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
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 3
SAID = Said(text="Đã có quyết định.")
AFTER = NOW + timedelta(days=30)


def events(kind: Event) -> int:
    """How often it was recorded."""
    return AuditEvent.objects.filter(kind=kind).count()


def kinds(results):
    """The names of what came of it, sorted."""
    return sorted(type(result).__name__ for result in results)


def judged(judgement, verdict, *, seen=0):
    """Saving a verdict, by whoever is asked for it, as something still to be done."""
    note = "" if verdict is Verdict.ACCEPTED else f"Ghi chú: {verdict}"
    opinion = Opinion(verdict=verdict, seen=seen, note=note)
    return partial(services.judge, judgement.pk, opinion, actor=judgement.verifier, at=NOW)


def seats(item):
    """Both judgements of the answer, with who gives them."""
    return list(item.judgements.select_related("verifier").order_by("seat"))


def two_verify():
    """A verification in which two look at every answer."""
    return under_way(None, verifier(), verifier(), twice=100)


def deadline_of(plan):
    """The moment at which nothing can be explained any more."""
    until = plan.cases.earliest("pk").explain_until
    assert until is not None
    return until


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (Verdict.ACCEPTED, Verdict.ACCEPTED, ItemStatus.SETTLED),
        (Verdict.ACCEPTED, Verdict.NOT_ACCEPTED, ItemStatus.DISPUTED),
    ],
)
def test_two_verifiers_who_save_at_once_are_both_heard(one, other, status):
    plan = two_verify()
    for item in items_of(plan)[:TIMES]:
        first, second = seats(item)
        results = at_once(judged(first, one), judged(second, other))

        item.refresh_from_db()
        assert kinds(results) == ["VerificationItem", "VerificationItem"]
        assert (item.status, item.edits) == (status, 2)
        assert [own.first for own in seats(item)] == [one, other]


def test_the_same_judgement_saved_from_two_windows_at_once_is_saved_once():
    plan = under_way()
    for item in items_of(plan)[:TIMES]:
        (own,) = seats(item)
        results = at_once(judged(own, Verdict.ACCEPTED), judged(own, Verdict.NOT_ACCEPTED))

        own.refresh_from_db()
        item.refresh_from_db()
        assert kinds(results) == ["JudgementChanged", "VerificationItem"]
        assert own.edits == 1
        assert item.verdict == own.verdict
    assert events(Event.VERDICT_GIVEN) == TIMES


def test_a_second_thought_beside_the_others_first_word_loses_neither():
    plan = two_verify()
    item = item_of(plan, "CS1")
    first, second = seats(item)
    judged(first, Verdict.ACCEPTED)()

    at_once(judged(first, Verdict.NOT_ACCEPTED, seen=1), judged(second, Verdict.NOT_ACCEPTED))

    item.refresh_from_db()
    assert (item.status, item.verdict) == (ItemStatus.SETTLED, Verdict.NOT_ACCEPTED)
    assert {own.verdict for own in seats(item)} == {Verdict.NOT_ACCEPTED}


def test_of_releases_at_once_one_is_made():
    plan = all_accepted(under_way())
    results = at_once(*[partial(services.release, plan, actor=None, at=NOW)] * 4)

    assert kinds(results) == [*["NothingToRelease"] * 3, "list"]
    assert events(Event.FINDINGS_RELEASED) == 1


def test_a_judgement_beside_the_release_comes_before_it_or_is_refused():
    plan = all_accepted(under_way())
    item = item_of(plan, "CS1")
    (own,) = seats(item)

    changed, given = at_once(
        judged(own, Verdict.NOT_ACCEPTED, seen=1),
        partial(services.release, plan, actor=None, at=NOW),
    )

    item.refresh_from_db()
    assert isinstance(given, list)
    if isinstance(changed, VerificationItem):
        assert item.verdict == Verdict.NOT_ACCEPTED
    else:
        assert isinstance(changed, FindingsReleased)
        assert item.verdict == Verdict.ACCEPTED


def test_a_release_beside_the_last_judgement_leaves_nothing_released_unsettled():
    plan = under_way()
    *known, last = items_of(plan)
    for item in known:
        say(item)
    (own,) = seats(last)

    at_once(judged(own, Verdict.ACCEPTED), partial(services.release, plan, actor=None, at=NOW))

    last.refresh_from_db()
    assert last.status == ItemStatus.SETTLED
    assert VerificationCase.objects.filter(released_at=None).count() in {0, 2}


def test_a_finding_explained_twice_at_once_is_explained_once():
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    item = item_of(plan, "CS1")
    results = at_once(*[partial(services.explain, item, SAID, actor=None, at=NOW)] * 4)

    assert kinds(results) == [*["ExplainedAlready"] * 3, "Explanation"]
    assert Explanation.objects.count() == events(Event.FINDING_EXPLAINED) == 1


def test_around_the_deadline_only_what_came_before_it_counts():
    plan = released(CS1=Verdict.NOT_ACCEPTED, CS2=Verdict.NOT_ACCEPTED)
    until = deadline_of(plan)
    item = item_of(plan, "CS1")
    just_in_time, late = at_once(
        partial(services.explain, item, SAID, actor=None, at=until - timedelta(microseconds=1)),
        partial(services.explain, item, SAID, actor=None, at=until),
    )

    assert isinstance(just_in_time, Explanation)
    assert isinstance(late, ExplainedAlready | ExplanationTooLate)


def test_an_explanation_beside_the_end_is_decided_on_or_refused_never_lost():
    for _time in range(TIMES):
        plan = released(CS1=Verdict.NOT_ACCEPTED)
        until = deadline_of(plan)
        item = item_of(plan, "CS1")
        # It came in the last moment and waits for the lock; the end is asked for right after it.
        said, end = at_once(
            partial(services.explain, item, SAID, actor=None, at=until - timedelta(seconds=1)),
            partial(services.close_verification, plan, actor=None, at=until),
        )

        plan.refresh_from_db()
        item.refresh_from_db()
        if isinstance(said, Explanation):
            assert isinstance(end, VerificationUnfinished)
            assert (plan.status, item.status) == (PlanStatus.UNDER_WAY, ItemStatus.EXPLAINED)
        else:
            assert isinstance(said, VerificationMovedOn)
            assert (plan.status, item.status) == (PlanStatus.CLOSED, ItemStatus.SETTLED)


def test_of_ends_at_once_one_is_made():
    plan = released()
    results = at_once(*[partial(services.close_verification, plan, actor=None, at=AFTER)] * 4)

    assert kinds(results) == ["NoneType", *["VerificationMovedOn"] * 3]
    assert events(Event.VERIFICATION_CLOSED) == 1


def test_freezing_twice_at_once_gives_each_response_one_revision():
    plan = released()
    services.close_verification(plan, actor=None, at=AFTER)
    plan.refresh_from_db()
    freeze = partial(
        services.freeze_verified,
        plan,
        actor=None,
        clock=lambda: AFTER,
        progress=lambda _done, _total: None,
    )
    results = at_once(freeze, freeze)

    assert results == [2, 2]
    assert ResponseRevision.objects.filter(kind=RevisionKind.VERIFIED).count() == 2
    assert events(Event.VERIFICATION_FROZEN) == 1


def test_handing_out_twice_at_once_makes_one_case_each():
    plan = planned(scored_round(HIGH, HIGH))
    services.begin(plan, actor=None, at=NOW)
    plan.refresh_from_db()
    work = partial(
        services.hand_out,
        plan,
        actor=None,
        clock=lambda: NOW,
        progress=lambda _done, _total: None,
    )
    results = at_once(work, work)

    assert results[0] == results[1]
    assert (VerificationCase.objects.count(), Judgement.objects.count()) == (2, 6)
    assert events(Event.VERIFICATION_HANDED_OUT) == 1


def test_of_beginnings_at_once_one_is_made():
    plan = planned(scored_round(HIGH))
    results = at_once(*[partial(services.begin, plan, actor=None, at=NOW)] * 4)

    assert kinds(results) == ["NoneType", *["VerificationMovedOn"] * 3]
    assert events(Event.VERIFICATION_BEGUN) == 1


def test_work_that_moves_while_it_is_judged_stays_or_goes_whole():
    giver, taker = verifier(), verifier()
    plan = under_way(None, giver)
    item = item_of(plan, "CS1")
    (own,) = seats(item)

    said, moved = at_once(
        judged(own, Verdict.ACCEPTED),
        partial(services.move_work, plan, giver=giver, taker=taker, actor=None, at=NOW),
    )

    own.refresh_from_db()
    if isinstance(said, VerificationItem):
        assert (moved, own.verifier, own.verdict) == (5, giver, Verdict.ACCEPTED)
    else:
        assert isinstance(said, JudgementOfAnother)
        assert (moved, own.verifier, own.verdict) == (6, taker, "")


def test_of_decisions_at_once_one_stands():
    plan = released(CS1=Verdict.NOT_ACCEPTED)
    item = item_of(plan, "CS1")
    services.explain(item, SAID, actor=None, at=NOW)
    item.refresh_from_db()
    upheld = Decision(ruling=Ruling.UPHELD, reason="Chưa đủ.", seen=item.edits)
    changed = Decision(
        ruling=Ruling.CHANGED, reason="Đã đủ.", seen=item.edits, verdict=Verdict.ACCEPTED
    )
    people = [administrator(), administrator()]
    results = at_once(
        *[
            partial(services.decide, item, decision, actor=person, at=NOW)
            for person, decision in zip(people, (upheld, changed), strict=True)
        ]
    )

    assert kinds(results) == ["Explanation", "ItemMovedOn"]
    assert events(Event.EXPLANATION_DECIDED) == 1
