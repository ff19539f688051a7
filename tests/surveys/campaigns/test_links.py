"""Personal links: what they open, for whom, until when, and what they do not."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from surveys.campaigns import services
from surveys.campaigns.models import AccessLink
from surveys.campaigns.services.links import links_for
from surveys.models import AuditEvent, Membership, StoredFile
from surveys.responses.services import start
from surveys.responses.views import FileDownload
from tests.factories import PASSWORD, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The time that requests get; a list of one."""
    now = [NOW]
    monkeypatch.setattr("surveys.common.middleware.timezone.now", lambda: now[0])
    return now


@pytest.fixture
def assignment():
    return AssignmentFactory.create(round__status="open", round__opened_at=NOW)


@pytest.fixture
def person(assignment):
    return member(assignment.agency, "coordinator", "signatory")


@pytest.fixture
def link(assignment, person):
    return links_for([(assignment, person)], at=NOW)[assignment.pk, person.pk]


@pytest.fixture
def address(link):
    return services.path_of(link.pk)


def press(client, address):
    client.get(address)
    return client.post("/access/")


def is_let_in(client, assignment):
    return client.get(f"/assignments/{assignment.pk}/").status_code == 200


def test_the_secret_address_leads_to_a_clean_one_and_lets_nobody_in(client, address, assignment):
    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (303, "/access/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert not is_let_in(client, assignment)


def test_the_clean_page_names_agency_round_and_person(client, address, assignment, person):
    page = client.get(address, follow=True)

    text = page.content.decode()
    assert page.status_code == 200
    assert assignment.agency.name in text
    assert assignment.round.period.lower() in text
    assert person.full_name in text
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"


def test_the_button_opens_the_assignment(client, address, assignment, link):
    answer = press(client, address)

    link.refresh_from_db()
    assert answer["Location"] == f"/assignments/{assignment.pk}/"
    assert is_let_in(client, assignment)
    assert link.used_at == NOW
    assert AuditEvent.objects.filter(kind="access_link.used").count() == 1


def test_ten_scanners_use_nothing_up(client, address, assignment, link):
    for _time in range(10):
        Client().get(address)
        Client().head(address)
        Client().get(address, follow=True)

    link.refresh_from_db()
    assert link.used_at is None
    assert not AuditEvent.objects.filter(kind="account.signed_in").exists()
    press(client, address)
    assert is_let_in(client, assignment)


def test_asking_for_the_head_begins_no_session(client, address):
    answer = client.head(address)

    assert answer.status_code == 303
    assert not Session.objects.exists()


def test_a_link_can_be_used_again(assignment, address):
    for _time in range(2):
        browser = Client()
        press(browser, address)
        assert is_let_in(browser, assignment)


@pytest.mark.parametrize("ending", ["wrong", "short", "expired", "revoked", "closed", "left"])
def test_a_link_that_does_not_work_always_says_the_same(
    client, address, assignment, person, clock, ending
):
    match ending:
        case "wrong":
            address = "/l/" + "A" * 43 + "/"
        case "short":
            address = address[:-2] + "/"
        case "expired":
            clock[0] = assignment.due_at + timedelta(days=30)
        case "revoked":
            services.revoke_links(assignment, actor=None, at=NOW)
        case "closed":
            person.is_active = False
            person.save()
        case "left":
            Membership.objects.all().delete()
    first = client.get(address)
    page = client.get("/access/")
    answer = client.post("/access/")

    assert (first.status_code, first["Location"]) == (303, "/access/")
    assert (page.status_code, answer.status_code) == (410, 410)
    assert "Đường dẫn không dùng được" in page.content.decode()
    assert assignment.agency.name not in page.content.decode()
    assert not is_let_in(client, assignment)


def test_the_last_instant_of_a_link_is_thirty_days_after_the_grace(
    client, address, assignment, clock
):
    clock[0] = assignment.due_at + timedelta(days=30) - timedelta(seconds=1)

    press(client, address)

    assert is_let_in(client, assignment)


@pytest.mark.parametrize("ending", ["revoked", "expired", "left"])
def test_who_is_in_already_is_out_once_the_link_has_ended(
    client, address, assignment, clock, ending
):
    press(client, address)
    match ending:
        case "revoked":
            services.revoke_links(assignment, actor=None, at=NOW)
        case "expired":
            AccessLink.objects.update(expires_at=NOW)
        case "left":
            Membership.objects.all().delete()

    assert not is_let_in(client, assignment)


@pytest.mark.parametrize(
    "path", ["/", "/agencies/", "/assignments/{other}/", "/assignments/{own}/sign/", "/rounds/x/"]
)
def test_everything_else_asks_for_the_full_sign_in(client, address, assignment, path):
    other = AssignmentFactory.create(agency=assignment.agency, round__status="open")
    press(client, address)

    wanted = path.format(own=assignment.pk, other=other.pk)
    answer = client.get(wanted)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=/")


def test_answers_cannot_be_signed_by_link(client, address, assignment):
    press(client, address)

    answer = client.post(f"/assignments/{assignment.pk}/sign/")

    assert answer["Location"].startswith("/sign-in/")


def test_a_note_says_what_the_link_is_good_for(client, address, assignment):
    press(client, address)

    page = client.get(f"/assignments/{assignment.pk}/").content.decode()

    assert "Bạn vào bằng đường dẫn riêng" in page


def test_the_full_sign_in_ends_the_restriction(client, address, person):
    press(client, address)
    page = client.get("/sign-in/")
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})

    assert page.status_code == 200
    assert client.get("/").status_code == 200


def test_who_is_signed_in_fully_stays_so(client, address, assignment, person):
    client.force_login(person)

    press(client, address)

    assert client.get("/").status_code == 200
    assert is_let_in(client, assignment)


def test_another_persons_session_ends(client, address, assignment, person):
    client.force_login(member(AssignmentFactory.create().agency))
    press(client, address)

    assert client.get(f"/assignments/{assignment.pk}/").wsgi_request.user == person


def test_the_session_is_a_new_one_after_each_step(client, address):
    client.get("/sign-in/")
    client.get(address)
    before = client.cookies["sessionid"].value
    client.get(address)
    at_the_door = client.cookies["sessionid"].value
    client.post("/access/")
    inside = client.cookies["sessionid"].value

    assert len({before, at_the_door, inside}) == 3
    assert not Session.objects.filter(session_key__in=[before, at_the_door]).exists()


def test_one_can_sign_out(client, address, assignment):
    press(client, address)
    client.post("/sign-out/")

    assert not is_let_in(client, assignment)


def test_a_button_pressed_from_elsewhere_is_refused(address):
    browser = Client(enforce_csrf_checks=True)
    browser.get(address)

    assert browser.post("/access/").status_code == 403


def test_after_many_wrong_secrets_nothing_is_looked_up(client, address, assignment):
    for number in range(30):
        client.get(f"/l/{number}/")

    press(client, address)

    assert not is_let_in(client, assignment)
    assert client.get(address)["Location"] == "/access/"


def test_links_of_two_assignments_have_secrets_of_256_bits(assignment, person, address):
    other = AssignmentFactory.create(agency=assignment.agency)
    further = links_for([(other, person)], at=NOW)[other.pk, person.pk]

    secrets = {address.split("/")[2], services.path_of(further.pk).split("/")[2]}
    assert {len(secret) for secret in secrets} == {43}
    assert len(secrets) == 2


def test_a_person_keeps_the_same_link_and_a_later_deadline_lengthens_it(assignment, person, link):
    assignment.due_at += timedelta(days=5)

    again = links_for([(assignment, person)], at=NOW)[assignment.pk, person.pk]

    assert again.pk == link.pk
    assert again.expires_at == assignment.due_at + timedelta(days=30)


def test_no_secret_is_in_the_database_or_the_log(client, address, assignment, caplog):
    caplog.set_level(logging.DEBUG)
    secret = address.split("/")[2]
    press(client, address)
    client.get(f"/assignments/{assignment.pk}/")
    client.get("/")

    with connection.cursor() as cursor:
        stored = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            stored.append(json.dumps(cursor.fetchall(), default=str))
    sessions = [json.dumps(each.get_decoded()) for each in Session.objects.all()]
    assert not any(secret in text for text in [*stored, *sessions])
    assert not [
        record
        for record in caplog.records
        if secret in record.getMessage() and not record.name.startswith("django.test")
    ]


def test_only_files_of_the_own_assignment_are_opened(client, address, assignment, person):
    other = AssignmentFactory.create(
        agency=assignment.agency, round__status="open", round__opened_at=NOW
    )
    files = [
        StoredFile.objects.create(
            response=start(each, actor=person, at=NOW), kind="pdf", size=1, uploaded_at=NOW
        )
        for each in (assignment, other)
    ]
    press(client, address)

    view = FileDownload.assignment_of
    assert [view(pk=file.pk) for file in files] == [assignment.pk, other.pk]
    assert client.get(f"/files/{files[1].pk}/")["Location"].startswith("/sign-in/")
    assert client.get(f"/files/{files[0].pk}/").status_code == 410  # its content was never stored


@pytest.mark.django_db(transaction=True)
def test_fifty_uses_of_a_link_at_once_have_one_effect(assignment, person, link):
    before = (Membership.objects.count(), AccessLink.objects.count())

    let_in = at_once(*[lambda: services.use_link(link, at=NOW)] * 50)

    assert let_in == [person] * 50
    assert AccessLink.objects.get().used_at == NOW
    assert (Membership.objects.count(), AccessLink.objects.count()) == before
    assert AuditEvent.objects.filter(kind="access_link.used", actor=person).count() == 50
