"""A notice in words, made when it is read and in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

from surveys.inbox.kinds import KINDS

DAY: Final = "_on"


def sentence(kind: str, data: Mapping[str, Any]) -> str:
    """What a notice of the kind says, in the language that is active."""
    return str(KINDS[kind].sentence) % {key: value_in(key, value) for key, value in data.items()}


def value_in(key: str, value: Any) -> str:
    """One value of a notice's data in words.

    A mapping is a text by language ("vi", "en"; Vietnamese stands in for a missing one), a number is
    written in the reader's way, and under a key that ends in ``_on`` stands an ISO date.
    """
    if isinstance(value, Mapping):
        return value.get(get_language() or "vi") or value.get("vi") or ""
    if isinstance(value, int):
        return str(number_format(value, force_grouping=True))
    if key.endswith(DAY) and value:
        return str(date_format(date.fromisoformat(value), "j/n/Y"))
    return str(value)
