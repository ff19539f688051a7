"""The round's side "Publication", the approver's page, and the catalogue."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analytics.releases import services
from analytics.releases.models import Release
from surveys.models import Assignment
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import (
    AT,
    approved,
    closed_library_round,
    closed_round,
    details,
    person,
    proposed,
    published,
)
from tests.factories import AgencyFactory, UserFactory, department_person, member

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Kết quả năm 2026",
    "with_targets": "on",
    "licence": "cc_by_4",
    "released_on": "22/11/2026",
}


@pytest.fixture
def round_():
    return closed_round()


def side(round_):
    return reverse("round_releases", args=[round_.code])


def opened(client, user, address):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(address)


@pytest.mark.parametrize("role", ["administrator", "designer", "verifier", "researcher"])
def test_followers_see_what_is_ready(client, round_, role):
    page = opened(client, person(round_, role), side(round_))

    assert "Ready to be published" in page.content.decode()


def test_a_stranger_does_not_find_the_side(client, round_):
    stranger = department_person("administrator", owner=AgencyFactory.create())

    assert opened(client, stranger, side(round_)).status_code == 404


def test_a_member_sees_no_proposals(client, round_):
    release = proposed(round_)
    user = member(Assignment.objects.earliest("pk").agency, "coordinator")

    assert opened(client, user, side(round_)).status_code == 403
    assert opened(client, user, reverse("release_detail", args=[release.pk])).status_code == 404


def test_a_designer_proposes_on_the_page(client, round_):
    client.force_login(person(round_, "designer"))

    answer = client.post(reverse("release_propose", args=[round_.code]), TYPED)

    assert (answer.status_code, Release.objects.get().title) == (302, {"vi": "Kết quả năm 2026"})


def test_a_refusal_stands_beside_what_was_typed(client, round_):
    client.force_login(person(round_, "designer"))

    answer = client.post(reverse("release_propose", args=[round_.code]), TYPED | {"licence": "own"})

    assert (answer.status_code, Release.objects.count()) == (422, 0)
    assert 'value="Kết quả năm 2026"' in answer.content.decode()


@pytest.mark.parametrize(("role", "status"), [("verifier", 403), ("researcher", 403)])
def test_who_only_follows_proposes_nothing(client, round_, role, status):
    address = reverse("release_propose", args=[round_.code])

    assert opened(client, person(round_, role), address).status_code == status


def test_an_administrator_approves_what_the_page_has_shown(client, round_):
    release = proposed(round_)
    address = reverse("release_approve", args=[release.pk])
    client.force_login(person(round_))

    client.post(address, {"seen": release.manifest_sha256})

    release.refresh_from_db()
    assert release.status == "approved"


def test_a_designer_does_not_approve(client, round_):
    address = reverse("release_approve", args=[proposed(round_).pk])

    assert opened(client, person(round_, "designer"), address).status_code == 403


def test_the_proposer_is_told_that_another_approves(client, round_):
    both = person(round_)
    release = services.propose(round_, details(), actor=both, at=AT)
    address = reverse("release_approve", args=[release.pk])

    page = opened(client, both, address)
    client.post(address, {"seen": release.manifest_sha256})

    release.refresh_from_db()
    assert "another administrator approves it" in page.content.decode()
    assert release.status == "proposed"


def test_a_designer_does_not_withdraw_what_is_out(client, round_):
    address = reverse("release_withdraw", args=[published(round_).pk])

    assert opened(client, person(round_, "designer"), address).status_code == 403


def test_everybody_signed_in_reads_what_was_published(client, round_):
    release = published(round_)
    nobody_special = UserFactory.create()

    listed = opened(client, nobody_special, reverse("release_list"))
    read = opened(client, nobody_special, reverse("release_detail", args=[release.pk]))

    assert "Kết quả năm 2026" in listed.content.decode()
    assert release.manifest_sha256 in read.content.decode()


def test_a_corrected_publication_is_marked_and_names_the_later_one(client, round_):
    first = published(round_)
    approved(proposed(round_, corrects=first))

    page = opened(client, UserFactory.create(), reverse("release_detail", args=[first.pk]))

    assert "Corrected:" in page.content.decode()


def test_a_withdrawn_publication_says_why(client, round_):
    release = published(round_)
    services.withdraw(release, reason="Sai số liệu dân số.", actor=person(round_), at=AT)

    page = opened(client, UserFactory.create(), reverse("release_detail", args=[release.pk]))

    assert "Sai số liệu dân số." in page.content.decode()


def test_the_catalogue_asks_no_more_for_more(client, round_):
    client.force_login(person(round_))
    release = published(round_)
    client.get(reverse("release_list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("release_list"))
    for _each in range(3):
        release = approved(proposed(round_, corrects=release))

    with CaptureQueriesContext(connection) as four:
        client.get(reverse("release_list"))

    assert len(four) == len(one)


def test_the_approver_sees_the_run(client):
    round_ = closed_library_round()
    run = computed(round_)
    release = proposed(round_, run=run)

    page = opened(client, person(round_), reverse("release_approve", args=[release.pk]))

    address = reverse("index_run", args=[run.version.index.code, run.pk])
    assert address in page.content.decode()
