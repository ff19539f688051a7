"""Accounts, memberships and roles."""

from datetime import UTC, datetime

import pytest

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.organisations import rules, services
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    DepartmentFactory,
    DepartmentRoleFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def account(email: str = "An.Nguyen@laocai.gov.vn", password: str | None = PASSWORD):
    """A new account."""
    return services.create_account(
        email=email, full_name="Nguyễn Văn An", password=password, actor=None, at=AT
    )


def test_an_account_signs_in_with_its_password() -> None:
    assert account().check_password(PASSWORD)


def test_addresses_are_kept_in_lower_case() -> None:
    assert account().email == "an.nguyen@laocai.gov.vn"


def test_an_address_has_one_account_whatever_its_case() -> None:
    account()

    with pytest.raises(services.AccountExists):
        account("AN.NGUYEN@laocai.gov.vn")


def test_a_weak_password_is_refused_with_the_reasons() -> None:
    with pytest.raises(services.PasswordTooWeak) as refusal:
        account(password="12345678")  # noqa: S106

    assert len(refusal.value.details["reasons"]) == 2


def test_without_a_password_nobody_signs_in() -> None:
    assert not account(password=None).has_usable_password()


def test_a_new_account_is_audited_without_personal_data() -> None:
    user = account()

    event = AuditEvent.objects.get(kind=Event.ACCOUNT_CREATED)
    assert (event.subject_id, event.data) == (str(user.pk), {})


def test_a_membership_counts_at_once_for_whoever_was_asked_before() -> None:
    user, agency = UserFactory(), AgencyFactory()
    assert not rules.is_member(user, agency)

    services.grant_membership(
        user=user, agency=agency, role=MembershipRole.SIGNATORY, actor=None, at=AT
    )

    assert rules.is_member(user, agency, MembershipRole.SIGNATORY)


def test_a_membership_granted_twice_is_one_with_the_newer_title() -> None:
    user, agency = UserFactory(), AgencyFactory()
    for title in ("Chuyên viên", "Phó giám đốc"):
        services.grant_membership(
            user=user,
            agency=agency,
            role=MembershipRole.COORDINATOR,
            title=title,
            actor=None,
            at=AT,
        )

    assert [membership.title for membership in user.memberships.all()] == ["Phó giám đốc"]


def test_a_revoked_membership_ends_and_is_audited() -> None:
    membership = MembershipFactory()
    key = membership.pk

    services.revoke_membership(membership, actor=None, at=AT)

    assert not rules.is_member(membership.user, membership.agency)
    assert AuditEvent.objects.get(kind=Event.MEMBERSHIP_REVOKED).subject_id == str(key)


def test_a_role_holds_within_its_owner_only() -> None:
    user, owner = UserFactory(), DepartmentFactory()
    services.grant_department_role(
        user=user, owner=owner, role=DepartmentRoleName.DESIGNER, actor=None, at=AT
    )

    assert rules.has_role(user, owner, DepartmentRoleName.DESIGNER)
    assert not rules.has_role(user, AgencyFactory(), DepartmentRoleName.DESIGNER)


def test_a_revoked_role_ends_and_is_audited() -> None:
    granted = DepartmentRoleFactory()

    services.revoke_department_role(granted, actor=None, at=AT)

    assert rules.owners_of(granted.user) == []
    assert AuditEvent.objects.filter(kind=Event.DEPARTMENT_ROLE_REVOKED).count() == 1
