"""The targets of a campaign over its rounds, as plain data for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.gate.enums import Audience
from analytics.results.asked import Asked, questionnaires_asked
from analytics.results.models import RoundResult
from analytics.results.pages import IndicatorRow, ResultPage, result_page
from surveys.campaigns.models import Campaign, Round

SHOWN: Final = 3
"""So many rounds stand side by side in the chart; the table has all of them."""

_Rule = tuple[tuple[int, str, str, str, bool, tuple[str, ...]], ...]
"""How every questionnaire of a round measures an indicator."""


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator in one round.

    ``change`` is the difference from the round before in which it has a value; ``is_break`` says that
    it was measured in another way there, so that there is no difference to speak of.
    """

    value: float | None
    answered: int
    asked: int
    is_hidden: bool = False
    change: float | None = None
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator over the rounds, oldest first; a point is None where it was not asked."""

    code: str
    label: str
    unit: str
    is_percent: bool
    target: Decimal | None
    legal_basis: str
    rounds: tuple[Round, ...]
    points: tuple[Point | None, ...]

    @property
    def by_round(self) -> tuple[tuple[Round, Point | None], ...]:
        """Each round with what it measured."""
        return tuple(zip(self.rounds, self.points, strict=True))

    @property
    def newest(self) -> Point | None:
        """The last point with a value."""
        return next(
            (each for each in reversed(self.points) if each and each.value is not None), None
        )

    @property
    def gap(self) -> float | None:
        """How far the newest value is from the target; positive where it is beyond it."""
        if self.target is None or self.newest is None or self.newest.value is None:
            return None
        return self.newest.value - float(self.target)

    @property
    def is_reached(self) -> bool:
        """Whether the target stands."""
        return self.gap is not None and self.gap >= 0

    @property
    def newest_first(self) -> tuple[Point | None, ...]:
        """The points of the newest rounds, as the chart shows them."""
        return self.points[: -SHOWN - 1 : -1]

    @property
    def measured(self) -> tuple[tuple[int, float], ...]:
        """The rounds by number that have a value, each with it."""
        return tuple(
            (number, point.value)
            for number, point in enumerate(self.points)
            if point and point.value is not None
        )

    @property
    def dots(self) -> tuple[tuple[str, str], ...]:
        """The values as places in a picture: from the left and from the top, in percent."""
        return tuple(_dot(self, number, value) for number, value in self.measured)

    @property
    def strokes(self) -> tuple[tuple[str, str, str, str], ...]:
        """What joins a value with the next; nothing across a break in the series."""
        joined = zip(self.measured, self.measured[1:], strict=False)
        return tuple(
            (*_dot(self, *one), *_dot(self, *other))
            for one, other in joined
            if (point := self.points[other[0]]) and not point.is_break
        )


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Everything on the page."""

    campaign: Campaign
    rounds: tuple[Round, ...]
    withheld: tuple[Round, ...]
    lines: tuple[Line, ...]

    @property
    def drawn(self) -> tuple[Line, ...]:
        """Shares with a value in two rounds or more: what the chart draws."""
        return tuple(line for line in self.lines if line.is_percent and len(line.measured) > 1)

    @property
    def newest_first(self) -> tuple[Round, ...]:
        """The newest rounds, as the chart shows them."""
        return self.rounds[: -SHOWN - 1 : -1]

    @property
    def statement(self) -> str:
        """What the table shows, as a sentence."""
        aimed = [line for line in self.lines if line.gap is not None]
        if not aimed:
            return _("No target of the Decision has a figure yet")
        return ngettext(
            "%(reached)s of %(total)s target of the Decision is reached in its newest round",
            "%(reached)s of %(total)s targets of the Decision are reached in their newest round",
            len(aimed),
        ) % {"reached": sum(line.is_reached for line in aimed), "total": len(aimed)}


def series_page(
    campaign: Campaign, results: Sequence[tuple[Round, RoundResult, Audience]], language: str
) -> SeriesPage:
    """The indicators of all rounds that have a result, oldest first, each as the audience sees it.

    What a round withholds or hides is withheld and hidden here.
    """
    pages = [
        result_page(round_, result, language, audience) for round_, result, audience in results
    ]
    shown = [page for page in pages if not page.is_withheld]
    asked = [questionnaires_asked(page.round) for page in shown]
    return SeriesPage(
        campaign=campaign,
        rounds=tuple(page.round for page in shown),
        withheld=tuple(page.round for page in pages if page.is_withheld),
        lines=tuple(_line(code, shown, asked) for code in _codes(shown)),
    )


def _codes(pages: Sequence[ResultPage]) -> list[str]:
    """Every indicator that some round measures: in the newest round's order, older ones after it."""
    return list(
        dict.fromkeys(row.code for page in reversed(pages) for row in page.rows if row.asked_here)
    )


def _line(code: str, pages: Sequence[ResultPage], asked: Sequence[Sequence[Asked]]) -> Line:
    rows = [_row_of(code, page) for page in pages]
    newest = next(row for row in reversed(rows) if row is not None)
    points: list[Point | None] = []
    before: tuple[float, _Rule] | None = None
    for row, questionnaires in zip(rows, asked, strict=True):
        rule = _rule(code, questionnaires)
        points.append(None if row is None else _point(row, rule, before))
        if row is not None and not row.is_hidden and row.value is not None:
            before = (row.value, rule)
    return Line(
        code=code,
        label=newest.label,
        unit=newest.unit,
        is_percent=newest.is_percent,
        target=newest.target,
        legal_basis=newest.legal_basis,
        rounds=tuple(page.round for page in pages),
        points=tuple(points),
    )


def _row_of(code: str, page: ResultPage) -> IndicatorRow | None:
    return next((row for row in page.rows if row.code == code and row.asked_here), None)


def _point(row: IndicatorRow, rule: _Rule, before: tuple[float, _Rule] | None) -> Point:
    value = None if row.is_hidden else row.value
    is_break = before is not None and before[1] != rule
    comparable = before is not None and value is not None and not is_break
    return Point(
        value=value,
        answered=row.answered,
        asked=row.asked,
        is_hidden=row.is_hidden,
        change=value - before[0] if comparable and before and value is not None else None,
        is_break=is_break,
    )


def _rule(code: str, asked: Sequence[Asked]) -> _Rule:
    return tuple(
        (
            one.questionnaire_id,
            indicator.numerator,
            indicator.denominator,
            str(indicator.over),
            indicator.is_percent,
            tuple(indicator.applies_to),
        )
        for one in asked
        if (indicator := one.measured(code)) is not None
    )


def _dot(line: Line, number: int, value: float) -> tuple[str, str]:
    """Shares are drawn from 0 to 100; anything else from its least to its largest value."""
    values = [each for _number, each in line.measured]
    low, high = (0.0, 100.0) if line.is_percent else (min(values), max(values))
    upward = 0.5 if high == low else min(max((value - low) / (high - low), 0.0), 1.0)
    onward = number / max(len(line.points) - 1, 1)
    return f"{6 + 88 * onward:.1f}%", f"{12 + 76 * (1 - upward):.1f}%"
