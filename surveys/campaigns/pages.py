"""What the pages of rounds say: figures and deadlines in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from surveys.campaigns.deadlines import local_day
from surveys.campaigns.enums import Level
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.queries import Counts, Overview, TypeRow, UnitFilters
from surveys.campaigns.signing_off import titles_of
from surveys.organisations.enums import AgencyType


@dataclass(frozen=True)
class Figure:
    """One of the six figures; its link filters the table."""

    label: str
    value: int
    url: str
    current: bool
    dot: str = ""
    small: str = ""
    hint: str = ""


def six_figures(seen: Overview, filters: UnitFilters, at: datetime) -> list[Figure]:
    """Must answer, submitted, awaiting signature, drafting, returned, not started."""
    counts = seen.counts
    figures = [
        ("", "", _("Must answer"), counts.total, "", _exceptions(counts)),
        ("submitted", "ok", _("Submitted"), counts.submitted, _rate(counts), _previous(seen)),
        ("awaiting", "wait", _("Awaiting signature"), counts.awaiting, "", _waiting(seen, at)),
        ("drafting", "active", _("Drafting"), counts.drafting, "", _share(seen)),
        ("returned", "bad", _("Returned"), counts.returned, "", ""),
        ("not_started", "idle", _("Not started"), counts.not_started, "", _unopened(counts)),
    ]
    return [
        Figure(
            label=label,
            value=value,
            url=filters.nothing.query(status=status),
            current=filters.status == status and (bool(status) or not filters.narrow),
            dot=dot,
            small=small,
            hint=hint,
        )
        for status, dot, label, value, small, hint in figures
    ]


@dataclass(frozen=True)
class GroupLine:
    """A level, or a type below it, in the table of levels; its link filters the table of agencies."""

    label: str
    counts: Counts
    rate: str
    url: str
    current: bool
    below: bool = False


def level_rows(seen: Overview, filters: UnitFilters) -> list[GroupLine]:
    """A line for each level that is asked, and below it its types, where they are several."""
    lines: list[GroupLine] = []
    for level in seen.levels:
        url = filters.query(level=level.level, type="")
        current = filters.level == level.level
        lines.append(_group(str(level.level.label), level.counts, url, current=current))
        lines.extend(_type_line(row, filters) for row in level.types if len(level.types) > 1)
    return lines


def _type_line(row: TypeRow, filters: UnitFilters) -> GroupLine:
    url = filters.query(type=row.type, level="")
    line = _group(str(row.type.label), row.counts, url, current=filters.type == row.type)
    return replace(line, below=True)


def _group(label: str, counts: Counts, url: str, *, current: bool) -> GroupLine:
    return GroupLine(label, counts, _rate(counts), url, current)


@dataclass(frozen=True)
class StepLine:
    """A step of the sign-off chain with those who wait for it; its link filters the table."""

    titles: Mapping[str, str]
    number: int
    url: str
    current: bool


def step_lines(seen: Overview, filters: UnitFilters) -> list[StepLine]:
    """One for each step, where the chain has several."""
    if len(seen.steps) < 2:
        return []
    return [
        StepLine(
            titles=titles_of(row.step),
            number=row.number,
            url=filters.nothing.query(step=row.position + 1),
            current=filters.step == row.position + 1,
        )
        for row in seen.steps
    ]


@dataclass(frozen=True)
class Choice:
    """A word of the address with its label."""

    word: str
    label: str
    current: bool


def status_choices(filters: UnitFilters) -> list[Choice]:
    """The statuses by which the table is filtered."""
    labels = {
        "": _("All statuses"),
        "not_started": _("Not started"),
        "drafting": _("Drafting"),
        "awaiting": _("Awaiting signature"),
        "submitted": _("Submitted"),
        "returned": _("Returned"),
        "verified": _("Verified"),
    }
    return [Choice(word, label, filters.status == word) for word, label in labels.items()]


def level_choices(filters: UnitFilters) -> list[Choice]:
    """The levels by which the table is filtered."""
    all_levels = Choice("", _("All levels"), not filters.level)
    return [
        all_levels,
        *(Choice(level, str(level.label), filters.level == level) for level in Level),
    ]


def type_choices(filters: UnitFilters) -> list[Choice]:
    """The types by which the table is filtered."""
    all_types = Choice("", _("All types"), not filters.type)
    return [
        all_types,
        *(Choice(kind, str(kind.label), filters.type == kind) for kind in AgencyType),
    ]


def flag_choices(filters: UnitFilters) -> list[Choice]:
    """The marks by which the table is filtered, each on or off."""
    labels = {
        "late": _("Late"),
        "extended": _("Extended"),
        "refused": _("Refused"),
        "unopened": _("Not opened"),
        "former": _("No longer asked"),
    }
    return [Choice(word, label, getattr(filters, word)) for word, label in labels.items()]


@dataclass(frozen=True)
class SortLink:
    """A way of ordering the table."""

    word: str
    label: str
    current: bool


def sort_links(filters: UnitFilters) -> list[SortLink]:
    """The ways of ordering the table of agencies."""
    labels = {
        "attention": _("What wants attention first"),
        "order": _("Official order"),
        "agency": _("Agency, by alphabet"),
        "progress": _("Least progress first"),
        "deadline": _("Latest first"),
        "activity": _("Last activity first"),
    }
    return [SortLink(word, label, filters.sort == word) for word, label in labels.items()]


def title_of(campaign: Campaign) -> str:
    """The title in the reader's language, else in Vietnamese."""
    return campaign.titles.get(get_language() or "vi") or campaign.title


def period_of(round_: Round) -> str:
    """The period in the reader's language."""
    return round_.periods.get(get_language() or "vi") or round_.period


def list_crumbs(*further: str) -> list[tuple[str, str]]:
    """From the list of rounds to a page below it; the page itself has no address."""
    root = (_("Survey rounds"), reverse("campaign_list") if further else "")
    return [root, *((label, "") for label in further)]


def campaign_crumbs(campaign: Campaign, *further: str) -> list[tuple[str, str]]:
    """From the list of rounds to a campaign, and to a page below it."""
    named = reverse("campaign_detail", args=[campaign.code]) if further else ""
    listed = (_("Survey rounds"), reverse("campaign_list"))
    return [listed, (title_of(campaign), named), *((label, "") for label in further)]


def round_crumbs(round_: Round) -> list[tuple[str, str]]:
    """From the list of rounds to a round."""
    return campaign_crumbs(round_.campaign, period_of(round_))


def _exceptions(counts: Counts) -> str:
    words = [_("%(number)s late") % {"number": _number(counts.late)}]
    if counts.extended:
        words.append(_("%(number)s extended") % {"number": _number(counts.extended)})
    if counts.refused:
        words.append(_("%(number)s refused") % {"number": _number(counts.refused)})
    return ", ".join(words)


def _unopened(counts: Counts) -> str:
    if not counts.unopened:
        return ""
    return _("%(number)s have not opened it") % {"number": _number(counts.unopened)}


def _rate(counts: Counts) -> str:
    return "" if counts.rate is None else _percent(counts.rate, 1)


def _previous(seen: Overview) -> str:
    counts, words = seen.counts, []
    if seen.previous_rate is not None:
        words.append(_("last round %(rate)s") % {"rate": _percent(seen.previous_rate, 1)})
    elif counts.submitted_late:
        words.append(_("%(number)s of them late") % {"number": _number(counts.submitted_late)})
    if counts.verified:
        words.append(_("%(number)s verified") % {"number": _number(counts.verified)})
    return ", ".join(words)


def _waiting(seen: Overview, at: datetime) -> str:
    if seen.awaiting_since is None:
        return ""
    days = (local_day(at) - local_day(seen.awaiting_since)).days
    return ngettext("longest %(days)d day", "longest %(days)d days", days) % {"days": days}


def _share(seen: Overview) -> str:
    if seen.drafting_share is None:
        return ""
    return _("on average %(share)s") % {"share": _percent(seen.drafting_share, 0)}


def _number(value: float, digits: int | None = None) -> str:
    rounded = value if digits is None else round(value, digits)
    return formats.number_format(rounded, digits, use_l10n=True)


def _percent(value: float, digits: int) -> str:
    return _("%(number)s%%") % {"number": _number(value, digits)}
