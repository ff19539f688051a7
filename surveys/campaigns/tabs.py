"""The sides of a round, as a table: whoever adds a page to a round adds a line here."""

from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.organisations.rules import Person


@dataclass(frozen=True, slots=True)
class Side:
    """A page of a round: the name of its address, its word, who may see it.

    One that is not ``always`` there appears once the round was opened. The page of a higher app is
    named too: where that app is not installed, the side is left out.
    """

    name: str
    label: str | Promise
    permission: Permission
    always: bool = True


SIDES: Final = (
    Side("round_overview", _("Progress"), Permission.ROUND_VIEW),
    Side("round_asked", _("Who is asked"), Permission.ROUND_TARGET, always=False),
    Side("round_prefill", _("Filled in beforehand"), Permission.ROUND_PREFILL),
    Side("round_agreements", _("Extensions, refusals"), Permission.ROUND_VIEW, always=False),
    Side("round_verification", _("Verification"), Permission.VERIFICATION_VIEW, always=False),
    Side("round_result", _("Results"), Permission.RESULTS_VIEW, always=False),
    Side("round_explorer", _("Analysis"), Permission.RESULTS_VIEW, always=False),
    Side("round_disclosure", _("Protection of figures"), Permission.DISCLOSURE_VIEW),
    Side("round_report", _("Report"), Permission.RESULTS_VIEW, always=False),
    Side("round_releases", _("Publication"), Permission.RELEASE_VIEW, always=False),
    Side("round_mails", _("Letters and reminders"), Permission.LETTER_WRITE),
    Side("round_letter", _("Official letter"), Permission.LETTER_WRITE),
    Side("round_log", _("Log"), Permission.ROUND_LOG),
    Side("round_settings", _("Set-up"), Permission.ROUND_VIEW),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One side of a round, for the person who looks."""

    label: str
    url: str
    current: bool = False


def round_tabs(round_: Round, user: Person, current: str) -> list[Tab]:
    """The sides that the person may see, ``current`` being the name of the one looked at; none where
    there is only one."""
    opened = round_.status in {RoundStatus.OPEN, RoundStatus.CLOSED} or round_.opened_at is not None
    tabs = [
        Tab(str(side.label), url, current=side.name == current)
        for side in SIDES
        if (side.always or opened) and user.has_perm(side.permission, round_)
        if (url := _url(side.name, round_))
    ]
    return tabs if len(tabs) > 1 else []


def _url(name: str, round_: Round) -> str:
    try:
        return reverse(name, kwargs={"code": round_.code})
    except NoReverseMatch:
        return ""
