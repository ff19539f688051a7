"""Finding agencies and reading the page of one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from surveys.models import Agency
from surveys.organisations import queries
from surveys.organisations.enums import AgencyType
from surveys.organisations.services import LoadReport
from tests.factories import AgencyFactory, UserFactory, department_person, member


def names(text: str) -> list[str]:
    """What is found, in official order."""
    return [str(agency) for agency in queries.find_agencies(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("khoa học công nghệ", "Bộ Khoa học và Công nghệ"),
        ("KHOA HOC CONG NGHE", "Bộ Khoa học và Công nghệ"),
        ("thanh hoá", "Tỉnh Thanh Hóa"),
        ("dak lak", "Tỉnh Đắk Lắk"),
        ("evn", "Tập đoàn Điện lực Việt Nam"),
        ("ministry of finance", "Bộ Tài chính"),
        ("yên bái", "Tỉnh Lào Cai"),
        ("00004", "Phường Ba Đình"),
    ],
)
def test_an_agency_is_found_by(text: str, name: str, loaded: LoadReport) -> None:
    assert name in names(text)


def test_old_and_new_placement_of_tones_find_the_same(loaded: LoadReport) -> None:
    assert names("Hòa Bình") == names("Hoà Bình") != []


def test_words_are_found_at_their_beginning_only(db: None) -> None:
    AgencyFactory(name="Xã Hoàng Đạo")

    assert (names("dao hoang"), names("ang")) == (["Xã Hoàng Đạo"], [])


def test_an_empty_search_finds_all(db: None) -> None:
    AgencyFactory.create_batch(3)

    assert len(names(" - ")) == 3


def test_types_and_subtrees_narrow_the_search(loaded: LoadReport) -> None:
    province = Agency.objects.get(key="tinh-20")

    found = queries.find_agencies("tân tiến", types=[AgencyType.COMMUNE], under=province)

    assert [agency.parent_id for agency in found] == [province.pk]


def test_a_code_of_today_finds_no_dissolved_agency(loaded: LoadReport) -> None:
    assert names("15") == ["Tỉnh Lào Cai"]


def test_nobody_sees_agencies_without_an_account(db: None) -> None:
    AgencyFactory()

    assert not Agency.objects.visible_to(AnonymousUser()).exists()
    assert Agency.objects.visible_to(UserFactory()).exists()


def test_members_are_shown_to_members_and_administrators_only(db: None) -> None:
    agency = AgencyFactory()
    colleague = member(agency, "contributor")
    membership = colleague.memberships.get()
    people = [colleague, department_person("administrator"), UserFactory()]

    shown = [queries.agency_page(agency, user=person).members for person in people]

    assert shown == [[membership], [membership], None]


@pytest.mark.parametrize(("language", "name"), [("vi", "Bộ Y tế"), ("en", "Ministry of Health")])
def test_an_agency_is_called_in_the_readers_language(language: str, name: str) -> None:
    with override(language):
        assert str(Agency(name="Bộ Y tế", name_en="Ministry of Health")) == name
