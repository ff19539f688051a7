import json

import pytest
from django.http import HttpResponse  # noqa: TID251  (what middleware handles)
from django.test import Client, RequestFactory

from surveys.common.errors import DomainError
from surveys.common.middleware import DomainErrorMiddleware


class TooLate(DomainError):
    code = "too_late"
    message = "The deadline has passed."


def refuse(**headers):
    middleware = DomainErrorMiddleware(lambda _: HttpResponse())
    request = RequestFactory().get("/", headers=headers)
    return middleware.process_exception(request, TooLate(deadline="30/11/2026"))


def test_a_refusal_answers_machines_with_a_problem_in_json():
    answer = refuse(Accept="application/json")

    assert answer is not None
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert json.loads(answer.content) == {
        "type": "about:blank#too_late",
        "title": "The deadline has passed.",
        "status": 409,
        "code": "too_late",
        "deadline": "30/11/2026",
    }


def test_details_do_not_take_the_place_of_the_http_status():
    middleware = DomainErrorMiddleware(lambda _: HttpResponse())
    request = RequestFactory().get("/", headers={"Accept": "application/json"})

    answer = middleware.process_exception(request, TooLate(status="signed"))

    assert answer is not None
    assert json.loads(answer.content)["status"] == 409


def test_other_exceptions_are_not_refusals():
    middleware = DomainErrorMiddleware(lambda _: HttpResponse())

    assert middleware.process_exception(RequestFactory().get("/"), ValueError("bug")) is None


def test_a_refusal_may_have_words_of_its_own():
    assert str(TooLate("Closed on 30/11/2026.")) == "Closed on 30/11/2026."


def test_a_refusal_says_something_by_default():
    assert str(TooLate()) == "The deadline has passed."


@pytest.mark.django_db
def test_a_post_from_a_page_that_is_too_old_is_refused_in_words():
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    client.cookies["django_language"] = "en"

    answer = client.post("/language/", {"language": "vi"})

    assert answer.status_code == 403
    assert "too old to send" in answer.content.decode()
