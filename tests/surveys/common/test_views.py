from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse  # noqa: TID251  (what views answer)
from django.test import RequestFactory

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROW = Permission.ROUND_OPEN


class Page(PermissionMixin):
    permission_required = ROW

    def get(self, _request):
        return HttpResponse(self.at.isoformat())


class Act(ObjectActionView):
    permission_required = ROW
    success_message = "Done."

    def get_permission_object(self):
        return "ky-1"

    def perform(self, target):
        if self.request.POST:
            raise DomainError(f"No: {target}.")

    def get_success_url(self, target):
        return f"/after/{target}/"


@pytest.fixture
def granted(monkeypatch):
    """Answers for everybody; the matrix itself has its own tests."""
    return lambda answer: monkeypatch.setattr(User, "has_perm", lambda *_: answer)


def ask(view, method="get", user=None, **data):
    request = getattr(RequestFactory(), method)("/page/", data)
    request.user = user or User(email="lan@example.vn")
    request.received_at = NOW
    request._messages = CookieStorage(request)
    answer = view.as_view()(request)
    return answer, [str(message) for message in get_messages(request)]


def test_who_is_permitted_sees_the_page(granted):
    granted(True)

    answer, _ = ask(Page)

    assert answer.content.decode() == NOW.isoformat()


def test_what_only_some_may_see_is_kept_by_no_cache(granted):
    granted(True)

    answer, _ = ask(Page)

    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


def test_who_may_not_is_refused(granted):
    granted(False)

    with pytest.raises(PermissionDenied):
        ask(Page)


def test_nobody_is_sent_to_sign_in():
    answer, _ = ask(Page, user=AnonymousUser())

    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/page/")


@pytest.mark.parametrize(
    ("referer", "next_page"),
    [
        ("http://testserver/rounds/ky-1/?page=2", "/rounds/ky-1/%3Fpage%3D2"),
        ("http://elsewhere.test/rounds/", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_is_back_where_an_act_was_sent_from(referer, next_page):
    request = RequestFactory().post("/act/", headers={"referer": referer})
    request.user = AnonymousUser()

    assert Act.as_view()(request)["Location"] == f"/sign-in/?next={next_page}"


def test_an_action_goes_on_with_its_message(granted):
    granted(True)

    answer, messages = ask(Act, "post")

    assert (answer.url, messages) == ("/after/ky-1/", ["Done."])


def test_a_refused_action_says_why_on_the_same_page(granted):
    granted(True)

    answer, messages = ask(Act, "post", late="yes")

    assert (answer.url, messages) == ("/after/ky-1/", ["No: ky-1."])
