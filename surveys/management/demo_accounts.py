"""The people of the demo, and how they sign in."""

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.organisations.models import Agency, User
from surveys.organisations.queries import department
from surveys.organisations.services import (
    create_account,
    grant_department_role,
    grant_membership,
)

PASSWORD: Final = "KhaoSatSo-2026!"  # noqa: S105  (for a demo; DEMO_PASSWORD replaces it)
PROVINCE: Final = "tinh-15"
MINISTRY: Final = "bo-khcn"


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account: a role within the department, or a part in an agency's responses."""

    email: str
    name: str
    role: DepartmentRoleName | MembershipRole
    agency: str = ""
    title: str = ""
    signs_as: str = ""


ACCOUNTS: Final = (
    Account("thietke@demo.vn", "Nguyễn Minh Thiết", DepartmentRoleName.DESIGNER),
    Account("thamdinh@demo.vn", "Trần Thu Thẩm", DepartmentRoleName.VERIFIER),
    Account("thamdinh2@demo.vn", "Ngô Anh Định", DepartmentRoleName.VERIFIER),
    Account("nghiencuu@demo.vn", "Lê Quang Cứu", DepartmentRoleName.RESEARCHER),
    Account("quantri@demo.vn", "Phạm Hải Trị", DepartmentRoleName.ADMINISTRATOR),
    Account(
        "dieuphoi.laocai@demo.vn",
        "Giàng Thị Mai",
        MembershipRole.COORDINATOR,
        PROVINCE,
        "Trưởng phòng Chuyển đổi số",
    ),
    Account(
        "nhaplieu.laocai@demo.vn",
        "Hoàng Văn Nam",
        MembershipRole.CONTRIBUTOR,
        PROVINCE,
        "Chuyên viên",
    ),
    Account(
        "rasoat.laocai@demo.vn",
        "Lù Thị Hoa",
        MembershipRole.REVIEWER,
        PROVINCE,
        "Chánh Văn phòng UBND tỉnh",
    ),
    Account(
        "kyduyet.laocai@demo.vn",
        "Vũ Đức Long",
        MembershipRole.SIGNATORY,
        PROVINCE,
        "Phó Chủ tịch UBND tỉnh",
        "KT. Chủ tịch, Phó Chủ tịch",
    ),
    Account(
        "dieuphoi.bokhcn@demo.vn",
        "Đặng Ngọc Lan",
        MembershipRole.COORDINATOR,
        MINISTRY,
        "Phó Vụ trưởng",
    ),
    Account(
        "nhaplieu.bokhcn@demo.vn",
        "Bùi Quốc Hùng",
        MembershipRole.CONTRIBUTOR,
        MINISTRY,
        "Chuyên viên",
    ),
    Account(
        "kyduyet.bokhcn@demo.vn",
        "Đỗ Thanh Hà",
        MembershipRole.SIGNATORY,
        MINISTRY,
        "Thứ trưởng",
        "KT. Bộ trưởng, Thứ trưởng",
    ),
)


@transaction.atomic
def make_accounts(*, at: datetime) -> None:
    """Give everybody who has none an account with their role."""
    known = set(User.objects.values_list("email", flat=True))
    for account in ACCOUNTS:
        if account.email in known:
            continue
        user = create_account(
            email=account.email, full_name=account.name, password=password(), actor=None, at=at
        )
        if isinstance(account.role, DepartmentRoleName):
            grant_department_role(
                user=user, owner=department(), role=account.role, actor=None, at=at
            )
        else:
            grant_membership(
                user=user,
                agency=Agency.objects.get(key=account.agency),
                role=account.role,
                title=account.title,
                signs_as=account.signs_as,
                actor=None,
                at=at,
            )


def who(role: DepartmentRoleName) -> User:
    """The demo's first account with the role."""
    return User.objects.get(email=_emails(role)[0])


def verifiers() -> list[User]:
    """Those who verify, in the order of the accounts."""
    emails = _emails(DepartmentRoleName.VERIFIER)
    return sorted(User.objects.filter(email__in=emails), key=lambda each: emails.index(each.email))


def password() -> str:
    """With what all of them sign in."""
    return os.environ.get("DEMO_PASSWORD") or PASSWORD


def _emails(role: DepartmentRoleName) -> list[str]:
    return [each.email for each in ACCOUNTS if each.role == role]
