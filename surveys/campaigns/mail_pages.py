"""What the page of a round's mails shows, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from surveys.campaigns.enums import MailKind
from surveys.campaigns.models import MailText, Round
from surveys.campaigns.queries.mails import UNDELIVERED, MailFilters, MailList, MailRow, StepRow
from surveys.campaigns.reminding import Addressee, step_of_key
from surveys.campaigns.wording import LINK, UNITS, placeholders_of
from surveys.mailing.enums import MailStatus

NAMED: Final[Mapping[str, str | Promise]] = {
    "invitation": gettext_lazy("Invitation"),
    "remind-now": gettext_lazy("Reminder by hand"),
    "extension": gettext_lazy("Extension granted"),
}
TO: Final[Mapping[Addressee, str | Promise]] = {
    Addressee.COORDINATOR: gettext_lazy("to the coordinators"),
    Addressee.SIGNATORY: gettext_lazy("to the signatories"),
    Addressee.SUPERIOR: gettext_lazy("to the superior agency"),
}

NAMES: Final[Mapping[str, str | Promise]] = {
    "agency": gettext_lazy("the agency that is written to"),
    "round": gettext_lazy("the round's period"),
    "campaign": gettext_lazy("the campaign's title"),
    "deadline": gettext_lazy("the agency's own deadline"),
    "days_left": gettext_lazy("days left until the deadline"),
    "days_late": gettext_lazy("days since the deadline"),
    "basis": gettext_lazy("number, date and issuer of the legal basis"),
    "progress": gettext_lazy("how many questions are answered"),
    "contact": gettext_lazy("the person in charge and the owner of the campaign"),
    LINK: gettext_lazy("the address where the reader goes on; once in every text"),
    UNITS: gettext_lazy("the late agencies, one a line"),
}
"""What each name in braces stands for."""


@dataclass(frozen=True)
class StepLine:
    """One step with its counts, and the address that lists its mails."""

    label: str
    counts: Mapping[str, int]
    total: int
    url: str
    current: bool


@dataclass(frozen=True)
class MailLine:
    """One mail of the list."""

    row: MailRow
    label: str


@dataclass(frozen=True)
class Link:
    """A way to narrow the list."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class KindLine:
    """A kind of mail and whose words it uses."""

    kind: MailKind
    is_own: bool


def step_label(step: str) -> str:
    """A step of the outbox in words."""
    if step in NAMED:
        return str(NAMED[step])
    planned = step_of_key(step)
    if planned is None:
        return step
    days = abs(planned.days)
    if planned.days > 0:
        when = ngettext("%(days)d day after", "%(days)d days after", days)
    else:
        when = ngettext("%(days)d day before", "%(days)d days before", days)
    return f"{when % {'days': days}}, {TO[planned.to]}"


def step_lines(rows: list[StepRow], filters: MailFilters) -> list[StepLine]:
    """The steps in the order of the plan: the invitation, by days, then the rest."""
    return [
        StepLine(
            label=step_label(row.step),
            counts={status.value: row.counts[status] for status in MailStatus},
            total=row.total,
            url=filters.query(step=row.step, status="") + "#mails",
            current=filters.step == row.step,
        )
        for row in sorted(rows, key=_order)
    ]


def mail_lines(listed: MailList) -> list[MailLine]:
    """The page of mails."""
    return [MailLine(row, step_label(row.step)) for row in listed.rows]


def status_links(filters: MailFilters) -> list[Link]:
    """Ways to narrow the list by what became of the mails."""
    labels = {UNDELIVERED: _("Did not arrive"), "": _("All"), **dict(MailStatus.choices)}
    return [
        Link(str(label), filters.query(status=word) + "#mails", filters.status == word)
        for word, label in labels.items()
    ]


def name_lines(kind: MailKind) -> list[tuple[str, str]]:
    """The names that a text of the kind may use, in braces, each with what it stands for."""
    return [(f"{{{name}}}", str(NAMES[name])) for name in placeholders_of(kind)]


def kind_lines(round_: Round) -> list[KindLine]:
    """The kinds of mail, in the order in which agencies get them."""
    own = set(MailText.objects.filter(campaign=round_.campaign_id).values_list("kind", flat=True))
    return [KindLine(kind, kind in own) for kind in MailKind]


def _order(row: StepRow) -> tuple[int, int, str]:
    planned = step_of_key(row.step)
    if planned is not None:
        return 1, planned.days, row.step
    return (0 if row.step == "invitation" else 2), 0, row.step
