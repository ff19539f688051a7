"""Findings in words, where the designer has none: a sentence by code."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.engine import Finding, Grade
from surveys.rendering.figures import show_figure

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
        "“%(typed)s” is not a date. Write day/month/year with four digits of the year. What was "
        "typed is kept."
    ),
    "too_many_digits": gettext_lazy(
        "“%(typed)s” has too many digits: a number has 28 at most. What was typed is kept."
    ),
    "not_integer": gettext_lazy("It must be a whole number."),
    "not_a_choice": gettext_lazy("The answer is no longer among the choices. Choose again."),
    "out_of_range": gettext_lazy("The number is outside the permitted range."),
    "off_step": gettext_lazy("The number must go from %(start)s in steps of %(step)s."),
    "too_long": gettext_lazy("The text is too long."),
    "duplicate": gettext_lazy("The same answer stands twice."),
    "missing_not_allowed": gettext_lazy("The code %(code)s is not provided for here."),
    "too_many_rows": gettext_lazy("The list has more than %(limit)s rows."),
    "too_many_cells": gettext_lazy(
        "Lists and tables together have more than %(limit)s cells. Leave rows out."
    ),
    "expression_failed": gettext_lazy(
        "A rule of the questionnaire cannot be worked out with this answer. Check what was entered."
    ),
    "evidence_missing": gettext_lazy("A document is needed as evidence."),
    "constraint_failed": gettext_lazy("The answer does not satisfy the question's condition."),
    "table_constraint_failed": gettext_lazy("The table does not satisfy its condition."),
    "warning_failed": gettext_lazy("The answer is unusual. Please explain it."),
    "change_outside_band": gettext_lazy(
        "Since the last round it went from %(before)s to %(now)s: %(change)s (%(percent)s %%), outside "
        "%(band)s. Please explain it."
    ),
    "change_from_zero": gettext_lazy(
        "It went from 0 in the last round to %(now)s, outside %(band)s. Please explain it."
    ),
    "table_warning_failed": gettext_lazy("The table is unusual. Please explain it."),
}

_UNREADABLE_BY_KIND: Final[Mapping[str, str]] = {
    "integer": "unreadable_integer",
    "decimal": "unreadable_number",
    "range": "unreadable_number",
    "date": "unreadable_date",
}


def finding_text(finding: Finding, *, kind: str = "", typed: str = "", language: str = "vi") -> str:
    """What is wrong where the designer has no words for it, without the grade."""
    code: str = finding.code
    params = finding.params
    if code == "unreadable":
        code = _UNREADABLE_BY_KIND.get(kind, code)
    elif code == "change_outside_band":
        code = code if params["percent"] else "change_from_zero"
        params = _shown_change(params, language)
    return str(WORDS[code]) % {"typed": typed, **params}


def _shown_change(params: Mapping[str, str], language: str) -> dict[str, str]:
    figures = {name: show_figure(params[name], language) for name in ("before", "now")}
    changes = {name: _signed(params[name], language) for name in ("change", "percent")}
    return {"band": params["band"], **figures, **changes}


def _signed(figure: str, language: str) -> str:
    shown = show_figure(figure, language)
    return shown if figure.startswith("-") or not figure else f"+{shown}"


def missing_code_label(code: str) -> str:
    """A missing code in words."""
    return {
        "KAD": _("Does not apply to us"),
        "CCSL": _("No figure yet"),
        "HC": _("May not be disclosed"),
    }.get(code, code)


def missing_code_lacks(code: str) -> str:
    """What is still to be said with a missing code."""
    return {
        "CCSL": _("CCSL: say on which day the figure will be there."),
        "HC": _("HC: give the reason why the figure may not be disclosed."),
    }.get(code, "")
