"""What a device fetches."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.utils import timezone

from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.engine import DataTable, Kind, Question
from surveys.machines.enums import Scope
from tests.factories import AgencyFactory, MembershipFactory, UserFactory, member
from tests.surveys.openrosa.device import LIST, MANIFEST, RESPONSE, Device, text, told
from tests.surveys.responses.factories import DEFINITION, open_assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    """A province's duty in an open round."""
    return open_assignment(due_at=timezone.now() + timedelta(days=5))


@pytest.fixture
def device(assignment):
    """The coordinator's device."""
    return Device(member(assignment.agency, "coordinator"))


def test_the_list_has_the_agencys_form_with_all_that_the_standard_asks_for(device, assignment):
    (form,) = device.forms()

    assert [child.tag.removeprefix(LIST) for child in form] == [
        *("formID", "name", "version", "hash", "downloadUrl")
    ]
    assert text(form, "formID") == f"{assignment.version.questionnaire.code}-{assignment.pk}"
    assert assignment.agency.name in text(form, "name")
    assert text(form, "version") == "1"


def test_the_answer_says_that_it_is_openrosa(device):
    answer = device.get("formList")

    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert (answer["X-OpenRosa-Version"], answer["Date"][-3:]) == ("1.0", "GMT")


def test_the_form_is_the_one_whose_hash_the_list_has(device, assignment):
    (form,) = device.forms()

    xml = device.get(text(form, "downloadUrl")).content

    assert text(form, "hash") == f"md5:{hashlib.md5(xml, usedforsecurity=False).hexdigest()}"
    root = fromstring(xml).find(".//{http://www.w3.org/2002/xforms}instance")[0]
    assert root.attrib == {"id": text(form, "formID"), "version": "1"}
    title = fromstring(xml).findtext(".//{http://www.w3.org/1999/xhtml}title")
    assert title == text(form, "name")


def test_a_title_cannot_break_the_form():
    assignment = open_assignment(due_at=timezone.now() + timedelta(days=5))
    assignment.agency.name = 'Sở <A> & "B"'
    assignment.agency.save()
    device = Device(member(assignment.agency, "coordinator"))
    (form,) = device.forms()

    xml = fromstring(device.get(text(form, "downloadUrl")).content)

    assert 'Sở <A> & "B"' in xml.findtext(".//{http://www.w3.org/1999/xhtml}title")


def test_verbose_says_what_it_is(device, assignment):
    (form,) = device.forms("?verbose=true")

    assert assignment.round.campaign.title in text(form, "descriptionText")


def test_one_form_is_asked_for_by_its_id(device, assignment):
    (form,) = device.forms()

    assert len(device.forms(f"?formID={text(form, 'formID')}")) == 1
    assert device.forms("?formID=none-1") == []


def test_two_agencies_have_a_form_each(assignment):
    person = member(assignment.agency, "coordinator")
    other = open_assignment(due_at=timezone.now() + timedelta(days=5))
    MembershipFactory.create(user=person, agency=other.agency, role="contributor")

    assert len({text(form, "formID") for form in Device(person).forms()}) == 2


def test_a_token_for_one_agency_shows_nothing_of_the_other(assignment):
    person = member(assignment.agency, "coordinator")
    other = open_assignment(due_at=timezone.now() + timedelta(days=5))
    MembershipFactory.create(user=person, agency=other.agency, role="contributor")

    forms = Device(person, agency=other.agency).forms()

    assert [text(form, "formID").rpartition("-")[2] for form in forms] == [str(other.pk)]


@pytest.mark.parametrize("change", ["closed", "late", "sent"])
def test_what_cannot_be_filled_in_is_not_listed(change, device, assignment):
    if change == "closed":
        assignment.round.status = RoundStatus.CLOSED
        assignment.round.save()
    elif change == "late":
        assignment.due_at = timezone.now() - timedelta(days=5)
        assignment.save()
    else:
        assignment.status = AssignmentStatus.AWAITING_SIGNATURE
        assignment.save()

    assert device.forms() == []


@pytest.mark.parametrize("role", ["signatory", "reviewer"])
def test_who_may_not_answer_has_no_forms(role, assignment):
    assert Device(member(assignment.agency, role)).forms() == []


def test_a_strangers_form_does_not_exist(assignment):
    (form,) = Device(member(assignment.agency, "coordinator")).forms()
    stranger = Device(member(AgencyFactory(), "coordinator"))

    answer = stranger.get(f"forms/{text(form, 'formID')}/form.xml")

    assert answer.status_code == 404
    assert "OpenRosaResponse" in answer.content.decode()


@pytest.mark.parametrize("form_id", ["x", "x-", "x-0", "x-²", f"x-{'9' * 40}"])
def test_a_strange_form_id_is_not_found(form_id, device):
    assert device.get(f"forms/{form_id}/form.xml").status_code == 404


def test_http_basic_takes_e_mail_and_token(assignment):
    device = Device(member(assignment.agency, "coordinator"), basic=True)

    (form,) = device.forms()

    assert "kss_" not in text(form, "downloadUrl")
    assert device.get(text(form, "downloadUrl")).status_code == 200


def test_another_persons_e_mail_opens_nothing(assignment):
    device = Device(member(assignment.agency, "coordinator"), basic=True)
    plain = base64.b64encode(f"{UserFactory().email}:{device.secret}".encode()).decode()

    assert device.get("formList", Authorization=f"Basic {plain}").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic ***", "Basic /w==", "Bearer kss_x", "Basic YTpi"]
)
def test_nobody_is_asked_for_a_password(header):
    answer = Client().get("/openrosa/formList", headers={"Authorization": header} if header else {})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic realm=")
    assert fromstring(answer.content).tag == f"{RESPONSE}OpenRosaResponse"


def test_an_unknown_token_in_the_address_opens_nothing():
    assert Client().get(f"/openrosa/kss_{'a' * 43}/formList").status_code == 401


def test_a_token_without_the_scope_is_told_so(assignment):
    device = Device(member(assignment.agency, "coordinator"), Scope.CATALOGUE)

    answer = device.get("formList")

    assert (answer.status_code, told(answer) != "") == (403, True)


def test_lookup_tables_come_beside_the_form():
    table = DataTable("prices", "code,price\na,1\n")
    asked = Question(
        name="price",
        kind=Kind.TEXT,
        label={"vi": "Giá"},
        default="pulldata('prices', 'price', 'code', 'a')",
    )
    definition = replace(
        DEFINITION, children=(*DEFINITION.children, asked), tables={"prices": table}
    )
    assignment = open_assignment(definition, due_at=timezone.now() + timedelta(days=5))
    device = Device(member(assignment.agency, "coordinator"))
    (form,) = device.forms()

    files = fromstring(device.get(text(form, "manifestUrl")).content).findall(
        f"{MANIFEST}mediaFile"
    )
    content = device.get(text(files[0], "downloadUrl", MANIFEST)).content

    assert [text(file, "filename", MANIFEST) for file in files] == ["prices.csv"]
    assert (
        text(files[0], "hash", MANIFEST)
        == f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"
    )
    assert content.decode().startswith("code,price")
    assert device.get(f"forms/{text(form, 'formID')}/media/x.csv").status_code == 404
