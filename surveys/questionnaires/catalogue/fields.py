"""Figures as people type them."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.engine import read_number

LONGEST: Final = 40


class FigureField(forms.Field):
    """An exact number in either notation; it is shown in the reader's."""

    def __init__(self, **options: Any) -> None:
        look = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=look), **options)

    def to_python(self, value: Any) -> Any:
        """The number, None for a blank."""
        text = str(value or "").strip()
        if not text:
            return None
        if len(text) > LONGEST:
            raise forms.ValidationError(_("Write a number."), code="invalid")
        number = read_number(text, language=get_language() or "vi")
        if number is None:
            raise forms.ValidationError(_("Write a number."), code="invalid")
        return number

    def prepare_value(self, value: Any) -> Any:
        """A stored number in the reader's notation; what was typed as it was typed."""
        if isinstance(value, Decimal):
            return figure_text(value)
        return value


def figure_text(value: Decimal) -> str:
    """A number with the reader's decimal sign and without grouping."""
    text = str(format(value, "f"))
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if get_language() == "en" else text.replace(".", ",")
