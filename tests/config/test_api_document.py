"""The calls of docs/api.md, made."""

import re
import shlex
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from exporters.portal.services import accept_terms
from exporters.portal.terms import current
from surveys.models import Assignment
from tests.surveys.machines.factories import Program, token_for
from tests.world import build_world

pytestmark = pytest.mark.django_db

TEXT = (settings.BASE_DIR / "docs" / "api.md").read_text("utf-8")
CALL = re.compile(r"^# (\d{3})\n(curl .+)$", re.MULTILINE)


def call(words, secret):
    """The status of a call by curl."""
    method, body, headers, address = "GET", "", {}, ""
    parts = iter(shlex.split(words)[1:])
    for part in parts:
        match part:
            case "-X":
                method = next(parts)
            case "-d":
                body = next(parts)
            case "-H":
                name, _colon, value = next(parts).partition(": ")
                headers[name.replace("-", "_")] = value.replace("$TOKEN", secret)
            case _:
                address = part.replace("$API", "/api/v1")
    headers.pop("Content_Type", None)
    if method == "GET":
        return Program().get(address, **headers).status_code
    return Program().send(method, address, body, **headers).status_code


def test_every_call_of_the_document_gets_what_it_says():
    world = build_world()
    Assignment.objects.update(due_at=timezone.now() + timedelta(days=5))
    accept_terms(version=current().version, actor=world.person, at=timezone.now())
    _token, secret = token_for(world.person)
    code = world.assignment.round.code
    known = {
        "PUBLISHED": f"{code}/1",
        "ROUND": code,
        "QUESTION": "cau_1",
        "ASSIGNMENT": str(world.assignment.pk),
    }

    told, gotten = [], []
    for status, words in CALL.findall(TEXT):
        here = words
        for name, value in known.items():
            here = here.replace(f"${name}", value)
        told.append((int(status), words))
        gotten.append((call(here, secret), words))

    assert gotten == told
    assert len(told) >= 20
