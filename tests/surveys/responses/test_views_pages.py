"""The pages of an assignment, for those who may see them."""

from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.engine import (
    Cell,
    ChoiceList,
    Context,
    Definition,
    Element,
    FormState,
    Group,
    Kind,
    Question,
    Table,
    compile_definition,
)
from surveys.models import Assignment, Response, User
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.rendering import Drawing
from surveys.responses import services
from surveys.responses.services import CellEdit
from surveys.responses.views.returning import return_choices
from tests.factories import department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import choices, draft, open_assignment, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def assignment() -> Assignment:
    return open_assignment()


@pytest.fixture
def coordinator(assignment: Assignment) -> User:
    return member(assignment.agency, MembershipRole.COORDINATOR)


@pytest.fixture
def signatory(assignment: Assignment) -> User:
    return member(assignment.agency, MembershipRole.SIGNATORY)


@pytest.fixture
def response(assignment: Assignment) -> Response:
    return draft(assignment)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fill(response: Response) -> None:
    save(
        response,
        "fill",
        CellEdit("staff", "24"),
        CellEdit("women", "10", explanation="Như kỳ trước"),
        CellEdit("budget/state/planned", "1250"),
    )


def sent(response: Response) -> Response:
    fill(response)
    services.send_for_signature(response, actor=None, at=NOW)
    return response


def sign_on_page(client: Client, response: Response, *, shown: str = ""):
    """Press the button of the page as it stands, or of one that was opened before."""
    url = reverse("response_sign", args=[response.assignment_id])
    shown = shown or client.get(url).context["sent"].sha256
    return client.post(url, {"shown": shown}, follow=True)


PAGES = [
    "assignment_detail",
    "check_answers",
    "response_sign",
    "response_receipt",
    "cell_history",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_gets_404(response, name):
    stranger = browser(member(open_assignment().agency, *MembershipRole.values))

    answer = stranger.get(reverse(name, args=[response.assignment_id]))

    assert answer.status_code == 404


def test_home_lists_my_assignments_and_the_act_that_leads_on(assignment, coordinator):
    page = browser(coordinator).get(reverse("home"))

    assert reverse("response_start", args=[assignment.pk]) in page.content.decode()


def test_home_leads_people_of_the_department_to_their_campaigns():
    person = department_person(DepartmentRoleName.VERIFIER)

    answer = browser(person).get(reverse("home"))

    assert answer.headers["Location"] == reverse("campaign_list")


def test_starting_makes_the_draft_and_leads_to_its_first_section(assignment, coordinator):
    answer = browser(coordinator).post(reverse("response_start", args=[assignment.pk]))

    assert answer.headers["Location"] == reverse("section", args=[assignment.pk, "people"])
    assert Response.objects.filter(assignment=assignment).exists()


def test_a_section_is_not_started_by_looking_at_it(assignment, coordinator):
    answer = browser(coordinator).get(reverse("section", args=[assignment.pk, "people"]))

    assert answer.headers["Location"] == reverse("assignment_detail", args=[assignment.pk])
    assert not Response.objects.filter(assignment=assignment).exists()


@pytest.mark.parametrize("step", ["people", "contacts_page", "budget_page"])
def test_every_section_has_its_page(response, coordinator, step):
    answer = browser(coordinator).get(reverse("section", args=[response.assignment_id, step]))

    assert answer.status_code == 200


def test_an_unknown_section_is_not_found(response, coordinator):
    answer = browser(coordinator).get(reverse("section", args=[response.assignment_id, "none"]))

    assert answer.status_code == 404


def test_the_front_page_shows_the_task_list(response, coordinator):
    page = browser(coordinator).get(reverse("assignment_detail", args=[response.assignment_id]))

    assert page.context["tasks"][0].url in page.content.decode()


def test_the_department_reads_a_section_without_fields_to_fill_in(response):
    verifier = department_person(
        DepartmentRoleName.VERIFIER, owner=response.assignment.round.campaign.owner
    )

    page = browser(verifier).get(reverse("section", args=[response.assignment_id, "people"]))

    assert page.context["is_locked"]
    assert "seen:staff" not in page.content.decode()


def test_checking_says_what_is_missing_and_why_sending_is_not_possible(response, coordinator):
    page = browser(coordinator).get(reverse("check_answers", args=[response.assignment_id]))

    assert page.context["missing"] == 1
    assert page.context["reason"]


def test_sending_too_early_leads_to_the_error_summary(response, coordinator):
    client = browser(coordinator)

    answer = client.post(reverse("response_send", args=[response.assignment_id]), follow=True)

    assert "data-take-focus" in answer.content.decode()


def test_sending_locks_the_answers(response, coordinator):
    fill(response)

    browser(coordinator).post(reverse("response_send", args=[response.assignment_id]))

    response.assignment.refresh_from_db()
    assert response.assignment.status == "awaiting_signature"


def test_the_signatory_sees_the_key_figures_and_the_check_code(response, signatory):
    sent(response)

    page = browser(signatory).get(reverse("response_sign", args=[response.assignment_id]))

    assert [figure.value for figure in page.context["key_figures"]][:2] == ["24", "10"]
    assert page.context["sent"].sha256[:4] in page.content.decode()


def test_the_coordinator_may_not_sign(response, coordinator):
    sent(response)

    answer = browser(coordinator).get(reverse("response_sign", args=[response.assignment_id]))

    assert answer.status_code == 403


def test_signing_leads_to_the_receipt(response, signatory):
    sent(response)

    page = sign_on_page(browser(signatory), response)

    revision = response.revisions.get(kind="signed")
    assert revision.receipt in page.content.decode()
    assert revision.sha256 in page.content.decode()


def test_a_second_signature_is_refused_in_words(response, signatory):
    sent(response)
    client = browser(signatory)
    sign_on_page(client, response)

    page = client.post(reverse("response_sign", args=[response.assignment_id]), follow=True)

    assert response.revisions.get(kind="signed").receipt in str(list(page.context["messages"])[-1])


def test_what_was_sent_anew_is_not_signed_from_an_older_page(response, signatory):
    sent(response)
    client = browser(signatory)
    shown = client.get(reverse("response_sign", args=[response.assignment_id])).context["sent"]
    services.return_to_draft(response, actor=signatory, at=NOW, reason="Số liệu thiếu")
    save(response, "again", CellEdit("staff", "30", seen=Cell("24")))
    services.send_for_signature(response, actor=None, at=NOW)

    page = sign_on_page(client, response, shown=shown.sha256)

    assert page.context["sent"].sha256 != shown.sha256
    assert not response.revisions.filter(kind="signed").exists()


def test_returning_wants_a_reason(response, signatory):
    sent(response)

    answer = browser(signatory).post(
        reverse("response_return", args=[response.assignment_id]), {"reason": " "}
    )

    assert answer.status_code == 422
    response.assignment.refresh_from_db()
    assert response.assignment.status == "awaiting_signature"


def test_returning_says_why_on_the_front_page(response, signatory, coordinator):
    sent(response)

    browser(signatory).post(
        reverse("response_return", args=[response.assignment_id]),
        {"reason": "Đối chiếu lại số nữ", "paths": []},
    )

    page = browser(coordinator).get(reverse("assignment_detail", args=[response.assignment_id]))
    assert "Đối chiếu lại số nữ" in page.content.decode()


def test_the_history_of_a_cell_names_every_change(response, coordinator):
    save(response, "one", CellEdit("staff", "24"))
    save(response, "two", CellEdit("staff", "26", seen=Cell("24")))

    page = browser(coordinator).get(
        reverse("cell_history", args=[response.assignment_id]), {"path": "staff"}
    )

    assert [change["text"] for change in page.context["changes"]] == ["26", "24"]


@pytest.mark.parametrize(
    "path", ["staff/1/staff", "contacts/x/staff", "a/b/c/staff", "nothing", ""]
)
def test_a_path_that_leads_nowhere_has_no_history(path, response, coordinator):
    save(response, "one", CellEdit("staff", "24"))

    url = reverse("cell_history", args=[response.assignment_id])

    assert browser(coordinator).get(url, {"path": path}).status_code == 404


def test_the_front_page_of_a_sent_response_offers_to_view_it_and_no_louder(response, coordinator):
    url = reverse("assignment_detail", args=[sent(response).assignment_id])

    page = browser(coordinator).get(url).content.decode()

    assert "Xem các phần" in page
    assert "#eye" in page
    assert "door--main" not in page


def test_the_days_left_begin_a_sentence_with_a_capital(response, coordinator):
    url = reverse("assignment_detail", args=[response.assignment_id])

    page = browser(coordinator).get(url).content.decode()

    assert "<b>Còn " in page


def test_only_what_the_agency_fills_in_can_be_returned():
    given = Question(name="given", kind=Kind.INTEGER, label={"vi": "Đã cho"}, read_only="yes")
    own = Question(name="own", kind=Kind.INTEGER, label={"vi": "Tự nhập"})
    children: tuple[Element, ...] = (
        replace(given, name="name", number="A1"),
        replace(own, name="staff", number="A2"),
        replace(own, name="twice", number="A3", kind=Kind.CALCULATE, calculation="${staff} * 2"),
        Table(name="t_given", number="A4", row_list="rows", columns=(given,)),
        Table(name="t_own", number="A5", row_list="rows", columns=(replace(given, name="x"), own)),
    )
    definition = Definition(
        code="tra-lai",
        title={"vi": "Trả lại"},
        children=(Group(name="all", label={"vi": "Tất cả"}, children=children),),
        lists={"rows": ChoiceList(name="rows", choices=choices("a"))},
    )
    state = FormState(
        compile_definition(definition), answers={}, context=Context(today=NOW.date(), now=NOW)
    )

    assert list(return_choices(Drawing(state, "vi"))) == ["staff", "t_own"]


def test_the_page_to_check_tells_when_a_missing_figure_will_be_there(response, coordinator):
    edit = CellEdit("women", missing="CCSL", reason="Chờ quyết toán", expected="25/12/2026")
    save(response, "code", edit)

    page = browser(coordinator).get(reverse("check_answers", args=[response.assignment_id]))

    assert "Expected on 25/12/2026" in page.content.decode().replace(
        "Dự kiến có ngày", "Expected on"
    )


def test_a_members_first_look_at_the_assignment_is_noted(client, assignment, coordinator):
    client.force_login(coordinator)

    client.get(reverse("assignment_detail", args=[assignment.pk]))

    assignment.refresh_from_db()
    assert assignment.seen_at == NOW


def test_a_look_of_the_department_is_not_the_agencys(client, assignment):
    client.force_login(department_person(owner=assignment.round.campaign.owner))

    client.get(reverse("assignment_detail", args=[assignment.pk]))

    assignment.refresh_from_db()
    assert assignment.seen_at is None
