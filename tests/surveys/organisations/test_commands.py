"""``manage.py create_account``."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from surveys.models import User
from surveys.organisations import rules
from tests.factories import PASSWORD, AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db


def create(*options: str, email: str = "an@laocai.gov.vn") -> User:
    """The account that the command made."""
    call_command("create_account", email, "--name", "Nguyễn Văn An", *options)
    return User.objects.get(email=email)


def test_the_command_gives_an_account_with_memberships_and_roles() -> None:
    AgencyFactory(key="tinh-15")

    user = create("--no-password", "--member", "tinh-15:signatory", "--role", "tinh-15:designer")

    assert [m.role for m in rules.memberships(user)] == ["signatory"]
    assert [r.role for r in rules.department_roles(user)] == ["designer"]


def test_the_password_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSWORD)

    assert create().check_password(PASSWORD)


@pytest.mark.parametrize("grant", ["tinh-15:king", "tinh-99:signatory", "tinh-15", ":signatory"])
def test_an_unknown_agency_or_role_makes_no_account(grant: str) -> None:
    AgencyFactory(key="tinh-15")

    with pytest.raises(CommandError):
        create("--no-password", "--member", grant)

    assert not User.objects.exists()


def test_an_address_with_an_account_is_refused() -> None:
    user = UserFactory()

    with pytest.raises(CommandError):
        create("--no-password", email=user.email)
