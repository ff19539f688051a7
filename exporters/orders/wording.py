"""Times, durations, sizes and steps of the work in words."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

SOON: Final = 5
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
KILOBYTE: Final = 1024
UNITS: Final = ((KILOBYTE**3, "GB"), (KILOBYTE**2, "MB"), (KILOBYTE, "KB"))
STEPS: Final[Mapping[str, Promise]] = {
    "reading": gettext_lazy("Reading the data"),
    "reading rows and remarks": gettext_lazy("Reading the rows of tables and the remarks"),
    "counting": gettext_lazy("Counting the answers"),
    "composing": gettext_lazy("Composing the pages"),
    "laying out": gettext_lazy("Laying out the sheets"),
    "writing": gettext_lazy("Writing the file"),
    "done": gettext_lazy("Finishing the file"),
}
"""What writers call the steps of their work."""


def moment(at: datetime | None) -> str:
    """``09:30 20/11/2026``; nothing for nothing."""
    return date_format(timezone.localtime(at), "H:i j/n/Y") if at is not None else ""


def about(seconds: float) -> str:
    """A duration as one says it: rounded up, and the more so the longer it is."""
    if seconds < SOON:
        return _("a few seconds")
    if seconds < MINUTE:
        number = ceil(seconds / 5) * 5
        return ngettext("about %(n)s second", "about %(n)s seconds", number) % {"n": number}
    if seconds < HOUR:
        number = ceil(seconds / MINUTE)
        return ngettext("about %(n)s minute", "about %(n)s minutes", number) % {"n": number}
    number = ceil(seconds / HOUR)
    return ngettext("about %(n)s hour", "about %(n)s hours", number) % {"n": number}


def size_of(size: int) -> str:
    """A size as people read it."""
    return filesizeformat(size)


def size_about(size: int) -> str:
    """A size that is expected: two figures, since more are not known."""
    value, unit = next(
        (size / each, name) for each, name in UNITS if size >= each or each == KILOBYTE
    )
    rounded = max(float(f"{value:.2g}"), 1.0)
    return f"{number_format(rounded, 1 if rounded < 10 and rounded % 1 else 0)} {unit}"


def step(told: str) -> str:
    """What a writer is at, in the reader's language; it tells one of ``STEPS``, or the title of the
    table in its hands."""
    if not told:
        return ""
    known = STEPS.get(told)
    return str(known) if known is not None else _("Writing “%(table)s”") % {"table": told}
