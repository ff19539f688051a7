"""The pages that rename, move, merge and split: a look at what is touched, then the act."""

from typing import Any

import pytest
from django.test import Client

from surveys.campaigns.enums import Disposition
from surveys.models import Agency, AgencyChange, Assignment
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db
PAPER = {
    "on": "1/11/2026",
    "document_number": "12/NQ-HĐND",
    "document_on": "20/10/2026",
    "issuer": "HĐND tỉnh Lào Cai",
}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def administrator(client: Client) -> Client:
    """The browser of an administrator of the national department."""
    client.force_login(department_person("administrator"))
    return client


def paper() -> dict[str, str]:
    """The fields of the document, with the day on which the tests take place."""
    return {**PAPER, "on": NOW.strftime("%d/%m/%Y")}


def confirmed(client: Client, agency: Agency, act: str, **typed: Any) -> Any:
    """The second page sent."""
    data = {**paper(), **typed, "confirmed": "1"}
    return client.post(f"/agencies/{agency.key}/{act}/", data)


@pytest.mark.parametrize("act", ["rename", "move", "merge", "split"])
def test_a_province_administers_itself_and_nobody_else(act: str, client: Client) -> None:
    own, other = AgencyFactory(), AgencyFactory()
    client.force_login(department_person("administrator", owner=own))

    answers = [client.get(f"/agencies/{each.key}/{act}/").status_code for each in (own, other)]

    assert answers == [200, 403]


def test_a_coordinator_changes_no_agency(client: Client) -> None:
    agency = AgencyFactory()
    client.force_login(member(agency))

    assert client.get(f"/agencies/{agency.key}/rename/").status_code == 403


def test_the_first_page_changes_nothing(administrator: Client) -> None:
    agency = AgencyFactory()

    answer = administrator.post(f"/agencies/{agency.key}/rename/", {**paper(), "name": "Tên mới"})

    assert (answer.status_code, AgencyChange.objects.count()) == (200, 0)
    assert 'name="confirmed"' in answer.content.decode()


def test_an_agency_is_renamed(administrator: Client) -> None:
    agency = AgencyFactory(name="Cũ")

    confirmed(administrator, agency, "rename", name="Tên mới")

    agency.refresh_from_db()
    assert agency.name == "Tên mới"
    assert "Cũ" in administrator.get(f"/agencies/{agency.key}/").content.decode()


def test_an_agency_is_moved(administrator: Client) -> None:
    parent, agency = AgencyFactory(), AgencyFactory()

    confirmed(administrator, agency, "move", parent=parent.key)

    agency.refresh_from_db()
    assert agency.parent == parent


def test_a_foreign_agency_is_no_place_to_move_to(client: Client) -> None:
    own, other = AgencyFactory(), AgencyFactory()
    commune = AgencyFactory(parent=own, type="commune")
    client.force_login(department_person("administrator", owner=own))

    answer = confirmed(client, commune, "move", parent=other.key)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"parent"})


def test_two_agencies_merge_into_a_third_and_the_task_follows(administrator: Client) -> None:
    round_ = RoundFactory.create(status="open", opened_at=NOW, campaign__owner=Agency.objects.get())
    one = AssignmentFactory.create(round=round_)
    two, third = AgencyFactory(), AgencyFactory()

    answer = confirmed(
        administrator,
        one.agency,
        "merge",
        others=two.key,
        successor=third.key,
        **{f"task-{one.pk}": "instead"},
    )

    assert answer.headers["Location"] == f"/agencies/{third.key}/"
    assert set(Agency.ever.exclude(valid_to=None)) == {one.agency, two}
    one.refresh_from_db()
    assert one.disposition == Disposition.INELIGIBLE
    assert Assignment.objects.get(agency=third).round == round_


def test_a_merger_needs_an_existing_agency_or_a_new_name(administrator: Client) -> None:
    answer = confirmed(administrator, AgencyFactory(), "merge")

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"successor"})


def test_who_does_not_run_the_round_decides_nothing_in_it(client: Client) -> None:
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    one = AssignmentFactory.create(round=round_)
    third = AgencyFactory(parent=one.agency.parent)
    client.force_login(department_person("administrator", owner=one.agency))

    confirmed(client, one.agency, "split", units="A\nB", **{f"task-{one.pk}": "instead"})

    one.refresh_from_db()
    assert (one.disposition, Assignment.objects.count()) == (Disposition.ASKED, 1)
    assert third in Agency.objects.all()


def test_a_split_gives_each_child_its_place(administrator: Client) -> None:
    province = AgencyFactory()
    north, south = (AgencyFactory(parent=province, type="commune") for _ in range(2))
    typed = {"units": "Bắc; 01\nNam", f"child-{north.pk}": "0", f"child-{south.pk}": "1"}

    review = administrator.post(f"/agencies/{province.key}/split/", {**paper(), **typed})
    confirmed(administrator, province, "split", **typed)

    assert list(review.context["children"]) == [north, south]
    names = [Agency.ever.get(children=each).name for each in (north, south)]
    assert names == ["Bắc", "Nam"]


def test_a_child_with_a_place_that_is_none_follows_the_first(administrator: Client) -> None:
    province = AgencyFactory()
    child = AgencyFactory(parent=province, type="commune")
    typed = {"units": "Bắc\nNam", f"child-{child.pk}": "9" * 5000}

    confirmed(administrator, province, "split", **typed)

    assert Agency.ever.get(children=child).name == "Bắc"


def test_what_the_service_refuses_is_told_on_the_page(administrator: Client) -> None:
    agency = AgencyFactory(name="Một")

    answer = confirmed(administrator, agency, "rename", name="Một")

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
