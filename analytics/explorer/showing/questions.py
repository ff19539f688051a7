"""The figure of each kind of question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from analytics.explorer.enums import ItemKind
from analytics.explorer.showing.crosses import cross_figure
from analytics.explorer.showing.figures import (
    Cell,
    Chart,
    Figure,
    FigureTable,
    Row,
    count_cell,
    hidden_cell,
    number,
    number_cell,
    percent,
    share_cell,
)
from analytics.explorer.showing.shown import Shown
from analytics.explorer.showing.tables import battery_figure, grid_figure
from analytics.explorer.showing.wording import RULES, base_text, interval_text, units_text
from analytics.gate.enums import Refusal
from surveys.engine import text_in

Stored = Mapping[str, Any]


def figure_of(shown: Shown, stored: Stored) -> Figure:
    """A stored result as a figure."""
    if refusal := stored.get("refusal"):
        return Figure(statement="", notes=(refusal_text(refusal),))
    if "cross" in stored:
        figure = cross_figure(shown, stored)
    else:
        figure = BY_KIND[shown.item.kind](shown, stored)
    figure = replace(figure, charts=_drawable(figure), notes=(*figure.notes, *_protection(stored)))
    if "base" not in stored:
        return figure
    told = [(_("Answered"), base_text(stored["base"]))]
    if signed := units_text(stored.get("units", {})):
        told.insert(0, (_("Signed"), signed))
    return replace(figure, facts=(*told, *figure.facts))


def _drawable(figure: Figure) -> tuple[Chart, ...]:
    """The charts in which there is anything to draw."""
    tables = {table.key: table for table in figure.tables}
    return tuple(
        chart
        for chart in figure.charts
        if any(
            row.cells[column - 1].value is not None
            for row in tables[chart.table].rows
            for column in chart.columns
        )
    )


def _protection(stored: Stored) -> tuple[str, ...]:
    """Why cells are not shown, where some may not be."""
    parts = (stored, *stored.get("rows", ()), *stored.get("cells", ()))
    if not any(part.get("is_protected") for part in parts):
        return ()
    return (
        _("Figures of few agencies are not shown, nor those from which they could be worked out."),
    )


def refusal_text(code: str) -> str:
    """Why nothing is shown at all."""
    return str(Refusal(code).label)


def _choice(shown: Shown, stored: Stored) -> Figure:
    has_intervals = any(option["low"] is not None for option in stored["options"])
    rows = tuple(_option(shown, option, has_intervals) for option in stored["options"])
    heads = [_("Answer"), _("Count"), _("% of answers")]
    table = FigureTable(
        key=f"t-{shown.key}",
        title=_("Distribution"),
        heads=(*heads, _("95 % interval")) if has_intervals else tuple(heads),
        rows=rows,
        notes=_interval_notes(stored["options"]),
    )
    statement = _most_often(shown, stored["options"], stored["base"])
    chart = Chart("bars", table.key, (2,), "%", maximum=100, statement=statement, size=size(rows))
    return Figure(statement, (chart,), (table,))


def _option(shown: Shown, option: Stored, has_intervals: bool) -> Row:  # noqa: FBT001  (a column more)
    hidden = bool(option.get("hidden"))
    cells = [count_cell(option["n"], hidden=hidden), share_cell(option["value"], hidden=hidden)]
    if has_intervals:
        cells.append(shown.interval_cell(option))
    return Row(shown.choice(option["code"]), tuple(cells))


def size(rows: Sequence[Any]) -> str:
    """How high a picture is for so many bars."""
    few, many = 6, 12
    return "s" if len(rows) < few else "l" if len(rows) > many else ""


def _interval_notes(options: Sequence[Stored]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (interval_text(each) for each in options))))


def _most_often(shown: Shown, options: Sequence[Stored], base: Stored) -> str:
    seen = [each for each in options if not each.get("hidden") and each["value"] is not None]
    if not seen or not base.get("answered"):
        return _("Nobody has answered this question")
    if len(seen) < len(options):
        return shown.item.label(shown.language)
    best = max(seen, key=lambda each: each["value"])
    most = [each for each in seen if each["value"] == best["value"]]
    return _("%(answer)s: %(share)s of those who answered") % {
        "answer": ", ".join(shown.choice(each["code"]) for each in most),
        "share": percent(best["value"]),
    }


def _scale(shown: Shown, stored: Stored) -> Figure:
    figure = _choice(shown, stored)
    scale = stored["scale"]
    if scale["median"] is None:
        return figure
    facts = (
        (_("Median"), number(scale["median"])),
        (_("Favourable (top points)"), percent(scale["top"])),
        (_("Unfavourable (bottom points)"), percent(scale["bottom"])),
        (_("Net"), percent(scale["net"])),
        (_("Mean, as if the points were equally far apart"), number(scale["mean"])),
    )
    statement = _("%(share)s rate it favourably") % {"share": percent(scale["top"])}
    charts = tuple(replace(chart, statement=statement) for chart in figure.charts)
    return replace(figure, statement=statement, facts=facts, charts=charts)


def _choices(shown: Shown, stored: Stored) -> Figure:
    rows = tuple(
        Row(
            shown.choice(option["code"]),
            (
                count_cell(option["n"], hidden=bool(option.get("hidden"))),
                share_cell(option["value"], hidden=bool(option.get("hidden"))),
                share_cell(option["of_responses"], hidden=bool(option.get("hidden"))),
            ),
        )
        for option in stored["options"]
    )
    table = FigureTable(
        key=f"t-{shown.key}",
        title=_("Distribution"),
        heads=(_("Answer"), _("Count"), _("% of agencies"), _("% of answers chosen")),
        rows=rows,
        notes=(
            _("Several answers are possible: the percentages of agencies add up to more than 100."),
            *_interval_notes(stored["options"]),
        ),
    )
    statement = _most_often(shown, stored["options"], stored["base"])
    chart = Chart("bars", table.key, (2,), "%", maximum=100, statement=statement, size=size(rows))
    return Figure(statement, (chart,), (table,))


def _rank(shown: Shown, stored: Stored) -> Figure:
    options = sorted(
        stored["options"], key=lambda each: (each["mean_rank"] is None, each["mean_rank"] or 0)
    )
    rows = tuple(
        Row(
            shown.choice(option["code"]),
            (
                number_cell(option["mean_rank"]) if not option.get("hidden") else hidden_cell(),
                share_cell(option["value"], hidden=bool(option.get("hidden"))),
                share_cell(option["top_three"], hidden=bool(option.get("hidden"))),
                count_cell(option["n"], hidden=bool(option.get("hidden"))),
            ),
        )
        for option in options
    )
    table = FigureTable(
        key=f"t-{shown.key}",
        title=_("Ranking"),
        heads=(
            _("Answer"),
            _("Mean rank"),
            _("% ranked first"),
            _("% among the first three"),
            _("Ranked by"),
        ),
        rows=rows,
    )
    first = options[0] if options and options[0]["mean_rank"] is not None else None
    statement = _("Nobody has answered this question")
    if first:
        statement = _("%(answer)s is ranked highest") % {"answer": shown.choice(first["code"])}
    chart = Chart("bars", table.key, (2,), "%", maximum=100, statement=statement, size=size(rows))
    return Figure(statement, (chart,), (table,))


def _number(shown: Shown, stored: Stored) -> Figure:
    numbers, unit = stored["numbers"], text_in(shown.item.variable.unit, shown.language)
    rows = tuple(
        Row(
            _bin(each),
            (count_cell(each["n"], hidden=bool(each.get("hidden"))),),
            short=number(each["low"]),
        )
        for each in stored["bins"]
    )
    unit_head = _("Value (%(unit)s)") % {"unit": unit} if unit else _("Value")
    table = FigureTable(
        key=f"t-{shown.key}",
        title=_("Distribution"),
        heads=(unit_head, _("Agencies")),
        rows=rows,
        notes=tuple(filter(None, (interval_text(numbers["median"]),))),
    )
    statement = _("Nobody has answered this question")
    if numbers["median"]["value"] is not None:
        statement = _("Half of the agencies: %(median)s %(unit)s at most") % {
            "median": number(numbers["median"]["value"]),
            "unit": unit,
        }
    elif stored["base"].get("answered") is None or stored["base"]["answered"]:
        statement = shown.item.label(shown.language)
    chart = Chart("histogram", table.key, (1,), statement=statement.strip())
    return Figure(
        statement.strip(),
        (chart,) if rows else (),
        (table, _measures(shown, numbers)),
        outliers=_outliers(shown, stored.get("outliers", ())),
    )


def _bin(stored: Stored) -> str:
    """From where to where a bin goes: of whole numbers to the last it holds, else to below the next."""
    low, last = stored["low"], stored["last"]
    if last is None:
        return _("%(low)s to below %(high)s") % {"low": number(low), "high": number(stored["high"])}
    if last == low:
        return number(low)
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(last)}


def _measures(shown: Shown, numbers: Stored) -> FigureTable:
    named = (
        (_("Median"), numbers["median"]["value"]),
        (_("First quartile"), numbers["first_quartile"]),
        (_("Third quartile"), numbers["third_quartile"]),
        (_("Mean"), numbers["mean"]["value"]),
        (_("Standard deviation"), numbers["sd"]),
        (_("Mean without the outer tenths"), numbers["trimmed_mean"]),
        (_("Smallest"), numbers["least"]),
        (_("Largest"), numbers["greatest"]),
        (_("Total"), numbers["sum"]),
        (_("Zeros"), numbers["zeros"]),
    )
    hidden = set(numbers.get("hidden", ()))
    codes = (
        "median",
        "first_quartile",
        "third_quartile",
        "mean",
        "sd",
        "trimmed_mean",
        "least",
        "greatest",
        "sum",
        "zeros",
    )
    rows = tuple(
        Row(label, (hidden_cell() if code in hidden else number_cell(value),))
        for code, (label, value) in zip(codes, named, strict=True)
    )
    unit = text_in(shown.item.variable.unit, shown.language)
    head = _("Value (%(unit)s)") % {"unit": unit} if unit else _("Value")
    return FigureTable(f"m-{shown.key}", _("Measures"), (_("Measure"), head), rows)


def _outliers(shown: Shown, stored: Sequence[Stored]) -> tuple[Row, ...]:
    return tuple(
        Row(
            shown.agency(each),
            (
                number_cell(each["value"]),
                number_cell(each["before"]),
                number_cell(each["score"]),
                Cell(str(RULES.get(each["rule"], each["rule"]))),
            ),
        )
        for each in stored
    )


def _date(shown: Shown, stored: Stored) -> Figure:
    rows = tuple(
        Row(_month(each["month"]), (count_cell(each["n"], hidden=bool(each.get("hidden"))),))
        for each in stored["months"]
    )
    table = FigureTable(f"t-{shown.key}", _("Distribution"), (_("Month"), _("Agencies")), rows)
    dates = stored["dates"]
    facts = tuple(
        (label, _day(dates[name]))
        for label, name in (
            (_("Earliest"), "earliest"),
            (_("Median"), "median"),
            (_("Latest"), "latest"),
        )
        if dates[name]
    )
    statement = _("Nobody has answered this question")
    if dates["median"]:
        statement = _("Half of the dates lie before %(day)s") % {"day": _day(dates["median"])}
    elif rows:
        statement = shown.item.label(shown.language)
    chart = Chart("histogram", table.key, (1,), statement=statement)
    return Figure(statement, (chart,) if rows else (), (table,), facts=facts)


def _month(text: str) -> str:
    year, month = text.split("-")
    return f"{int(month)}/{year}"


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def _text(shown: Shown, stored: Stored) -> Figure:
    texts = stored["texts"]
    facts: list[tuple[str, str]] = []
    statement = _("Nobody has answered this question")
    if texts["n"]:
        statement = _("%(n)s agencies have written an answer") % {"n": number(texts["n"])}
        phrases = stored.get("phrases", ())
        if phrases and phrases[0]["n"] is not None:
            statement = _(
                "%(n)s agencies have written an answer; most often: “%(phrase)s” (%(used)s)"
            ) % {
                "n": number(texts["n"]),
                "phrase": phrases[0]["text"],
                "used": number(phrases[0]["n"]),
            }
    if texts.get("n") is None:
        statement = shown.item.label(shown.language)
    if texts["words"]["median"] is not None:
        facts = [
            (_("Length (median)"), _length(texts, "median")),
            (_("Length (longest)"), _length(texts, "greatest")),
        ]
    rows = tuple(Row(each["text"], (count_cell(each["n"]),)) for each in stored.get("phrases", ()))
    table = FigureTable(
        f"t-{shown.key}",
        _("Frequent phrases"),
        (_("Phrase"), _("Agencies that use it")),
        rows,
        notes=(_("Phrases of one to three syllables, without words that only join others."),),
    )
    chart = Chart("bars", table.key, (1,), statement=statement, size=size(rows))
    has_phrases = bool(rows)
    return Figure(
        statement,
        (chart,) if has_phrases else (),
        (table,) if has_phrases else (),
        facts=tuple(facts),
    )


def _length(texts: Stored, name: str) -> str:
    return _("%(words)s words, %(characters)s characters") % {
        "words": number(texts["words"][name]),
        "characters": number(texts["characters"][name]),
    }


BY_KIND: Final[Mapping[ItemKind, Callable[[Shown, Stored], Figure]]] = {
    ItemKind.CHOICE: _choice,
    ItemKind.SCALE: _scale,
    ItemKind.CHOICES: _choices,
    ItemKind.RANK: _rank,
    ItemKind.NUMBER: _number,
    ItemKind.ROWS: _number,
    ItemKind.DATE: _date,
    ItemKind.TEXT: _text,
    ItemKind.BATTERY: battery_figure,
    ItemKind.GRID: grid_figure,
}
