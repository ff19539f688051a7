"""The pages of the sign-off chain."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.models import Response, SignOff, Substitution, User
from surveys.responses import services
from surveys.responses.services import CellEdit, approve_step, return_to_draft, sign
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW, TODAY
from tests.surveys.responses.factories import save, seen
from tests.surveys.responses.signoff.chains import (
    ABOVE,
    NOBODY_NOW,
    REVIEW,
    SIGN,
    sent,
    superior,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def url(name: str, response: Response) -> str:
    """An address of the response's assignment."""
    return reverse(name, args=[response.assignment_id])


def status_of(response: Response) -> str:
    """Where it stands now."""
    response.assignment.refresh_from_db()
    return response.assignment.status


def decide(client: Client, name: str, response: Response, **fields: str):
    """Press the button of the page as it stands."""
    shown = client.get(url(name, response)).context["sent"].sha256
    return client.post(url(name, response), {"shown": shown, **fields})


def test_the_reviewer_approves_with_a_reservation():
    response = sent(REVIEW, SIGN)
    client = browser(member(response.assignment.agency, "reviewer"))

    decide(client, "response_approve", response, comment="Thiếu xã", with_reservation="on")

    done = SignOff.objects.get()
    assert (done.with_reservation, done.comment) == (True, "Thiếu xã")
    front = client.get(url("assignment_detail", response)).content.decode()
    assert "Có bảo lưu: Thiếu xã" in front


def test_a_reservation_without_words_is_refused_on_the_page():
    response = sent(REVIEW, SIGN)
    client = browser(member(response.assignment.agency, "reviewer"))

    answer = decide(client, "response_approve", response, with_reservation="on")

    assert answer.status_code == 422
    assert not SignOff.objects.exists()


def test_the_signatory_waits_for_the_reviewer():
    response = sent(REVIEW, SIGN)
    client = browser(member(response.assignment.agency, "signatory"))

    answer = client.get(url("response_sign", response))

    assert answer.headers["Location"] == url("assignment_detail", response)


def test_a_colleague_without_the_role_does_not_approve():
    response = sent(REVIEW, SIGN)
    client = browser(member(response.assignment.agency, "coordinator"))

    assert client.post(url("response_approve", response)).status_code == 403


def test_the_superior_finds_it_on_the_first_page_and_approves():
    response = sent(SIGN, ABOVE)
    sign(response, **NOBODY_NOW)
    client = browser(superior(response, "reviewer"))

    home = client.get(reverse("home")).content.decode()
    decide(client, "response_approve", response)

    assert url("response_approve", response) in home
    assert list(SignOff.objects.values_list("step", flat=True)) == ["sign", "above"]
    assert status_of(response) == Status.SUBMITTED


def test_the_superior_returns_it_and_sees_it_no_more():
    response = sent(SIGN, ABOVE)
    sign(response, **NOBODY_NOW)
    client = browser(superior(response, "reviewer"))

    answer = client.post(
        url("response_return", response),
        {"reason": "Đối chiếu"},
    )

    assert answer.headers["Location"] == reverse("home")
    assert status_of(response) == Status.RETURNED
    assert client.get(url("assignment_detail", response)).status_code == 404


def test_before_the_signature_the_superior_sees_nothing():
    response = sent(REVIEW, SIGN, ABOVE)

    answer = browser(superior(response, "reviewer")).get(url("assignment_detail", response))

    assert answer.status_code == 404


def returned(**cited: str) -> Response:
    """A response that came back with these comments."""
    response = sent(SIGN)
    return_to_draft(response, actor=UserFactory(), at=NOW, reason="Đối chiếu lại", cited=cited)
    return response


def test_the_agency_reads_what_is_open_and_why():
    response = returned(women="Đếm lại số nữ")
    client = browser(member(response.assignment.agency))

    front = client.get(url("assignment_detail", response)).content.decode()
    section = client.get(reverse("section", args=[response.assignment_id, "people"]))

    assert "Đếm lại số nữ" in front
    blocks = {block.control.path: block for block in section.context["page"].blocks}
    assert not blocks["women"].control.read_only
    assert blocks["staff"].control.read_only
    assert "không bị trả lại" in blocks["staff"].answered_by


def test_without_cited_questions_everything_is_open():
    response = returned()
    client = browser(member(response.assignment.agency))

    section = client.get(reverse("section", args=[response.assignment_id, "people"]))

    blocks = {block.control.path: block for block in section.context["page"].blocks}
    assert not blocks["staff"].control.read_only


def test_after_sending_again_the_signatory_sees_what_was_corrected():
    response = returned(women="Đếm lại", note="Ghi rõ")
    save(response, "fix", CellEdit("women", "3", seen("4")))
    services.send_for_signature(response, **NOBODY_NOW)
    client = browser(member(response.assignment.agency, "signatory"))

    compared = client.get(url("response_differences", response)).context["compared"]

    first, second = compared.cited
    assert [(line.old, line.new) for line in first.lines] == [("4", "3")]
    assert (first.comment, second.lines) == ("Đếm lại", [])
    assert [place.name for place in compared.others] == ["men"]
    page = client.get(url("response_sign", response)).content.decode()
    assert "Ngoài ra không có thay đổi nào khác" in page


def test_a_substitute_signs_and_the_receipt_names_the_document():
    response = sent(SIGN)
    agency, person = response.assignment.agency, UserFactory()
    Substitution.objects.create(
        agency=agency,
        role="signatory",
        absent=member(agency, "signatory"),
        substitute=person,
        from_on=TODAY,
        to_on=TODAY + timedelta(days=2),
        capacity="TUQ.",
        signs_as="CHỦ TỊCH",
        document_number="7/GUQ-UBND",
        document_on=TODAY,
        document_issuer="Chủ tịch",
        created_at=NOW,
    )
    client = browser(person)

    decide(client, "response_sign", response)

    receipt = client.get(url("response_receipt", response)).content.decode()
    assert "7/GUQ-UBND" in receipt
    assert "TUQ. CHỦ TỊCH" in receipt


def test_a_typed_capacity_wants_its_document_and_keeps_what_was_typed():
    response = sent(SIGN)
    client = browser(member(response.assignment.agency, "signatory"))
    fields = {"authority": "typed", "capacity": "TL.", "signs_as": "Bộ trưởng, Vụ trưởng"}

    refused = decide(client, "response_sign", response, **fields)
    decide(
        client,
        "response_sign",
        response,
        **fields,
        document_number="5/QĐ",
        document_on="5/1/2026",
        document_issuer="Bộ trưởng",
    )

    assert refused.status_code == 422
    assert "Bộ trưởng, Vụ trưởng" in refused.content.decode()
    assert SignOff.objects.get().signs_as == "TL. Bộ trưởng, Vụ trưởng"


def test_the_chain_tells_who_did_what_and_who_is_next():
    response = sent(REVIEW, SIGN)
    reviewer = member(response.assignment.agency, "reviewer")
    approve_step(response, actor=reviewer, at=NOW)
    client = browser(reviewer)

    chain = client.get(url("assignment_detail", response)).context["chain"]

    assert [step.state for step in chain] == ["done", "done", "now", ""]
    assert chain[2].sub == "Chưa có ai đảm nhiệm bước này."
