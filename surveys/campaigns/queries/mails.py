"""What was written to the agencies of a round."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from surveys.campaigns.models import Assignment, Round
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.queries import standing
from surveys.organisations.models import Agency

PAGE_SIZE: Final = 50
UNDELIVERED: Final = "undelivered"
AGAIN: Final = (MailStatus.FAILED, MailStatus.BOUNCED)


@dataclass(frozen=True)
class MailFilters:
    """What of the list is wanted; every field has its word in the address."""

    step: str = ""
    status: str = UNDELIVERED
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "MailFilters":
        """From an address; without a word, what did not arrive."""
        status = query.get("status", UNDELIVERED)
        page = query.get("page", "")
        return cls(
            step=query.get("step", "").replace("\0", ""),
            status=status if status in {"", UNDELIVERED, *MailStatus.values} else UNDELIVERED,
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def query(self, **changes: object) -> str:
        """The address's query with changes, back on the first page."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # names are ours
        words = {"step": wanted.step, "status": wanted.status}
        if wanted.page > 1:
            words["page"] = str(wanted.page)
        return "?" + urlencode(words)


@dataclass(frozen=True)
class StepRow:
    """How the mails of one step stand: its base name, and how many have which status."""

    step: str
    counts: Mapping[MailStatus, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class MailRow:
    """One mail with the agency it is about."""

    mail: OutgoingMail
    names: Mapping[str, str]
    step: str

    @property
    def may_go_again(self) -> bool:
        """Whether it did not arrive."""
        return self.mail.status in AGAIN

    @property
    def has_personal_link(self) -> bool:
        """Whether somebody has a link by it that can be withdrawn."""
        return self.mail.link_purpose == "access" and self.mail.status == MailStatus.SENT

    @property
    def reason(self) -> str:
        """Why it did not arrive."""
        return self.mail.bounce_text or self.mail.error


@dataclass(frozen=True)
class MailList:
    """A page of the list."""

    rows: list[MailRow]
    page: "Page[OutgoingMail]"
    filters: MailFilters


def base_of(step: str) -> str:
    """The step without the day it counts for and without whose copy it is."""
    return step.partition("/")[0].partition("@")[0]


def steps_of(round_: Round) -> list[StepRow]:
    """The steps of the round with their counts; copies and repeated steps are in the same line.

    One query.
    """
    rows: dict[str, dict[MailStatus, int]] = {}
    for each in standing(f"round:{round_.pk}"):
        counts = rows.setdefault(base_of(each.step), dict.fromkeys(MailStatus, 0))
        for status, number in each.counts.items():
            counts[status] += number
    return [StepRow(step, counts) for step, counts in rows.items()]


def mails_of(round_: Round, filters: MailFilters) -> MailList:
    """The wanted mails, the newest first; a page past the end is the last one. Four queries."""
    wanted = OutgoingMail.objects.within(f"round:{round_.pk}").order_by("-pk").defer("text")
    if filters.status == UNDELIVERED:
        wanted = wanted.filter(status__in=AGAIN)
    elif filters.status:
        wanted = wanted.filter(status=filters.status)
    if filters.step:
        wanted = wanted.filter(step__startswith=filters.step)
    page = Paginator(wanted, PAGE_SIZE).get_page(filters.page)
    names = _names(list(page))
    rows = [MailRow(mail, names.get(mail.about, {}), base_of(mail.step)) for mail in page]
    return MailList(rows, page, replace(filters, page=page.number))


def _names(mails: list[OutgoingMail]) -> dict[str, Mapping[str, str]]:
    ids: dict[str, set[int]] = {"assignment": set(), "agency": set()}
    for mail in mails:
        kind, number = mail.about.split(":")[:2]
        ids.setdefault(kind, set()).add(int(number))
    named: dict[str, Any] = {
        f"assignment:{each.pk}": each.names
        for each in Assignment.objects.filter(pk__in=ids["assignment"]).select_related("agency")
    }
    agencies = {
        each.pk: {"vi": each.name, "en": each.name_en}
        for each in Agency.ever.filter(pk__in=ids["agency"])
    }
    for mail in mails:
        kind, number = mail.about.split(":")[:2]
        if kind == "agency":
            named[mail.about] = agencies.get(int(number), {})
    return named
