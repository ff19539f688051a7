"""Open tasks of agencies that are merged, split or renamed in mid-round."""

from datetime import date
from typing import Any

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import Disposition
from surveys.models import Agency, Assignment, AuditEvent, Response
from surveys.organisations.enums import Decision
from surveys.organisations.rounds import rounds
from surveys.organisations.services.changes import (
    Document,
    Name,
    NewUnit,
    merge_agencies,
    rename_agency,
    split_agency,
)
from tests.factories import AgencyFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db


def by(task: Assignment, decision: Decision) -> dict[str, Any]:
    """The document, with what it decides on the task."""
    on = NOW.date()
    paper = Document("12/NQ-HĐND", on, "HĐND tỉnh", on, {task.pk: decision})
    return {"document": paper, "actor": None, "at": NOW}


def task(**fields: Any) -> Assignment:
    """A task in an open round."""
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    return AssignmentFactory.create(round=round_, **fields)


def asked(one: Assignment) -> set[Agency]:
    """The agencies that the task's round still asks."""
    tasks = Assignment.objects.filter(round=one.round_id, disposition=Disposition.ASKED)
    return {each.agency for each in tasks.select_related("agency")}


@pytest.mark.parametrize(
    ("decision", "old_is_asked", "new_is_asked"),
    [
        (Decision.KEEP, True, False),
        (Decision.DROP, False, False),
        (Decision.ALSO, True, True),
        (Decision.INSTEAD, False, True),
    ],
)
def test_a_merger_does_with_open_tasks_what_was_decided(
    decision: Decision, old_is_asked: bool, new_is_asked: bool
) -> None:
    one, successor = task(), AgencyFactory()

    merge_agencies([one.agency], successor, with_members=False, **by(one, decision))

    wanted = {one.agency: old_is_asked, successor: new_is_asked}
    assert asked(one) == {agency for agency, is_asked in wanted.items() if is_asked}


def test_answers_stay_with_the_agency_that_ended() -> None:
    one = task()
    Response.objects.create(
        assignment=one, version=one.version, started_at=NOW, answers={"staff": "3"}
    )

    merge_agencies([one.agency], AgencyFactory(), with_members=False, **by(one, Decision.INSTEAD))

    one.refresh_from_db()
    assert (one.response.answers, one.agency.valid_to) == ({"staff": "3"}, NOW.date())


def test_every_part_of_a_split_agency_is_asked_under_its_own_name() -> None:
    one = task()

    parts = split_agency(
        one.agency,
        [NewUnit(Name("Bắc")), NewUnit(Name("Nam"))],
        goes_on=False,
        **by(one, Decision.INSTEAD),
    )

    assert asked(one) == set(parts)
    names = Assignment.objects.filter(agency__in=parts).values_list("agency_name", flat=True)
    assert sorted(names) == ["Bắc", "Nam"]


def test_a_successor_that_is_asked_already_is_not_asked_twice() -> None:
    one = task()
    other = AssignmentFactory.create(round=one.round)

    merge_agencies([one.agency], other.agency, with_members=False, **by(one, Decision.INSTEAD))

    assert asked(one) == {other.agency}


def test_what_was_decided_is_audited_at_the_round() -> None:
    one, successor = task(), AgencyFactory()

    merge_agencies([one.agency], successor, with_members=False, **by(one, Decision.ALSO))

    event = AuditEvent.objects.get(kind=Event.ROUND_AGENCIES_SUCCEEDED)
    added = Assignment.objects.get(agency=successor)
    assert (event.subject_id, event.data["decisions"], event.data["added"]) == (
        str(one.round_id),
        {str(one.pk): "also"},
        [added.pk],
    )


def test_a_closed_round_stays_as_it_was() -> None:
    one = task()
    one.round.status = "closed"
    one.round.save()
    successor = AgencyFactory()

    merge_agencies([one.agency], successor, with_members=False, **by(one, Decision.INSTEAD))

    assert asked(one) == {one.agency}
    assert rounds().open_tasks([one.agency_id], user=UserFactory()) == []


def test_a_round_prints_the_name_of_its_asking_after_a_renaming() -> None:
    one = task(agency_name="Sở Thông tin")
    paper = Document("1/QĐ", date(2026, 1, 1), "UBND tỉnh", NOW.date())

    rename_agency(one.agency, Name("Sở Khoa học"), paper, actor=None, at=NOW)

    one.refresh_from_db()
    assert (one.names["vi"], one.agency.name) == ("Sở Thông tin", "Sở Khoa học")


def test_open_tasks_are_told_with_round_and_agency() -> None:
    one = task(agency_name="Sở Thông tin")

    (told,) = rounds().open_tasks([one.agency_id], user=UserFactory())

    assert (told.pk, told.agency, told.round) == (one.pk, "Sở Thông tin", str(one.round))


def test_who_runs_the_round_decides_on_its_tasks() -> None:
    one = task()
    owner = one.round.campaign.owner

    told = [
        rounds().open_tasks([one.agency_id], user=user)[0].may_decide
        for user in (
            department_person("administrator", owner=owner),
            department_person("administrator", owner=AgencyFactory()),
        )
    ]

    assert told == [True, False]
