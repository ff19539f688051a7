"""Who is protected, from whom, and why something is not shown."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Identity(TextChoices):
    """Whether what single organisations answered is confidential."""

    PROTECTED = "protected", _("Organisations are protected")
    PUBLISHED = "published", _("Organisations are public bodies whose own results may be shown")


class Audience(TextChoices):
    """Who sees a figure, from those who may see every answer to everybody."""

    DEPARTMENT = "department", _("Department staff who may see answers")
    RESEARCHERS = "researchers", _("Researchers of the department")
    AGENCIES = "agencies", _("Agencies")
    PUBLIC = "public", _("The public")


SEEN_BY: Final[dict[Audience, tuple[Audience, ...]]] = {
    Audience.DEPARTMENT: tuple(Audience),
    Audience.RESEARCHERS: (Audience.RESEARCHERS, Audience.AGENCIES, Audience.PUBLIC),
    Audience.AGENCIES: (Audience.AGENCIES, Audience.PUBLIC),
    Audience.PUBLIC: (Audience.PUBLIC,),
}
"""To which audiences things were released that an audience has seen too."""


class Refusal(TextChoices):
    """Why a table is not shown at all."""

    DIFFERENCE = (
        "difference",
        _("Put beside what was shown before, these figures would tell of a few respondents."),
    )
    TOO_FEW = "too_few", _("Too few respondents stand behind these figures.")
    UNPROTECTABLE = (
        "unprotectable",
        _("No choice of hidden figures would keep single respondents from being recognised."),
    )
