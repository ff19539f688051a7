"""Native charts: every figure is a reference, and what is cached beside it is what the cells hold."""

from collections.abc import Mapping
from typing import Final

from openpyxl.chart import BarChart, LineChart, RadarChart, ScatterChart
from openpyxl.chart.axis import ChartLines, TextAxis, _BaseAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series as Target
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import Area, Chart, ChartKind, Colour, Errors, Series, Sheet, column_letter
from exporters.formats.xlsx.chart_data import categories_of, numbers_of, texts_of
from exporters.formats.xlsx.chart_texts import BODY, SMALL, faced, headline
from exporters.formats.xlsx.texts import readable

Drawn = BarChart | LineChart | ScatterChart | RadarChart

BARS: Final = {
    ChartKind.BARS,
    ChartKind.STACKED,
    ChartKind.COLUMNS,
    ChartKind.STACKED_COLUMNS,
}
STACKED: Final = {ChartKind.STACKED, ChartKind.STACKED_COLUMNS}
LYING: Final = {ChartKind.BARS, ChartKind.STACKED}
GAP: Final = 40
"""Between bars, in per cent of a bar."""
LINE: Final = 22_225
HAIR: Final = 9_525
"""Thick and thin lines, in EMU."""
DOT: Final = 6


def add_chart(target: Worksheet, chart: Chart, sheets: Mapping[str, Sheet]) -> None:
    """Draw the chart on its sheet; ``sheets`` are those of the book, for what the cells hold."""
    made = _base(chart)
    made.title = headline(chart.title)
    made.title.overlay = False
    for order, one in enumerate(chart.series):
        made.series.append(_series(chart, one, order, sheets))
    _axes(made, chart)
    made.legend = Legend(legendPos="b", txPr=faced(BODY)) if chart.legend else None
    made.roundedCorners = False
    made.graphical_properties = GraphicalProperties(
        solidFill=Colour.PAPER, ln=LineProperties(solidFill=Colour.LINE, w=HAIR)
    )
    made.width = chart.width  # type: ignore[assignment]  # its default is whole
    made.height = chart.height
    target.add_chart(made, f"{column_letter(chart.column)}{chart.row}")


def _base(chart: Chart) -> Drawn:
    match chart.kind:
        case ChartKind.LINE:
            return LineChart()
        case ChartKind.SCATTER:
            return ScatterChart(scatterStyle="lineMarker")
        case ChartKind.RADAR:
            return RadarChart(radarStyle="marker")
        case _:
            made = BarChart(barDir="bar" if chart.kind in LYING else "col", gapWidth=GAP)
            made.grouping = "stacked" if chart.kind in STACKED else "clustered"
            made.overlap = 100 if chart.kind in STACKED else None
            return made


def _series(
    chart: Chart, series: Series, order: int, sheets: Mapping[str, Sheet]
) -> Target | XYSeries:
    values = NumDataSource(numRef=numbers_of(series.values, sheets))
    made: Target | XYSeries
    if chart.kind is ChartKind.SCATTER:
        made = XYSeries(idx=order, order=order, yVal=values)
        across = series.across or series.values
        made.xVal = AxDataSource(numRef=numbers_of(across, sheets))
    else:
        made = Target(idx=order, order=order, val=values)
        if chart.categories is not None:
            made.cat = categories_of(chart.categories, sheets)
    made.tx = (
        SeriesLabel(strRef=texts_of(series.label, sheets))
        if isinstance(series.label, Area)
        else SeriesLabel(v=readable(series.label))
    )
    _draw(made, chart, series)
    if series.errors is not None:
        made.errBars = _whiskers(chart, series.errors, sheets)
    if chart.labelled:
        made.dLbls = _labels(chart)
    return made


def _draw(made: Target | XYSeries, chart: Chart, series: Series) -> None:
    if chart.kind in BARS:
        made.spPr = (
            GraphicalProperties(solidFill=series.colour)
            if series.drawn
            else GraphicalProperties(noFill=True)
        )
        made.invertIfNegative = False
        made.dPt = [
            DataPoint(idx=index, invertIfNegative=False, spPr=GraphicalProperties(solidFill=colour))
            for index, colour in enumerate(series.colours)
        ]
        return
    line = LineProperties(
        solidFill=series.colour, w=LINE, prstDash="dash" if series.dashed else None
    )
    dots = series.dashed is False
    if chart.kind is ChartKind.SCATTER:
        line = LineProperties(noFill=True)
    made.spPr = GraphicalProperties(ln=line)
    made.smooth = False if chart.kind is not ChartKind.RADAR else None
    made.marker = Marker(symbol="circle" if dots else "none", size=DOT if dots else None)
    if dots:
        made.marker.spPr = GraphicalProperties(
            solidFill=series.colour, ln=LineProperties(solidFill=Colour.PAPER, w=HAIR)
        )


def _whiskers(chart: Chart, errors: Errors, sheets: Mapping[str, Sheet]) -> ErrorBars:
    made = ErrorBars(
        errDir="y" if chart.kind is ChartKind.SCATTER else None,
        errBarType="both",
        errValType="cust",
        noEndCap=False,
        plus=NumDataSource(numRef=numbers_of(errors.up, sheets)),
        minus=NumDataSource(numRef=numbers_of(errors.down, sheets)),
    )
    made.spPr = GraphicalProperties(ln=LineProperties(solidFill=Colour.INK_2, w=HAIR))
    return made


def _labels(chart: Chart) -> DataLabelList:
    made = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        numFmt=_format(chart),
    )
    made.txPr = faced(SMALL)
    return made


def _axes(made: Drawn, chart: Chart) -> None:
    categories, values = made.x_axis, made.y_axis
    for axis, words in ((categories, chart.category_title), (values, chart.value_title)):
        axis.delete = False
        axis.title = headline(words, size=BODY, bold=False) if words else None
        if axis.title is not None:
            axis.title.overlay = False
        axis.txPr = faced(SMALL)
        axis.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=Colour.LINE_2, w=HAIR)
        )
    values.majorGridlines = _grid()
    values.number_format = _format(chart)
    values.scaling.min, values.scaling.max = chart.span
    if chart.kind is ChartKind.SCATTER:
        categories.majorGridlines = _grid()
        categories.number_format = _format(chart)
    else:
        categories.majorGridlines = None
    if isinstance(categories, TextAxis):
        categories.tickLblPos = "low"
        categories.noMultiLvlLbl = True
    if chart.kind in LYING:
        _turn(categories, values)


def _turn(categories: _BaseAxis, values: _BaseAxis) -> None:
    """The first category on top, and the figures still below."""
    categories.scaling.orientation = "maxMin"
    values.crosses = "max"


def _grid() -> ChartLines:
    return ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=Colour.LINE, w=HAIR)))


def _format(chart: Chart) -> str:
    if chart.shares:
        return "0%"
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
