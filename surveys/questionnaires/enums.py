"""The life of a version, and the kinds of edits of a draft."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionStatus(TextChoices):
    """Where a version of a questionnaire stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class DraftEditKind(TextChoices):
    """What an edit of a draft is to its author's undo."""

    EDIT = "edit", _("Edited")
    UNDO = "undo", _("Undone")
    REDO = "redo", _("Done again")
    GIVEN_UP = "gone", _("Given up")
    REPLACED = "replace", _("Replaced by an import")
