"""What an item of the library is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    """The sort of its element."""

    QUESTION = "question", _("Question")
    TABLE = "table", _("Table")
    REPEAT = "repeat", _("Repeat")
    GROUP = "group", _("Group")
    SECTION = "section", _("Section")
