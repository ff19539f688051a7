"""A program reads, fills in and sends its agency's response."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from surveys.campaigns.enums import AssignmentStatus
from surveys.machines.enums import Scope
from surveys.machines.models import KeptAnswer
from surveys.models import AnswerChange, AuditEvent, Response, ResponseRevision
from surveys.responses import services
from surveys.responses.services import CellEdit
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.machines.factories import PROBLEM, program
from tests.surveys.responses.factories import draft, finished, open_assignment, save, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    """A province's duty in an open round."""
    return open_assignment(due_at=timezone.now() + timedelta(days=5))


@pytest.fixture
def coordinator(assignment):
    """A program of the province's coordinator."""
    return program(member(assignment.agency, "coordinator"))


def address(assignment, part="response"):
    return f"/api/v1/assignments/{assignment.pk}/{part}/"


def write(sender, assignment, *edits, key="", rows=(), **headers):
    body = {"edits": list(edits), "rows": list(rows)}
    key = key or str(uuid4())
    return sender.send("PATCH", address(assignment), body, Idempotency_Key=key, **headers)


def answers(assignment):
    return Response.objects.get(assignment=assignment).answers


def test_before_the_start_there_is_nothing(coordinator, assignment):
    told = coordinator.get(address(assignment)).json()

    assert (told["status"], told["answers"], told["edits"]) == ("not_started", {}, 0)


def test_answers_are_written_through_the_services_of_the_page(coordinator, assignment):
    answer = write(
        coordinator,
        assignment,
        {"path": "staff", "value": 30},
        {"path": "women", "missing": "CCSL", "reason": "Đang tổng hợp"},
        {"path": "skills", "value": ["data", "cloud"]},
        {"path": "budget/oda/planned", "value": 1.234},
    )

    stored = answers(assignment)
    change = AnswerChange.objects.latest("pk")
    assert answer.status_code == 200, answer.content
    assert (stored["staff"], stored["skills"]) == ("30", ["data", "cloud"])
    assert str(stored["budget"]["oda"]["planned"]) == "1.234"
    assert Response.objects.get().remarks["women"]["missing"] == "CCSL"
    assert change.channel == "api"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("number", [0, -5, 1.5, 2.0, 1.234, 1234.567, 0.001, 1e-7, 123456789.25])
def test_a_number_is_stored_as_it_was_sent(number, language, coordinator, assignment):
    edit = {"path": "budget/oda/planned", "value": number}

    write(coordinator, assignment, edit, Accept_Language=language)

    assert float(answers(assignment)["budget"]["oda"]["planned"]) == number


def test_a_row_is_added_and_filled_in_by_one_request(coordinator, assignment):
    answer = write(
        coordinator,
        assignment,
        {"path": "contacts/@a/contact_age", "value": 35},
        {"path": "contacts/@b/contact_age", "value": 36},
        rows=[{"repeat": "contacts", "key": "a"}, {"repeat": "contacts", "key": "b"}],
    )

    rows = answer.json()["rows"]
    assert [(row["_id"], row["contact_age"]) for row in answers(assignment)["contacts"]] == [
        (rows["a"], "35"),
        (rows["b"], "36"),
    ]


def test_what_stands_there_is_not_overwritten_unseen(coordinator, assignment):
    save(draft(assignment), "person", CellEdit("staff", "12"))

    answer = write(
        coordinator,
        assignment,
        {"path": "staff", "value": 30},
        {"path": "note", "value": "Ghi chú"},
        {"path": "nothing", "value": "x"},
    )

    told = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM)
    assert [(c["path"], c["stored"]["value"], c["yours"]["value"]) for c in told["conflicts"]] == [
        ("staff", "12", "30")
    ]
    assert [(r["path"], r["code"], r["text"]) for r in told["refused"]] == [
        ("nothing", "path_unknown", "x")
    ]
    assert (answers(assignment)["staff"], answers(assignment)["note"]) == ("12", "Ghi chú")


def test_what_was_seen_is_changed(coordinator, assignment):
    save(draft(assignment), "person", CellEdit("staff", "12"))

    write(coordinator, assignment, {"path": "staff", "value": 30, "seen": {"value": 12}})

    assert answers(assignment)["staff"] == "30"


def test_what_is_wrong_comes_back_with_its_place(coordinator, assignment):
    answer = write(
        coordinator, assignment, {"path": "staff", "value": 3}, {"path": "women", "value": 5}
    )

    found = {tuple(each.values())[:3] for each in answer.json()["findings"]}
    assert ("women", "constraint_failed", "hard") in found


def test_the_same_request_gets_the_first_answer_whatever_came_between(coordinator, assignment):
    edit = {"path": "staff", "value": 30}
    first = write(coordinator, assignment, edit, key="a-key-of-mine")
    save(Response.objects.get(), "person", CellEdit("staff", "31", seen=seen("30")))

    again = write(coordinator, assignment, edit, key="a-key-of-mine")

    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    assert answers(assignment)["staff"] == "31"


def test_a_refusal_is_given_again_too(coordinator, assignment):
    save(draft(assignment), "person", CellEdit("staff", "12"))
    edit = {"path": "staff", "value": 30}
    first = write(coordinator, assignment, edit, key="a-key-of-mine")

    again = write(coordinator, assignment, edit, key="a-key-of-mine")

    assert (again.status_code, again.content) == (409, first.content)


def test_a_key_belongs_to_one_request(coordinator, assignment):
    write(coordinator, assignment, {"path": "staff", "value": 30}, key="a-key-of-mine")

    answer = write(coordinator, assignment, {"path": "staff", "value": 31}, key="a-key-of-mine")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert answers(assignment)["staff"] == "30"


def test_two_programs_may_have_the_same_key(coordinator, assignment):
    other = program(member(assignment.agency, "contributor"))
    write(coordinator, assignment, {"path": "staff", "value": 30}, key="a-key-of-mine")

    answer = write(other, assignment, {"path": "note", "value": "b"}, key="a-key-of-mine")

    assert answer.status_code == 200


def test_a_request_that_is_worked_on_is_not_begun_again(coordinator, assignment):
    edit = {"path": "staff", "value": 30}
    write(coordinator, assignment, edit, key="a-key-of-mine")
    KeptAnswer.objects.update(status=None, started_at=timezone.now())

    answer = write(coordinator, assignment, edit, key="a-key-of-mine")

    assert (answer.status_code, answer.json()["code"]) == (409, "still_worked_on")


def test_a_request_whose_answer_was_lost_is_made_good(coordinator, assignment):
    edit = {"path": "staff", "value": 30}
    write(coordinator, assignment, edit, key="a-key-of-mine")
    KeptAnswer.objects.update(status=None, started_at=timezone.now() - timedelta(minutes=2))

    answer = write(coordinator, assignment, edit, key="a-key-of-mine")

    assert (answer.status_code, AnswerChange.objects.filter(channel="api").count()) == (200, 1)


def test_a_key_is_forgotten_after_a_day(coordinator, assignment):
    write(coordinator, assignment, {"path": "staff", "value": 30}, key="a-key-of-mine")
    KeptAnswer.objects.update(expires_at=timezone.now())

    write(coordinator, assignment, {"path": "note", "value": "b"}, key="another-key")

    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["another-key"]


def test_a_forgotten_key_is_good_for_another_request(coordinator, assignment):
    write(coordinator, assignment, {"path": "staff", "value": 30}, key="a-key-of-mine")
    KeptAnswer.objects.update(expires_at=timezone.now())

    later = {"path": "staff", "value": 31, "seen": {"value": 30}}
    answer = write(coordinator, assignment, later, key="a-key-of-mine")

    assert (answer.status_code, answers(assignment)["staff"]) == (200, "31")


@pytest.mark.parametrize("key", ["", "short", "with space here", "ổ" * 10, "a" * 201])
def test_writing_wants_a_key(key, coordinator, assignment):
    body: dict[str, object] = {"edits": []}

    headers = {"Idempotency_Key": key.encode().decode("latin-1")} if key else {}
    answer = coordinator.send("PATCH", address(assignment), body, **headers)

    assert (answer.status_code, Response.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    "field", ["status", "submitted_at", "unit", "signed_by", "version", "edits[0]", "ownerId"]
)
def test_nothing_else_can_be_set(field, coordinator, assignment):
    body = {"edits": [], field: "submitted"}

    answer = coordinator.send("PATCH", address(assignment), body, Idempotency_Key="a-key-of-mine")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown")


def test_nothing_is_stored_where_a_row_cannot_be_added(coordinator, assignment):
    answer = write(
        coordinator,
        assignment,
        {"path": "staff", "value": 30},
        rows=[{"repeat": "contacts", "key": "a"}, {"repeat": "budget", "key": "b"}],
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "rows_not_addable")
    assert not Response.objects.exists()


def test_who_has_seen_another_response_stores_nothing(coordinator, assignment):
    tag = coordinator.get(address(assignment))["ETag"]
    write(coordinator, assignment, {"path": "staff", "value": 30}, If_Match=tag)

    answer = write(coordinator, assignment, {"path": "note", "value": "b"}, If_Match=tag)

    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert "note" not in answers(assignment)


def test_locked_answers_stay(coordinator, assignment):
    services.send_for_signature(finished(draft(assignment)), actor=None, at=timezone.now())

    answer = write(coordinator, assignment, {"path": "note", "value": "b"})

    assert (answer.status_code, answer.json()["code"]) == (409, "answers_locked")


@pytest.mark.parametrize("part", ["", "response", "definition", "sending"])
def test_strangers_find_nothing(part, assignment):
    stranger = program(member(AgencyFactory(), "coordinator"))
    place = f"/api/v1/assignments/{assignment.pk}/{part}{'/' if part else ''}"

    if part == "sending":
        answer = stranger.send("POST", place, {}, Idempotency_Key="a-key-of-mine")
    else:
        answer = stranger.get(place)

    assert answer.status_code == 404


def test_the_owner_does_not_read_drafts_here(assignment):
    owner = program(department_person("administrator"))

    assert owner.get(address(assignment)).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "signatory"])
def test_who_does_not_write_on_the_page_does_not_write_here(role, assignment):
    answer = write(
        program(member(assignment.agency, role)), assignment, {"path": "staff", "value": 1}
    )

    assert answer.status_code == 403


def test_a_token_for_reading_does_not_write(assignment):
    reader = program(member(assignment.agency, "coordinator"), Scope.RESPONSE_READ)

    assert reader.get(address(assignment)).status_code == 200
    assert write(reader, assignment).json()["code"] == "scope_missing"


def test_a_response_is_sent_and_waits_for_who_signs(coordinator, assignment):
    finished(draft(assignment))

    answer = coordinator.send("POST", address(assignment, "sending"), {}, Idempotency_Key="k" * 8)

    revision = ResponseRevision.objects.get()
    assert (answer.status_code, answer.json()["status"]) == (200, "awaiting_signature")
    assert (answer.json()["sha256"], revision.kind) == (revision.sha256, "sent")
    assert AuditEvent.objects.filter(kind="response.sent").count() == 1


def test_sent_twice_it_is_sent_once(coordinator, assignment):
    finished(draft(assignment))
    place = address(assignment, "sending")

    first, again = (
        coordinator.send("POST", place, {}, Idempotency_Key="k" * 8) for _time in range(2)
    )

    assert (first.content, ResponseRevision.objects.count()) == (again.content, 1)


def test_nothing_is_sent_while_a_check_fails(coordinator, assignment):
    save(draft(assignment), "person", CellEdit("staff", "3"), CellEdit("women", "5"))

    answer = coordinator.send("POST", address(assignment, "sending"), {}, Idempotency_Key="k" * 8)

    assignment.refresh_from_db()
    assert (answer.status_code, answer.json()["code"]) == (422, "unresolved_checks")
    assert ("women", "constraint_failed") in {
        (each["path"], each["code"]) for each in answer.json()["errors"]
    }
    assert assignment.status == AssignmentStatus.DRAFT


def test_nothing_is_sent_that_was_never_begun(coordinator, assignment):
    answer = coordinator.send("POST", address(assignment, "sending"), {}, Idempotency_Key="k" * 8)

    assert answer.status_code == 404


def test_the_questionnaire_is_told(coordinator, assignment):
    told = coordinator.get(address(assignment, "definition")).json()

    assert told["definition"]["code"] == "phieu-nho"
    assert told["version"]["questionnaire"] == assignment.version.questionnaire.code


def test_what_ones_agencies_are_asked_is_listed(coordinator, assignment):
    open_assignment()

    items = coordinator.get("/api/v1/assignments/").json()["items"]

    assert [item["id"] for item in items] == [assignment.pk]
