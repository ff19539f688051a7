"""Requests for microdata: who asks, who decides, and what an approval opens."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.answers import units_asked
from analytics.dataset import Measure
from analytics.gate.models import DisclosurePolicy
from analytics.releases import services as releases
from exporters.models import DataRequest, Export
from exporters.order import Wish
from exporters.orders.services import ExportRefused, remove_withheld, request_export
from exporters.portal import services
from exporters.portal.enums import RequestStatus
from exporters.portal.files import MICRODATA
from exporters.portal.services import Need
from exporters.portal.terms import current
from exporters.portal.variables import requestable
from exporters.raw.sources import RawSource
from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.models import AuditEvent, Campaign, Notice
from tests.analytics.releases.factories import closed_round, person, published
from tests.factories import AgencyFactory, department_person, member

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate()
NAMES = frozenset({"unit_name", "unit_name_en", "unit_parent", "unit_province", "response"})


@pytest.fixture
def release(db):
    """The publication in force of a small round of protected units."""
    return published(closed_round())


@pytest.fixture
def outsider():
    """Somebody with an account and no role, who has accepted the terms of use."""
    user = member(AgencyFactory.create(), "coordinator")
    services.accept_terms(version=current().version, actor=user, at=NOW)
    return user


@pytest.fixture
def administrator(release):
    return person(release.round)


def need(release, **changes):
    names = [name for name, _label in requestable(release.round) if not name.startswith("@")]
    told: dict[str, Any] = {
        "institution": "Viện Nghiên cứu",
        "purpose": "So sánh năng lực",
        "safeguards": "Máy không nối mạng",
        "variables": (names[0],),
        "until": TODAY + timedelta(days=30),
    }
    return Need(**told | changes)


def asked(release, user, **changes):
    return services.ask_for_microdata(release, need(release, **changes), actor=user, at=NOW)


def approved(release, user, administrator, **changes):
    request = asked(release, user, **changes)
    return services.approve_request(request, actor=administrator, at=NOW)


def ordered(release, user, file_format="jsonl"):
    wish = Wish(name=MICRODATA, format=file_format, language="vi")
    return request_export(subject=release, wish=wish, actor=user, at=NOW)


def rows_in(media):
    """The rows of every table of the one file that is kept, and the names of their columns."""
    [path] = [each for each in (media / "exports").iterdir() if each.is_file()]
    with zipfile.ZipFile(path) as made:
        lines = [
            json.loads(line)
            for name in made.namelist()
            if name.endswith(".jsonl")
            for line in io.TextIOWrapper(made.open(name), "utf-8")
        ]
    return path.read_bytes(), lines


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"institution": " "}, services.RequestUnfit),
        ({"purpose": "x" * 4001}, services.RequestUnfit),
        ({"safeguards": "\0"}, services.RequestUnfit),
        ({"variables": ()}, services.VariablesUnknown),
        ({"variables": ("unit_name",)}, services.VariablesUnknown),
        ({"until": TODAY - timedelta(days=1)}, services.UntilUnfit),
        ({"until": TODAY + timedelta(days=731)}, services.UntilUnfit),
    ],
)
def test_a_request_says_what_is_needed(release, outsider, changes, refusal):
    with pytest.raises(refusal):
        asked(release, outsider, **changes)


def test_one_request_waits_at_a_time(release, outsider):
    asked(release, outsider)

    with pytest.raises(services.RequestDoubled):
        asked(release, outsider)


def test_whoever_has_an_approval_asks_for_no_other(release, outsider, administrator):
    approved(release, outsider, administrator)

    with pytest.raises(services.RequestDoubled):
        asked(release, outsider)


def test_of_confidential_answers_nothing_can_be_asked_for(release, outsider):
    Campaign.objects.update(anonymity="confidential")
    release.round.campaign.refresh_from_db()

    with pytest.raises(services.RequestNotOpen):
        asked(release, outsider)


def test_nobody_decides_on_their_own_request(release, administrator):
    request = asked(release, administrator)

    with pytest.raises(services.OwnRequest):
        services.approve_request(request, actor=administrator, at=NOW)


def test_a_decision_is_made_once(release, outsider, administrator):
    request = approved(release, outsider, administrator)

    with pytest.raises(services.RequestMovedOn):
        services.refuse_request(request, reason="Muộn", actor=administrator, at=NOW)


def test_a_refusal_says_why(release, outsider, administrator):
    request = asked(release, outsider)

    with pytest.raises(services.RequestReasonMissing):
        services.refuse_request(request, reason=" ", actor=administrator, at=NOW)


def test_only_who_has_asked_takes_a_request_back(release, outsider, administrator):
    request = asked(release, outsider)

    with pytest.raises(services.NotYourRequest):
        services.withdraw_request(request, actor=administrator, at=NOW)


def test_who_decides_and_who_has_asked_are_told(release, outsider, administrator):
    approved(release, outsider, administrator)
    run_pending()

    told = set(Notice.objects.values_list("user", "kind"))
    assert {(administrator.pk, "data_requested"), (outsider.pk, "data_decided")} <= told


def test_every_step_stands_in_the_audit(release, outsider, administrator):
    request = approved(release, outsider, administrator)
    services.end_request(request, reason="Xong", actor=administrator, at=NOW)

    kinds = AuditEvent.objects.filter(kind__startswith="data_request").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        Event.DATA_REQUESTED,
        Event.DATA_REQUEST_APPROVED,
        Event.DATA_REQUEST_ENDED,
    ]


def test_without_an_approval_there_is_no_file(release, outsider):
    asked(release, outsider)

    with pytest.raises(ExportRefused):
        ordered(release, outsider)


def test_an_approval_is_for_who_has_asked(release, outsider, administrator):
    approved(release, outsider, administrator)

    with pytest.raises(ExportRefused):
        ordered(release, department_person("researcher", owner=release.round.campaign.owner))


def test_after_the_last_day_there_is_no_file(release, outsider, administrator):
    approved(release, outsider, administrator)
    DataRequest.objects.update(until=TODAY - timedelta(days=1))

    with pytest.raises(ExportRefused):
        ordered(release, outsider)


def test_of_what_is_withdrawn_there_is_no_file(release, outsider, administrator):
    approved(release, outsider, administrator)
    releases.withdraw(release, reason="Sai.", actor=administrator, at=NOW)
    release.refresh_from_db()

    with pytest.raises(ExportRefused):
        ordered(release, outsider)


def test_files_go_when_the_approval_ends(release, outsider, administrator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    request = approved(release, outsider, administrator)
    ordered(release, outsider)
    run_pending()
    assert Export.objects.get().file

    services.end_request(request, reason="Xong", actor=administrator, at=NOW)
    run_pending()

    assert Export.objects.get().file == ""
    assert remove_withheld(at=NOW) == 0


def test_a_file_has_the_approved_variables_and_no_names(
    release, outsider, administrator, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    request = approved(release, outsider, administrator)
    ordered(release, outsider)
    run_pending()

    data, lines = rows_in(tmp_path)
    columns = {name for line in lines if "unit_key" in line for name in line}
    questions = {name.partition(".")[0] for name in columns} - {
        "round",
        "version",
        "questionnaire",
        "unit_key",
    }
    assert questions == set(request.variables)
    assert not columns & NAMES
    units = units_asked(release.round)
    texts = [text for unit in units for text in (unit["key"], unit["name"])]
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        names = [each for each in made.namelist() if not each.endswith(".xlsx")]
        content = b"".join(made.read(name) for name in names).decode()
    assert [text for text in texts if text in content] == []


def test_single_answers_are_licensed_by_their_approval_only(
    release, outsider, administrator, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    approved(release, outsider, administrator)
    ordered(release, outsider)
    run_pending()

    data, _lines = rows_in(tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        licence = made.read("LICENCE.txt").decode("utf-8-sig")
    assert "Chỉ dùng cho mục đích và trong thời hạn được phê duyệt" in licence
    assert "creativecommons" not in licence


def test_texts_in_which_units_name_themselves_cannot_be_asked_for(release):
    before = {name for name, _label in requestable(release.round)}
    DisclosurePolicy.objects.create(round=release.round, identity="published", set_at=NOW)

    after = {name for name, _label in requestable(release.round)}
    texts = {
        variable.name
        for variable in RawSource([release.round]).layout.columns.values()
        if variable.measure is Measure.TEXT and "/" not in variable.path
    }
    assert after - before == texts


def test_rows_stand_in_the_order_of_pseudonyms(
    release, outsider, administrator, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    approved(release, outsider, administrator)
    ordered(release, outsider)
    run_pending()

    keys = [line["unit_key"] for line in rows_in(tmp_path)[1] if "unit_key" in line]
    assert keys == sorted(keys)
    assert len(set(keys)) == 2


def test_a_property_stands_in_a_file_where_it_was_approved(
    release, outsider, administrator, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    approved(release, outsider, administrator, variables=(*need(release).variables, "@type"))
    ordered(release, outsider)
    run_pending()

    lines = [line for line in rows_in(tmp_path)[1] if "unit_key" in line]
    assert all("unit_type" in line for line in lines)


def test_public_bodies_stand_by_their_names(release, outsider, administrator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    DisclosurePolicy.objects.create(round=release.round, identity="published", set_at=NOW)
    approved(release, outsider, administrator)
    ordered(release, outsider)
    run_pending()

    names = {line["unit_name"] for line in rows_in(tmp_path)[1] if "unit_name" in line}
    assert names == {unit["name"] for unit in units_asked(release.round)}


def test_a_request_is_made_decided_on_and_used_by_pages(client, release, outsider, administrator):
    client.force_login(outsider)
    told = need(release)
    page = reverse("data_request_add", args=[release.round.code, release.number])
    answer = client.post(
        page,
        {
            "institution": told.institution,
            "purpose": told.purpose,
            "safeguards": told.safeguards,
            "variables": list(told.variables),
            "until": told.until.strftime("%d/%m/%Y"),
        },
    )
    request = DataRequest.objects.get()
    assert answer.url == reverse("data_request", args=[request.pk])

    client.force_login(administrator)
    client.post(reverse("data_request_decide", args=[request.pk]), {"act": "approve"})
    request.refresh_from_db()
    assert (request.status, request.decided_by) == (RequestStatus.APPROVED, administrator)

    client.force_login(outsider)
    address = reverse("data_microdata", args=[release.round.code, release.number])
    client.post(address, {"format": "csv"})
    assert Export.objects.get().options == {"request": request.pk}


def test_who_neither_asks_nor_decides_sees_no_request(client, release, outsider):
    request = asked(release, outsider)
    client.force_login(person(release.round, "designer"))

    assert client.get(reverse("data_request", args=[request.pk])).status_code == 404


def test_who_has_asked_does_not_decide(client, release, outsider):
    request = asked(release, outsider)
    client.force_login(outsider)

    answer = client.post(reverse("data_request_decide", args=[request.pk]), {"act": "approve"})
    assert answer.status_code == 403
