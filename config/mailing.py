"""The secret links that mails carry: purpose -> what makes the address from the row's id.

The outbox stores purpose and id; the address is made while the mail is handed over.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from surveys.campaigns import services as campaigns
from surveys.common.errors import DomainError
from surveys.organisations import services as organisations

LINKS: Final[dict[str, Callable[[int], str]]] = {
    "access": campaigns.path_of,
    "invitation": organisations.link_of,
}
"""A function gets the id and gives the path of the link, beginning with a slash, or refuses with a
DomainError when the link has ended."""


class LinkUnknown(DomainError):
    """No context makes links of that purpose."""

    code = "link_unknown"
    message = _("There is no link of this kind.")


def secret_link(purpose: str, link_id: int) -> str:
    """The whole address of a link; raises LinkUnknown, and what its maker refuses."""
    if purpose not in LINKS:
        raise LinkUnknown(purpose=purpose)
    return f"{settings.SITE_URL}{LINKS[purpose](link_id)}"
