"""What the placeholders of a mail stand for."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from surveys.campaigns.deadlines import days_left, last_day, late_days
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.wording import LINK, UNITS
from surveys.mailing.wording import inert, is_usable, one_line
from surveys.organisations.models import Agency

MOST: Final = 300


@dataclass(frozen=True)
class Letterhead:
    """What all mails of a round share: campaign, period, basis and whom to ask."""

    round: Round
    at: datetime

    @cached_property
    def reply_to(self) -> str:
        """The manager's address, if there is one."""
        manager = self.round.campaign.manager
        return manager.email if manager and is_usable(manager.email) else ""

    def common(self, language: str) -> dict[str, str]:
        """The values that are the same for every agency."""
        campaign = self.round.campaign
        owner = campaign.owner
        named = (owner.name_en if language == "en" else "") or owner.name
        manager = campaign.manager
        people = f"{manager}, {manager.email}, " if manager else ""
        return _lines(
            campaign=campaign.titles[language] or campaign.title,
            round=self.round.periods[language],
            basis=campaign.legal_basis,
            contact=f"{people}{named}",
        )


def values(assignment: Assignment, head: Letterhead, *, language: str, link: str) -> dict[str, str]:
    """The values for one agency, in one language; each on one line."""
    with override(language):
        left, late = days_left(assignment.due_at, head.at), late_days(assignment.due_at, head.at)
        return {
            **head.common(language),
            **_lines(
                agency=assignment.names[language] or assignment.names["vi"],
                deadline=_day(assignment.due_at),
                days_left=ngettext("%(days)d day left", "%(days)d days left", max(left, 0))
                % {"days": max(left, 0)},
                days_late=ngettext("%(days)d day", "%(days)d days", late) % {"days": late},
                progress=ngettext(
                    "%(answered)d of %(total)d question",
                    "%(answered)d of %(total)d questions",
                    assignment.total,
                )
                % {"answered": assignment.answered, "total": assignment.total},
            ),
            LINK: link,
        }


def superior_values(
    superior: Agency, late: list[Assignment], head: Letterhead, *, language: str, link: str
) -> dict[str, str]:
    """The values for a superior agency with its late units, the latest first.

    What is about one unit (``days_late``, ``progress``) tells of the latest unit and of all together.
    """
    first = min(late, key=lambda each: each.due_at)
    given = values(first, head, language=language, link=link)
    named = (superior.name_en if language == "en" else "") or superior.name
    return {**given, **_lines(agency=named), UNITS: _units(late, head, language)}


def _units(late: list[Assignment], head: Letterhead, language: str) -> str:
    with override(language):
        return "\n".join(
            _("- %(unit)s: %(days)s late")
            % {
                "unit": _lines(unit=each.names[language] or each.names["vi"])["unit"],
                "days": ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
            }
            for each in sorted(late, key=lambda each: (each.due_at, each.agency.official_order))
            for days in [late_days(each.due_at, head.at)]
        )


def _lines(**given: str) -> dict[str, str]:
    """The values, each on one line, and none of them looking like the place of the secret link."""
    return {name: inert(one_line(text, MOST)) for name, text in given.items()}


def _day(due_at: datetime) -> str:
    return last_day(due_at).strftime("%-d/%-m/%Y")
