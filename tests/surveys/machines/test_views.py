"""The page of tokens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.machines.models import ApiToken
from surveys.machines.queries import token_by_secret
from tests.factories import AgencyFactory, UserFactory, member
from tests.surveys.machines.factories import token_for

pytestmark = pytest.mark.django_db


def make(client, **changes):
    wanted = {"name": "Kho dữ liệu", "scopes": ["catalogue"], "days": "90", "agency": ""}
    return client.post(reverse("token_list"), wanted | changes)


@pytest.fixture
def person(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_secret_is_shown_once(client, person):
    answer = make(client)
    secret = answer.context["secret"]

    again = client.get(reverse("token_list")).content.decode()

    assert (answer.status_code, secret in answer.content.decode(), secret in again) == (
        201,
        True,
        False,
    )
    found = token_by_secret(secret, at=timezone.now())
    assert found is not None
    assert found.owner == person


def test_the_page_with_the_secret_stays_in_no_cache(client, person):
    assert "no-store" in make(client)["Cache-Control"]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["root"]}, {"days": "3650"}, {"agency": "0"}]
)
def test_what_does_not_fit_stays_on_the_page(wrong, client, person):
    answer = make(client, **wrong)

    assert (answer.status_code, ApiToken.objects.count()) == (422, 0)


def test_only_ones_own_agencies_are_offered(client):
    AgencyFactory()
    agency = AgencyFactory()
    client.force_login(member(agency, "coordinator"))

    offered = client.get(reverse("token_list")).context["form"].fields["agency"].queryset

    assert list(offered) == [agency]


def test_a_token_is_revoked(client, person):
    token, _secret = token_for(person)

    client.post(reverse("token_revoke", args=[token.pk]))

    token.refresh_from_db()
    assert token.revoked_at is not None


def test_nobody_sees_or_revokes_the_tokens_of_others(client, person):
    token, _secret = token_for()

    answer = client.post(reverse("token_revoke", args=[token.pk]))

    token.refresh_from_db()
    assert (answer.status_code, token.revoked_at) == (404, None)
    assert token.prefix not in client.get(reverse("token_list")).content.decode()
