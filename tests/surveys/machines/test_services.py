"""Tokens are made, used and revoked."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from surveys.audit.enums import Event
from surveys.machines.enums import Scope
from surveys.machines.models import ApiToken
from surveys.machines.queries import token_by_secret
from surveys.machines.services import (
    AgencyNotYours,
    TokenNotDescribed,
    TokenTooLong,
    TokenWish,
    TooManyTokens,
    make_token,
    note_use,
    revoke_token,
)
from surveys.models import AuditEvent
from tests.factories import AgencyFactory, UserFactory, member
from tests.surveys.machines.factories import token_for

pytestmark = pytest.mark.django_db


def wish(**changes):
    at = timezone.now()
    wanted: dict[str, Any] = {
        "name": "a",
        "scopes": [Scope.CATALOGUE],
        "expires_at": at + timedelta(days=1),
    }
    return TokenWish(**(wanted | changes))


def test_the_secret_is_stored_nowhere():
    token, secret = token_for()

    stored = " ".join(str(value) for value in ApiToken.objects.filter(pk=token.pk).values_list()[0])
    kept = " ".join(str(event.data) for event in AuditEvent.objects.all())
    assert secret not in stored + kept
    assert secret.startswith(token.prefix)


def test_a_secret_finds_its_token():
    token, secret = token_for()

    assert token_by_secret(secret, at=timezone.now()) == token


@pytest.mark.parametrize("wrong", ["", "kss_", "kss_nothing", "\x00"])
def test_another_secret_finds_none(wrong):
    token_for()

    assert token_by_secret(wrong, at=timezone.now()) is None


def test_a_revoked_token_opens_nothing():
    token, secret = token_for()
    revoke_token(token, actor=token.owner, at=timezone.now())

    assert token_by_secret(secret, at=timezone.now()) is None


def test_a_token_ends_by_itself():
    token, secret = token_for(days=1)

    assert token_by_secret(secret, at=token.expires_at) is None


def test_a_closed_account_has_no_programs():
    token, secret = token_for()
    token.owner.is_active = False
    token.owner.save()

    assert token_by_secret(secret, at=timezone.now()) is None


@pytest.mark.parametrize("days", [0, -1, 367, 4000])
def test_a_token_holds_for_a_year_at_most(days):
    at = timezone.now()

    with pytest.raises(TokenTooLong):
        make_token(wish(expires_at=at + timedelta(days=days)), actor=UserFactory(), at=at)


@pytest.mark.parametrize("changes", [{"name": " "}, {"name": "a" * 81}, {"scopes": []}])
def test_a_token_has_a_name_and_scopes(changes):
    with pytest.raises(TokenNotDescribed):
        make_token(wish(**changes), actor=UserFactory(), at=timezone.now())


def test_a_token_acts_for_no_agency_of_others():
    with pytest.raises(AgencyNotYours):
        make_token(wish(agency=AgencyFactory()), actor=UserFactory(), at=timezone.now())


def test_a_token_acts_for_ones_own_agency():
    agency = AgencyFactory()

    token, _secret = token_for(member(agency, "coordinator"), agency=agency)

    assert token.agency == agency


def test_nobody_has_more_tokens_than_they_can_keep_apart(monkeypatch):
    monkeypatch.setattr("surveys.machines.services.MOST_TOKENS", 1)
    token, _secret = token_for()

    with pytest.raises(TooManyTokens):
        make_token(wish(), actor=token.owner, at=timezone.now())


def test_making_and_revoking_are_in_the_audit():
    token, _secret = token_for()
    for _time in range(2):
        revoke_token(token, actor=token.owner, at=timezone.now())

    kinds = list(AuditEvent.objects.values_list("kind", flat=True))
    assert kinds == [Event.API_TOKEN_MADE, Event.API_TOKEN_REVOKED]


def test_use_is_noted_every_five_minutes(django_assert_num_queries):
    token, secret = token_for()
    at = timezone.now()
    note_use(token, at=at)
    known = token_by_secret(secret, at=at)
    assert known is not None

    with django_assert_num_queries(0):
        note_use(known, at=at + timedelta(minutes=4))
    note_use(known, at=at + timedelta(minutes=6))

    token.refresh_from_db()
    assert token.last_used_at == at + timedelta(minutes=6)
