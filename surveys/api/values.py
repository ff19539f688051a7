"""Answers between JSON and what people type."""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

GROUP: Final = 3
MOST_ITEMS: Final = 500
NOT_AN_ANSWER: Final = _("A text, a number, or a list of texts.")


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "maxLength": 10000},
            {"type": "number"},
            {"type": "array", "items": {"type": "string"}, "maxItems": MOST_ITEMS},
        ],
    }
)
class AnswerField(serializers.Field[Any, Any, Any, Any]):
    """An answer as it is sent: a text as a person would type it, a number, or the chosen items."""

    def to_internal_value(self, data: Any) -> str | list[str]:
        """What a person would have typed."""
        if isinstance(data, int | float) and not isinstance(data, bool):
            return typed_number(data)
        if isinstance(data, str) or _is_list(data):
            found: str | list[str] = data
            return found
        raise serializers.ValidationError(NOT_AN_ANSWER, "invalid")

    def to_representation(self, value: Any) -> Any:
        """As it is stored."""
        return value


def stored_value(value: Any) -> Any:
    """A value as it is stored, where a program calls a number a number: figures stand as exact texts."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole, point, fraction = format(Decimal(repr(value)), "f").partition(".")
        return f"{whole}.{fraction}" if point and int(fraction) else whole
    return value


def typed_number(number: float) -> str:
    """The number as somebody would type it in the language of the request; it is read back the same.

    Three digits after a comma could be thousands: a nought more, and they are none.
    """
    whole, point, fraction = str(stored_value(number)).partition(".")
    if not point:
        return whole
    fraction += "0" if len(fraction) == GROUP else ""
    return f"{whole}{'.' if get_language() == 'en' else ','}{fraction}"


def _is_list(data: Any) -> bool:
    if not isinstance(data, list) or len(data) > MOST_ITEMS:
        return False
    return all(isinstance(each, str) for each in data)
