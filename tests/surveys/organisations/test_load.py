"""Loading the agencies that come with the product."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from pytest_django.fixtures import DjangoAssertNumQueries

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.models import Agency, AgencyIdentifier, AgencySuccession
from surveys.organisations.enums import AgencyType
from surveys.organisations.services import LoadReport, load_organisations
from tests.factories import AgencyFactory

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_the_load_brings_every_agency(loaded: LoadReport) -> None:
    counts = {kind: Agency.objects.of_types([kind]).count() for kind in AgencyType}

    assert counts == {
        AgencyType.MINISTRY: 14,
        AgencyType.MINISTERIAL_AGENCY: 3,
        AgencyType.GOVERNMENT_AGENCY: 5,
        AgencyType.PROVINCE: 34,
        AgencyType.COMMUNE: 3321,
        AgencyType.DEPARTMENT: 1,
        AgencyType.ENTERPRISE: 23,
        AgencyType.COMMUNITY_TEAM: 0,
        AgencyType.ASSOCIATION: 0,
    }


def test_a_second_load_changes_nothing(loaded: LoadReport) -> None:
    before = list(Agency.ever.order_by("pk").values())

    second = load_organisations(at=AT)

    assert (second.created, second.updated, second.unchanged) == (0, 0, loaded.created)
    assert list(Agency.ever.order_by("pk").values()) == before
    assert AgencyIdentifier.objects.count() == 3321 + 34 + 52
    assert AgencySuccession.objects.count() == 52


def test_a_load_repairs_what_was_changed(loaded: LoadReport) -> None:
    Agency.objects.filter(key="xa-00004").update(name="Ba Đình", parent=None)

    report = load_organisations(at=AT)

    commune = Agency.objects.get(key="xa-00004")
    assert commune.parent is not None
    assert (report.updated, commune.name, commune.parent.key) == (1, "Phường Ba Đình", "tinh-01")


def test_a_load_leaves_other_agencies_alone(db: None) -> None:
    other = AgencyFactory(key="hiep-hoi-phan-mem", type=AgencyType.ASSOCIATION)

    load_organisations(at=AT)

    assert Agency.objects.get(pk=other.pk).name == other.name


def test_a_load_is_one_audit_event(loaded: LoadReport) -> None:
    event = AuditEvent.objects.get(kind=Event.ORGANISATIONS_LOADED)

    assert event.data == {"created": 3453, "updated": 0, "unchanged": 0}


def test_a_repeated_load_makes_few_queries(
    loaded: LoadReport, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        load_organisations(at=AT)


def test_paths_are_the_chain_of_ids(loaded: LoadReport) -> None:
    commune = Agency.objects.select_related("parent").get(key="xa-00004")
    assert commune.parent is not None

    assert commune.path == f"{commune.parent.pk:08}/{commune.pk:08}/"


def test_a_subtree_holds_the_province_and_its_communes(loaded: LoadReport) -> None:
    province = Agency.objects.get(key="tinh-12")

    assert Agency.objects.under(province).count() == 1 + province.children.count() == 39


def test_a_reused_code_belongs_to_another_province_before(loaded: LoadReport) -> None:
    holders = AgencyIdentifier.objects.filter(value="15").order_by("valid_from")

    assert [(code.agency.name, code.valid_from, code.valid_to) for code in holders] == [
        ("Tỉnh Yên Bái", date(2004, 7, 8), date(2025, 7, 1)),
        ("Tỉnh Lào Cai", date(2025, 7, 1), None),
    ]


def test_a_merged_province_knows_its_predecessors(loaded: LoadReport) -> None:
    merged = AgencySuccession.objects.filter(successor__key="tinh-79")

    assert {step.predecessor.short_name for step in merged} == {
        "Hồ Chí Minh",
        "Bình Dương",
        "Bà Rịa - Vũng Tàu",
    }


def test_dissolved_provinces_are_found_through_ever_only(loaded: LoadReport) -> None:
    key = "tinh-15-truoc-2025"

    assert not Agency.objects.filter(key=key).exists()
    assert Agency.ever.filter(key=key).exists()


@pytest.mark.parametrize(("day", "count"), [(date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_the_provinces_of_a_day(day: date, count: int, loaded: LoadReport) -> None:
    existing = Agency.ever.existing_on(day).of_types([AgencyType.PROVINCE])

    assert existing.count() == count


def test_the_department_stands_below_its_ministry(loaded: LoadReport) -> None:
    department = Agency.objects.get(key="cuc-cds-quoc-gia")
    assert department.parent is not None

    assert department.parent.key == "bo-khcn"


def test_ministries_stand_in_the_order_of_the_resolution(loaded: LoadReport) -> None:
    ministries = Agency.objects.of_types([AgencyType.MINISTRY])

    assert [agency.key for agency in ministries][:4] == [
        "bo-quoc-phong",
        "bo-cong-an",
        "bo-ngoai-giao",
        "bo-noi-vu",
    ]


def test_every_name_is_composed(loaded: LoadReport) -> None:
    names = Agency.ever.values_list("name", flat=True)

    assert [name for name in names if not unicodedata.is_normalized("NFC", name)] == []


def test_no_two_communes_of_a_province_share_a_name(loaded: LoadReport) -> None:
    names = Agency.objects.of_types([AgencyType.COMMUNE]).values_list("parent_id", "name")

    assert len(set(names)) == 3321


def test_the_command_prints_the_counts(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_organisations")

    printed = capsys.readouterr().out
    assert [line in printed for line in ("3,321", "34", "22", "3,453 created")] == [True] * 4
