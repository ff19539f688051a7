"""To whom a round's letters go, and what stands in them."""

from datetime import timedelta

import pytest

from surveys.campaigns.letters.queries import Addressee, addressee_called, addressees, letters
from surveys.campaigns.short_links import short_link
from surveys.documents import Authority, Capacity, Signature
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory
from tests.surveys.campaigns.letters.samples import write

pytestmark = pytest.mark.django_db


def test_a_planned_round_writes_to_those_whom_it_will_ask():
    round_ = RoundFactory.create()
    AgencyFactory.create(key="tinh-01", name="Tỉnh Một", type=AgencyType.PROVINCE)
    AgencyFactory.create(type=AgencyType.COMMUNE)

    named = "Ủy ban nhân dân tỉnh Một"
    assert addressees(round_, at=NOW) == [Addressee("tinh-01", named, round_.closes_at)]


@pytest.mark.parametrize(
    ("kind", "name", "addressed"),
    [
        ("commune", "Phường Ba Đình", "Ủy ban nhân dân phường Ba Đình"),
        ("province", "Ủy ban nhân dân tỉnh An Giang", "Ủy ban nhân dân tỉnh An Giang"),
        ("ministry", "Bộ Nội vụ", "Bộ Nội vụ"),
        ("enterprise", "Tập đoàn A", "Tập đoàn A"),
    ],
)
def test_the_letter_to_a_province_or_commune_goes_to_its_committee(kind, name, addressed):
    round_ = RoundFactory.create(status="open")
    AssignmentFactory.create(round=round_, agency=AgencyFactory.create(name=name, type=kind))

    assert [each.name for each in addressees(round_, at=NOW)] == [addressed]


def test_an_open_round_writes_to_those_it_asks_under_the_names_of_then():
    round_ = RoundFactory.create(status="open")
    later = round_.closes_at + timedelta(days=5)
    agency = AgencyFactory.create(key="tinh-01", name="Tên mới", type=AgencyType.ENTERPRISE)
    AssignmentFactory.create(round=round_, agency=agency, agency_name="Tên cũ", due_at=later)
    AssignmentFactory.create(round=round_, disposition="refused")

    assert addressees(round_, at=NOW) == [Addressee("tinh-01", "Tên cũ", later)]


def test_an_agency_is_found_by_code_name_or_part_of_it():
    among = [
        Addressee(key, name, NOW)
        for key, name in [("a", "Tỉnh Lào Cai Cũ"), ("b", "Tỉnh Lào Cai"), ("c", "Tỉnh An Giang")]
    ]
    found = {
        said: addressee_called(among, said) for said in ("", "c", "tinh lao cai", "giang", "Huế")
    }

    assert {said: each and each.key for said, each in found.items()} == {
        "": "a",
        "c": "c",
        "tinh lao cai": "b",
        "giang": "c",
        "Huế": None,
    }


def test_a_letter_says_whose_it_is_by_when_and_on_what_basis():
    round_ = RoundFactory.create()
    texts = write(round_.campaign)
    to = Addressee("tinh-01", "Tỉnh {round}", round_.closes_at)
    ((_, letter),) = letters(round_, texts, [to])
    issuer = round_.campaign.owner.name

    assert letter.addressees == ("Tỉnh {round}",)
    assert letter.subject == (
        "đề nghị cung cấp thông tin khảo sát “Năng lực tổ chức về chuyển đổi số”, Năm 2026"
    )
    (basis,) = letter.basis
    assert basis == (
        "Căn cứ Quyết định 1690/QĐ-TTg ngày 26 tháng 12 năm 2023 của Thủ tướng Chính phủ "
        "phát triển mạng lưới chuyển đổi số quốc gia;"
    )
    assert letter.paragraphs[0] == (
        f"{issuer} tổ chức khảo sát “Năng lực tổ chức về chuyển đổi số”, Năm 2026; "
        "số liệu tính đến ngày 20 tháng 11 năm 2026."
    )
    assert letter.paragraphs[1].startswith(f"{issuer} đề nghị Tỉnh {{round}} phân công")
    assert letter.deadline == "Thời hạn trả lời: trước 24 giờ 00 ngày 30 tháng 11 năm 2026."
    assert letter.link == short_link(round_)
    assert letter.signature == Signature(
        "Phó Cục trưởng", "Nguyễn Thị Hằng", (Authority(Capacity.ACTING, "Cục trưởng"),)
    )
