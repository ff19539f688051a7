"""The sides of a round, as a table: whoever adds a page to a round adds a line here."""

from collections.abc import Mapping
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
    Side("round_result", _("Indicators"), Permission.RESULTS_VIEW, always=False),
    Side("round_explorer", _("Question by question"), Permission.RESULTS_VIEW, always=False),
    Side("round_disclosure", _("Protection of figures"), Permission.DISCLOSURE_VIEW),
    Side("round_report", _("Report"), Permission.RESULTS_VIEW, always=False),
    Side("round_releases", _("Publication"), Permission.RELEASE_VIEW, always=False),
    Side("round_mails", _("Letters and reminders"), Permission.LETTER_WRITE),
    Side("round_letter", _("Official letter"), Permission.LETTER_WRITE),
    Side("round_log", _("Log"), Permission.ROUND_LOG),
    Side("round_settings", _("Set-up"), Permission.ROUND_VIEW),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Sides that stand behind one tab and are told apart below it, in the order of their names."""

    label: str | Promise
    names: tuple[str, ...]


# More than seven tabs do not fit a page and are not read.
GROUPS: Final = (
    Group(_("Participation"), ("round_asked", "round_prefill", "round_agreements")),
    Group(
        _("Analysis"),
        ("round_result", "round_report", "round_explorer", "round_disclosure", "round_releases"),
    ),
    Group(_("Letters"), ("round_mails", "round_letter")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A side of a round, or a group of them, for the person who looks.

    ``current`` where it, or one of its ``parts``, is the page looked at.
    """

    label: str
    url: str
    current: bool = False
    parts: tuple["Tab", ...] = ()


def round_tabs(round_: Round, user: Person, current: str) -> list[Tab]:
    """The sides that the person may see, ``current`` being the name of the one looked at; none where
    there is only one.

    A group stands where the first of its sides in ``SIDES`` does; one of which the person sees a
    single side is that side.
    """
    opened = round_.status in {RoundStatus.OPEN, RoundStatus.CLOSED} or round_.opened_at is not None
    seen = {
        side.name: Tab(str(side.label), url, current=side.name == current)
        for side in SIDES
        if (side.always or opened) and user.has_perm(side.permission, round_)
        if (url := _url(side.name, round_))
    }
    tabs = list(dict.fromkeys(_standing(name, seen) for name in seen))
    return tabs if len(seen) > 1 else []


def _standing(name: str, seen: Mapping[str, Tab]) -> Tab:
    """The tab that the side stands behind: its group's, or its own."""
    group = next((group for group in GROUPS if name in group.names), None)
    parts = tuple(seen[part] for part in group.names if part in seen) if group else ()
    if group is None or len(parts) == 1:
        return seen[name]
    return Tab(
        label=str(group.label),
        url=parts[0].url,
        current=any(part.current for part in parts),
        parts=parts,
    )


def _url(name: str, round_: Round) -> str:
    try:
        return reverse(name, kwargs={"code": round_.code})
    except NoReverseMatch:
        return ""
