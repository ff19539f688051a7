"""The agency's coordinators are told of what waits for a person, once for each arrival."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.background.runner import run_pending
from surveys.models import DeviceSubmission, Notice
from surveys.responses.devices.settling import settle
from surveys.responses.services import CellEdit
from tests.factories import AgencyFactory, member
from tests.surveys.openrosa.device import Device, filled_in
from tests.surveys.openrosa.test_submission import WITH_PHOTO
from tests.surveys.responses.factories import draft, open_assignment, save

pytestmark = pytest.mark.django_db
OTHER = "<people><staff>30</staff></people>"
PDF = b"%PDF-1.4 no picture"


@pytest.fixture
def assignment():
    """A province's duty in which a colleague has answered one question."""
    found = open_assignment(WITH_PHOTO, due_at=timezone.now() + timedelta(days=5))
    save(draft(found), "person", CellEdit("staff", "12"))
    return found


@pytest.fixture
def coordinator(assignment):
    return member(assignment.agency, "coordinator")


@pytest.fixture
def device(assignment):
    return Device(member(assignment.agency, "contributor"))


def told():
    run_pending()
    return list(Notice.objects.filter(kind="device_waits").order_by("pk"))


def test_the_coordinator_is_told_what_waits_and_where_to_decide(assignment, coordinator, device):
    device.send(filled_in(assignment, OTHER + "<strange>1</strange>"))

    [notice] = told()

    page = reverse("device_submission", args=[assignment.pk, DeviceSubmission.objects.get().pk])
    assert (notice.user, notice.url, notice.data["answers"]) == (coordinator, page, 2)


def test_nobody_is_told_where_everything_is_stored(assignment, coordinator, device):
    device.send(filled_in(assignment, "<people><women>5</women></people>"))

    assert told() == []


def test_other_agencies_are_not_told(assignment, device):
    member(AgencyFactory.create(), "coordinator")
    device.send(filled_in(assignment, OTHER))

    assert told() == []


def test_the_same_instance_again_tells_nobody_again(assignment, coordinator, device):
    for _again in range(2):
        device.send(filled_in(assignment, OTHER))

    assert len(told()) == 1


def test_what_is_decided_already_is_not_told(assignment, coordinator, device):
    device.send(filled_in(assignment, OTHER))
    settle(DeviceSubmission.objects.get(), {}, actor=coordinator, at=timezone.now())

    assert told() == []


def test_a_file_that_waits_opens_the_submission_again(assignment, coordinator, device):
    sent = filled_in(assignment, OTHER + "<photo>a.jpg</photo>")
    device.send(sent)
    settle(DeviceSubmission.objects.get(), {}, actor=coordinator, at=timezone.now())
    run_pending()
    device.send(sent, {"a.jpg": PDF})

    assert DeviceSubmission.objects.get().settled_at is None
    assert [notice.data["answers"] for notice in told()] == [1]


def test_what_waits_is_listed_however_much_came_since(client, assignment, coordinator, device):
    device.send(filled_in(assignment, OTHER))
    old = DeviceSubmission.objects.get()
    DeviceSubmission.objects.bulk_create(copy_of(old, number) for number in range(30))
    client.force_login(coordinator)

    page = client.get(reverse("device_list", args=[assignment.pk]))

    assert page.context["submissions"][0] == old
    assert len(page.context["submissions"]) == 21


def copy_of(submission, number):
    """A submission that was taken over since."""
    return DeviceSubmission(
        response=submission.response,
        instance_id=f"copy:{number}",
        sha256=submission.sha256,
        received_at=submission.received_at + timedelta(minutes=1),
        received_from=submission.received_from,
    )
