"""Tables of a questionnaire as figures: ratings as diverging bars, grids by row and column."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

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
from analytics.explorer.showing.wording import interval_text
from surveys.engine import text_in

Stored = Mapping[str, Any]
ROW_LABEL = 1
"""Where the words of the row stand in the labels of a cell, from the outside in."""


def battery_figure(shown: Shown, stored: Stored) -> Figure:
    """One bar for each statement, from unfavourable on the left to favourable on the right."""
    choices = [choice.name for choice in shown.item.choices]
    names = {cell.path.split("/")[1]: cell for cell in shown.item.cells}
    rows = tuple(
        Row(
            text_in(names[each["code"]].label[ROW_LABEL], shown.language),
            (*_shares(each, choices), *_summary(each)),
            shown.url_of(names[each["code"]].name),
        )
        for each in stored["rows"]
    )
    table = FigureTable(
        key=f"t-{shown.key}",
        title=_("Ratings"),
        heads=(
            _("Statement"),
            *(shown.choice(code) for code in choices),
            _("Median"),
            _("Net"),
            "n",
        ),
        rows=rows,
        hint=_("% of answers"),
        notes=(
            _("Net is favourable less unfavourable answers, in percentage points."),
            *_notes(stored["rows"]),
        ),
    )
    statement = _best(shown, stored["rows"], names)
    columns = tuple(range(1, len(choices) + 1))
    chart = Chart("diverging", table.key, columns, "%", statement=statement)
    return Figure(statement, (chart,), (table,), facts=_alpha(stored))


def _shares(row: Stored, choices: Sequence[str]) -> list[Cell]:
    found = {each["code"]: each for each in row.get("options", ())}
    return [
        share_cell(found[code]["value"], hidden=bool(found[code].get("hidden")))
        if code in found
        else hidden_cell()
        for code in choices
    ]


def _summary(row: Stored) -> list[Cell]:
    scale = row.get("scale", {"hidden": True})
    if scale.get("hidden"):
        answered = row.get("base", {}).get("answered")
        n = hidden_cell() if answered is None else count_cell(answered)
        return [hidden_cell(), hidden_cell(), n]
    return [number_cell(scale["median"]), share_cell(scale["net"]), count_cell(scale["n"])]


def _best(shown: Shown, rows: Sequence[Stored], names: Mapping[str, Any]) -> str:
    seen = [row for row in rows if row.get("scale", {}).get("net") is not None]
    if not seen or len(seen) < len(rows):
        return shown.item.label(shown.language)
    best = max(seen, key=lambda row: row["scale"]["top"])
    worst = min(seen, key=lambda row: row["scale"]["top"])
    return _("Rated best: %(best)s (%(high)s); worst: %(worst)s (%(low)s)") % {
        "best": text_in(names[best["code"]].label[ROW_LABEL], shown.language),
        "high": percent(best["scale"]["top"]),
        "worst": text_in(names[worst["code"]].label[ROW_LABEL], shown.language),
        "low": percent(worst["scale"]["top"]),
    }


def _notes(rows: Sequence[Stored]) -> list[str]:
    texts = [interval_text(option) for row in rows for option in row.get("options", ())]
    return list(dict.fromkeys(filter(None, texts)))


def _alpha(stored: Stored) -> tuple[tuple[str, str], ...]:
    alpha = stored.get("alpha")
    if not alpha or alpha["value"] is None:
        return ()
    value = number(alpha["value"])
    if alpha["n"] is not None:
        over = {"alpha": value, "n": number(alpha["n"])}
        value = _("%(alpha)s over %(n)s complete answers") % over
    return ((_("Cronbach's alpha"), value),)


def grid_figure(shown: Shown, stored: Stored) -> Figure:
    """A table for each column: numbers with total and median, choices with their shares."""
    by_column: dict[str, list[Stored]] = {}
    for cell in stored["cells"]:
        by_column.setdefault(cell["column"], []).append(cell)
    labels = {cell.name: cell for cell in shown.item.cells}
    tables = [_column(shown, name, cells, labels) for name, cells in by_column.items()]
    charts = [_chart(table, cells) for table, cells in zip(tables, by_column.values(), strict=True)]
    return Figure(shown.item.label(shown.language), tuple(charts[:1]), tuple(tables))


def _told(cells: Sequence[Stored]) -> Stored:
    """A cell that is shown, of a column; where all are refused, any."""
    return next((cell for cell in cells if not cell.get("refusal")), cells[0])


def _chart(table: FigureTable, cells: Sequence[Stored]) -> Chart:
    if "options" in _told(cells):
        columns = tuple(range(1, len(table.heads) - 1))
        return Chart("share", table.key, columns, "%", maximum=100, statement=table.title)
    return Chart("bars", table.key, (1,), statement=table.title)


def _column(
    shown: Shown, name: str, cells: Sequence[Stored], labels: Mapping[str, Any]
) -> FigureTable:
    first = labels[cells[0]["name"]]
    unit = text_in(first.unit, shown.language)
    title = text_in(first.label[-1], shown.language)
    codes = [choice.name for choice in first.choices]
    heads = _heads(_told(cells), first, shown.language)
    return FigureTable(
        key=f"t-{shown.key}-{name}",
        title=f"{title} ({unit})" if unit else title,
        heads=heads,
        rows=tuple(
            Row(
                text_in(labels[cell["name"]].label[ROW_LABEL], shown.language),
                (hidden_cell(),) * (len(heads) - 1) if cell.get("refusal") else _cells(cell, codes),
                shown.url_of(cell["name"]),
            )
            for cell in cells
        ),
    )


def _heads(cell: Stored, variable: Any, language: str) -> tuple[str, ...]:
    if "options" in cell:
        words = (text_in(choice.label, language) for choice in variable.choices)
        return (_("Row"), *(f"{word} (%)" for word in words), "n")
    if "numbers" in cell:
        return (_("Row"), _("Total"), _("Median"), _("First quartile"), _("Third quartile"), "n")
    return (_("Row"), "n")


def _cells(cell: Stored, codes: Sequence[str]) -> tuple[Cell, ...]:
    n = count_cell(cell["base"].get("answered"), hidden=bool(cell["base"].get("hidden")))
    if "options" in cell:
        return (*_shares(cell, codes), n)
    if "numbers" in cell:
        numbers = cell["numbers"]
        hidden = set(numbers.get("hidden", ()))
        values = {
            "sum": numbers["sum"],
            "median": numbers["median"]["value"],
            "first_quartile": numbers["first_quartile"],
            "third_quartile": numbers["third_quartile"],
        }
        shown = (
            hidden_cell() if code in hidden else number_cell(value)
            for code, value in values.items()
        )
        return (*shown, n)
    return (n,)
