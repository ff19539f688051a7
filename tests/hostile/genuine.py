"""Workbooks as spreadsheet programs and libraries write them: each has to be accepted."""

import io
from collections.abc import Callable
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

SURVEY: Final = (
    ("type", "name", "label", "default"),
    ("integer", "so_nguoi", "Số người", 3),
    ("date", "ngay", "Ngày", date(2026, 12, 31)),
    ("text", "ten", "Tên <đơn vị> & địa chỉ\n(dòng hai)", ""),
)
NAMES: Final = ["so_nguoi", "ngay", "ten"]


def book() -> Workbook:
    """The questionnaire, and its title in another sheet."""
    made = Workbook()
    survey = made.worksheets[0]
    survey.title = "survey"
    for row in SURVEY:
        survey.append(row)
    settings = made.create_sheet("settings")
    settings.append(("form_title",))
    settings.append(("Phiếu",))
    return made


def saved(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _sheet(change: Callable[[Worksheet], object]) -> bytes:
    made = book()
    change(made.worksheets[0])
    return saved(made)


def _formatted(place: str) -> bytes:
    return _sheet(lambda sheet: setattr(sheet[place], "fill", PatternFill("solid", "FFFF00")))


def _in_1904() -> bytes:
    made = book()
    made.epoch = CALENDAR_MAC_1904
    return saved(made)


def _hidden() -> bytes:
    made = book()
    made.create_sheet("danh_muc", 0).sheet_state = "veryHidden"
    made.worksheets[2].sheet_state = "hidden"
    made.active = 1
    return saved(made)


def _with_filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:D4"
    sheet.row_dimensions[3].hidden = True


def _with_validation(sheet: Worksheet) -> None:
    choice = DataValidation(type="list", formula1='"integer,date,text"')
    choice.add("A2:A1048576")
    sheet.add_data_validation(choice)


def _with_table(sheet: Worksheet) -> None:
    sheet.add_table(Table(displayName="Cau_hoi", ref="A1:D4"))


def _with_link(sheet: Worksheet) -> None:
    sheet["C2"].hyperlink = "https://example.vn/"


def _with_comment(sheet: Worksheet) -> None:
    sheet["C2"].comment = Comment("Xem lại", "Người thiết kế")


WRITTEN: Final[dict[str, Callable[[], bytes]]] = {
    "plain": lambda: saved(book()),
    "formatted_at_row_65536": lambda: _formatted("D65536"),
    "formatted_at_the_last_row": lambda: _formatted("C1048576"),
    "formatted_in_the_last_column": lambda: _formatted("XFD5"),
    "dates_from_1904": _in_1904,
    "hidden_sheets": _hidden,
    "filter_with_hidden_rows": lambda: _sheet(_with_filter),
    "validation_of_a_whole_column": lambda: _sheet(_with_validation),
    "table": lambda: _sheet(_with_table),
    "link": lambda: _sheet(_with_link),
    "comment": lambda: _sheet(_with_comment),
    "frozen_panes": lambda: _sheet(lambda sheet: setattr(sheet, "freeze_panes", "B2")),
    "merged_cells": lambda: _sheet(lambda sheet: sheet.merge_cells("F1:G2")),
    "protected_sheet": lambda: _sheet(lambda sheet: sheet.protection.enable()),
}
"""Workbooks by what is special about them."""
