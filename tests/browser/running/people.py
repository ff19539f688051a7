"""Who takes part: a department with its questionnaire, a province with its people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from surveys.definitions import dump
from surveys.engine import Definition, Group, Kind, Question
from surveys.models import Agency, User
from surveys.organisations.enums import AgencyType, MembershipRole
from tests.factories import (
    AgencyFactory,
    DepartmentFactory,
    DepartmentRoleFactory,
    MembershipFactory,
    UserFactory,
)
from tests.surveys.campaigns.factories import QuestionnaireFactory, VersionFactory

TITLE: Final = "Nhân lực chuyên trách chuyển đổi số"


def _number(name: str, label: str) -> Question:
    return Question(name=name, kind=Kind.INTEGER, label={"vi": label}, required="yes")


def _group(name: str, label: str, *questions: Question) -> Group:
    return Group(name=name, label={"vi": label}, children=questions)


DEFINITION: Final = Definition(
    code="nhan-luc-cds",
    title={"vi": TITLE},
    children=(
        _group(
            "people",
            "Nhân lực",
            _number("staff", "Số người làm chuyên trách"),
            _number("women", "Trong đó: số nữ"),
        ),
        _group("courses", "Bồi dưỡng", _number("trained", "Số lượt người được bồi dưỡng")),
        _group("money", "Kinh phí", _number("spent", "Kinh phí đã chi (triệu đồng)")),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The province that is followed, one that never answers, and the people."""

    province: Agency
    silent: Agency
    designer: User
    coordinator: User
    reviewer: User
    signatory: User


def settle() -> Cast:
    """Make them all, with a published questionnaire."""
    department = DepartmentFactory(name="Cục Chuyển đổi số quốc gia")
    made = timezone.now() - timedelta(days=90)
    VersionFactory(
        questionnaire=QuestionnaireFactory(owner=department, code="nhan-luc-cds", created_at=made),
        title=TITLE,
        definition=dump(DEFINITION),
        created_at=made,
        published_at=made,
    )
    province = AgencyFactory(
        key="lao-cai", name="Tỉnh Lào Cai", type=AgencyType.PROVINCE, official_order=1
    )
    designer = UserFactory(full_name="Nguyễn Minh Thiết")
    DepartmentRoleFactory(user=designer, owner=department)
    return Cast(
        province=province,
        silent=AgencyFactory(
            key="tuyen-quang", name="Tỉnh Tuyên Quang", type=AgencyType.PROVINCE, official_order=2
        ),
        designer=designer,
        coordinator=_member(province, MembershipRole.COORDINATOR, "Giàng Thị Mai"),
        reviewer=_member(province, MembershipRole.REVIEWER, "Phạm Văn Khải"),
        signatory=_member(province, MembershipRole.SIGNATORY, "Vũ Đức Long"),
    )


def _member(agency: Agency, role: MembershipRole, name: str) -> User:
    user = UserFactory(full_name=name)
    MembershipFactory(user=user, agency=agency, role=role)
    return user
