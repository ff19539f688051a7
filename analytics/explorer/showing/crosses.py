"""A question by one or two dimensions as a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from analytics.explorer.enums import Share
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
from analytics.explorer.showing.wording import interval_text, test_text
from surveys.engine import text_in

Stored = Mapping[str, Any]
MORE = "+"
FEWER = "\N{MINUS SIGN}"


def cross_figure(shown: Shown, stored: Stored) -> Figure:
    """Tables of shares or counts, or measures of numbers by group."""
    cross = stored["cross"]
    if "groups" in cross:
        return _numbers(shown, stored)
    tables = tuple(
        _sheet(shown, sheet, place) for place, sheet in enumerate(cross["sheets"], start=1)
    )
    statement = _statement(shown, cross["sheets"])
    kind = "share" if shown.share is Share.ROW and not shown.item.is_multiple else "bars"
    charts = tuple(
        Chart(
            kind,
            table.key,
            tuple(range(1, len(table.heads) - 1)),
            "" if shown.share is Share.COUNT else "%",
            maximum=None if shown.share is Share.COUNT else 100,
            statement=table.hint if len(tables) > 1 else statement,
        )
        for table in tables
    )
    return Figure(statement, charts, tables, notes=_notes(stored))


def _notes(stored: Stored) -> tuple[str, ...]:
    options = stored.get("options", ())
    return tuple(dict.fromkeys(filter(None, (interval_text(each) for each in options))))


def _sheet(shown: Shown, sheet: Stored, place: int) -> FigureTable:
    words = shown.dimensions[shown.asking.by[0]].words
    rows = tuple(
        Row(
            words[row["code"]],
            (*(_cell(shown, cell) for cell in row["cells"]), _n(row)),
        )
        for row in sheet["rows"]
        if row["n"] or row.get("hidden")
    )
    total = Row(
        _("All"),
        (*(_total(shown, cell) for cell in sheet["total"]), _n(sheet)),
    )
    return FigureTable(
        key=f"t-{shown.key}-{place}",
        title=_layer_title(shown, sheet["layer"]),
        heads=(
            shown.dimensions[shown.asking.by[0]].label,
            *(shown.choice(each["code"]) for each in sheet["total"]),
            "n",
        ),
        rows=rows,
        foot=(total,),
        hint=str(shown.share.label),
        notes=tuple(_tests(shown, sheet, words)),
    )


def _layer_title(shown: Shown, layer: str | None) -> str:
    if layer is None:
        return _("Cross table")
    dimension = shown.dimensions[shown.asking.by[1]]
    return f"{dimension.label}: {dimension.words[layer]}"


def _cell(shown: Shown, cell: Stored) -> Cell:
    if cell.get("hidden"):
        return hidden_cell()
    residual = cell["residual"]
    mark = "" if residual is None else MORE if residual > 0 else FEWER
    if shown.share is Share.COUNT:
        return count_cell(cell["n"], mark=mark)
    return share_cell(cell["row" if shown.share is Share.ROW else "column"], mark=mark)


def _total(shown: Shown, cell: Stored) -> Cell:
    if cell.get("hidden"):
        return hidden_cell()
    if shown.share is Share.COUNT:
        return count_cell(cell["n"])
    return share_cell(cell["row"]) if shown.share is Share.ROW else share_cell(1.0)


def _n(row: Stored) -> Cell:
    return hidden_cell() if row.get("hidden") else count_cell(row["n"])


def _tests(shown: Shown, sheet: Stored, words: Mapping[str, str]) -> list[str]:
    """One sentence for each test; the options of a question with several answers by name."""
    found = []
    for test in sheet["tests"]:
        text = test_text(test, words)
        options = [
            shown.choice(test["option"]) if test["option"] else "",
            words.get(test["group"], "") if test["group"] else "",
        ]
        named = ", ".join(filter(None, options))
        found.append(f"{named}: {text}" if named else text)
    return list(dict.fromkeys(found))


def _statement(shown: Shown, sheets: Sequence[Stored]) -> str:
    """Where the most frequent answer is most, and least, frequent; the question where that is hidden."""
    sheet = sheets[0]
    words = shown.dimensions[shown.asking.by[0]].words
    total = [each for each in sheet["total"] if not each.get("hidden") and each["row"] is not None]
    if len(sheets) > 1 or not total or len(total) < len(sheet["total"]):
        return shown.item.label(shown.language)
    best = max(total, key=lambda each: each["row"])["code"]
    cells = [
        (cell["row"], words[row["code"]])
        for row in sheet["rows"]
        for cell in row["cells"]
        if cell["code"] == best and not cell.get("hidden") and cell["row"] is not None
    ]
    if len(cells) < 2:
        return shown.item.label(shown.language)
    (high, most), (low, least) = max(cells), min(cells)
    return _("%(answer)s: %(high)s in %(most)s, %(low)s in %(least)s") % {
        "answer": shown.choice(best),
        "high": percent(high),
        "most": most,
        "low": percent(low),
        "least": least,
    }


def _numbers(shown: Shown, stored: Stored) -> Figure:
    cross = stored["cross"]
    first = shown.dimensions[shown.asking.by[0]]
    unit = text_in(shown.item.variable.unit, shown.language)
    layers = list(dict.fromkeys(group["layer"] for group in cross["groups"]))
    tables = tuple(
        FigureTable(
            key=f"t-{shown.key}-{place}",
            title=_layer_title(shown, layer),
            heads=(
                first.label,
                _("Median"),
                _("First quartile"),
                _("Third quartile"),
                _("Mean"),
                _("Total"),
                "n",
            ),
            rows=tuple(
                Row(first.words[group["code"]], _measures(group))
                for group in cross["groups"]
                if group["layer"] == layer and (group["n"] or group.get("hidden"))
            ),
            hint=unit,
            notes=tuple(
                test_text(test, first.words)
                for test in cross.get("tests", ())
                if test["layer"] == layer
            ),
        )
        for place, layer in enumerate(layers, start=1)
    )
    statement = _extremes(cross["groups"], first.words) if len(layers) == 1 else ""
    titles = [statement] if statement else [table.title for table in tables]
    charts = tuple(
        Chart("bars", table.key, (1,), unit, statement=title)
        for table, title in zip(tables, titles, strict=True)
    )
    label = shown.item.label(shown.language)
    notes = (interval_text(stored["numbers"]["median"]),)
    return Figure(statement or label, charts, tables, notes=notes)


def _extremes(groups: Sequence[Stored], words: Mapping[str, str]) -> str:
    """Where the median is highest, and where lowest; "" where that is hidden or there is one group."""
    medians = [(group["median"], words[group["code"]]) for group in groups if group["n"]]
    if len(medians) < 2 or any(median is None for median, _word in medians):
        return ""
    (high, most), (low, least) = max(medians), min(medians)
    return _("Highest median in %(most)s (%(high)s), lowest in %(least)s (%(low)s)") % {
        "most": most,
        "high": number(high),
        "least": least,
        "low": number(low),
    }


def _measures(group: Stored) -> tuple[Cell, ...]:
    hidden = set(group.get("hidden_measures", ()))
    names = ("median", "first_quartile", "third_quartile", "mean", "sum")
    cells = [hidden_cell() if name in hidden else number_cell(group[name]) for name in names]
    return (*cells, _n(group))
