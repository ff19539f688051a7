"""What the pages of rounds say: figures and deadlines in words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from surveys.campaigns.deadlines import local_day
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.queries import Counts, Overview, UnitFilters


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
        ("not_started", "idle", _("Not started"), counts.not_started, "", ""),
    ]
    return [
        Figure(
            label=label,
            value=value,
            url=filters.query(status=status, type="", late=False, text=""),
            current=filters.status == status and (bool(status) or not filters.narrow),
            dot=dot,
            small=small,
            hint=hint,
        )
        for status, dot, label, value, small, hint in figures
    ]


@dataclass(frozen=True)
class TypeLine:
    """A type of agency in the table of types; its link filters the table of agencies."""

    label: str
    counts: Counts
    rate: str
    url: str
    current: bool


def type_rows(seen: Overview, filters: UnitFilters) -> list[TypeLine]:
    """One line for each type that is asked."""
    return [
        TypeLine(
            label=str(row.type.label),
            counts=row.counts,
            rate=_rate(row.counts),
            url=filters.query(type=row.type),
            current=filters.type == row.type,
        )
        for row in seen.types
    ]


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


def round_crumbs(round_: Round) -> list[tuple[str, str]]:
    """From the list of rounds to a round."""
    campaign = round_.campaign
    listed = reverse("campaign_list")
    named = reverse("campaign_detail", args=[campaign.code])
    return [(_("Survey rounds"), listed), (title_of(campaign), named), (period_of(round_), "")]


def _exceptions(counts: Counts) -> str:
    late = _("%(number)s late") % {"number": _number(counts.late)}
    if not counts.extended:
        return late
    extended = _("%(number)s extended") % {"number": _number(counts.extended)}
    return f"{late}, {extended}"


def _rate(counts: Counts) -> str:
    return "" if counts.rate is None else _percent(counts.rate, 1)


def _previous(seen: Overview) -> str:
    if seen.previous_rate is not None:
        return _("last round %(rate)s") % {"rate": _percent(seen.previous_rate, 1)}
    late = seen.counts.submitted_late
    return _("%(number)s of them late") % {"number": _number(late)} if late else ""


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
