"""Where the work is divided, a contributor changes own parts only."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from surveys.models import AnswerChange, Response, Substitution, User
from surveys.organisations.enums import MembershipRole
from surveys.responses.delegation.mine import my_work
from surveys.responses.delegation.services import report_done, withdraw
from surveys.responses.services import (
    CellEdit,
    DocumentSource,
    Edit,
    PartOfAnother,
    SaveStatus,
    add_evidence,
    add_row,
    delete_row,
    remove_evidence,
    restore_row,
)
from tests.surveys.campaigns.factories import NOW, TODAY
from tests.surveys.responses import attachments
from tests.surveys.responses.delegation.factories import contributor, coordinator, given
from tests.surveys.responses.factories import draft, open_assignment, save, seen

pytestmark = pytest.mark.django_db

VALUES: dict[str, str | list[str]] = {
    "staff": "10",
    "note": "ghi chú",
    "skills": ["data"],
    "budget/state/planned": "5",
    "budget/oda/loan": "7",
}


@pytest.fixture
def response():
    return draft()


# Who may change what: the parts given to the person and to a colleague, the path, and whether.
TABLE = [
    # role, own parts, a colleague's parts, path, may edit
    ("contributor", [], [], "staff", True),
    ("contributor", [], ["people"], "staff", False),
    ("contributor", [], ["people"], "budget/state/planned", False),
    ("contributor", ["people"], [], "staff", True),
    ("contributor", ["people"], [], "budget/state/planned", False),
    ("contributor", ["budget_page"], [], "budget/state/planned", True),
    ("contributor", ["budget"], [], "budget/oda/loan", True),
    ("contributor", ["staff"], [], "staff", True),
    ("contributor", ["staff"], [], "note", False),
    ("contributor", ["staff"], ["people"], "staff", True),
    ("contributor", ["people"], ["staff"], "staff", False),
    ("contributor", ["people"], ["staff"], "note", True),
    ("coordinator", [], ["people"], "staff", True),
    ("coordinator", ["people"], [], "budget/state/planned", True),
    ("coordinator", [], [], "staff", True),
]


@pytest.mark.parametrize(("role", "own", "others", "path", "may"), TABLE)
def test_a_person_may_edit_what_the_table_says(response, role, own, others, path, may):
    assignment = response.assignment
    make = {"contributor": contributor, "coordinator": coordinator}[role]
    person = make(assignment)
    if own:
        given(assignment, person, *own)
    if others:
        given(assignment, contributor(assignment, "Lò Thị Mai"), *others)

    outcome = save(response, "mine", CellEdit(path, VALUES[path]), actor=person)

    assert (outcome.status is SaveStatus.SAVED) == may


def test_a_refused_cell_comes_back_with_who_does_it_and_what_was_typed(response):
    bao = contributor(response.assignment)
    given(response.assignment, contributor(response.assignment, "Lò Thị Mai"), "people")

    (refused,) = save(response, "mine", CellEdit("staff", "12"), actor=bao).refused

    assert (refused.code, refused.text) == ("part_of_another", "12")
    assert "Lò Thị Mai" in refused.message


def test_a_batch_stores_what_is_allowed_and_gives_the_rest_back(response):
    bao = contributor(response.assignment)
    given(response.assignment, bao, "people")
    edits = [CellEdit(path, value) for path, value in VALUES.items()]

    outcome = save(response, "excel", *edits, actor=bao)

    stored = Response.objects.get(pk=response.pk)
    assert [each.path for each in outcome.refused] == [
        "budget/state/planned",
        "budget/oda/loan",
    ]
    assert (stored.answers["staff"], "budget" in stored.answers) == ("10", False)


def test_remarks_of_a_colleagues_part_are_refused_too(response):
    bao = contributor(response.assignment)
    given(response.assignment, bao, "people")

    outcome = save(response, "mine", CellEdit("budget", explanation="vì sao"), actor=bao)

    assert [each.code for each in outcome.refused] == ["part_of_another"]


def test_a_place_that_the_form_lacks_is_unknown_and_nobodys(response):
    bao = contributor(response.assignment)
    given(response.assignment, bao, "people")

    outcome = save(response, "mine", CellEdit("no_such", "1"), actor=bao)

    assert [each.code for each in outcome.refused] == ["path_unknown"]


def test_when_all_work_is_withdrawn_everybody_edits_everything_again(response):
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    delegation = given(response.assignment, mai, "people")
    withdraw(delegation, actor=mai, at=NOW)

    assert save(response, "mine", CellEdit("staff", "1"), actor=bao).status is SaveStatus.SAVED


def test_what_was_reported_done_can_still_be_edited_by_its_holder_only(response):
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    report_done(given(response.assignment, bao, "people"), actor=bao, at=NOW)

    assert save(response, "hers", CellEdit("staff", "1"), actor=mai).status is SaveStatus.REFUSED
    assert save(response, "his", CellEdit("staff", "1"), actor=bao).status is SaveStatus.SAVED


@pytest.mark.parametrize(("until", "may"), [(1, True), (-1, False)])
def test_a_substitute_edits_the_absent_persons_parts_for_the_days_of_it(response, until, may):
    agency = response.assignment.agency
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    delegation = given(response.assignment, mai, "people")
    Substitution.objects.create(
        agency=agency,
        role=MembershipRole.CONTRIBUTOR,
        absent=mai,
        substitute=bao,
        from_on=TODAY - timedelta(days=5),
        to_on=TODAY + timedelta(days=until),
        document_number="12/GUQ",
        created_at=NOW,
    )
    with time_machine.travel(NOW, tick=False):
        bao = User.objects.get(pk=bao.pk)
        outcome = save(response, "mine", CellEdit("note", "1"), actor=bao)
        work = my_work(bao, at=NOW)

    assert (outcome.status is SaveStatus.SAVED) == may
    assert [each.delegation for each in work] == ([delegation] if may else [])


def test_rows_of_a_colleagues_list_are_left_alone(response):
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    given(response.assignment, bao, "people")
    given(response.assignment, mai, "contacts")
    row = add_row(response, repeat="contacts", edit_id="hers", actor=mai, at=NOW).row

    with pytest.raises(PartOfAnother):
        add_row(response, repeat="contacts", edit_id="his", actor=bao, at=NOW)
    with pytest.raises(PartOfAnother):
        delete_row(response, row=f"contacts/{row}", edit_id="gone", actor=bao, at=NOW)

    assert len(Response.objects.get(pk=response.pk).answers["contacts"]) == 1


def test_own_rows_come_and_go(response):
    mai = contributor(response.assignment)
    given(response.assignment, mai, "contacts")
    row = add_row(response, repeat="contacts", edit_id="add", actor=mai, at=NOW).row

    delete_row(response, row=f"contacts/{row}", edit_id="gone", actor=mai, at=NOW)
    restore_row(response, row=f"contacts/{row}", edit_id="back", actor=mai, at=NOW)

    assert len(Response.objects.get(pk=response.pk).answers["contacts"]) == 1


def test_evidence_of_a_colleagues_part_is_left_alone():
    response = draft(open_assignment(attachments.DEFINITION))
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    given(response.assignment, mai, "note")
    source = DocumentSource(number="27/2025/QĐ-UBND")
    add_evidence(response, path="note", source=source, edit=Edit(edit_id="hers", actor=mai, at=NOW))
    evidence = response.evidence.get()

    with pytest.raises(PartOfAnother):
        add_evidence(
            response, path="note", source=source, edit=Edit(edit_id="his", actor=bao, at=NOW)
        )
    with pytest.raises(PartOfAnother):
        remove_evidence(
            response,
            evidence_id=evidence.pk,
            edit=Edit(edit_id="gone", actor=bao, at=NOW),
        )

    assert response.evidence.filter(removed_at=None).count() == 1


def test_the_division_costs_a_save_one_query(response, django_assert_num_queries):
    bao = contributor(response.assignment)
    save(response, "warm", CellEdit("note", "1"), actor=bao)
    with CaptureQueriesContext(connection) as before:
        save(response, "before", CellEdit("note", "2", seen("1")), actor=bao)
    given(response.assignment, bao, "people")

    # Whoever is bound by no division yet has asked for it too, so the query is there already.
    with django_assert_num_queries(len(before)):
        save(response, "after", CellEdit("note", "3", seen("2")), actor=bao)


def test_the_division_costs_a_save_of_a_coordinator_nothing(response, django_assert_num_queries):
    head, bao = coordinator(response.assignment), contributor(response.assignment)
    save(response, "warm", CellEdit("note", "1"), actor=head)
    save(response, "warm too", CellEdit("note", "2", seen("1")), actor=bao)
    with CaptureQueriesContext(connection) as his:
        save(response, "his", CellEdit("note", "3", seen("2")), actor=bao)

    with django_assert_num_queries(len(his) - 1):
        save(response, "hers", CellEdit("note", "4", seen("3")), actor=head)


PARTS = ["people", "contacts_page", "budget_page", "staff", "note", "skills", "contacts", "budget"]
OWNERS = {"staff": "people", "note": "people", "skills": "people", "budget": "budget_page"}


class Divided(TestCase):
    """Whatever the division, a save changes nothing outside the own parts."""

    @settings(max_examples=40, deadline=None)
    @for_all(
        holders=st.dictionaries(st.sampled_from(PARTS), st.sampled_from("mo"), min_size=1),
        paths=st.lists(st.sampled_from(sorted(VALUES)), unique=True, min_size=1),
    )
    def test_a_save_changes_own_parts_only(self, holders, paths):
        response = draft()
        me, other = contributor(response.assignment), contributor(response.assignment)
        for part, who in holders.items():
            given(response.assignment, me if who == "m" else other, part)

        outcome = save(
            response, "mine", *(CellEdit(path, VALUES[path]) for path in paths), actor=me
        )

        allowed = {path for path in paths if _holder(holders, path) == "m"}
        changed = {path for path, _old, _new in AnswerChange.objects.get(edit_id="mine").changes}
        assert changed == allowed
        assert {each.path for each in outcome.refused} == set(paths) - allowed


def _holder(holders, path):
    """Who has a path, told without the code under test."""
    name = path.split("/")[0]
    return holders.get(name) or holders.get(OWNERS[name])
