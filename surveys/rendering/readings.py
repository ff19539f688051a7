"""How a typed number was read, said where it could have been read otherwise."""

import re
from typing import Final

from django.utils.translation import gettext as _

from surveys.engine import Cell, Kind, Question
from surveys.rendering.controls import cell_text
from surveys.rendering.figures import MINUS

_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_SEPARATED: Final = re.compile(r"[.,]")
_TWO_WAYS: Final = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")


def reading_of(question: Question, typed: str, cell: Cell, language: str) -> str:
    """The reading in words; "" where ``typed`` can be read in one way only.

    A text with separators is ambiguous when they are not the reader's own, or when a lone one
    before three digits could group as well as part off decimals.
    """
    if question.kind not in _NUMBERS or not isinstance(cell.value, str):
        return ""
    text = typed.strip().replace(MINUS, "-")
    if not _SEPARATED.search(text):
        return ""
    figure = cell_text(question, cell, language)
    if text != figure and (question.kind is Kind.INTEGER or not _TWO_WAYS.fullmatch(text)):
        return _("read as %(figure)s") % {"figure": figure}
    if question.kind is Kind.INTEGER or not _TWO_WAYS.fullmatch(text):
        return ""
    if "." in cell.value:
        return _("read as the decimal number %(figure)s") % {"figure": figure}
    return _("read as the whole number %(figure)s") % {"figure": figure}
