"""Personal data go when their time is over, or when a person asks for it; what was signed holds."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from surveys.audit.enums import Event
from surveys.campaigns.services import close_round
from surveys.files import storage
from surveys.files.refusals import FileLost
from surveys.models import (
    AccessLink,
    AnswerChange,
    AuditEvent,
    Campaign,
    Comment,
    ErasableAnswer,
    Response,
    ResponseRevision,
    Round,
    RoundErasure,
    StoredFile,
)
from surveys.organisations.enums import MembershipRole
from surveys.responses.comments.services import add_comment
from surveys.responses.erasing import services
from surveys.responses.erasing.services import (
    ErasureReasonMissing,
    NothingPersonal,
    erase_expired,
    erase_person,
)
from surveys.responses.services import CellEdit, add_row, is_intact, send_for_signature, sign
from tests.factories import member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.responses.attachments import answer, document, with_files
from tests.surveys.responses.factories import finished, save

pytestmark = pytest.mark.django_db
NAME = "Giàng A Páo"
THEN = NOW + timedelta(days=370)
"""More than a year after the closing."""


def with_contact(response: Response, name: str = NAME) -> str:
    """One more contact; its row."""
    row = add_row(response, repeat="contacts", edit_id=f"add-{len(name)}", actor=None, at=NOW).row
    save(response, f"name-{len(name)}", CellEdit(f"contacts/{row}/contact_name", name))
    return f"contacts/{row}"


def unsent(beside: Response) -> Response:
    """A draft of the same round that was never sent."""
    assignment = AssignmentFactory.create(round=beside.assignment.round)
    return Response.objects.create(
        assignment=assignment, version=assignment.version, started_at=NOW
    )


@pytest.fixture
def response() -> Response:
    """A signed response with a contact, in a closed round that keeps personal data for a year."""
    response = finished()
    with_contact(response)
    send_for_signature(response, actor=None, at=NOW)
    sign(response, actor=member(response.assignment.agency, MembershipRole.SIGNATORY), at=NOW)
    Campaign.objects.update(retention_months=12)
    close_round(Round.objects.get(), actor=None, at=NOW, reason="Đủ")
    return response


def everything() -> str:
    """All that the database holds of the responses, as text."""
    tables = [Response, AnswerChange, ResponseRevision, ErasableAnswer]
    return json.dumps(
        [list(table._default_manager.values()) for table in tables], default=str, ensure_ascii=False
    )


def test_before_their_time_personal_data_stay(response):
    assert erase_expired(at=NOW + timedelta(days=360)) == []
    assert NAME in everything()


def test_after_their_time_nothing_of_them_is_left(response):
    assert erase_expired(at=THEN) == [Round.objects.get()]
    assert NAME not in everything()


def test_what_was_signed_stays_as_it_was_and_intact(response):
    before = list(ResponseRevision.objects.values_list("canonical", "sha256"))

    erase_expired(at=THEN)

    assert list(ResponseRevision.objects.values_list("canonical", "sha256")) == before
    assert all(is_intact(revision) for revision in ResponseRevision.objects.all())


def test_the_other_answers_stay(response):
    erase_expired(at=THEN)

    answers = Response.objects.get().answers
    assert (answers["staff"], [set(row) for row in answers["contacts"]]) == ("10", [{"_id"}])


def test_a_draft_that_was_never_sent_is_erased_too(response):
    other = unsent(response)
    Response.objects.filter(pk=other.pk).update(
        answers={"contacts": [{"_id": "x", "contact_name": "Bà B"}]},
        typed={"contacts/x/contact_name": "Bà C"},
        remarks={"contacts/x/contact_name": {"explanation": "Bà D"}},
    )

    erase_expired(at=THEN)

    assert "Bà" not in everything()


def test_it_is_recorded_once_with_counts(response):
    erase_expired(at=THEN)
    again = erase_expired(at=THEN + timedelta(days=1))

    event = AuditEvent.objects.get(kind=Event.ROUND_PERSONAL_DATA_ERASED)
    assert again == []
    assert event.data["erased"] == {
        "drafts": 1,
        "signed": 2,
        "papers": 0,
        "workbooks": 0,
        "submissions": 0,
        "changes": 1,
        "comments": 0,
        "files": 0,
        "links": 0,
        "previews": 0,
    }
    assert Round.objects.get().erased_at == THEN


def test_personal_links_go(response):
    AccessLink.objects.create(
        assignment=response.assignment, address="a@example.vn", created_at=NOW, expires_at=THEN
    )

    erase_expired(at=THEN)

    assert not AccessLink.objects.exists()


def test_broken_off_it_goes_on_and_counts_everything_once(response, monkeypatch):
    for _number in range(3):
        unsent(response)
    Response.objects.exclude(pk=response.pk).update(
        answers={"contacts": [{"_id": "x", "contact_name": "Bà B"}]}
    )
    monkeypatch.setattr(services, "BATCH", 2)
    services._erase_batch(Round.objects.select_related("campaign", "version").get(), at=THEN)
    assert RoundErasure.objects.get().counts["drafts"] == 2

    later = THEN + timedelta(hours=1)
    assert erase_expired(at=later) == [Round.objects.get()]

    event = AuditEvent.objects.get(kind=Event.ROUND_PERSONAL_DATA_ERASED)
    assert (event.at, event.data["erased"]["drafts"]) == (later, 4)


def test_a_round_that_was_opened_again_is_erased_after_its_new_closing(response):
    erase_expired(at=THEN)
    Round.objects.update(closed_at=THEN + timedelta(days=1))

    assert erase_expired(at=THEN + timedelta(days=2)) == []
    assert erase_expired(at=THEN + timedelta(days=400)) == [Round.objects.get()]


def test_kept_for_good_is_not_erased(response):
    Campaign.objects.update(retention_months=None)

    assert erase_expired(at=THEN) == []


def test_the_command_says_what_was_done(response):
    out = StringIO()

    call_command("erase_expired", "--at", "2028-01-01", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"done": 1, "rounds": [Round.objects.get().code]}


def by_request(response: Response, *paths: str, **said: str) -> dict[str, int]:
    words = {"reason": "Người được nêu tên yêu cầu", "document": "Đơn 12/ĐĐN", **said}
    return erase_person(response, paths=paths, actor=None, at=NOW, **words)


def test_on_request_one_person_goes_and_the_others_stay():
    response = finished()
    row = with_contact(response)
    with_contact(response, "Bà B")

    by_request(response, row)

    assert NAME not in everything()
    assert "Bà B" in everything()


def test_the_request_is_recorded_by_its_reason_and_document(response):
    row = f"contacts/{Response.objects.get().answers['contacts'][0]['_id']}"

    counts = by_request(response, row)

    event = AuditEvent.objects.get(kind=Event.RESPONSE_PERSONAL_DATA_ERASED)
    assert (event.data["document"], event.data["erased"]) == ("Đơn 12/ĐĐN", counts)
    assert NAME not in json.dumps(event.data, ensure_ascii=False)
    assert all(is_intact(revision) for revision in ResponseRevision.objects.all())


@pytest.mark.parametrize("blank", ["reason", "document"])
def test_a_request_has_a_reason_and_a_document(response, blank):
    with pytest.raises(ErasureReasonMissing):
        by_request(response, "contacts/x", **{blank: " "})


def test_what_is_not_personal_is_not_erased_by_request(response):
    with pytest.raises(NothingPersonal):
        by_request(response, "staff")
    assert Response.objects.get().answers["staff"] == "10"


def test_files_of_personal_answers_go_with_their_content(django_capture_on_commit_callbacks):
    response = with_files()
    answer(response, "plan")
    answer(response, "card", document("can-cuoc.pdf"), edit_id="card")
    personal = StoredFile.objects.get(path="card")

    with django_capture_on_commit_callbacks(execute=True):
        counts = by_request(response, "card")

    assert counts["files"] == 1
    assert list(StoredFile.objects.values_list("path", flat=True)) == ["plan"]
    with pytest.raises(FileLost):
        storage.open_content(personal.pk)
    assert "can-cuoc" not in everything()


def test_what_colleagues_said_on_any_question_goes_with_the_rounds_data(response):
    lan = member(response.assignment.agency)
    add_comment(response, path="staff", text=f"Hỏi {NAME}", actor=lan, at=NOW)

    erase_expired(at=THEN)

    event = AuditEvent.objects.get(kind=Event.ROUND_PERSONAL_DATA_ERASED)
    assert (Comment.objects.get().text, event.data["erased"]["comments"]) == ("", 1)


def test_on_request_what_was_said_on_a_persons_row_goes_and_no_more(response):
    lan = member(response.assignment.agency)
    row = Response.objects.get().answers["contacts"][0]["_id"]
    for path in (f"contacts/{row}/contact_age", "staff"):
        add_comment(response, path=path, text="Bà B?", actor=lan, at=NOW)

    assert by_request(response, f"contacts/{row}")["comments"] == 1
    assert [each.text for each in Comment.objects.order_by("path")] == ["", "Bà B?"]
