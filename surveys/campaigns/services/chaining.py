"""Who approves and signs in the rounds of a campaign."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.models import Campaign
from surveys.campaigns.signing_off import SignOffStep, refuse_unfit
from surveys.organisations.models import User


@transaction.atomic
def set_sign_off(
    campaign: Campaign, chain: Sequence[SignOffStep], *, actor: User | None, at: datetime
) -> None:
    """Lead the answers of rounds that open from now on through these steps.

    A round that is open keeps the chain with which it opened. Raises ChainUnfit.
    """
    refuse_unfit(chain)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    before = locked.sign_off
    locked.sign_off = [step.as_json() for step in chain]
    locked.save(update_fields=["sign_off"])
    campaign.sign_off = locked.sign_off
    data = {"code": locked.code, "from": before, "to": locked.sign_off}
    audit.record(Event.CAMPAIGN_SIGN_OFF_SET, campaign, actor=actor, at=at, data=data)
