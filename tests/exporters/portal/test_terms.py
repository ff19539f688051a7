"""The terms of use: what was accepted stays what it was, and a new text is asked for anew."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from exporters.portal import queries, services, terms
from exporters.portal.models import TermsAcceptance
from exporters.portal.terms import VERSIONS, Terms
from surveys.audit.enums import Event
from surveys.models import AuditEvent
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
HASHES = {"1": "30a3308d372b347e22eb85aa2a8ea246d7e3271be7867c363e059d5974dfedf3"}


def test_no_version_that_was_accepted_is_changed():
    assert {each.version: each.sha256 for each in VERSIONS} == HASHES


def test_every_clause_stands_in_both_languages():
    texts = [text for each in VERSIONS for c in each.clauses for text in (c.title, c.text)]

    assert all(set(text) == {"vi", "en"} and all(text.values()) for text in texts)


def test_accepting_is_noted_once():
    user = UserFactory.create()

    for _again in range(2):
        services.accept_terms(version="1", actor=user, at=AT)

    assert TermsAcceptance.objects.get().person == user
    assert AuditEvent.objects.filter(kind=Event.TERMS_ACCEPTED).count() == 1


def test_a_text_that_is_not_the_newest_is_not_accepted():
    with pytest.raises(services.TermsMoved):
        services.accept_terms(version="0", actor=UserFactory.create(), at=AT)


def test_a_new_version_is_asked_for_anew(monkeypatch):
    user = UserFactory.create()
    services.accept_terms(version="1", actor=user, at=AT)
    before = queries.has_accepted(user)

    newer = Terms("2", date(2027, 1, 1), VERSIONS[-1].clauses)
    monkeypatch.setattr(terms, "VERSIONS", (*VERSIONS, newer))

    assert (before, queries.has_accepted(user)) == (True, False)


def test_who_accepts_goes_on_where_they_were(client):
    client.force_login(UserFactory.create())

    answer = client.post(reverse("data_terms_accept"), {"version": "1", "next": "/data/?year=2026"})

    assert answer.url == "/data/?year=2026"


def test_nobody_is_led_to_another_site(client):
    client.force_login(UserFactory.create())

    answer = client.post(
        reverse("data_terms_accept"), {"version": "1", "next": "https://vn.example/"}
    )

    assert answer.url == reverse("data_catalogue")


def test_everybody_may_read_them(client):
    assert client.get(reverse("data_terms")).status_code == 200
