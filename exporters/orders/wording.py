"""Times, durations and sizes in words."""

from datetime import datetime
from math import ceil
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON: Final = 5
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE


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
