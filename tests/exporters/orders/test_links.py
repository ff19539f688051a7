"""A file reaches only who asked for it, by a link that lives ten minutes and dies with the right."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from analytics.releases import services as releases
from exporters.models import Export
from exporters.orders.links import LIFE, token_for
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.campaigns.enums import Anonymity
from surveys.models import Campaign, Response, Round
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.rules import forget
from tests.analytics.releases.factories import closed_round, published
from tests.analytics.releases.factories import person as administrator
from tests.factories import AgencyFactory, department_person, member

pytestmark = pytest.mark.django_db


def link_to(export, user=None):
    return reverse("export_file", args=[token_for(export, user or export.owner)])


def button_of(export):
    return reverse("export_download", args=[export.pk])


def status_of(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_the_button_leads_to_a_link_for_its_owner(client, ready):
    client.force_login(ready.owner)

    answer = client.get(button_of(ready))

    assert answer.status_code == 302
    assert answer.url.startswith("/exports/file/")


def test_the_link_gives_the_file_whole_and_for_no_cache(client, ready, files):
    client.force_login(ready.owner)

    answer = client.get(link_to(ready))

    assert b"".join(answer.streaming_content) == (files / ready.file).read_bytes()
    assert (
        answer["Content-Disposition"] == f'attachment; filename="{ready.round.code}-round-vi.xlsx"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "none"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_part_of_the_file_is_not_given_by_itself(client, ready):
    client.force_login(ready.owner)

    answer = client.get(link_to(ready), headers={"Range": "bytes=0-9"})

    assert (answer.status_code, len(b"".join(answer.streaming_content))) == (200, ready.size)


def test_nobody_signed_in_is_asked_to_sign_in(client, ready):
    assert client.get(link_to(ready))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", list(DepartmentRoleName))
@pytest.mark.parametrize("act", ["export_download", "export_cancel", "export_retry"])
def test_the_export_of_a_colleague_does_not_exist(client, ready, role, act):
    colleague = department_person(role, owner=ready.round.campaign.owner)
    client.force_login(colleague)
    address = reverse(act, args=[ready.pk])

    answer = client.get(address) if act == "export_download" else client.post(address)

    assert answer.status_code == 404


def test_the_next_number_does_not_exist(client, ready):
    address = reverse("export_download", args=[ready.pk + 1])

    assert status_of(client, ready.owner, address) == 404


def test_the_link_of_a_colleague_leads_nowhere(client, ready):
    colleague = department_person("designer", owner=ready.round.campaign.owner)

    assert status_of(client, colleague, link_to(ready)) == 404


def test_a_link_signed_for_oneself_to_the_file_of_another_leads_nowhere(client, ready):
    colleague = department_person("designer", owner=ready.round.campaign.owner)

    assert status_of(client, colleague, link_to(ready, colleague)) == 404


def test_a_link_lives_at_most_fifteen_minutes():
    assert timedelta(0) < LIFE <= timedelta(minutes=15)


@pytest.mark.parametrize(("late", "status"), [(-2, 200), (2, 404)])
def test_a_link_is_dead_after_its_time(client, ready, late, status):
    at = timezone.now()
    with time_machine.travel(at, tick=False):
        address = link_to(ready)

    with time_machine.travel(at + LIFE + timedelta(seconds=late), tick=False):
        assert status_of(client, ready.owner, address) == status


def test_a_link_with_any_character_changed_leads_nowhere(client, ready):
    token = token_for(ready, ready.owner)
    client.force_login(ready.owner)

    def changed(place):
        other = "A" if token[place] != "A" else "B"
        return token[:place] + other + token[place + 1 :]

    # The last character of an unpadded base64 text holds bits that mean nothing.
    places = range(len(token) - 1)
    statuses = {
        client.get(reverse("export_file", args=[changed(place)])).status_code for place in places
    }
    assert statuses == {404}


@pytest.mark.parametrize(
    "token", ["x", "..", "..%2f..%2fetc", "a:b:c", "%00", "W10:1xVAGP:x", "😀", "x" * 5000]
)
def test_what_is_no_link_leads_nowhere(client, ready, token):
    assert status_of(client, ready.owner, f"/exports/file/{token}/") == 404


def test_a_link_to_another_content_is_dead(client, ready):
    address = link_to(ready)
    Export.objects.update(sha256="0" * 64)

    assert status_of(client, ready.owner, address) == 404


def lose_role(export):
    export.owner.department_roles.all().delete()
    forget(export.owner)


def become_confidential(_export):
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)


def close_account(export):
    type(export.owner).objects.filter(pk=export.owner_id).update(is_active=False)


def erase_round(export):
    Round.objects.update(erased_at=export.begun_at + timedelta(seconds=1))


def erase_response(export):
    response = Response.objects.filter(assignment__round=export.round).earliest("pk")
    at = export.begun_at + timedelta(seconds=1)
    record(Event.RESPONSE_PERSONAL_DATA_ERASED, response, actor=None, at=at)


def delete_export(export):
    Export.objects.filter(pk=export.pk).delete()


WITHDRAWALS = [lose_role, become_confidential, erase_round, erase_response, delete_export]


@pytest.mark.parametrize("withdraw", WITHDRAWALS)
def test_a_link_is_dead_as_soon_as_the_right_is_withdrawn(client, ready, withdraw):
    address = link_to(ready)

    withdraw(ready)

    assert status_of(client, ready.owner, address) == 404


def test_the_link_of_a_closed_account_gives_no_file(client, ready):
    client.force_login(ready.owner)
    close_account(ready)

    assert client.get(link_to(ready)).status_code == 302


@pytest.mark.parametrize("withdraw", [lose_role, become_confidential, delete_export])
def test_the_button_leads_nowhere_after_the_right_is_withdrawn(client, ready, withdraw):
    withdraw(ready)

    assert status_of(client, ready.owner, button_of(ready)) == 404


def test_erasure_in_another_round_harms_no_file(client, ready):
    other = closed_round()
    response = Response.objects.filter(assignment__round=other).earliest("pk")
    at = ready.begun_at + timedelta(seconds=1)
    record(Event.RESPONSE_PERSONAL_DATA_ERASED, response, actor=None, at=at)

    assert status_of(client, ready.owner, link_to(ready)) == 200


def test_the_file_of_a_withdrawn_publication_is_dead(client, ready):
    release = published(closed_round())
    Export.objects.update(release=release, round=release.round)
    address = link_to(ready)
    actor = administrator(release.round)
    releases.withdraw(release, reason="Sai số liệu.", actor=actor, at=timezone.now())

    assert status_of(client, ready.owner, address) == 404


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "..", ".", "parts", "", "x/../y", "none.xlsx"]
)
def test_whatever_a_row_says_no_other_file_is_given(client, ready, name):
    Export.objects.update(file=name)

    assert status_of(client, ready.owner, link_to(ready)) == 404


def test_a_link_on_the_disk_is_not_followed(client, ready, files, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("secret")
    (files / ready.file).unlink()
    (files / ready.file).symlink_to(outside)

    assert status_of(client, ready.owner, link_to(ready)) == 404


def test_people_of_other_owners_and_members_find_nothing(client, ready):
    stranger = department_person("designer", owner=AgencyFactory.create())
    somebody = member(AgencyFactory.create(), "coordinator")

    statuses = [status_of(client, each, button_of(ready)) for each in (stranger, somebody)]

    assert statuses == [404, 404]
