"""Figures from below on their page and in the answers."""

import re

import pytest
from django.urls import reverse

from surveys.campaigns.enums import Disposition, RoundStatus
from surveys.definitions import dump
from surveys.engine import Choice, ChoiceList, Definition, Group, Kind, Question, Table
from surveys.models import AnswerChange, Response
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.below.queries import figures_from_below
from surveys.responses.services import CellEdit
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory, VersionFactory

pytestmark = pytest.mark.django_db

ROWS = {"rows": ChoiceList("rows", (Choice("a", {"vi": "A"}), Choice("b", {"vi": "B"})))}


def definition(staff, cells):
    column = Question(name="number", kind=Kind.DECIMAL, label={"vi": "Số"}, parameters=cells)
    return Definition(
        code="phieu",
        title={"vi": "Phiếu"},
        lists=ROWS,
        children=(
            Group(
                name="phan_a",
                label={"vi": "Phần A"},
                children=(
                    Question(
                        name="staff", kind=Kind.INTEGER, label={"vi": "Số người"}, parameters=staff
                    ),
                    Table(name="t", label={"vi": "Bảng"}, row_list="rows", columns=(column,)),
                ),
            ),
        ),
    )


UPPER = definition({"prefill": "sum_below"}, {"prefill": "sum_below"})
LOWER = definition({}, {})


@pytest.fixture
def province():
    """A province whose three communes are asked in the same round; two have signed."""
    agency = AgencyFactory.create(type="province")
    version = VersionFactory.create(definition=dump(UPPER))
    lower = VersionFactory.create(definition=dump(LOWER))
    round_ = RoundFactory.create(
        campaign__questionnaire=version.questionnaire, version=version, status=RoundStatus.OPEN
    )
    for number in (1, 2, 3):
        commune = AssignmentFactory.create(
            round=round_, version=lower, agency=AgencyFactory.create(type="commune", parent=agency)
        )
        if number < 3:
            sign(commune, staff=str(number * 1000), cell=f"{number},125")
    return AssignmentFactory.create(round=round_, version=version, agency=agency)


def sign(assignment, *, staff, cell):
    response = services.start(assignment, actor=None, at=NOW)
    edits = [CellEdit("staff", value=staff), CellEdit("t/a/number", value=cell)]
    services.save_cells(response, edit_id="e1", edits=edits, actor=None, at=NOW)
    services.send_for_signature(response, actor=None, at=NOW)
    services.sign(response, actor=member(assignment.agency, "signatory"), at=NOW)


def test_what_is_signed_below_is_added_up_with_n_of_n(province):
    assert [
        (each.path, each.value, each.given, each.expected) for each in figures_from_below(province)
    ] == [
        ("staff", "3000", 2, 3),
        ("t/a/number", "3.25", 2, 3),
        ("t/b/number", "", 0, 3),
    ]


def test_a_unit_that_is_no_longer_asked_is_not_expected(province):
    last = province.round.assignments.filter(status="not_started").exclude(pk=province.pk).get()
    last.disposition = Disposition.INELIGIBLE
    last.save()

    assert {each.expected for each in figures_from_below(province)} == {2}


def test_the_page_offers_the_figures_and_takes_them_over(province, client):
    client.force_login(member(province.agency, MembershipRole.COORDINATOR))
    services.start(province, actor=None, at=NOW)
    address = reverse("figures_from_below", args=[province.pk])

    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(edit_id|seen:[^"]+)" value="([^"]*)"', page))
    client.post(address, hidden | {"path": ["staff", "t/a/number"]})

    answers = Response.objects.get(assignment=province).answers
    assert "2 trên 3" in page
    assert answers == {"staff": "3000", "t": {"a": {"number": "3.25"}}}
    assert AnswerChange.objects.get(response__assignment=province).channel == "prefill"


def test_a_colleagues_newer_figure_stays(province, client):
    client.force_login(member(province.agency, MembershipRole.COORDINATOR))
    response = services.start(province, actor=None, at=NOW)
    address = reverse("figures_from_below", args=[province.pk])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(edit_id|seen:[^"]+)" value="([^"]*)"', page))
    services.save_cells(
        response, edit_id="x", edits=[CellEdit("staff", value="17")], actor=None, at=NOW
    )

    client.post(address, hidden | {"path": ["staff"]})

    response.refresh_from_db()
    assert response.answers["staff"] == "17"


def test_a_stranger_finds_nothing(province, client):
    client.force_login(member(AgencyFactory.create(), MembershipRole.COORDINATOR))

    assert client.get(reverse("figures_from_below", args=[province.pk])).status_code == 404
