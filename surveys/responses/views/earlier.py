"""The last values beside a cell: little bars, the same as a table, and the change."""

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from surveys.campaigns.models import Assignment
from surveys.common.permissions import Permission
from surveys.engine import Kind, Question, text_in
from surveys.engine.bands import relative_change
from surveys.rendering import Drawing, show_change, show_figure, value_text
from surveys.responses.earlier import earlier_values
from surveys.responses.views.base import AssignmentMixin

FIGURES: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE})
WIDTH, STEP, HEIGHT, FOOT = 38, 48, 40, 58
LEAST_WIDTH: Final = STEP * 5
"""So that few bars are as wide as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A round's value; x and heights are places in the picture."""

    period: str
    text: str
    x: int
    middle: int
    top: int
    height: int
    above: int
    is_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of the rounds, the oldest first and this round's last."""

    bars: tuple[Bar, ...]
    is_drawn: bool
    width: int
    said: str
    change: str = ""
    percent: str = ""


class EarlierValues(AssignmentMixin, View):
    """The last values of a question, asked for when somebody wants to see them."""

    permission_required = Permission.RESPONSE_VIEW

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        path = request.GET.get("path", "")
        drawing = self.drawing(self.tasks.state)
        try:
            drawing.state.cell(path)
        except KeyError as unknown:
            raise Http404 from unknown
        series = series_of(self.assignment, drawing, path)
        return render(request, "responses/earlier.html", {"series": series})


def series_of(assignment: Assignment, drawing: Drawing, path: str) -> Series | None:
    """The values at a path in this round and up to four before; None where there was no answer."""
    earlier = earlier_values(assignment, path)
    if all(each.value is None for each in earlier):
        return None
    state, language = drawing.state, drawing.language
    question = state.form.question(path.rpartition("/")[2])
    now = state.value(path)
    values = [(text_in(each.periods, language), each.value) for each in earlier]
    values.append((text_in(assignment.round.periods, language), now))
    numbers = [_number(question, value) for _period, value in values]
    most = max((abs(number) for number in numbers if number is not None), default=Decimal(0))
    bars = tuple(
        _bar(place, period, _text(drawing, question, value), number, most)
        for place, ((period, value), number) in enumerate(zip(values, numbers, strict=True))
    )
    before = earlier[-1].value
    changes = _changes(before, now, numbers, language)
    return Series(
        bars=(*bars[:-1], replace(bars[-1], is_now=True)),
        is_drawn=question.kind in FIGURES and any(number is not None for number in numbers),
        width=max(STEP * len(bars), LEAST_WIDTH),
        said=", ".join(f"{bar.period}: {bar.text}" for bar in bars),
        **changes,
    )


def _changes(before: Any, now: Any, numbers: list[Decimal | None], language: str) -> dict[str, str]:
    last, newest = numbers[-2], numbers[-1]
    if last is None or newest is None:
        return {}
    percent = relative_change(last, newest)
    sign = "+" if percent is not None and percent > 0 else ""
    return {
        "change": show_change(str(before), str(now), language) or _("none"),
        "percent": "" if percent is None else f"{sign}{show_figure(f'{percent:f}', language)} %",
    }


def _bar(place: int, period: str, text: str, number: Decimal | None, most: Decimal) -> Bar:
    height = int(abs(number) / most * HEIGHT) if number and most else 0
    height = max(height, 2) if number is not None else 0
    x = place * STEP + (STEP - WIDTH) // 2
    top = FOOT - height
    return Bar(
        period=period,
        text=text,
        x=x,
        middle=x + WIDTH // 2,
        top=top,
        height=height,
        above=top - 4,
    )


def _text(drawing: Drawing, question: Question, value: Any) -> str:
    choices = {choice.name: choice for choice in drawing.state.form.choices_of(question)}
    return value_text(question, value, drawing.language, choices) or "–"  # noqa: RUF001 - no value


def _number(question: Question, value: Any) -> Decimal | None:
    if question.kind not in FIGURES or not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
