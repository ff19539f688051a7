"""Where a publication stands, and under which licence it goes out."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReleaseStatus(TextChoices):
    """Where a publication stands. A proposal that is not approved ends as withdrawn too."""

    PROPOSED = "proposed", pgettext_lazy("publication", "Proposed")
    APPROVED = "approved", pgettext_lazy("publication", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("publication", "Corrected by a later one")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "Withdrawn")


class Licence(TextChoices):
    """What others may do with the figures."""

    CC_BY = "cc_by_4", _("Creative Commons Attribution 4.0 (CC BY 4.0)")
    CC0 = "cc0_1", _("Creative Commons Zero 1.0 (CC0)")
    GOVERNMENT = "open_government", _("Open government data: free use, naming the source")
    OWN = "own", _("Terms of its own")


class Gravity(TextChoices):
    """Whether something stands in the way of a publication or only wants to be known."""

    BLOCKS = "bad", _("Stands in the way")
    WARNS = "warn", _("To be known")
    FINE = "ok", _("In order")


LICENCE_ADDRESSES: Final = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Where the text of a licence stands."""
