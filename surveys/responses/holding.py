"""Whether signed answers must stand still. ``config`` fills the question: no verification is known here."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

Holds = Callable[[int], bool]
"""Whether somebody needs the signed answers of the assignment of that id as they are."""


def is_held(assignment_id: int) -> bool:
    """What the function says that the setting ``ANSWERS_HELD`` names."""
    holds: Holds = import_string(settings.ANSWERS_HELD)
    return holds(assignment_id)
