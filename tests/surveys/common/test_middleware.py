from datetime import UTC, datetime

import pytest
from django.http import HttpResponse  # noqa: TID251  (what middleware handles)
from django.test import RequestFactory

from surveys.common.middleware import LanguageMiddleware, ReceivedAtMiddleware
from surveys.common.request_ids import current_request_id

SEEN_BY_PROXY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def requests():
    return RequestFactory()


def receive(request):
    ReceivedAtMiddleware(lambda _: HttpResponse())(request)
    return request.received_at


def test_a_trusted_proxy_says_when_the_request_arrived(requests, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    header = {"X-Request-Start": f"t={SEEN_BY_PROXY.timestamp()}"}

    request = requests.get("/", headers=header, REMOTE_ADDR="10.0.0.1")

    assert receive(request) == SEEN_BY_PROXY


def test_anybody_elses_word_for_the_time_is_not_taken(requests, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    header = {"X-Request-Start": f"t={SEEN_BY_PROXY.timestamp()}"}

    request = requests.get("/", headers=header, REMOTE_ADDR="203.0.113.9")

    assert receive(request) != SEEN_BY_PROXY


@pytest.mark.parametrize("text", ["t=", "t=soon", "t=1e400", "t=nan"])
def test_a_time_that_cannot_be_read_is_replaced_by_our_own(requests, settings, text):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]

    request = requests.get("/", headers={"X-Request-Start": text}, REMOTE_ADDR="10.0.0.1")

    assert isinstance(receive(request), datetime)


def test_the_id_of_a_request_holds_while_it_is_handled_and_goes_back_with_the_answer(requests):
    held = []

    def handle(_request):
        held.append(current_request_id())
        return HttpResponse()

    answer = ReceivedAtMiddleware(handle)(requests.get("/"))

    assert answer["X-Request-Id"] == held[0] != ""
    assert current_request_id() == ""


@pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("vi", "vi"), ("fr", "vi")])
def test_the_language_is_the_readers_choice(requests, cookie, language):
    requests.cookies["django_language"] = cookie
    request = requests.get("/")

    answer = LanguageMiddleware(lambda _: HttpResponse())(request)

    assert answer["Content-Language"] == language


def test_the_browsers_language_is_not_asked(requests):
    request = requests.get("/", headers={"Accept-Language": "en-GB"})

    LanguageMiddleware(lambda _: HttpResponse())(request)

    assert request.LANGUAGE_CODE == "vi"
