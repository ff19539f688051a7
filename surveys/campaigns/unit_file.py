"""The table of agencies as a CSV file, as the filters show it."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.campaigns.deadlines import last_day
from surveys.campaigns.levels import LEVEL_OF
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries import UnitFilters
from surveys.campaigns.queries.units import ordered_units
from surveys.organisations.enums import AgencyType

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
MARK: Final = "\ufeff"
"""Tells Excel that the text is UTF-8."""


def units_csv(round_: Round, filters: UnitFilters, *, at: datetime) -> str:
    """All lines that the filters let through, in their order; one query.

    Cells are parted as Excel expects it in the reader's language. A text that a spreadsheet would
    take for a formula begins with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter="," if get_language() == "en" else ";")
    writer.writerow(_head())
    for line in _lines(round_, filters, at):
        writer.writerow([_safe(cell) for cell in line])
    return MARK + file.getvalue()


def _head() -> list[str]:
    return [
        _("Code"),
        _("Agency"),
        _("Level"),
        _("Type"),
        _("Superior"),
        _("Expected"),
        _("Status"),
        _("Answered"),
        _("Questions"),
        _("First opened"),
        _("Last activity"),
        _("Submitted"),
        _("Deadline"),
        _("Days late"),
    ]


def _lines(round_: Round, filters: UnitFilters, at: datetime) -> Iterator[list[str | int]]:
    for each in ordered_units(round_, filters, at).select_related("agency__parent"):
        yield _line(each)


def _line(each: Assignment) -> list[str | int]:
    kind = AgencyType(each.agency.type)
    english = get_language() == "en"
    return [
        each.agency.key,
        (each.names["en"] if english else "") or each.names["vi"],
        str(LEVEL_OF[kind].label),
        str(kind.label),
        each.agency.parent.localised_name if each.agency.parent else "",
        each.get_disposition_display(),
        each.get_status_display(),
        each.answered,
        each.total,
        _moment(each.seen_at),
        _moment(each.last_activity),
        _moment(each.submitted_at),
        last_day(each.due_at).isoformat(),
        each.late_days,
    ]


def _moment(at: datetime | None) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _safe(cell: str | int) -> str | int:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
