"""How an agency signs is the campaign's to say, and stays what it was when a round opened."""

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import SignatureKind
from surveys.campaigns.services import change_campaign, open_round
from surveys.models import AuditEvent
from tests.factories import AgencyFactory
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
