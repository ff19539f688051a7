"""A device posts what was filled in, end to end."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.engine import Kind, Question, Repeat
from surveys.machines.enums import Scope
from surveys.machines.models import ApiToken
from surveys.models import AnswerChange, AuditEvent, DeviceSubmission, Response, StoredFile
from surveys.responses.devices.erasing import erase_submissions
from surveys.responses.queries import state_of
from surveys.responses.services import CellEdit
from tests.factories import AgencyFactory, member
from tests.surveys.openrosa.device import Device, filled_in, told
from tests.surveys.responses.factories import DEFINITION, draft, open_assignment, save

pytestmark = pytest.mark.django_db

PHOTO = Question(name="photo", kind=Kind.IMAGE, label={"vi": "Ảnh"})
WITH_PHOTO = replace(DEFINITION, children=(*DEFINITION.children, PHOTO))
EVERYTHING = """
<people><agency_kind/><staff>30</staff><women>12</women><men>18</men><note>Ghi chú &amp; “thêm”</note>
<skills>cloud data</skills><before/></people>
<contacts_page><contacts><contact_name>An</contact_name><contact_age>35</contact_age></contacts>
<contacts><contact_name/><contact_age/></contacts>
<contacts><contact_name>Bình</contact_name><contact_age>41</contact_age></contacts></contacts_page>
<budget_page><budget_count>2</budget_count>
<budget><budget_row>state</budget_row><planned>1.234</planned></budget>
<budget><budget_row>oda</budget_row><planned>1234.5</planned><loan>1.0E3</loan></budget></budget_page>
"""
STAFF = "<people><staff>30</staff></people>"


@pytest.fixture
def assignment():
    """A province's duty in an open round."""
    return open_assignment(WITH_PHOTO, due_at=timezone.now() + timedelta(days=5))


@pytest.fixture
def device(assignment):
    """The coordinator's device."""
    return Device(member(assignment.agency, "coordinator"))


def answers(assignment):
    return Response.objects.get(assignment=assignment).answers


def changes():
    return AnswerChange.objects.filter(channel="openrosa")


def lines():
    return [(each["path"], each["left"]) for each in DeviceSubmission.objects.get().lines]


def picture(colour="red"):
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    return file.getvalue()


def test_it_is_asked_first_where_submissions_go(device):
    answer = device.head()

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Location"] == f"http://testserver{device.root}submission"
    assert int(answer["X-OpenRosa-Accept-Content-Length"]) > 10_000_000
    assert answer["X-OpenRosa-Version"] == "1.0"


def test_every_kind_of_place_arrives(device, assignment):
    answer = device.send(filled_in(assignment, EVERYTHING))

    stored = answers(assignment)
    assert answer.status_code == 201, answer.content
    assert (stored["staff"], stored["women"], stored["note"]) == ("30", "12", "Ghi chú & “thêm”")
    assert stored["skills"] == ["data", "cloud"]
    assert [(row["contact_name"], row["contact_age"]) for row in stored["contacts"]] == [
        ("An", "35"),
        ("Bình", "41"),
    ]
    assert stored["budget"] == {
        "state": {"planned": "1.234"},
        "oda": {"planned": "1234.5", "loan": "1000"},
    }


def test_the_history_says_that_a_device_sent_it_and_nothing_is_sent_on(device, assignment):
    device.send(filled_in(assignment, STAFF))

    assignment.refresh_from_db()
    assert changes().count() == 1
    assert assignment.status == AssignmentStatus.DRAFT
    assert AuditEvent.objects.filter(kind="submission.received").count() == 1


def test_the_same_instance_fifty_times_is_one_change(device, assignment):
    xml = filled_in(assignment, EVERYTHING)
    first = device.send(xml)
    after = changes().count()

    again = [device.send(xml) for _ in range(49)]

    assert {(each.status_code, each.content) for each in again} == {(201, first.content)}
    assert (changes().count(), DeviceSubmission.objects.count()) == (after, 1)
    assert len(answers(assignment)["contacts"]) == 2


def test_the_same_instance_changes_nothing_that_was_written_since(device, assignment):
    device.send(filled_in(assignment, STAFF))
    response = Response.objects.get()
    save(response, "person", CellEdit("staff", "31", seen=draft_cell(response, "staff")))

    device.send(filled_in(assignment, STAFF))

    assert answers(assignment)["staff"] == "31"


def draft_cell(response, path):
    return state_of(response, at=timezone.now()).cell(path)


def test_an_instance_with_other_answers_is_refused(device, assignment):
    device.send(filled_in(assignment, STAFF))

    answer = device.send(filled_in(assignment, STAFF.replace("30", "31")))

    assert (answer.status_code, answers(assignment)["staff"]) == (409, "30")


def test_what_a_colleague_has_written_stays_and_what_was_sent_is_kept(device, assignment):
    save(draft(assignment), "person", CellEdit("staff", "12"))
    inside = "<people><staff>30</staff><note>Mới</note></people>"

    answer = device.send(filled_in(assignment, inside))

    kept = DeviceSubmission.objects.get()
    assert (answer.status_code, lines()) == (202, [("staff", "conflict")])
    assert (answers(assignment)["staff"], answers(assignment)["note"]) == ("12", "Mới")
    assert "<staff>30</staff>" in kept.xml
    assert "1" in told(answer)


def test_an_answer_that_stands_there_already_is_no_conflict(device, assignment):
    save(draft(assignment), "person", CellEdit("staff", "30"))

    assert device.send(filled_in(assignment, STAFF)).status_code == 201


def test_what_is_empty_on_the_device_takes_nothing_away(device, assignment):
    save(draft(assignment), "person", CellEdit("staff", "12"))

    device.send(filled_in(assignment, "<people><staff/><note>a</note></people>"))

    assert answers(assignment)["staff"] == "12"


def test_an_edited_instance_goes_over_what_it_replaces(device, assignment):
    first = "<contacts_page><contacts><contact_age>35</contact_age></contacts></contacts_page>"
    device.send(filled_in(assignment, STAFF + first))
    replaces = "<orx:meta><orx:deprecatedID>uuid:1</orx:deprecatedID>"
    edited = filled_in(
        assignment, STAFF.replace("30", "31") + first.replace("35", "36"), instance="uuid:2"
    ).replace("<orx:meta>", replaces)

    answer = device.send(edited)

    stored = answers(assignment)
    assert (answer.status_code, stored["staff"]) == (201, "31")
    assert [row["contact_age"] for row in stored["contacts"]] == ["36"]


def test_a_strangers_instance_cannot_be_replaced(device, assignment):
    device.send(filled_in(assignment, STAFF))
    colleague = Device(member(assignment.agency, "contributor"))
    replaces = "<orx:meta><orx:deprecatedID>uuid:1</orx:deprecatedID>"
    edited = filled_in(assignment, STAFF.replace("30", "31"), instance="uuid:2")

    answer = colleague.send(edited.replace("<orx:meta>", replaces))

    assert (answer.status_code, answers(assignment)["staff"]) == (202, "30")


def test_a_file_comes_with_the_answers(device, assignment):
    xml = filled_in(assignment, "<photo>1.png</photo>")

    answer = device.send(xml, {"1.png": picture()})

    file = StoredFile.objects.get()
    assert (answer.status_code, answers(assignment)["photo"]) == (201, str(file.pk))


def test_files_come_in_later_requests_of_the_same_instance(device, assignment):
    xml = filled_in(assignment, f"{STAFF}<photo>1.png</photo>")
    first = device.send(xml)
    state = DeviceSubmission.objects.get().files["photo"]["state"]

    second = device.send(xml, {"1.png": picture()})
    third = device.send(xml, {"1.png": picture()})

    assert (first.status_code, state) == (201, "awaited")
    assert {second.status_code, third.status_code} == {201}
    assert DeviceSubmission.objects.get().files["photo"]["state"] == "stored"
    assert StoredFile.objects.count() == 1


def test_a_file_that_meets_another_is_kept_beside_it(device, assignment):
    device.send(filled_in(assignment, "<photo>1.png</photo>"), {"1.png": picture()})
    before = answers(assignment)["photo"]
    xml = filled_in(assignment, "<photo>2.png</photo>", instance="uuid:2")

    answer = device.send(xml, {"2.png": picture("blue")})

    (line,) = DeviceSubmission.objects.get(instance_id="uuid:2").lines
    assert (answer.status_code, answers(assignment)["photo"]) == (202, before)
    assert StoredFile.objects.filter(pk=line["typed"]).exists()


def test_a_file_of_no_kind_that_is_taken_is_told(device, assignment):
    xml = filled_in(assignment, f"{STAFF}<photo>1.png</photo>")

    answer = device.send(xml, {"1.png": b"MZ not a picture"})

    assert (answer.status_code, lines()) == (202, [("photo", "file")])
    assert answers(assignment)["staff"] == "30"


def test_rows_that_another_answer_counts_are_filled_in():
    rooms = Repeat(
        name="rooms",
        label={"vi": "Phòng"},
        repeat_count="${staff}",
        children=(Question(name="room", kind=Kind.TEXT, label={"vi": "Tên"}),),
    )
    definition = replace(DEFINITION, children=(*DEFINITION.children, rooms))
    assignment = open_assignment(definition, due_at=timezone.now() + timedelta(days=5))
    device = Device(member(assignment.agency, "coordinator"))
    three = "".join(f"<rooms><room>{n}</room></rooms>" for n in "abc")

    answer = device.send(filled_in(assignment, f"<people><staff>2</staff></people>{three}"))

    assert [row["room"] for row in answers(assignment)["rooms"]] == ["a", "b"]
    assert (answer.status_code, lines()) == (202, [("rooms/@2/room", "refused")])


def test_a_field_that_the_form_lacks_is_kept_and_told(device, assignment):
    answer = device.send(filled_in(assignment, f"{STAFF}<strange><x>1</x></strange>"))

    assert (answer.status_code, lines()) == (202, [("strange/x", "unknown")])


def test_a_form_of_another_version_is_kept_and_nothing_of_it_stored(device, assignment):
    answer = device.send(filled_in(assignment, STAFF, version=7))

    assert (answer.status_code, lines()) == (202, [("staff", "other_version")])
    assert "staff" not in answers(assignment)


@pytest.mark.parametrize("change", ["closed", "late", "sent"])
def test_a_round_that_takes_no_answers_any_more_refuses(change, device, assignment):
    draft(assignment)
    assignment.refresh_from_db()
    if change == "closed":
        assignment.round.status = RoundStatus.CLOSED
        assignment.round.save()
    elif change == "late":
        assignment.due_at = timezone.now() - timedelta(days=5)
        assignment.save()
    else:
        assignment.status = AssignmentStatus.AWAITING_SIGNATURE
        assignment.save()

    answer = device.send(filled_in(assignment, STAFF))

    assert (answer.status_code, told(answer) != "") == (403, True)
    assert (changes().count(), DeviceSubmission.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(kind="submission.refused").count() == 1


def test_a_strangers_token_finds_no_form(assignment):
    stranger = Device(member(AgencyFactory(), "coordinator"))

    assert stranger.send(filled_in(assignment, STAFF)).status_code == 404
    assert not Response.objects.exists()


@pytest.mark.parametrize("role", ["signatory", "reviewer"])
def test_who_may_not_answer_is_refused(role, assignment):
    answer = Device(member(assignment.agency, role)).send(filled_in(assignment, STAFF))

    assert (answer.status_code, Response.objects.count()) == (403, 0)


def test_a_token_that_only_reads_is_refused(assignment):
    device = Device(member(assignment.agency, "coordinator"), Scope.RESPONSE_READ)

    assert device.send(filled_in(assignment, STAFF)).status_code == 403


def test_a_revoked_token_is_refused(device, assignment):
    ApiToken.objects.update(revoked_at=timezone.now())

    assert device.send(filled_in(assignment, STAFF)).status_code == 401


def test_another_forms_id_is_not_found(device, assignment):
    xml = filled_in(assignment, STAFF).replace('data id="', 'data id="other-')

    assert device.send(xml).status_code == 404


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


HOSTILE = {
    "billion laughs": lambda xml: xml.replace("?>", f"?>{BOMB}", 1).replace(">30<", ">&i;<"),
    "external entity": lambda xml: xml.replace("?>", f"?>{OUTSIDE}", 1).replace(">30<", ">&e;<"),
    "external dtd": lambda xml: xml.replace("?>", f"?>{DTD}", 1),
    "too deep": lambda xml: xml.replace("<people>", "<a>" * 99).replace("</people>", "</a>" * 99),
    "cut off": lambda xml: xml[:-9],
    "nothing": lambda xml: "",
    "no xml": lambda xml: "{}",
    "no form": lambda xml: xml.replace(' id="', ' idx="'),
    "no instance": lambda xml: xml.replace("uuid:1", ""),
    "long instance": lambda xml: xml.replace("uuid:1", "u" * 300),
    "wrong root": lambda xml: "<html><body/></html>",
    "no utf-8": lambda xml: xml.encode().replace(b">30<", b">\xff\xfe<"),
}


@pytest.mark.parametrize("break_it", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_as_unreadable(break_it, device, assignment):
    answer = device.send(break_it(filled_in(assignment, STAFF)))

    assert (answer.status_code, told(answer) != "") == (400, True)
    assert not Response.objects.exists()


def test_ten_megabytes_of_xml_are_too_large(device, assignment):
    xml = filled_in(assignment, f"<people><note>{'a' * 10_000_000}</note></people>")

    assert device.send(xml).status_code == 413


def test_a_body_beyond_the_announced_length_is_too_large(device, assignment, settings):
    settings.OPENROSA_MOST_BYTES = 100

    assert device.send(filled_in(assignment, STAFF)).status_code == 413


def test_an_answer_longer_than_a_cell_holds_is_kept_and_told(device, assignment):
    answer = device.send(filled_in(assignment, f"<people><note>{'a' * 10_001}</note></people>"))

    assert (answer.status_code, lines()) == (202, [("note", "refused")])


def test_a_request_without_the_xml_is_unreadable(device):
    answer = device.client.post(f"{device.root}submission", {"x": "1"}, headers=device.headers)

    assert answer.status_code == 400


def test_another_type_is_not_taken(device):
    answer = device.client.post(
        f"{device.root}submission", "<data/>", content_type="text/xml", headers=device.headers
    )

    assert answer.status_code == 415


def test_a_broken_multipart_body_is_unreadable(device):
    answer = device.client.post(
        f"{device.root}submission", b"x", content_type="multipart/form-data", headers=device.headers
    )

    assert answer.status_code == 400


def test_the_message_comes_in_the_devices_language(device, assignment):
    answer = device.send(filled_in(assignment, STAFF), **{"Accept-Language": "en-GB"})

    assert told(answer).startswith("1 answer is stored.")


def test_personal_data_of_submissions_are_erased(device, assignment):
    xml = filled_in(assignment, STAFF)
    device.send(xml)

    erase_submissions(Response.objects.get())
    answer = device.send(xml)

    assert (DeviceSubmission.objects.get().xml, answer.status_code) == ("", 201)
