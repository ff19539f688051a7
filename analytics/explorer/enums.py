"""How questions may be looked at."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(TextChoices):
    """What is shown of a question."""

    CHOICE = "choice", _("One choice")
    SCALE = "scale", _("Rating scale")
    CHOICES = "choices", _("Several choices")
    RANK = "rank", _("Ranking")
    NUMBER = "number", pgettext_lazy("kind of variable", "Number")
    DATE = "date", _("Date")
    TEXT = "text", _("Text")
    BATTERY = "battery", _("Ratings in a table")
    GRID = "grid", _("Table")
    ROWS = "rows", _("Rows that agencies add")


class Share(TextChoices):
    """What a cell of a table says."""

    ROW = "row", _("% of row")
    COLUMN = "column", _("% of column")
    COUNT = "count", _("Count")
