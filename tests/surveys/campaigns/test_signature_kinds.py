"""How an agency signs is the campaign's to say, and stays what it was when a round opened."""

import pytest
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.campaigns.enums import SignatureKind
from surveys.campaigns.services import change_campaign, open_round
from surveys.models import AuditEvent
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import NOW, CampaignFactory, RoundFactory

pytestmark = pytest.mark.django_db


def demand(campaign, kind):
    change_campaign(campaign, actor=None, at=NOW, signature=kind)


def test_an_agency_signs_in_the_system_unless_the_campaign_says_otherwise():
    assert CampaignFactory.create().signature == "simple"


def test_a_round_takes_the_way_of_signing_when_it_opens():
    AgencyFactory()
    round_ = RoundFactory.create()
    demand(round_.campaign, SignatureKind.DIGITAL)

    open_round(round_, actor=None, at=NOW)

    round_.refresh_from_db()
    assert round_.signature == "digital"


def test_an_open_round_keeps_its_way_of_signing():
    AgencyFactory()
    round_ = RoundFactory.create()
    open_round(round_, actor=None, at=NOW)

    demand(round_.campaign, SignatureKind.DIGITAL)

    round_.refresh_from_db()
    assert round_.signature == "simple"


def test_a_changed_way_of_signing_stands_in_the_log():
    campaign = CampaignFactory.create()

    demand(campaign, SignatureKind.EITHER)

    event = AuditEvent.objects.get(kind=Event.CAMPAIGN_CHANGED)
    assert event.data["changed"] == ["signature"]


@pytest.fixture
def designer(client):
    """A designer who reads English; nobody has configured whose certificates are trusted."""
    owner = AgencyFactory()
    client.force_login(department_person("designer", owner=owner))
    client.cookies["django_language"] = "en"
    client.owner = owner
    return client


def warned(client, name, code):
    """Whether the page says that digital signatures cannot be verified."""
    page = client.get(reverse(name, args=[code])).content.decode()
    return "Digital signatures cannot be verified on this system yet" in page


@pytest.mark.parametrize(
    ("kind", "is_warned"), [("digital", True), ("either", True), ("simple", False)]
)
def test_who_plans_digital_signatures_without_a_trust_list_is_warned(designer, kind, is_warned):
    round_ = RoundFactory.create(campaign__owner=designer.owner, campaign__signature=kind)

    pages = ("round_open", "round_settings")
    said = [warned(designer, name, round_.code) for name in pages]

    assert [warned(designer, "campaign_detail", round_.campaign.code), *said] == [is_warned] * 3


def test_the_form_warns_before_digital_signatures_are_chosen(designer):
    campaign = CampaignFactory.create(owner=designer.owner)

    assert warned(designer, "campaign_edit", campaign.code)


def test_nobody_is_warned_where_there_is_a_trust_list(designer, settings, tmp_path):
    (tmp_path / "root.crt").touch()
    settings.SIGNATURE_TRUST_LIST = str(tmp_path)
    campaign = CampaignFactory.create(owner=designer.owner, signature="digital")

    assert not warned(designer, "campaign_edit", campaign.code)
    assert not warned(designer, "campaign_detail", campaign.code)
