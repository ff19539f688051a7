"""The report of a round as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from analytics.explorer.asking import Asking
from analytics.explorer.items import Item
from analytics.explorer.models import Tabulation
from analytics.explorer.showing import Figure, FigureTable, Row, Shown, figure_of
from analytics.explorer.showing.figures import count_cell, share_cell
from surveys.engine import text_in

Results = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ReportedQuestion:
    """A question with its figure; ``key`` is the end of its element's id."""

    key: str
    name: str
    title: str
    figure: Figure

    @property
    def is_folded(self) -> bool:
        """Whether the chart says what its table does: it stands behind a fold."""
        return bool(self.figure.charts)


@dataclass(frozen=True, slots=True)
class ReportedSection:
    """The questions of a section of the questionnaire."""

    key: str
    title: str
    questions: tuple[ReportedQuestion, ...]


@dataclass(frozen=True, slots=True)
class RoundReport:
    """All questions by section, and what was left blank."""

    sections: tuple[ReportedSection, ...]
    blanks: tuple[FigureTable, ...]
    computed_at: datetime | None


def round_report(
    items: Mapping[str, Item], results: Results, whole: Tabulation, language: str
) -> RoundReport:
    """The stored results of a round as its report. What has no stored result is left out."""
    by_section: dict[str, list[ReportedQuestion]] = {}
    for item in items.values():
        if item.listed and item.name in results:
            title = text_in(item.section, language) or _("Questions of the round")
            by_section.setdefault(title, []).append(_question(item, results[item.name], language))
    sections = (
        ReportedSection(f"section-{place}", title, tuple(questions))
        for place, (title, questions) in enumerate(by_section.items(), start=1)
    )
    return RoundReport(tuple(sections), _blanks(items, whole, language), whole.computed_at)


def _question(item: Item, result: Mapping[str, Any], language: str) -> ReportedQuestion:
    shown = Shown(item, Asking(item.name), language)
    return ReportedQuestion(shown.key, item.name, item.title(language), figure_of(shown, result))


def _blanks(items: Mapping[str, Item], whole: Tabulation, language: str) -> tuple[FigureTable, ...]:
    result = whole.result or {}
    questions = tuple(
        _blank(items[each["name"]].title(language), each)
        for each in result.get("questions", ())
        if each["name"] in items and each["blank"]
    )
    agencies = tuple(
        _blank(each["name_en"] if language == "en" and each["name_en"] else each["name"], each)
        for each in result.get("agencies", ())
        if each["blank"]
    )
    heads = (_("Asked"), _("Code in place of an answer"), _("Left blank"), _("% left blank"))
    tables = (
        FigureTable("t-blank-questions", _("By question"), (_("Question"), *heads), questions),
        FigureTable("t-blank-agencies", _("By agency"), (_("Agency"), *heads), agencies),
    )
    return tuple(table for table in tables if table.rows)


def _blank(label: str, told: Mapping[str, Any]) -> Row:
    cells = (
        count_cell(told["asked"]),
        count_cell(told["coded"]),
        count_cell(told["blank"]),
        share_cell(told["rate"]),
    )
    return Row(label, cells)
