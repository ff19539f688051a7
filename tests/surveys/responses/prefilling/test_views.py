"""The pages lead from the file to the drafts."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.background.runner import run_pending
from surveys.models import Assignment, PrefillUpload, PrefillValue
from surveys.organisations.enums import MembershipRole
from surveys.xlsform.workbook import open_workbook
from tests.factories import department_person, member
from tests.surveys.responses.factories import draft, open_assignment
from tests.surveys.responses.prefilling.sending import applied, book, filled, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assignment:
    """An agency that is asked in an open round."""
    return open_assignment()


@pytest.fixture
def designer(client: Client, asked: Assignment) -> Client:
    """A designer of the round's owner, signed in."""
    client.force_login(department_person("designer", owner=asked.round.campaign.owner))
    return client


def send(client: Client, asked: Assignment, *rows: list[str]) -> Any:
    """The answer to a table that is sent."""
    page = reverse("round_prefill", args=[asked.round.code])
    return client.post(page, {"file": SimpleUploadedFile("a.xlsx", book(*rows))})


def test_a_table_is_sent_looked_through_and_applied(designer, asked):
    sent = send(designer, asked, ["", "staff", "nix"], [asked.agency.key, "10", "1"])
    address = sent.headers["Location"]
    preview = designer.get(address)
    designer.post(address)
    run_pending()

    counts = {verdict: count for verdict, _word, count in preview.context["counts"] if count}
    assert (counts, preview.context["todo"]) == ({"wrong": 1, "new": 1}, 1)
    assert PrefillValue.objects.get().value == "10"


def test_the_preview_shows_the_cells_of_one_verdict(designer, asked):
    sent = send(designer, asked, ["", "staff", "nix"], [asked.agency.key, "10", "1"])

    page = designer.get(f"{sent.headers['Location']}?verdict=wrong")

    assert [line.where for line, _name in page.context["lines"]] == ["So lieu!C1"]


def test_a_file_that_cannot_be_read_is_told_on_the_page(designer, asked):
    page = reverse("round_prefill", args=[asked.round.code])

    answer = designer.post(page, {"file": SimpleUploadedFile("a.csv", b"a")})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file"})
    assert PrefillUpload.objects.count() == 0


def test_an_empty_table_names_who_is_asked_and_what_can_be_filled_in(designer, asked):
    data = designer.get(reverse("prefill_sample", args=[asked.round.code])).content

    (sheet,) = open_workbook(data, "prefill.xlsx").sheets
    assert sheet.rows[0][2:5] == ["staff", "women", "note"]
    assert sheet.rows[1][0] == asked.agency.key


def test_a_table_of_another_round_is_not_found(designer, asked):
    upload = kept(open_assignment().round, ["", "staff"], [asked.agency.key, "1"])

    address = reverse("prefill_preview", args=[asked.round.code, upload.pk])

    assert designer.get(address).status_code == 404


def test_who_is_asked_fills_in_nothing(client, asked):
    client.force_login(member(asked.agency, MembershipRole.COORDINATOR))

    assert client.get(reverse("round_prefill", args=[asked.round.code])).status_code == 403


def test_the_history_of_an_answer_names_the_file(client, asked):
    draft(asked)
    filled(applied(asked.round, ["", "staff"], [asked.agency.key, "10"]))
    client.force_login(member(asked.agency, MembershipRole.COORDINATOR))

    page = client.get(reverse("cell_history", args=[asked.pk]), {"path": "staff"})

    assert "điền sẵn từ tệp a.xlsx" in page.content.decode()
