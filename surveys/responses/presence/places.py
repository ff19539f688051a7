"""Where somebody says to be: read from what a browser sent."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import Form

PATH_LENGTH: Final = 200
TAB: Final = re.compile(r"[0-9a-z]{1,16}", re.ASCII)


class PlaceUnknown(DomainError):
    """What was sent names no place of the form."""

    code = "place_unknown"
    message = _("There is no such place in this form. Load the page again.")
    status = 400


@dataclass(frozen=True, slots=True)
class Place:
    """A section and a cell of it; both empty on the front page."""

    section: str = ""
    path: str = ""


def place_in(form: Form, section: Any, path: Any) -> Place:
    """The place that two values from outside name.

    Of a row only its question is looked up: rows come and go while a message is under way. Raises
    PlaceUnknown for anything else than a section of the form and a cell of that section.
    """
    if not isinstance(section, str) or not isinstance(path, str):
        raise PlaceUnknown
    if len(path) > PATH_LENGTH or "\0" in path:
        raise PlaceUnknown
    if section and section not in {each.name for each in form.sections}:
        raise PlaceUnknown
    if path and (not _is_cell(form, path) or form.section_of(path) != section):
        raise PlaceUnknown
    return Place(section, path)


def tab_in(value: Any) -> str:
    """The name that a page gave itself. Raises PlaceUnknown for what is none."""
    if not isinstance(value, str) or not TAB.fullmatch(value):
        raise PlaceUnknown
    return value


def _is_cell(form: Form, path: str) -> bool:
    head, *_row, last = path.split("/") if "/" in path else (path, path)
    return path.count("/") in (0, 2) and head in form.parts and last in form.parts
