"""Where a request for microdata stands, how the catalogue is ordered, and how a data set is cited."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestStatus(TextChoices):
    """Where a request for microdata stands. One whose last day has passed stays approved, and opens
    nothing any more."""

    ASKED = "asked", pgettext_lazy("request", "Asked")
    APPROVED = "approved", pgettext_lazy("request", "Approved")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")
    ENDED = "ended", pgettext_lazy("request", "Ended")


class Order(TextChoices):
    """How the catalogue is ordered. What is in force always stands before what is not any more."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    TITLE = "title", _("By title")


class Style(TextChoices):
    """In which form a citation is given."""

    PLAIN = "txt", _("Plain text")
    BIBTEX = "bib", "BibTeX"
    RIS = "ris", "RIS"


class Measure(TextChoices):
    """What the cells of a table say."""

    COUNT = "count", _("Count")
    ROW = "row", _("% of row")
    COLUMN = "column", _("% of column")
    MEAN = "mean", _("Mean of a number")
    SUM = "sum", _("Sum of a number")


OF_NUMBERS: Final = frozenset({Measure.MEAN, Measure.SUM})
"""Measures of a question that asks for a number."""
