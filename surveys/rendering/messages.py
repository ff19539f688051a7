"""Findings in words, where the designer has none: a sentence by code."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.engine import Finding, Grade

GRADES: Final[Mapping[Grade, str]] = {Grade.HARD: "bad", Grade.SOFT: "warn", Grade.INFO: "info"}

WORDS: Final[Mapping[str, str | Promise]] = {
    "required_missing": gettext_lazy("There is no answer yet."),
    "unreadable": gettext_lazy(
        "“%(typed)s” cannot be read as an answer here. What was typed is kept."
    ),
    "unreadable_number": gettext_lazy("“%(typed)s” is not a number. What was typed is kept."),
    "unreadable_integer": gettext_lazy(
        "“%(typed)s” is not a whole number. What was typed is kept."
    ),
    "unreadable_date": gettext_lazy(
        "“%(typed)s” is not a date. Write day/month/year. What was typed is kept."
    ),
    "not_integer": gettext_lazy("It must be a whole number."),
    "not_a_choice": gettext_lazy("The answer is no longer among the choices. Choose again."),
    "out_of_range": gettext_lazy("The number is outside the permitted range."),
    "too_long": gettext_lazy("The text is too long."),
    "duplicate": gettext_lazy("The same answer stands twice."),
    "evidence_missing": gettext_lazy("A document is needed as evidence."),
    "constraint_failed": gettext_lazy("The answer does not satisfy the question's condition."),
    "table_constraint_failed": gettext_lazy("The table does not satisfy its condition."),
    "warning_failed": gettext_lazy("The answer is unusual. Please explain it."),
    "table_warning_failed": gettext_lazy("The table is unusual. Please explain it."),
}

_UNREADABLE_BY_KIND: Final[Mapping[str, str]] = {
    "integer": "unreadable_integer",
    "decimal": "unreadable_number",
    "range": "unreadable_number",
    "date": "unreadable_date",
}


def finding_text(finding: Finding, *, kind: str = "", typed: str = "") -> str:
    """What is wrong where the designer has no words for it, without the grade."""
    code = finding.code
    if code == "unreadable":
        code = _UNREADABLE_BY_KIND.get(kind, code)
    words = WORDS.get(code, gettext_lazy("This answer needs attention."))
    return str(words) % {"typed": typed, **finding.params}


def missing_code_label(code: str) -> str:
    """A missing code in words."""
    return {
        "KAD": _("Does not apply to us"),
        "CCSL": _("No figure yet"),
        "HC": _("May not be disclosed"),
    }.get(code, code)
