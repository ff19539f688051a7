"""Who answered: rates by type of agency, then every agency."""

from typing import Final

from exporters.book import Area, Cell, Chart, ChartKind, Colour, Look, Series, Sheet, Tone
from exporters.books.assessment.around.scene import Scene, heads, number
from exporters.books.assessment.around.words import TABLES

RATES: Final = ("type", "asked", "signed", "rate", "late")
AGENCIES: Final = ("agency", "key", "type", "status", "submitted_at", "late_days")
HEAD_ROW: Final = 4
CHART_ROWS: Final = 17


def response_sheet(scene: Scene) -> Sheet:
    """Rates by formulas over counts of the server; a chart where there are several types."""
    name, language = scene.names["response"], scene.language
    words = {key: both[language] for key, both in TABLES.items()}
    asked = scene.around.asked
    kinds = list(dict.fromkeys(each.type[language] for each in asked))
    rows: list[tuple[Cell, ...]] = [
        (scene.title("response"),),
        (Cell(words["note_response"], Look.NOTE),),
        (),
        heads(*(words[key] for key in RATES)),
    ]
    told = []
    for kind in kinds:
        own = [each for each in asked if each.type[language] == kind]
        counts = len(own), sum(each.signed for each in own), sum(each.late_days > 0 for each in own)
        rows.append(_rates(kind, counts, len(rows) + 1))
        told.append(f"{kind}: {counts[1]}/{counts[0]}")
    last = len(rows)
    rows.append(_total(scene, words["total"], last))
    charts: tuple[Chart, ...] = ()
    if len(kinds) > 1:
        charts = (_chart(scene, last, words["rate_alt"].format(told="; ".join(told))),)
    rows += [()] * (CHART_ROWS + 2 if charts else 1)
    agencies_head = len(rows) + 1
    rows.append(heads(*(words[key] for key in AGENCIES)))
    for each in asked:
        rows.append(
            (
                Cell(each.name[language], Look.LABEL),
                Cell(each.key),
                Cell(each.type[language]),
                Cell(each.status[language]),
                Cell(each.submitted_at, Look.MOMENT),
                Cell(each.late_days if each.submitted_at else None, Look.INTEGER),
            )
        )
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(42, 20, 22, 20, 20, 14),
        filtered=True,
        head_rows=agencies_head,
        tab=Colour.D3,
        charts=charts,
        merged=(Area(name, 2, 1, 2, len(AGENCIES)),),
    )


def _rates(kind: str, counts: tuple[int, int, int], row: int) -> tuple[Cell, ...]:
    asked, signed, late = counts
    return (
        Cell(kind, Look.LABEL),
        Cell(asked, Look.INTEGER, tone=Tone.SERVER),
        Cell(signed, Look.INTEGER, tone=Tone.SERVER),
        number(f'IF(B{row}=0,"",C{row}/B{row})', signed / asked if asked else None, Look.SHARE),
        Cell(late, Look.INTEGER, tone=Tone.SERVER),
    )


def _total(scene: Scene, word: str, last: int) -> tuple[Cell, ...]:
    asked, row = scene.around.asked, last + 1
    signed = sum(each.signed for each in asked)
    late = sum(each.late_days > 0 for each in asked)

    def total(letter: str, value: int) -> Cell:
        formula = number(f"SUM({letter}{HEAD_ROW + 1}:{letter}{last})", value, Look.INTEGER)
        return Cell(formula.value, Look.INTEGER, tone=Tone.TOTAL)

    rate = number(f'IF(B{row}=0,"",C{row}/B{row})', signed / len(asked) if asked else None)
    return (
        Cell(word, Look.LABEL, tone=Tone.TOTAL),
        total("B", len(asked)),
        total("C", signed),
        Cell(rate.value, Look.SHARE, tone=Tone.TOTAL),
        total("E", late),
    )


def _chart(scene: Scene, last: int, alt: str) -> Chart:
    name, words = scene.names["response"], TABLES
    return Chart(
        kind=ChartKind.BARS,
        title=words["rate_chart"][scene.language],
        alt=alt,
        series=(
            Series(
                label=Area.cell(name, HEAD_ROW, 4),
                values=Area.column(name, 4, HEAD_ROW + 1, last),
                colour=Colour.D3,
            ),
        ),
        categories=Area.column(name, 1, HEAD_ROW + 1, last),
        row=last + 3,
        column=1,
        width=24.0,
        height=7.5,
        span=(0.0, 1.0),
        shares=True,
        legend=False,
        labelled=True,
    )
