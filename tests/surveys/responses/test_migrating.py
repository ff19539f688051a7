"""A draft moves to a newer version; every cell is accounted for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus
from surveys.definitions import dump
from surveys.engine import Definition, Group, Kind, Question
from surveys.models import (
    AnswerChange,
    Assignment,
    AuditEvent,
    DraftMove,
    QuestionnaireVersion,
    Response,
)
from surveys.questionnaires.enums import VersionStatus
from surveys.responses.moves import CellFates, foretell
from surveys.responses.queries import cell_history, drafts_of
from surveys.responses.services import (
    AnswersLocked,
    CellEdit,
    VersionNotNewer,
    add_row,
    migrate_draft,
    save_cells,
)
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW, VersionFactory
from tests.surveys.responses.factories import DEFINITION, draft, save, seen

pytestmark = pytest.mark.django_db


def changed(definition: Definition = DEFINITION) -> Definition:
    """The next version: women renamed, note now a number, men gone, skills less one, one new."""
    first, *others = definition.children
    assert isinstance(first, Group)
    kept = [child for child in first.children if child.name != "men"]
    children = []
    for child in kept:
        assert isinstance(child, Question)
        if child.name == "women":
            children.append(replace(child, name="female", successor_of="women", missing=()))
        elif child.name == "note":
            children.append(replace(child, kind=Kind.INTEGER))
        else:
            children.append(child)
    children.append(Question(name="extra", kind=Kind.INTEGER, default="7"))
    skills = definition.lists["skills"]
    lists = {**definition.lists, "skills": replace(skills, choices=skills.choices[:1])}
    page = replace(first, children=tuple(children))
    return replace(definition, children=(page, *others), lists=lists)


@pytest.fixture
def response() -> Response:
    """A draft with an answer of each sort."""
    response = draft()
    save(
        response,
        "first",
        CellEdit("staff", "10"),
        CellEdit("women", "4", explanation="đã kiểm tra"),
        CellEdit("note", "khoảng năm"),
        CellEdit("skills", ["cloud"]),
        CellEdit("budget/oda/planned", "12,5"),
    )
    response.refresh_from_db()
    return response


@pytest.fixture
def newer(response: Response) -> QuestionnaireVersion:
    """The next version of the draft's questionnaire."""
    return VersionFactory.create(
        questionnaire=response.version.questionnaire, number=2, definition=dump(changed())
    )


def test_every_cell_is_told_where_it_went(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    move = DraftMove.objects.get()
    assert (move.from_version, move.to_version) == (response.version, newer)
    assert (move.kept, move.converted, move.review, move.dropped) == (
        3,
        ["women"],
        ["note"],
        ["skills"],
    )


def test_what_would_become_of_a_draft_is_told_in_the_order_of_the_questionnaire(response, newer):
    fates = foretell(response, newer, at=NOW)

    assert fates == CellFates(
        kept=("agency_kind", "staff", "budget/oda/planned"),
        converted=("women",),
        review=("note",),
        dropped=("skills",),
    )


def test_telling_writes_nothing(response, newer):
    foretell(response, newer, at=NOW)

    assert (Response.objects.get().version, Assignment.objects.get().version) == (
        response.version,
        response.version,
    )
    assert response.assignment.version == response.version


def test_the_draft_stands_under_the_newer_version(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    stored = Response.objects.get()
    assert stored.version == newer
    assert stored.answers == {
        "agency_kind": "province",
        "staff": "10",
        "female": "4",
        "extra": "7",
        "budget": {"oda": {"planned": "12.5"}},
    }
    assert stored.typed == {"note": "khoảng năm"}
    assert stored.remarks == {"female": {"explanation": "đã kiểm tra"}}


def test_the_assignment_goes_with_its_draft(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    assignment = Assignment.objects.get()
    assert assignment.version == newer
    assert assignment.round.version == response.version


def test_the_progress_is_counted_anew(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    assignment = Assignment.objects.get()
    assert (assignment.answered, assignment.total) == (4, 8)


def test_what_was_dropped_stays_in_the_history_of_its_cell(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    last = cell_history(response, "skills")[0]
    assert (last.old["value"], last.new["value"]) == (["cloud"], None)


def test_a_renamed_cell_has_a_history_at_either_name(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    assert cell_history(response, "women")[0].old["value"] == "4"
    assert cell_history(response, "female")[0].new["value"] == "4"


def test_a_move_is_one_change_and_one_event(response, newer):
    person = UserFactory()

    report = migrate_draft(response, to_version=newer, actor=person, at=NOW)

    change = AnswerChange.objects.get(number=report.number)
    event = AuditEvent.objects.get(kind=Event.RESPONSE_MIGRATED)
    assert (change.actor, event.actor) == (person, person)
    assert event.data == {"from": 1, "to": 2, "kept": 3, "converted": 1, "review": 1, "dropped": 1}


def test_people_go_on_typing_after_the_move(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    save_cells(
        response,
        edit_id="next",
        edits=[CellEdit("female", "5", seen=seen("4"))],
        actor=None,
        at=NOW,
    )

    assert Response.objects.get().answers["female"] == "5"


def test_rows_keep_their_ids(response, newer):
    row = add_row(response, edit_id="row", repeat="contacts", actor=None, at=NOW).row
    save(response, "name", CellEdit(f"contacts/{row}/contact_name", "An"))

    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    assert Response.objects.get().answers["contacts"] == [{"_id": row, "contact_name": "An"}]


def test_the_deadline_does_not_hold_up_the_department(response, newer):
    late = response.assignment.due_at + timedelta(days=1)

    assert migrate_draft(response, to_version=newer, actor=None, at=late).kept


@pytest.mark.parametrize(
    "status", [AssignmentStatus.AWAITING_SIGNATURE, AssignmentStatus.SUBMITTED]
)
def test_what_was_sent_or_signed_does_not_move(response, newer, status):
    Assignment.objects.update(status=status)

    with pytest.raises(AnswersLocked):
        migrate_draft(response, to_version=newer, actor=None, at=NOW)

    assert Response.objects.get().version == response.version


@pytest.mark.parametrize("status", [VersionStatus.DRAFT, VersionStatus.RETIRED])
def test_only_a_published_version_is_moved_to(response, newer, status):
    newer.status = status

    with pytest.raises(VersionNotNewer):
        migrate_draft(response, to_version=newer, actor=None, at=NOW)


def test_a_draft_does_not_move_back(response, newer):
    migrate_draft(response, to_version=newer, actor=None, at=NOW)

    with pytest.raises(VersionNotNewer):
        migrate_draft(response, to_version=response.version, actor=None, at=NOW)


def test_a_draft_does_not_move_to_another_questionnaire(response):
    with pytest.raises(VersionNotNewer):
        migrate_draft(response, to_version=VersionFactory.create(number=9), actor=None, at=NOW)


def test_the_drafts_of_a_version_are_those_that_may_change(response, newer):
    version = response.version
    assert list(drafts_of(version)) == [response]

    Assignment.objects.update(status=AssignmentStatus.SUBMITTED)

    assert list(drafts_of(version)) == []
