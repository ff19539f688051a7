"""Every operation of the API, as its own document describes it, against the product: no failure of ours,
and what is answered is what is described. ``API_FUZZ_EXAMPLES`` asks for more requests of each
operation, by people of every role. Once with a round that nobody has answered, and once with signed
answers that were published, of which tables of every kind of question are asked for.
"""

import os
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from config.wsgi import application
from exporters.portal.services import accept_terms
from exporters.portal.terms import current
from surveys.background.runner import run_pending
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.answered import NOW, answered_round
from tests.factories import UserFactory, department_person, member
from tests.surveys.machines.factories import token_for
from tests.world import build_world

pytestmark = pytest.mark.django_db

EXAMPLES: Final = int(os.environ.get("API_FUZZ_EXAMPLES", "1"))
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SHORT: Final = ("nobody", "everything")
EVERY: Final = (*SHORT, "account", *DepartmentRoleName.values, *MembershipRole.values)
QUESTIONS: Final = (
    "a2_model",
    "a3_functions",
    "a4_current",
    "g4_date",
    "a19_remarks",
    "a18_ratings",
    "a13_platforms",
    "a9_contacts.rows",
)
"""One of each kind."""
DIVIDED: Final = ("a2_model", "a3_functions", "a4_current")
TABLES: Final = (
    {"rows": ["type"], "cols": "question.a2_model"},
    {"rows": ["question.a3_functions"], "measure": "column"},
    {"rows": ["type"], "measure": "mean", "of": "a4_current"},
)
MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(autouse=True)
def open_connection():
    """Requests leave the connection open: its transaction is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def headers_of(role, world):
    """The headers of a program of somebody with the role."""
    if role == "nobody":
        return {}
    if role == "everything":
        person = world.person
    elif role == "account":
        person = UserFactory.create()
    elif role in DepartmentRoleName.values:
        person = department_person(role, owner=world.assignment.round.campaign.owner)
    else:
        person = member(world.assignment.agency, role)
    return {"Authorization": f"Bearer {token_for(person)[1]}"}


def places_of(path, world):
    """Values of the parts of a path that lead somewhere; "id" is what the document calls a key."""
    found = world.arguments("api_index_run" if "run_id" in path else "")
    return found | {"id": world.arguments("api_export" if "exports" in path else "")["pk"]}


def signed():
    """A round of which four agencies have signed, published, with everything computed."""
    round_ = answered_round()
    run_pending()
    return Release.objects.create(
        round=round_,
        number=1,
        status=ReleaseStatus.APPROVED,
        approved_at=NOW,
        approved_by=UserFactory.create(),
        title={"vi": "Kết quả"},
        released_on=NOW.date(),
        manifest={},
        manifest_sha256="a" * 64,
        proposed_at=NOW,
        proposed_by=UserFactory.create(),
    )


def operations():
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("role", SHORT if EXAMPLES == 1 else EVERY)
def test_no_request_fails_and_every_answer_is_as_described(role, mode):
    world = build_world()
    headers = headers_of(role, world)
    for operation in operations():
        ask(operation, mode, headers, places_of(operation.path, world))


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("role", SHORT[1:] if EXAMPLES == 1 else EVERY)
def test_no_request_about_signed_answers_fails(role, mode):
    world, release = build_world(), signed()
    accept_terms(version=current().version, actor=world.person, at=NOW)
    headers = headers_of(role, world)
    for operation in operations():
        if "{code}" in operation.path:
            places = places_of(operation.path, world)
            places |= {"code": release.round.code, "number": release.number}
            ask(operation, mode, headers, places)


def test_tables_of_every_kind_of_question_are_as_described():
    world, release = build_world(), signed()
    accept_terms(version=current().version, actor=world.person, at=NOW)
    headers = headers_of("everything", world)
    found = {(each.method.upper(), each.path): each for each in operations()}
    places = {"code": release.round.code, "number": release.number}
    wishes: list[tuple[tuple[str, str], dict[str, Any]]] = [
        *((("GET", "rounds/{code}/table/"), {"query": {"q": each}}) for each in QUESTIONS),
        *(
            (("GET", "rounds/{code}/table/"), {"query": {"q": each, "by": ["type"]}})
            for each in DIVIDED
        ),
        *((("POST", "rounds/{code}/table/"), {"body": {"question": q}}) for q in QUESTIONS),
        *((("POST", "publications/{code}/{number}/table/"), {"body": each}) for each in TABLES),
    ]

    statuses = set()
    for (method, path), wish in wishes:
        operation = found[method, f"/api/v1/{path}"]
        case = operation.Case(
            path_parameters={name: places[name] for name in places if f"{{{name}}}" in path},
            **({"media_type": "application/json"} if "body" in wish else {}),
            **wish,
        )
        case.call_and_validate(headers=headers, checks=CHECKS)
        run_pending()
        statuses.add(case.call_and_validate(headers=headers, checks=CHECKS).status_code)

    assert statuses == {200}


def ask(operation, mode, headers, places):
    """Drawn requests: of valid ones, every part of the path leads somewhere."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        derandomize=EXAMPLES == 1,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        if mode is GenerationMode.POSITIVE:
            for name in case.path_parameters:
                case.path_parameters[name] = places[name]
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        check()
    except Unsatisfiable:
        if mode is GenerationMode.POSITIVE:
            raise  # nothing wrong can be sent to an address that takes nothing, but what is right can
