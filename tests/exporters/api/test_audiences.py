"""A program for one agency gets files as that agency sees figures, whatever its person may besides."""

import pytest

from analytics.gate.enums import Audience
from exporters.models import Export
from exporters.orders.queries import is_withheld
from exporters.orders.services import order_of, retry
from surveys.background.runner import run_pending
from surveys.models import Job
from surveys.organisations.enums import MembershipRole
from tests.analytics.releases.factories import AT
from tests.factories import AgencyFactory, MembershipFactory, department_person
from tests.surveys.machines.factories import program

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/exports/"


@pytest.fixture
def agency():
    return AgencyFactory.create()


@pytest.fixture
def person(release, agency, accepted):
    """A designer of the owner who is a member of an agency too."""
    found = accepted(department_person("designer", owner=release.round.campaign.owner))
    MembershipFactory.create(user=found, agency=agency, role=MembershipRole.COORDINATOR)
    return found


@pytest.fixture
def wish(release):
    told = {"name": "data_set_frequencies", "format": "json", "language": "vi"}
    return told | {"round": release.round.code, "publication": 1}


@pytest.mark.parametrize(
    ("is_narrow", "audience"), [(True, Audience.AGENCIES), (False, Audience.DEPARTMENT)]
)
def test_figures_are_protected_for_whom_the_program_is(is_narrow, audience, person, agency, wish):
    program(person, agency=agency if is_narrow else None).send("POST", EXPORTS, wish)

    assert order_of(Export.objects.get()).audience == audience


def test_a_file_of_the_department_is_not_there_for_the_agency_s_program(person, agency, wish):
    whole, narrow = program(person), program(person, agency=agency)
    asked = whole.send("POST", EXPORTS, wish).json()
    run_pending()
    file = f"{EXPORTS}{asked['id']}/file/"

    given = whole.get(file)
    assert b"".join(given)
    assert (narrow.get(file).status_code, given.status_code) == (404, 200)


def test_the_file_of_another_audience_is_no_file_for_this_one(person, agency, wish):
    program(person).send("POST", EXPORTS, wish)
    program(person, agency=agency).send("POST", EXPORTS, wish)

    assert [each.audience for each in Export.objects.order_by("pk")] == ["department", "agencies"]


def test_asked_for_again_it_is_for_the_same_audience(person, agency, wish):
    program(person, agency=agency).send("POST", EXPORTS, wish)
    Job.objects.all().delete()
    export = Export.objects.get()

    assert retry(export, at=AT).audience == Audience.AGENCIES


def test_who_is_of_the_department_no_more_has_its_file_no_more(person, wish):
    program(person).send("POST", EXPORTS, wish)
    run_pending()
    person.department_roles.all().delete()

    assert is_withheld(Export.objects.get())
