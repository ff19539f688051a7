"""A campaign's own words and its plan of reminders."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.enums import MailKind
from surveys.campaigns.models import Campaign, MailText
from surveys.campaigns.reminding import ReminderStep, fit_plan
from surveys.campaigns.wording import Words, fit
from surveys.organisations.models import User


@transaction.atomic
def save_words(
    campaign: Campaign,
    kind: MailKind,
    words: Mapping[str, Words],
    *,
    actor: User | None,
    at: datetime,
) -> None:
    """Use these words, by language, for a kind of mail from now on; queued mails keep theirs.

    Raises WordsUnfit.
    """
    for language, given in words.items():
        fit(given, kind)
        MailText.objects.update_or_create(
            campaign=campaign,
            kind=kind,
            language=language,
            defaults={"subject": given.subject.strip(), "body": given.body.strip()},
        )
    data = {"kind": kind, "languages": sorted(words)}
    audit.record(Event.MAIL_TEXT_CHANGED, campaign, actor=actor, at=at, data=data)


@transaction.atomic
def reset_words(campaign: Campaign, kind: MailKind, *, actor: User | None, at: datetime) -> None:
    """Use the product's words again for a kind of mail, in every language."""
    campaign.mail_texts.filter(kind=kind).delete()
    audit.record(Event.MAIL_TEXT_RESET, campaign, actor=actor, at=at, data={"kind": kind})


@transaction.atomic
def set_plan(
    campaign: Campaign, steps: Iterable[ReminderStep], *, actor: User | None, at: datetime
) -> None:
    """Remind by this plan from now on. Raises PlanUnfit."""
    plan = [step.as_json() for step in fit_plan(steps)]
    before = campaign.reminders
    campaign.reminders = plan
    campaign.save(update_fields=["reminders"])
    data = {"from": before, "to": plan}
    audit.record(Event.REMINDER_PLAN_CHANGED, campaign, actor=actor, at=at, data=data)
