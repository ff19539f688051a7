"""The addresses of agencies' offices."""

import pytest

from surveys.audit.enums import Event
from surveys.models import Agency, AuditEvent
from surveys.organisations.services import load_organisations, set_addresses
from tests.factories import AgencyFactory, DepartmentFactory
from tests.surveys.campaigns.factories import NOW

pytestmark = pytest.mark.django_db


def test_an_address_is_given_once_and_its_agency_keeps_what_else_is_known_of_it():
    DepartmentFactory.create()
    agency = AgencyFactory.create(attributes={"kind": "Xã"})
    wanted = {agency.key: " Vanthu@Xa.Example "}

    numbers = [set_addresses(wanted, actor=None, at=NOW) for _time in (1, 2)]

    agency.refresh_from_db()
    assert numbers == [1, 0]
    assert agency.attributes == {"kind": "Xã", "email": "vanthu@xa.example"}
    assert AuditEvent.objects.filter(kind=Event.AGENCY_ADDRESSES_SET).count() == 1


def test_an_empty_address_takes_it_away():
    DepartmentFactory.create()
    agency = AgencyFactory.create(attributes={"email": "vanthu@xa.example"})

    set_addresses({agency.key: ""}, actor=None, at=NOW)

    assert Agency.objects.get(pk=agency.pk).attributes == {}


def test_loading_the_units_again_keeps_their_addresses():
    load_organisations(at=NOW)
    set_addresses({"bo-khcn": "vanthu@bo-khcn.example"}, actor=None, at=NOW)

    report = load_organisations(at=NOW)

    assert report.unchanged == report.created + report.updated + report.unchanged
    assert Agency.objects.get(key="bo-khcn").attributes["email"] == "vanthu@bo-khcn.example"
