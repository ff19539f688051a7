"""People connect ODK Collect, and decide on what the draft had not taken."""

import base64
import json
import zlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.machines.collect import packed
from surveys.models import DeviceSubmission, Response
from surveys.responses.services import CellEdit
from surveys.responses.services.cells import cell_from
from tests.factories import AgencyFactory, member
from tests.surveys.openrosa.device import Device, filled_in
from tests.surveys.responses.factories import draft, open_assignment, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    """A province's duty of which a colleague and a telephone say different things."""
    assignment = open_assignment(due_at=timezone.now() + timedelta(days=5))
    save(draft(assignment), "person", CellEdit("staff", "12"))
    device = Device(member(assignment.agency, "contributor"))
    device.send(filled_in(assignment, "<people><staff>30</staff></people><strange>1</strange>"))
    return assignment


@pytest.fixture
def address(assignment):
    """The page of the submission."""
    sent = DeviceSubmission.objects.get()
    return reverse("device_submission", args=[assignment.pk, sent.pk])


@pytest.fixture
def coordinator(client, assignment):
    """The province's coordinator, signed in."""
    client.force_login(member(assignment.agency, "coordinator"))
    return client


def chosen(coordinator, address):
    """What the page sends where everything is ticked that can be."""
    lines = [line for line in coordinator.get(address).context["shown"] if line.may_take]
    return {"take": [line.number for line in lines]} | {
        f"seen-{line.number}": line.seen for line in lines
    }


def staff():
    return Response.objects.get().answers["staff"]


def test_the_page_shows_both_answers(coordinator, address):
    lines = coordinator.get(address).context["shown"]

    assert [(each.stored, each.sent, each.may_take) for each in lines] == [
        ("", "1", False),
        ("12", "30", True),
    ]


def test_what_is_ticked_takes_the_place_of_what_stood_there(coordinator, address):
    coordinator.post(address, chosen(coordinator, address))

    assert (staff(), DeviceSubmission.objects.get().settled_at is None) == ("30", False)


def test_what_is_not_ticked_stays(coordinator, address):
    coordinator.post(address, {})

    assert (staff(), DeviceSubmission.objects.get().result["taken"]) == ("12", 0)


def test_what_somebody_wrote_since_the_page_was_shown_is_not_overwritten(
    coordinator, address, assignment
):
    sent = chosen(coordinator, address)
    later = chosen(coordinator, address)["seen-1"]
    save(
        Response.objects.get(),
        "again",
        CellEdit("staff", "13", seen=cell_from(json.loads(later))),
    )

    coordinator.post(address, sent)

    assert (staff(), DeviceSubmission.objects.get().settled_at) == ("13", None)


def test_it_is_decided_once(coordinator, address):
    sent = chosen(coordinator, address)
    coordinator.post(address, {})

    coordinator.post(address, sent)

    assert staff() == "12"


@pytest.mark.parametrize("seen", ["", "[]", "{}", "x"])
def test_an_unreadable_choice_changes_nothing(seen, coordinator, address):
    answer = coordinator.post(address, {"take": "1", "seen-1": seen})

    assert (answer.status_code, staff()) == (302, "12")


def test_strangers_find_nothing(client, address):
    client.force_login(member(AgencyFactory(), "coordinator"))

    assert client.get(address).status_code == 404


def test_the_list_says_what_waits(coordinator, assignment, address):
    assert address in coordinator.get(reverse("device_list", args=[assignment.pk])).content.decode()


def test_a_token_for_a_device_is_shown_as_a_code_with_the_address(coordinator, assignment):
    wanted = {"name": "Máy 1", "days": "30", "scopes": ["response.read", "response.write"]}

    page = coordinator.post(reverse("token_list"), wanted)

    settings = page.context["collect"]
    assert settings.address == f"http://testserver/openrosa/{page.context['secret']}"
    assert settings.address in page.content.decode()
    assert "<svg" in settings.code


def test_a_token_for_something_else_has_no_code(coordinator):
    wanted = {"name": "Máy 1", "days": "30", "scopes": ["catalogue"]}

    assert coordinator.post(reverse("token_list"), wanted).context["collect"] is None


def test_collect_reads_the_settings():
    plain = zlib.decompress(base64.b64decode(packed("https://vn.example/openrosa/kss_x", "Máy")))

    settings = json.loads(plain)
    assert settings["general"]["server_url"] == "https://vn.example/openrosa/kss_x"
    assert (set(settings), settings["project"]) == (
        {"general", "admin", "project"},
        {"name": "Máy"},
    )


def test_the_page_says_how_to_connect(coordinator):
    assert (
        "http://testserver/openrosa"
        in coordinator.get(reverse("openrosa_connect")).content.decode()
    )
