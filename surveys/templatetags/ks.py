"""How templates word figures, days and statuses, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext

from surveys.background.enums import JobStatus
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.questionnaires.enums import VersionStatus

register = template.Library()

MINUS: Final = "\u2212"
NO_BREAK: Final = "\u00a0"

LOOKS: Final[Mapping[str, str]] = {
    AssignmentStatus.NOT_STARTED: "idle",
    AssignmentStatus.DRAFT: "active",
    AssignmentStatus.AWAITING_SIGNATURE: "wait",
    AssignmentStatus.SUBMITTED: "ok",
    AssignmentStatus.RETURNED: "bad",
    AssignmentStatus.VERIFIED: "ok",
    AssignmentStatus.PUBLISHED: "ok",
    Disposition.REFUSED: "warn",
    Disposition.INELIGIBLE: "idle",
    RoundStatus.PLANNED: "idle",
    RoundStatus.OPEN: "active",
    RoundStatus.CLOSED: "idle",
    VersionStatus.RETIRED: "idle",
    JobStatus.WAITING: "idle",
    JobStatus.RUNNING: "active",
    JobStatus.DONE: "ok",
    JobStatus.FAILED: "bad",
    JobStatus.CANCELLED: "idle",
}
WORDS: Final[Mapping[str, Any]] = {
    **dict(JobStatus.choices),
    **dict(VersionStatus.choices),
    **dict(RoundStatus.choices),
    **dict(AssignmentStatus.choices),
    Disposition.REFUSED: Disposition.REFUSED.label,
    Disposition.INELIGIBLE: Disposition.INELIGIBLE.label,
}
STACK: Final = ("ok", "wait", "active", "bad", "warn", "idle")
SHADES: Final = (0, 1, 2, 4, 5)

MESSAGE_GRADES: Final = {"error": "bad", "warning": "warn", "success": "ok"}
GRADE_ICONS: Final = {
    "bad": "x-octagon-fill",
    "warn": "exclamation-triangle-fill",
    "ok": "check-circle-fill",
}
FLAG_ICONS: Final = {
    "bad": "x-octagon",
    "warn": "exclamation-triangle",
    "info": "info-circle",
    "note": "chat-left-text",
}
SAVED_ICONS: Final = {
    "none": "dash",
    "busy": "arrow-repeat",
    "ok": "check2",
    "wait": "cloud-slash",
    "bad": "exclamation-circle",
}


@register.filter
def vn_number(value: Any, digits: int | None = None) -> str:
    """``1.234.567,5`` (English ``1,234,567.5``), with U+2212 for negatives; nothing for nothing.

    ``digits`` fixes the decimals. Text that is no number comes back as it is.
    """
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    shown = number if digits is None else round(number, digits) + 0
    text = number_format(f"{shown:f}", digits, force_grouping=True)
    return str(text).replace("-", MINUS)


@register.filter
def vn_points(value: Decimal | None) -> str:
    """Points as ``vn_number`` writes them, without zeros at the end; nothing for nothing."""
    return "" if value is None else vn_number(value.normalize() + 0)


@register.filter
def vn_percent(value: Any, digits: int | None = 1) -> str:
    """``69,6 %`` for the percentage 69.6 (English ``69.6%``); nothing for nothing."""
    text = vn_number(value, digits)
    if not text:
        return ""
    return f"{text}%" if get_language() == "en" else f"{text}{NO_BREAK}%"


@register.filter
def vn_change(value: Any, digits: int | None = 1) -> str:
    """A difference with its sign: ``+2,3``, ``0,0``, U+2212 before what fell; nothing for nothing."""
    text = vn_number(value, digits)
    return f"+{text}" if text and float(value) > 0 and text.strip("0.,") else text


@register.filter
def magnitude(value: Any) -> Any:
    """A number without its sign."""
    return None if value is None else abs(value)


@register.filter
def last_day(value: date | datetime | None) -> date | None:
    """The last day on which one may act: a deadline in time is exclusive, midnight after that day."""
    if isinstance(value, datetime):
        return timezone.localdate(value - timedelta(microseconds=1))
    return value


@register.filter
def relative_day(value: date | datetime | None, today: date | datetime | None = None) -> str:
    """How far a deadline is: “11 days left”, “last day today”, “3 days late”.

    A datetime is taken as an exclusive end (see ``last_day``). ``today`` may be a time; without it
    the present day counts.
    """
    day = last_day(value)
    if day is None:
        return ""
    now = timezone.localdate(today) if isinstance(today, datetime) else today
    left = (day - (now or timezone.localdate())).days
    if left == 0:
        return gettext("last day today")
    if left > 0:
        return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": vn_number(left)}
    return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": vn_number(-left)}


@register.filter
def clock(value: datetime | None, now: datetime | None = None) -> str:
    """When something happened: “09:41” today, “yesterday, 16:05”, “30/1, 17:02”, “30/1/2026, 17:02”."""
    if value is None:
        return ""
    moment = timezone.localtime(value)
    today = timezone.localdate(now)
    time = date_format(moment, "H:i")
    if moment.date() == today:
        return time
    if moment.date() == today - timedelta(days=1):
        return gettext("yesterday, %(time)s") % {"time": time}
    return f"{date_format(moment, 'j/n' if moment.year == today.year else 'j/n/Y')}, {time}"


@register.filter
def text_in(texts: Mapping[str, str] | None) -> str:
    """A text in the reader's language, else in Vietnamese, else in whichever there is."""
    if not texts:
        return ""
    return texts.get(get_language() or "vi") or texts.get("vi") or next(iter(texts.values()))


@register.filter
def within(name: str) -> str:
    """The name of a period within a phrase: ``năm 2026`` in Vietnamese, unchanged in English,
    which writes months large."""
    is_word = name[1:2].islower()
    return name[:1].lower() + name[1:] if is_word and get_language() == "vi" else name


@register.filter
def at_key(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """What a mapping has under a key; empty where there is no mapping or no such key."""
    return (mapping or {}).get(key, "")


@register.filter
def at_place(items: Sequence[Any], place: int) -> Any:
    """The item at a place, from 0; None where there is none."""
    return items[place] if 0 <= place < len(items) else None


@register.filter
def status_look(status: str | None) -> str:
    """Which of the status looks stands for a status; a look stands for itself."""
    return LOOKS.get(status or "", status or "idle")


@register.filter
def status_word(status: str | None) -> str:
    """The adjective of a status; words that are no status stand for themselves."""
    return str(WORDS.get(status or "", status or ""))


@register.filter
def message_grade(level_tag: str) -> str:
    """The grade of one of Django's messages."""
    return MESSAGE_GRADES.get(level_tag, "info")


@register.filter
def grade_icon(grade: str | None) -> str:
    """The filled icon of a grade."""
    return GRADE_ICONS.get(grade or "", "info-circle-fill")


@register.filter
def grade_word(grade: str | None) -> str:
    """The words a finding of this grade begins with."""
    words = {"bad": gettext("Must be corrected"), "warn": gettext("Needs an explanation")}
    return words.get(grade or "") or gettext("Reminder")


@register.filter
def flag_icon(grade: str | None) -> str:
    """The icon of a short mark; the name of an icon stands for itself."""
    return FLAG_ICONS.get(grade or "", grade or "flag")


@register.filter
def saved_icon(state: str | None) -> str:
    """The icon of a saved state; the name of an icon stands for itself."""
    return SAVED_ICONS.get(state or "none", state or "dash")


@register.filter
def avatar_look(user: Any) -> str:
    """One of four grounds for a person's letters, always the same one for the same person."""
    kind = (user.pk or 0) % 4
    return f" avatar--{kind + 1}" if kind else ""


@register.filter
def map_classes(words: str, shades: str = "") -> list[dict[str, Any]]:
    """The legend of a map: the words of its classes, lowest first, with their shades.

    ``shades``: those of the classes, joined as the words are; empty: those of five classes.
    """
    chosen = shades.split("|") if shades else SHADES
    return [
        {"label": label, "shade": shade}
        for label, shade in zip(words.split("|"), chosen, strict=False)
    ]


@dataclass(frozen=True)
class Part:
    """A stretch of a stacked bar."""

    look: str
    start: int
    count: int


@dataclass(frozen=True)
class Bar:
    """A stacked bar; ``total`` is at least 1."""

    parts: tuple[Part, ...]
    total: int


@register.simple_tag
def icon(name: str) -> str:
    """The component's icon, for what stands at hundreds of places of a page."""
    return _icon(name)


@cache
def _icon(name: str) -> str:
    shape = format_html("{}#{}", static("img/icons.svg"), name)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', shape)


@register.simple_tag
def stack_parts(counts: Mapping[str, int]) -> Bar:
    """Counts by assignment status as stretches of one bar, finished ones first."""
    by_look = dict.fromkeys(STACK, 0)
    for status, count in counts.items():
        by_look[status_look(status)] += count
    parts: list[Part] = []
    start = 0
    for look, count in by_look.items():
        if count:
            parts.append(Part(look, start, count))
        start += count
    return Bar(tuple(parts), max(start, 1))
