"""Signing in and out, setting a password, choosing the language."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "mat-khau-moi-rat-dai"  # noqa: S105  (for tests)


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    """Attempts are counted in the cache."""
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD, **data: str):
    """Post the sign-in form."""
    return client.post("/sign-in/", {"login": user.email, "password": password, **data})


def test_a_person_signs_in_by_e_mail(client: Client) -> None:
    user = UserFactory()

    response = sign_in(client, user)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client) -> None:
    assert sign_in(client, UserFactory(), next="/agencies/")["Location"] == "/agencies/"


def test_signing_in_never_leads_elsewhere(client: Client) -> None:
    assert sign_in(client, UserFactory(), next="https://example.com/")["Location"] == "/"


def test_a_page_asks_strangers_to_sign_in_first(client: Client) -> None:
    assert client.get("/agencies/?q=an")["Location"] == "/sign-in/?next=/agencies/%3Fq%3Dan"


def test_a_wrong_password_is_refused_in_words_and_keeps_the_address(client: Client) -> None:
    user = UserFactory()

    page = sign_in(client, user, "sai-mat-khau").content.decode()

    assert 'role="alert"' in page
    assert f'value="{user.email}"' in page


def test_signing_in_and_out_and_failing_are_audited(client: Client) -> None:
    user = UserFactory()

    sign_in(client, user, "sai-mat-khau")
    sign_in(client, user)
    client.post("/sign-out/")

    events = AuditEvent.objects.filter(subject_id=str(user.pk)).order_by("pk")
    assert [event.kind for event in events] == [
        Event.SIGN_IN_FAILED,
        Event.SIGNED_IN,
        Event.SIGNED_OUT,
    ]


def test_what_was_typed_as_an_unknown_address_is_not_kept(client: Client) -> None:
    client.post("/sign-in/", {"login": "mat-khau@example.vn", "password": PASSWORD})

    assert not AuditEvent.objects.exists()


def test_signing_out_asks_before_a_get_does_it(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/sign-out/").status_code == 200
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("path", ["/sign-up/", "/signup/", "/accounts/signup/", "/email/"])
def test_nobody_signs_up(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_a_forgotten_password_is_set_through_a_mailed_link(client: Client) -> None:
    user = UserFactory()

    client.post("/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = client.get(link[1], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_a_link_that_was_made_up_is_refused_in_words(client: Client) -> None:
    page = client.get("/password/reset/key/1-abc-def/", follow=True)

    assert page.status_code == 200
    assert not page.context.get("form") or page.context["token_fail"]


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    known = client.post("/password/reset/", {"email": UserFactory().email})
    mail.outbox.clear()
    unknown = client.post("/password/reset/", {"email": "khong-co@example.vn"})

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path", ["/sign-in/", "/password/reset/", "/password/reset/sent/", "/password/reset/finished/"]
)
def test_an_entrance_page_opens(path: str, client: Client) -> None:
    assert client.get(path).status_code == 200


def test_the_chosen_language_is_kept_and_the_reader_goes_back(client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/sign-in/"})

    assert response["Location"] == "/sign-in/"
    assert client.cookies["django_language"].value == "en"
    assert client.get("/sign-in/")["Content-Language"] == "en"


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_choosing_a_language_never_leads_elsewhere(target: str, client: Client) -> None:
    assert client.post("/language/", {"language": "en", "next": target})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post("/language/", {"language": "xx"})

    assert "django_language" not in client.cookies


def test_the_language_changes_by_post_only(client: Client) -> None:
    assert client.get("/language/").status_code == 405


def test_too_many_attempts_are_refused_in_words(client: Client) -> None:
    client.cookies["django_language"] = "en"

    for number in range(30):
        client.post("/sign-in/", {"login": f"nobody{number}@x.vn", "password": "x"})
    response = client.post("/sign-in/", {"login": "nobody@x.vn", "password": "x"})

    assert response.status_code == 429
    assert "Too many attempts from your network" in response.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Dùng ít nhất 14 ký tự."), ("en", "Use at least 14 characters.")],
)
def test_a_short_password_is_refused_in_the_readers_language(language: str, words: str) -> None:
    with override(language), pytest.raises(ValidationError) as refusal:
        validate_password("ngan")

    assert words in refusal.value.messages
