"""Who takes part: one ministry, two provinces, and the people who act for them."""

from dataclasses import dataclass
from datetime import date

from surveys.models import Agency, AgencyIdentifier, User
from surveys.organisations.enums import AgencyType, IdentifierScheme, MembershipRole
from tests.factories import (
    AgencyFactory,
    DepartmentFactory,
    DepartmentRoleFactory,
    MembershipFactory,
    UserFactory,
)

PROVINCES_ARE_FROM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The agencies of the round and their people; the neighbour is of another province."""

    ministry: Agency
    province: Agency
    designer: User
    coordinator: User
    contributor: User
    signatory: User
    neighbour: User


def settle_country() -> Country:
    """Make them all; everybody's password is that of ``tests.factories``."""
    ministry = AgencyFactory(
        key="bo-xay-dung", name="Bộ Xây dựng", type=AgencyType.MINISTRY, official_order=1
    )
    province = _province("lao-cai", "Tỉnh Lào Cai", code="15", order=2)
    neighbour = _province("tuyen-quang", "Tỉnh Tuyên Quang", code="08", order=3)
    return Country(
        ministry=ministry,
        province=province,
        designer=_designer("Nguyễn Minh Thiết"),
        coordinator=_member("Giàng Thị Mai", province, MembershipRole.COORDINATOR),
        contributor=_member("Hoàng Văn Nam", province, MembershipRole.CONTRIBUTOR),
        signatory=_member(
            "Vũ Đức Long",
            province,
            MembershipRole.SIGNATORY,
            signs_as="KT. CHỦ TỊCH",
            title="Phó Chủ tịch UBND tỉnh",
        ),
        neighbour=_member("Lý Thị Xuân", neighbour, MembershipRole.COORDINATOR),
    )


def _province(key: str, name: str, *, code: str, order: int) -> Agency:
    agency = AgencyFactory(key=key, name=name, type=AgencyType.PROVINCE, official_order=order)
    AgencyIdentifier.objects.create(
        agency=agency, scheme=IdentifierScheme.NSO, value=code, valid_from=PROVINCES_ARE_FROM
    )
    return agency


def _designer(name: str) -> User:
    user = UserFactory(full_name=name)
    DepartmentRoleFactory(user=user, owner=DepartmentFactory())
    return user


def _member(name: str, agency: Agency, role: MembershipRole, **fields: str) -> User:
    user = UserFactory(full_name=name)
    MembershipFactory(user=user, agency=agency, role=role, **fields)
    return user
