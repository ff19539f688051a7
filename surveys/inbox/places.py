"""Whether a person still gets to what a notice is about. ``config`` fills the table."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from surveys.organisations.models import User

MayReach = Callable[["User", int], bool]
"""Whether a person may open the page of the object of that id."""


def is_known(about: str) -> bool:
    """Whether somebody can say who may open what ``about`` ("round:12") names."""
    kind, _colon, number = about.partition(":")
    return kind in _table() and number.isdecimal()


def may_reach(user: "User", about: str) -> bool:
    """Whether the person may open what ``about`` names now, whatever held when it was told."""
    kind, _colon, number = about.partition(":")
    return is_known(about) and _table()[kind](user, int(number))


def _table() -> Mapping[str, MayReach]:
    table: Mapping[str, MayReach] = import_string(settings.NOTICE_PLACES)
    return table
