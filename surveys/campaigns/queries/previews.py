"""A mail as an agency of a round would get it, before it is sent."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from surveys.campaigns.enums import MailKind
from surveys.campaigns.models import Assignment, MailText, Round
from surveys.campaigns.placeholders import filled
from surveys.campaigns.queries.targets import agencies_to_ask
from surveys.campaigns.queries.values import Letterhead, superior_values, values
from surveys.campaigns.targets import TargetRule
from surveys.campaigns.wording import LANGUAGES, PERSONAL, Words, product_words
from surveys.organisations.search import search_key

MAX_WORDS: Final = 12
TO_LATE: Final = {MailKind.LATE, MailKind.SIGNATORY, MailKind.SUPERIOR}
SOME_DAYS: Final = timedelta(days=2)


def own_words(round_: Round, kind: MailKind) -> tuple[dict[str, Words], bool]:
    """The words of a kind by language, and whether any of them are the campaign's own."""
    own = {
        each.language: Words(each.subject, each.body)
        for each in MailText.objects.filter(campaign=round_.campaign_id, kind=kind)
    }
    return {lang: own.get(lang) or product_words(kind, lang) for lang in LANGUAGES}, bool(own)


def sample(round_: Round, text: str, *, at: datetime) -> Assignment | None:
    """The first assignment of the round whose agency's name has the words; of a round that was not
    opened, one that is not saved. None where there is no such agency."""
    rows = Assignment.objects.filter(round=round_).select_related("agency__parent")
    agencies = agencies_to_ask(TargetRule.read(round_.campaign.targets), at=at)
    for word in search_key(text).split()[:MAX_WORDS]:
        rows = rows.filter(agency__search_key__contains=word)
        agencies = agencies.filter(search_key__contains=word)
    found = rows.order_by("agency__official_order", "pk").first()
    if found is None and not round_.assignments.exists():
        agency = agencies.select_related("parent").first()
        if agency is not None:
            found = Assignment(round=round_, agency=agency, due_at=round_.closes_at)
    if found is not None:
        found.round = round_
    return found


def preview(
    words: Words, kind: MailKind, assignment: Assignment, *, language: str, at: datetime
) -> Words:
    """The mail to the agency with a stand-in for its link; to its superior where the kind says so.

    What is written to the late is shown as if the agency were late.
    """
    if kind in TO_LATE:
        at = max(at, assignment.due_at + SOME_DAYS)
    head = Letterhead(assignment.round, at)
    with override(language):
        personal = f"{settings.SITE_URL}/… ({_('personal link')})"
    link = personal if kind in PERSONAL else f"{settings.SITE_URL}/"
    if kind == MailKind.SUPERIOR:
        superior = assignment.agency.parent or assignment.agency
        given = superior_values(superior, [assignment], head, language=language, link=link)
    else:
        given = values(assignment, head, language=language, link=link)
    return Words(filled(words.subject, given), filled(words.body, given))
