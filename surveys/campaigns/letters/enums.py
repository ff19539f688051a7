"""The choices of letters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SigningCapacity(TextChoices):
    """In what capacity a deputy or a head of unit signs; Decree 30/2020/NĐ-CP, Article 13."""

    ACTING = "KT.", _("KT. (a deputy for the head)")
    BY_ORDER = "TL.", _("TL. (a head of unit by the head's order)")
    AUTHORISED = "TUQ.", _("TUQ. (authorised in writing)")


class LetterFormat(TextChoices):
    """The kinds of file a letter can be."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
