"""Every operation of the API, as its own document describes it, against the product: no failure of ours,
and what is answered is what is described. ``API_FUZZ_EXAMPLES`` asks for more requests of each
operation, by people of every role.
"""

import os
from typing import Final

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

from config.wsgi import application
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
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


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("role", SHORT if EXAMPLES == 1 else EVERY)
def test_no_request_fails_and_every_answer_is_as_described(role, mode):
    world = build_world()
    headers = headers_of(role, world)
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        ask(operation, mode, headers, places_of(operation.path, world))


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
