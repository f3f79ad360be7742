"""Native charts of a sheet's table, in the colours of the grades, with the numbers written in the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ncpi_desktop.exports.charts.palette import INK, LINE, grade_colours
from ncpi_desktop.exports.workbook.table_sheet import HEADER_ROW, ChartPlan, Series

if TYPE_CHECKING:
    from openpyxl.chart import BarChart
    from openpyxl.worksheet.worksheet import Worksheet

WIDTH_CM: Final = 24.0
WIDTH_BESIDE_CM: Final = 18.0
BAR_CM: Final = 0.72
FRAME_CM: Final = 3.4
NO_ZEROS: Final = "0;;"


def bar_chart(sheet: Worksheet, plan: ChartPlan, *, beside: bool) -> BarChart:
    """Return the chart that `plan` tells of the table on `sheet`; one `beside` the table is narrower."""
    from openpyxl.chart import BarChart
    from openpyxl.chart.shapes import GraphicalProperties

    chart: Any = BarChart()
    chart.type = "bar"
    chart.title = _words(plan.title, size=1300, bold=True)
    chart.title.overlay = False
    chart.gapWidth = 45
    chart.roundedCorners = False
    chart.width = WIDTH_BESIDE_CM if beside else WIDTH_CM
    chart.height = chart_height(plan)
    if plan.stacked:
        chart.grouping = "percentStacked"
        chart.overlap = 100
        chart.legend.position = "t"
    else:
        chart.legend = None
    for series in plan.series:
        chart.series.append(_bars(sheet, plan, series))
    _set_axes(chart, plan)
    chart.graphical_properties = GraphicalProperties(ln=_line(LINE))
    drawn: BarChart = chart
    return drawn


def chart_height(plan: ChartPlan) -> float:
    """Return the height in centimetres: bars of one thickness, however many."""
    first, end = plan.rows
    return FRAME_CM + BAR_CM * max(3, end - first)


def _bars(sheet: Worksheet, plan: ChartPlan, series: Series) -> Any:
    from openpyxl.chart import Reference
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.series import SeriesLabel
    from openpyxl.chart.series_factory import SeriesFactory
    from openpyxl.utils import get_column_letter, quote_sheetname

    first, last = HEADER_ROW + 1 + plan.rows[0], HEADER_ROW + plan.rows[1]
    column = series.column + 1
    colours = grade_colours(series.tone)
    bars = SeriesFactory(Reference(sheet, min_col=column, min_row=first, max_row=last))
    header = f"{quote_sheetname(sheet.title)}!${get_column_letter(column)}${HEADER_ROW}"
    bars.tx = SeriesLabel(strRef=StrRef(header))
    bars.cat = _labels(sheet, plan.labels + 1, first, last)
    bars.graphicalProperties.solidFill = colours.bar.removeprefix("#")
    bars.graphicalProperties.line.noFill = True
    bars.invertIfNegative = False
    bars.dLbls = DataLabelList(numFmt=NO_ZEROS, showVal=True, showLegendKey=False, showCatName=False, showSerName=False)
    bars.dLbls.showPercent = bars.dLbls.showBubbleSize = False
    bars.dLbls.position = "ctr" if plan.stacked else "outEnd"
    bars.dLbls.txPr = _text_look(900, colours.on_bar if plan.stacked else INK, bold=True)
    return bars


def _labels(sheet: Worksheet, column: int, first: int, last: int) -> Any:
    from openpyxl.chart import Reference
    from openpyxl.chart.data_source import AxDataSource, StrRef

    return AxDataSource(strRef=StrRef(str(Reference(sheet, min_col=column, min_row=first, max_row=last))))


def _set_axes(chart: BarChart, plan: ChartPlan) -> None:
    from openpyxl.chart.shapes import GraphicalProperties

    names: Any = chart.x_axis
    values: Any = chart.y_axis
    names.delete = values.delete = False
    names.scaling.orientation = "maxMin"  # the first row on top, as in the table
    names.tickLblPos = "low"
    names.tickLblSkip = 1  # every bar has its name
    values.tickLblPos = "nextTo"
    names.majorTickMark = values.majorTickMark = "none"
    names.txPr = values.txPr = _text_look(900, INK)
    names.graphicalProperties = GraphicalProperties(ln=_line(LINE))
    values.crosses = "max"
    values.title = _words(plan.axis, size=900)
    values.title.overlay = False
    values.scaling.min = 0
    values.majorGridlines.spPr = GraphicalProperties(ln=_line(LINE))
    values.number_format = "0%" if plan.stacked else "0"


def _line(colour: str) -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=colour.removeprefix("#"), w=9525)


def _words(text: str, *, size: int, bold: bool = False) -> Any:
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import Paragraph, ParagraphProperties, RegularTextRun

    look = _look(size, INK, bold=bold)
    run = RegularTextRun(rPr=look, t=text)
    return Title(tx=Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])))


def _text_look(size: int, colour: str, *, bold: bool = False) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph, ParagraphProperties

    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_look(size, colour, bold=bold)), endParaRPr=None)])


def _look(size: int, colour: str, *, bold: bool) -> Any:
    from openpyxl.drawing.text import CharacterProperties

    return CharacterProperties(sz=size, b=bold, solidFill=colour.removeprefix("#"))
