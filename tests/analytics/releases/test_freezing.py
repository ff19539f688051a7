"""No service of responses changes anything of a published round; a new one is asked here too."""

import json
from contextlib import suppress
from inspect import isfunction
from typing import Any

import pytest

from surveys.common.errors import DomainError
from surveys.engine import Cell
from surveys.files.checking import CheckedFile
from surveys.files.policy import FileType
from surveys.models import (
    AnswerChange,
    Assignment,
    Evidence,
    QuestionnaireVersion,
    Response,
    ResponseReturn,
    ResponseRevision,
    Round,
)
from surveys.responses import services
from surveys.responses.enums import RevisionKind
from surveys.responses.services import CellEdit, DocumentSource, Edit
from surveys.responses.signoff.authority import Authority
from tests.analytics.releases.factories import AT, closed_round, person, published

pytestmark = pytest.mark.django_db

READS = {"broken_signatures", "fetch_signed", "file_entry", "is_intact", "row_id_of"}
OTHERWISE = {
    "check_again": "notes in the audit that a signature does not hold any more",
    "conclude": "has a signed PDF examined that was handed in before; it signs through sign",
    "discard_beside": "lets go of a file behind an explanation that was not handed in",
    "discard_signed_pdfs": "part of erasing personal data, which the law asks for at any time",
    "keep_beside": "keeps a file behind an explanation, which ends with the verification",
    "record_refusal": "notes in the audit that a file was refused",
    "publish_answers": "it is what froze them",
}
"""What writes no answer, no status and no revision."""

FILE = CheckedFile("a.pdf", FileType.PDF, b"%PDF-1.7", is_scanned=False)


def writers():
    found = {name for name in services.__all__ if isfunction(getattr(services, name))}
    return sorted(found - READS - set(OTHERWISE))


def arguments(name, response, who):
    """What the service is called with."""
    assignment, edit = response.assignment, Edit(edit_id="e1", actor=who, at=AT)
    on_edit: dict[str, Any] = {"edit_id": "e1", "actor": who, "at": AT}
    plain: dict[str, Any] = {"actor": who, "at": AT}
    version = QuestionnaireVersion.objects.get(pk=response.version_id)
    signed = response.revisions.filter(kind=RevisionKind.SIGNED).latest("number")
    calls: dict[str, tuple[Any, dict[str, Any]]] = {
        "add_evidence": (
            response,
            {"path": "plan", "source": DocumentSource(number="1"), "edit": edit},
        ),
        "add_row": (response, {"repeat": "x", **on_edit}),
        "answer_with_file": (
            response,
            {"path": "plan", "file": FILE, "seen": Cell(), "edit": edit},
        ),
        "approve_step": (response, plain),
        "delete_row": (response, {"row": "x/1", **on_edit}),
        "hand_in_signed": (
            response,
            {"file": FILE, "authority": Authority(), "shown": None, **plain},
        ),
        "keep": (response, {"where": "plan", "basis": "", **on_edit}),
        "migrate_draft": (response, {"to_version": version, **plain}),
        "migrate_drafts": (
            assignment.round,
            {
                "to_version": version,
                "actor": who,
                "clock": lambda: AT,
                "progress": lambda _done, _total: None,
            },
        ),
        "move_row": (response, {"row": "x/1", "index": 0, **on_edit}),
        "remove_evidence": (response, {"evidence_id": 1, "edit": edit}),
        "restore_evidence": (response, {"evidence_id": 1, "edit": edit}),
        "restore_row": (response, {"row": "x/1", **on_edit}),
        "return_as_permitted": (response, {"reason": "Sai.", **plain}),
        "return_to_draft": (response, {"reason": "Sai.", **plain}),
        "save_cells": (response, {"edits": [CellEdit("level", "none")], **on_edit}),
        "send_for_signature": (response, plain),
        "sign": (response, plain),
        "start": (assignment, plain),
        "unlock": (response, {"path": "plan", **on_edit}),
        "verify": (signed, {"beside": {}, **plain}),
    }
    return calls[name]


def standing():
    """What stands in every table of answers."""
    rows = [
        Assignment.objects.order_by("pk").values_list("pk", "status", "step", "submitted_at"),
        Response.objects.order_by("pk").values_list("pk", "answers", "remarks", "version"),
        ResponseRevision.objects.order_by("pk").values_list("pk", "sha256"),
        ResponseReturn.objects.order_by("pk").values_list("pk"),
        Evidence.objects.order_by("pk").values_list("pk"),
        AnswerChange.objects.order_by("pk").values_list("pk"),
        Round.objects.values_list("pk", "status", "closes_at"),
    ]
    return json.dumps([list(each) for each in rows], default=str)


@pytest.mark.parametrize("name", writers())
def test_no_service_changes_published_answers(name):
    round_ = closed_round()
    published(round_)
    response = Response.objects.select_related("assignment__round").earliest("pk")
    subject, given = arguments(name, response, person(round_))
    before = standing()

    with suppress(DomainError):
        getattr(services, name)(subject, **given)

    assert standing() == before
