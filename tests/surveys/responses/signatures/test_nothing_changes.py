"""What was sent, signed or verified is not changed by any service: the table of all that change answers."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from surveys.engine import Cell
from surveys.models import AnswerChange, Assignment, Evidence, QuestionnaireVersion, Response
from surveys.responses import services
from surveys.responses.services import AnswersLocked, CellEdit, Edit
from tests.surveys.campaigns.factories import NOW, VersionFactory
from tests.surveys.responses.attachments import DOCUMENT, LINK, answer, prove, with_files
from tests.surveys.responses.factories import save

pytestmark = pytest.mark.django_db

NOBODY_NOW: Final[dict[str, Any]] = {"actor": None, "at": NOW}
SEEN: Final = Cell(value="Đã ban hành")
LATE: Final = Edit(edit_id="late", actor=None, at=NOW)


def newer_version(response: Response) -> QuestionnaireVersion:
    version = response.version
    return VersionFactory.create(
        questionnaire=version.questionnaire,
        number=version.number + 1,
        definition=version.definition,
    )


def evidence_of(response: Response, *, removed: bool) -> int:
    kept = Evidence.objects.filter(response=response, removed_at__isnull=not removed)
    return kept.latest("pk").pk


def row_of(response: Response) -> str:
    return f"systems/{Response.objects.get(pk=response.pk).answers['systems'][0]['_id']}"


CHANGES: Final[dict[str, Callable[[Response], object]]] = {
    "save a cell": lambda r: save(r, "late", CellEdit("note", "khác", seen=SEEN)),
    "say why there is no figure": lambda r: save(r, "late", CellEdit("issued", missing="not_yet")),
    "answer with a file": lambda r: answer(r, edit_id="late"),
    "add evidence": lambda r: prove(r, source=LINK, edit_id="late"),
    "remove evidence": lambda r: services.remove_evidence(
        r, evidence_id=evidence_of(r, removed=False), edit=LATE
    ),
    "restore evidence": lambda r: services.restore_evidence(
        r, evidence_id=evidence_of(r, removed=True), edit=LATE
    ),
    "add a row": lambda r: services.add_row(r, repeat="systems", edit_id="late", **NOBODY_NOW),
    "delete a row": lambda r: services.delete_row(r, row=row_of(r), edit_id="late", **NOBODY_NOW),
    "restore a row": lambda r: services.restore_row(
        r, row="systems/gone", edit_id="late", **NOBODY_NOW
    ),
    "move a row": lambda r: services.move_row(
        r, row=row_of(r), index=1, edit_id="late", **NOBODY_NOW
    ),
    "open what was taken over": lambda r: services.unlock(
        r, path="note", edit_id="late", **NOBODY_NOW
    ),
    "move to a newer version": lambda r: services.migrate_draft(
        r, to_version=newer_version(r), **NOBODY_NOW
    ),
}


@pytest.fixture
def response():
    """Answers of every sort: typed, files, evidence that stands and that was taken away, rows."""
    response = with_files()
    save(response, "first", CellEdit("note", "Đã ban hành"), CellEdit("issued", "7"))
    answer(response)
    prove(response)
    prove(response, source=DOCUMENT, edit_id="second")
    gone = Edit(edit_id="gone", actor=None, at=NOW)
    services.remove_evidence(response, evidence_id=evidence_of(response, removed=False), edit=gone)
    for n in (1, 2):
        services.add_row(response, repeat="systems", edit_id=f"row-{n}", **NOBODY_NOW)
    return response


def state(response):
    """Everything of the answers that a service could change."""
    stored = Response.objects.get(pk=response.pk)
    return (
        (stored.answers, stored.remarks, stored.typed, stored.edits, stored.version_id),
        list(Evidence.objects.order_by("pk").values("pk", "removed_at")),
        AnswerChange.objects.count(),
        response.files.count(),
    )


@pytest.mark.parametrize("status", ["awaiting_signature", "submitted", "verified", "published"])
@pytest.mark.parametrize("change", CHANGES)
def test_no_service_changes_what_was_sent_or_signed(response, change, status):
    Assignment.objects.filter(pk=response.assignment_id).update(status=status)
    before = state(response)

    with pytest.raises(AnswersLocked):
        CHANGES[change](response)

    assert state(response) == before


def test_while_it_is_a_draft_the_same_services_change_it(response):
    """Otherwise the table would prove nothing."""
    before = state(response)

    CHANGES["save a cell"](response)

    assert state(response) != before
    assert Response.objects.get(pk=response.pk).answers["note"] == "khác"
