"""The pages on which work is divided, and on which people see theirs."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import AccountInvitation, Assignment, Delegation, Response, User
from surveys.organisations.enums import MembershipRole
from surveys.responses.delegation.mine import my_work
from surveys.responses.delegation.services import report_done, withdraw
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.delegation.factories import contributor, coordinator, given
from tests.surveys.responses.factories import draft, open_assignment, save
from tests.surveys.responses.test_views_saving import page_fields, save_cell

pytestmark = pytest.mark.django_db

DUE = "27/11/2026"
LATE = NOW + timedelta(days=9)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def assignment(response: Response) -> Assignment:
    return response.assignment


@pytest.fixture
def bao(assignment: Assignment) -> User:
    return contributor(assignment)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: User, name: str, *args: object) -> str:
    answer = browser(user).get(reverse(name, args=args))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def post(user: User, assignment: Assignment, **fields: object):
    url = reverse("division", args=[assignment.pk])
    return browser(user).post(url, {"due_on": DUE, **fields}, follow=True)


@pytest.mark.parametrize("role", [MembershipRole.CONTRIBUTOR, MembershipRole.SIGNATORY])
def test_only_coordinators_divide_the_work(assignment, role):
    person = member(assignment.agency, role)

    answer = browser(person).get(reverse("division", args=[assignment.pk]))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["division", "delegation_due", "delegation_withdraw"])
def test_a_stranger_gets_404(assignment, bao, name):
    delegation = given(assignment, bao, "people")
    args = [assignment.pk] if name == "division" else [assignment.pk, delegation.pk]

    answer = browser(coordinator(open_assignment())).post(reverse(name, args=args))

    assert answer.status_code == 404


def test_several_sections_are_given_at_once(assignment, bao):
    post(
        coordinator(assignment),
        assignment,
        parts=["people", "budget_page"],
        person=bao.pk,
        note="gấp",
    )

    delegation = Delegation.objects.get()
    assert (delegation.user, delegation.parts, delegation.note) == (
        bao,
        ["people", "budget_page"],
        "gấp",
    )


def test_somebody_new_is_invited_and_gets_the_work(assignment):
    post(
        coordinator(assignment),
        assignment,
        parts=["people"],
        person="invite",
        email="Moi@Coquan.vn",
    )

    delegation = Delegation.objects.get()
    assert (delegation.user, delegation.invited_email) == (None, "moi@coquan.vn")
    assert AccountInvitation.objects.get().email == "moi@coquan.vn"


REFUSED = [
    ({"parts": ["people"], "person": ""}, "Hãy chọn người làm"),
    ({"parts": [], "person": "me"}, "ít nhất một phần"),
    ({"parts": ["people"], "person": "me", "due_on": "32/1"}, "không phải ngày"),
    ({"parts": ["people"], "person": "me", "due_on": "1/1/2020"}, "Hãy chọn một ngày từ"),
    ({"parts": ["people"], "person": "invite"}, "địa chỉ thư điện tử của người được mời"),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED)
def test_a_refusal_comes_back_with_what_was_chosen(assignment, bao, fields, words):
    fields = fields | {"person": bao.pk} if fields["person"] == "me" else fields

    answer = post(coordinator(assignment), assignment, note="giữ lại", **fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "giữ lại" in page


def test_the_coordinator_sees_who_is_late_and_how_far(assignment, response, bao):
    given(assignment, bao, "people")
    save(response, "1", CellEdit("note", "x"))

    with time_machine.travel(LATE, tick=False):
        page = page_of(coordinator(assignment), "division", assignment.pk)

    assert "Chậm 2 ngày" in page
    assert "1/5" in page


def test_done_in_time_is_never_late(assignment, bao):
    report_done(given(assignment, bao, "people"), actor=bao, at=NOW)

    with time_machine.travel(LATE, tick=False):
        page = page_of(coordinator(assignment), "division", assignment.pk)

    assert "Đã xong ngày 20/11/2026" in page
    assert "Chậm" not in page


def test_the_front_page_tells_who_does_each_section(assignment, bao):
    given(assignment, bao, "people")

    page = page_of(coordinator(assignment), "assignment_detail", assignment.pk)

    assert "Người làm" in page
    assert "Trần Quốc Bảo" in page
    assert "Chưa giao" in page


def test_own_sections_come_first(assignment, bao):
    given(assignment, bao, "budget_page")

    answer = browser(bao).get(reverse("assignment_detail", args=[assignment.pk]))

    assert [(row.name, row.is_own) for row in answer.context["tasks"]] == [
        ("budget_page", True),
        ("people", False),
        ("contacts_page", False),
    ]


def test_home_shows_what_was_given_first_with_its_own_day(assignment, bao):
    given(assignment, bao, "people")

    page = page_of(bao, "home")

    assert page.index("Việc được giao") < page.index("Phiếu đang làm")
    assert DUE in page


def test_a_colleagues_section_is_shown_and_cannot_be_typed_in(assignment, response, bao):
    given(assignment, contributor(assignment, "Lò Thị Mai"), "people")

    page = page_of(bao, "section", assignment.pk, "people")

    assert "Phần này do Lò Thị Mai làm" in page
    assert 'name="seen:staff"' not in page


def test_a_colleagues_question_is_read_in_an_own_section(assignment, bao):
    given(assignment, bao, "people")
    given(assignment, contributor(assignment, "Lò Thị Mai"), "staff", moves=True)

    page = page_of(bao, "section", assignment.pk, "people")

    assert "Phần này do Lò Thị Mai làm" in page
    assert ('name="seen:staff"' in page, 'name="seen:note"' in page) == (False, True)


def test_autosave_of_a_colleagues_part_says_whose_it_is(assignment, response, bao):
    given(assignment, contributor(assignment, "Lò Thị Mai"), "people")

    answer = save_cell(browser(bao), response, "staff", "5")

    assert answer.status_code == 422
    assert "Lò Thị Mai" in answer.content.decode()


def test_a_page_saves_what_is_allowed_and_keeps_the_rest_in_its_fields(assignment, response, bao):
    client = browser(bao)
    fields = page_fields(client, response, "people") | {"staff": "12", "note": "của tôi"}
    given(assignment, bao, "people")
    given(assignment, contributor(assignment, "Lò Thị Mai"), "staff", moves=True)

    answer = client.post(reverse("section", args=[assignment.pk, "people"]), fields)

    response.refresh_from_db()
    assert answer.status_code == 422
    assert (response.answers.get("staff"), response.answers["note"]) == (None, "của tôi")
    assert 'value="12"' in answer.content.decode()


def test_only_the_holder_reports_the_work_done(assignment, bao):
    delegation = given(assignment, bao, "people")
    url = reverse("delegation_done", args=[assignment.pk, delegation.pk])

    stranger = browser(contributor(assignment)).post(url)
    own = browser(bao).post(url)

    delegation.refresh_from_db()
    assert (stranger.status_code, own.status_code, delegation.done_at) == (404, 302, NOW)


def test_the_coordinator_changes_the_day_and_takes_the_work_back(assignment, bao):
    head = browser(coordinator(assignment))
    delegation = given(assignment, bao, "people")

    head.post(
        reverse("delegation_due", args=[assignment.pk, delegation.pk]), {"due_on": "21/11/2026"}
    )
    head.post(reverse("delegation_withdraw", args=[assignment.pk, delegation.pk]))

    delegation.refresh_from_db()
    assert (f"{delegation.due_on:%d/%m}", delegation.withdrawn_at) == ("21/11", NOW)


def test_autosave_asks_for_the_division_once(assignment, response, bao):
    client, head = browser(bao), browser(coordinator(assignment))
    for each, name in ((client, "bao"), (head, "head")):
        save_cell(each, response, "note", f"warm {name}")
    response.refresh_from_db()

    def queries(each: Client, value: str, before: str) -> int:
        with CaptureQueriesContext(connection) as found:
            answer = save_cell(each, response, "skills", [value], many="1", edit_id=value)
        assert answer.status_code == 200, answer.content.decode()
        return len(found)

    plain = queries(head, "data", "")
    given(assignment, bao, "people")

    assert queries(client, "cloud", "data") == plain + 1


@pytest.mark.parametrize("more", [0, 3])
def test_home_costs_the_same_for_many_forms(more, bao, assignment, django_assert_max_num_queries):
    for each in [assignment, *(open_assignment(agency=assignment.agency) for _ in range(more))]:
        if each != assignment:
            draft(each)
        given(each, bao, "people")
    my_work(bao, at=NOW)

    with django_assert_max_num_queries(3):
        assert len(my_work(bao, at=NOW)) == 1 + more


def test_withdrawn_work_is_no_longer_shown(assignment, bao):
    withdraw(given(assignment, bao, "people"), actor=bao, at=NOW)

    assert "Việc được giao" not in page_of(bao, "home")
