"""Conditional formats, validations and defined names."""

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.formatting.rule import DataBar as Bar
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import (
    Area,
    Choices,
    ColourScale,
    DataBar,
    Mark,
    Name,
    Painted,
    Validation,
)
from exporters.formats.xlsx.texts import readable

MAX_LIST = 255
"""How long a list may be that stands in the rule itself."""


class ListTooLong(ValueError):
    """The texts of a drop-down list are to stand in cells."""


def add_mark(target: Worksheet, mark: Mark) -> None:
    """Lay a conditional format over its area."""
    target.conditional_formatting.add(mark.area.local, _rule(mark))


def _rule(mark: Mark) -> Rule:
    match mark:
        case ColourScale():
            colours = [Color(mark.low), Color(mark.high)]
            return Rule(type="colorScale", colorScale=ColorScale(cfvo=_ends(mark), color=colours))
        case DataBar():
            bar = Bar(cfvo=_ends(mark), color=Color(mark.colour), showValue=True)
            return Rule(type="dataBar", dataBar=bar)
        case Painted():
            drawn = DifferentialStyle(
                fill=PatternFill(bgColor=mark.shade.ground, fill_type="solid"),
                font=Font(color=mark.shade.ink, bold=mark.bold or None),
            )
            return Rule(type="expression", formula=[mark.formula], dxf=drawn)


def _ends(mark: ColourScale | DataBar) -> list[FormatObject]:
    least, most = mark.least, mark.most
    return [
        FormatObject("min") if least is None else FormatObject("num", val=least),
        FormatObject("max") if most is None else FormatObject("num", val=most),
    ]


def add_validation(target: Worksheet, rule: Validation) -> None:
    """Say what the cells of an area may hold."""
    made = _validation(rule)
    title, prompt, error = (readable(each) for each in (rule.title, rule.prompt, rule.error))
    made.promptTitle, made.prompt = title[:32] or None, prompt[:255] or None
    made.showInputMessage = bool(prompt)
    made.errorTitle, made.error = title[:32] or None, error[:255] or None
    made.showErrorMessage = True
    made.add(rule.area.local)
    target.add_data_validation(made)


def _validation(rule: Validation) -> DataValidation:
    if isinstance(rule, Choices):
        return DataValidation(type="list", formula1=_source(rule.source), allow_blank=True)
    least, most = rule.least, rule.most
    if least is not None and most is not None:
        return DataValidation("decimal", operator="between", formula1=least, formula2=most)
    if most is not None:
        return DataValidation("decimal", operator="lessThanOrEqual", formula1=most)
    return DataValidation("decimal", operator="greaterThanOrEqual", formula1=least)


def _source(source: Area | str | tuple[str, ...]) -> str:
    match source:
        case Area():
            return source.absolute
        case str():
            return source
        case _:
            text = readable(",".join(source))
            if len(text) > MAX_LIST or any("," in one or '"' in one for one in source):
                raise ListTooLong(text)
            return f'"{text}"'


def add_name(workbook: Workbook, name: Name) -> None:
    """Define a name of the whole workbook."""
    workbook.defined_names[name.name] = DefinedName(
        name.name, attr_text=name.area.absolute, comment=readable(name.comment) or None
    )
