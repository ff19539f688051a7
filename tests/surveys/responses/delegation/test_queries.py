"""How the work on a form is divided."""

from dataclasses import replace

import pytest

from surveys.definitions import dump
from surveys.engine import Group
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.queries import form_of
from surveys.responses.delegation.parts import names_around, part_names
from surveys.responses.delegation.queries import division_of, people_of, share_of
from surveys.responses.queries import state_of
from surveys.responses.services import CellEdit, SaveStatus, migrate_draft
from tests.surveys.campaigns.factories import NOW, VersionFactory
from tests.surveys.responses.delegation.factories import contributor, coordinator, given
from tests.surveys.responses.factories import DEFINITION, draft, open_assignment, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    return draft()


def division(response):
    response.refresh_from_db()
    return division_of(response.assignment, form_of(response.version))


def test_sections_and_what_people_answer_in_them_can_be_given(response):
    assert part_names(form_of(response.version)) == {
        "people",
        "staff",
        "women",
        "note",
        "skills",
        "before",
        "contacts_page",
        "contacts",
        "budget_page",
        "budget",
    }


PLACES = [
    ("staff", ("staff", "people")),
    ("budget/state/planned", ("budget", "budget_page")),
    ("contacts/x1/contact_name", ("contacts", "contacts_page")),
    ("no_such", ()),
]


@pytest.mark.parametrize(("path", "names"), PLACES)
def test_a_place_lies_in_its_own_part_and_in_its_section(response, path, names):
    assert names_around(form_of(response.version), path) == names


def test_progress_counts_what_is_the_persons(response):
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    his, hers = (
        given(response.assignment, bao, "people"),
        given(response.assignment, mai, "staff", "budget"),
    )
    save(response, "1", CellEdit("staff", "3"), CellEdit("note", "x"))

    divided = division(response)
    state = state_of(response, at=NOW)
    counts = {each.pk: divided.progress(each, state) for each in divided.delegations}

    assert (counts[his.pk].answered, counts[his.pk].total) == (1, 4)
    assert (counts[hers.pk].answered, counts[hers.pk].total) == (1, 2)


def test_coordinators_have_a_share_in_everything_without_asking(
    response, django_assert_num_queries
):
    head = coordinator(response.assignment)
    given(response.assignment, contributor(response.assignment), "people")
    head.has_perm("response.edit", response.assignment)

    with django_assert_num_queries(0):
        share = share_of(response.assignment, form_of(response.version), head)

    assert share.covers("staff")


def test_work_goes_to_those_who_write_in_the_agency(response):
    bao = contributor(response.assignment, "Trần Bảo")
    head = coordinator(response.assignment)
    contributor(open_assignment())

    assert set(people_of(response.assignment.agency)) == {bao, head}


def test_a_part_stays_given_in_a_newer_version_where_its_name_still_exists(response):
    bao, mai = contributor(response.assignment), contributor(response.assignment)
    given(response.assignment, bao, "people")
    given(response.assignment, mai, "budget_page")
    children = tuple(
        child
        for child in DEFINITION.children
        if isinstance(child, Group) and child.name != "budget_page"
    )
    newer = VersionFactory.create(
        questionnaire=response.version.questionnaire,
        number=2,
        status=VersionStatus.PUBLISHED,
        definition=dump(replace(DEFINITION, children=children)),
    )

    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    assert sorted(division(response).holders) == ["people"]
    assert save(response, "his", CellEdit("note", "1"), actor=bao).status is SaveStatus.SAVED
    assert save(response, "hers", CellEdit("note", "2"), actor=mai).status is SaveStatus.REFUSED
