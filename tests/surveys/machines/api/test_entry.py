"""Who gets in, how often, and what is said to whom does not."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.response import Response

from config.urls import urlpatterns as product
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.permissions import Need
from surveys.machines.api.serializers import QuerySerializer, StrictSerializer, read_body
from surveys.machines.enums import Scope
from surveys.machines.services import revoke_token
from surveys.models import Agency
from surveys.organisations.rules import agencies_of
from tests.factories import AgencyFactory, UserFactory, department_person, member
from tests.surveys.machines.factories import PROBLEM, Program, program, token_for

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Refused(DomainError):
    """A refusal with details of any type."""

    code = "too_late"
    message = "Too late."
    status = 409


class PartSerializer(StrictSerializer):
    """A part of a body."""

    number = serializers.IntegerField(max_value=9)


class BodySerializer(StrictSerializer):
    """A body."""

    parts = PartSerializer(many=True)


class ColourQuery(QuerySerializer):
    """One parameter."""

    colour = serializers.ChoiceField(["red", "green"], required=False)


class EchoView(ApiView):
    """Anybody signed in; changing needs another scope."""

    permission_required = Permission.SIGNED_IN
    scope = Scope.CATALOGUE
    needs = {"POST": Need(Permission.CAMPAIGN_CREATE, Scope.CAMPAIGNS)}
    query = ColourQuery

    def get(self, request):
        return Response({"agencies": agencies_of(request.user), "who": request.user.pk})

    def post(self, request):
        return Response(read_body(BodySerializer, request))

    def put(self, request):
        raise Refused(when=object, status=200)

    def delete(self, request):
        raise RuntimeError


class AgencySerializer(serializers.Serializer[Any]):
    """An agency."""

    key = serializers.CharField()


class AgenciesView(ListApiView):
    """A list."""

    permission_required = Permission.AGENCY_VIEW
    serializer = AgencySerializer
    query = ColourQuery
    order = ("official_order", "pk")

    def rows(self):
        return Agency.objects.visible_to(self.person)

    def get(self, request):
        return self.page()


urlpatterns = [
    path("api/v1/echo/", EchoView.as_view()),
    path("api/v1/list/", AgenciesView.as_view()),
    *product,
]
handler400 = "surveys.machines.api.handlers.bad_request"
handler404 = "surveys.machines.api.handlers.page_not_found"
handler500 = "surveys.machines.api.handlers.server_error"
ECHO = "/api/v1/echo/"
LIST = "/api/v1/list/"


def code_of(answer):
    assert answer["Content-Type"] == PROBLEM
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    return body["code"]


def test_a_token_opens_what_its_person_may_see():
    user = UserFactory()

    assert program(user).get(ECHO).json()["who"] == user.pk


def test_nobody_is_told_how_to_get_in():
    answer = Program().get(ECHO)

    assert (answer.status_code, code_of(answer)) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer nothing", "Basic YTpi", "Bearer \xff", "Token x"]
)
def test_a_header_that_opens_nothing_is_refused_even_beside_a_session(header, client):
    client.force_login(UserFactory())

    answer = client.get(ECHO, headers={"Authorization": header})

    assert (answer.status_code, code_of(answer)) == (401, "authentication_failed")


def test_a_revoked_token_is_told_nothing_more_than_an_unknown_one():
    token, secret = token_for()
    revoke_token(token, actor=token.owner, at=token.created_at)

    revoked, unknown = Program(secret).get(ECHO), Program("kss_unknown").get(ECHO)

    assert revoked.content == unknown.content


def test_a_token_without_the_scope_is_told_which():
    answer = program(None, Scope.EXPORTS).get(ECHO)

    assert (answer.status_code, code_of(answer)) == (403, "scope_missing")
    assert 'scope="catalogue"' in answer["WWW-Authenticate"]


def test_a_token_never_may_more_than_its_person():
    answer = program(UserFactory()).send("POST", ECHO, {"parts": []})

    assert (answer.status_code, code_of(answer)) == (403, "permission_denied")


def test_a_token_for_one_agency_sees_nothing_of_the_others():
    agency, other = AgencyFactory(), AgencyFactory()
    user = member(agency, "coordinator")
    user.memberships.create(agency=other, role="coordinator")

    assert program(user, agency=agency).get(ECHO).json()["agencies"] == [agency.pk]
    assert program(user).get(ECHO).json()["agencies"] == [agency.pk, other.pk]


def test_a_browser_changes_nothing_without_the_csrf_token():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(department_person("designer"))

    answer = browser.post(ECHO, {"parts": []}, content_type="application/json")

    assert (answer.status_code, code_of(answer)) == (403, "permission_denied")


def test_a_browser_may_look_around(client):
    client.force_login(UserFactory())

    assert client.get(ECHO).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/api/v1/nothing/?a=b", 404, "not_found"),
        ("POST", "/api/v2/units/", 404, "not_found"),
        ("PATCH", ECHO, 405, "method_not_allowed"),
        ("OPTIONS", ECHO, 405, "method_not_allowed"),
        ("PUT", ECHO, 409, "too_late"),
        ("DELETE", ECHO, 500, "failed"),
    ],
)
def test_every_error_is_a_problem(method, address, status, code):
    answer = program().send(method, address, {})

    assert (answer.status_code, code_of(answer)) == (status, code)


def test_what_is_not_there_for_a_method_says_which_are():
    assert program().send("PATCH", ECHO, {})["Allow"] == "GET, HEAD, POST, PUT, DELETE"


def test_only_json_is_answered():
    answer = program().get(ECHO, Accept="text/csv")

    assert (answer.status_code, code_of(answer)) == (406, "not_acceptable")


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        ("a=b", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        ('{"parts": ', "application/json", 400, "parse_error"),
        ('{"parts": [], "parts": []}', "application/json", 400, "parse_error"),
        ('{"parts": NaN}', "application/json", 400, "parse_error"),
        ("[" * 100_000, "application/json", 400, "parse_error"),
        ('{"parts": ' + "9" * 5000 + "}", "application/json", 400, "parse_error"),
        ('{"\\ud800": 1}', "application/json", 400, "parse_error"),
        ('{"a": "\\u0000"}', "application/json", 400, "parse_error"),
        (b"\xff\xfe", "application/json", 400, "parse_error"),
        ("[]", "application/json", 422, "invalid"),
        ("null", "application/json", 422, "invalid"),
        ("1", "application/json", 422, "invalid"),
    ],
)
def test_a_body_is_read_strictly(body, content_type, status, code):
    sender = program(department_person("designer"))

    answer = sender.send("POST", ECHO, body, content_type=content_type)

    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_body_beyond_the_limit_is_not_read(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    sender = program(department_person("designer"))

    answer = sender.send("POST", ECHO, {"parts": [{"number": 1}]})

    assert (answer.status_code, code_of(answer)) == (413, "too_large")


def test_each_thing_that_does_not_fit_has_its_place():
    body = {"parts": [{"number": 1}, {"number": 10, "is/staff": True}], "owner": 1}

    answer = program(department_person("designer")).send("POST", ECHO, body)

    places = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert (answer.status_code, places) == (422, {"/owner": "unknown"})
    del body["owner"]
    answer = program(department_person("designer")).send("POST", ECHO, body)
    places = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert places == {"/parts/1/is~1staff": "unknown"}


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("colours=red", "colours", "unknown"),
        ("pk__in=1", "pk__in", "unknown"),
        ("_connector=OR", "_connector", "unknown"),
        ("colour=blue", "colour", "invalid_choice"),
        ("colour=red&colour=red", "colour", "repeated"),
        ("colour=%00", "colour", "unreadable"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(query, parameter, code):
    answer = program().get(f"{LIST}?{query}")

    errors = [(error["parameter"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (422, [(parameter, code)])


def test_a_list_goes_on_where_it_ended_whatever_came_between():
    for order in (3, 1, 2, 2):
        AgencyFactory(official_order=order)
    reader = program()
    first = reader.get(f"{LIST}?limit=2").json()
    AgencyFactory(official_order=0)

    second = reader.get(first["next"]).json()

    seen = [item["key"] for item in first["items"] + second["items"]]
    wanted = Agency.objects.filter(official_order__gt=0).order_by("official_order", "pk")
    assert (seen, second["next"]) == (list(wanted.values_list("key", flat=True)), None)


def test_a_list_says_in_its_headers_where_it_goes_on():
    AgencyFactory.create_batch(2)

    answer = program().get(f"{LIST}?limit=1")

    assert answer["Link"].endswith(f'<{answer.json()["next"]}>; rel="next"')


@pytest.mark.parametrize("query", ["cursor=x", "limit=0", "limit=201", "limit=-1", "limit=a"])
def test_a_cursor_and_a_limit_are_read_strictly(query):
    assert program().get(f"{LIST}?{query}").status_code == 422


def test_a_cursor_of_another_list_leads_nowhere():
    AgencyFactory.create_batch(2)
    reader = program()
    cursor = reader.get(f"{LIST}?limit=1").json()["next"]

    assert reader.get(f"{cursor}&colour=red").status_code == 422


def test_what_is_known_already_is_not_sent_again():
    reader = program()
    tag = reader.get(LIST)["ETag"]

    again = reader.get(LIST, If_None_Match=f'"other", {tag}')

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_what_has_changed_has_another_tag():
    reader = program()
    tag = reader.get(LIST)["ETag"]
    AgencyFactory()

    assert reader.get(LIST, If_None_Match=tag).status_code == 200


def test_errors_have_no_tag():
    assert "ETag" not in program().get("/api/v1/nothing/")


def test_no_other_origin_is_let_in_and_nothing_is_kept_by_proxies():
    answer = program().get(LIST, Origin="https://example.com")

    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert (answer["API-Version"], answer["Cache-Control"]) == ("1", "private, no-cache")
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_who_asks_too_often_is_told_to_wait(settings):
    cache.clear()
    settings.API_RATES = {"address": (99, 60), "token": (1, 60), "person": (9, 60)}
    reader = program()

    first, second = reader.get(LIST), reader.get(LIST)

    assert (first.status_code, second.status_code) == (200, 429)
    assert first["RateLimit-Policy"] == '"token";q=1;w=60, "address";q=99;w=60'
    assert first["RateLimit"].startswith('"token";r=0;t=')
    assert (code_of(second), 1 <= int(second["Retry-After"]) <= 60) == ("throttled", True)


def test_an_address_that_guesses_secrets_is_told_to_wait(settings):
    cache.clear()
    settings.API_RATES = {"address": (1, 60), "token": (9, 60), "person": (9, 60)}

    statuses = [Program("kss_guess").get(LIST).status_code for _time in range(2)]

    cache.clear()
    assert statuses == [401, 429]


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("", "vi"), ("en-GB,en;q=0.9", "en"), ("fr, en;q=0.5", "en"), ("vi;q=0.1", "vi"), ("x", "vi")],
)
def test_words_are_in_the_language_that_was_asked_for(wanted, language):
    answer = program().get(LIST, **({"Accept_Language": wanted} if wanted else {}))

    assert answer["Content-Language"] == language


def test_the_beginning_says_where_things_are():
    assert Program().get(reverse("api_root")).json()["version"] == "1"
