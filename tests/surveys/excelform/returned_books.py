"""Workbooks after the codes, laid out by hand so that each cell can be what somebody typed."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    Form,
    FormState,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    compile_definition,
)
from surveys.excelform.comparing import Comparison, Line, Terms, compare
from surveys.excelform.reading.returned import Returned, returned
from surveys.excelform.reading.sheets import read_workbook

NOW: Final = datetime.fromisoformat("2026-11-22T09:00:00+07:00")
META: Final = {
    "format": "1",
    "questionnaire": "phieu",
    "version": "3",
    "definition": "ab",
    "language": "vi",
    "made_at": "2026-11-20T08:00:00+07:00",
    "checksum": "cd",
}
LEVELS: Final = (
    Choice(name="low", label={"vi": "Thấp", "en": "Low"}),
    Choice(name="high", label={"vi": "Đã có, mức cao", "en": "High"}),
    Choice(name="3", label={"vi": "Không rõ", "en": "Unknown"}),
)


def ask(name: str, kind: Kind, **more: Any) -> Question:
    return Question(name=name, kind=kind, label={"vi": name}, **more)


DEFINITION: Final = Definition(
    code="phieu",
    title={"vi": "Phiếu"},
    children=(
        Group(
            name="general",
            label={"vi": "Chung"},
            children=(
                ask("staff", Kind.INTEGER, missing=(MissingCode.NOT_YET,)),
                ask("share", Kind.DECIMAL, unit={"vi": "%"}, constraint=". <= 100"),
                ask("cost", Kind.DECIMAL, unit={"vi": "triệu đồng"}),
                ask("name", Kind.TEXT),
                ask("day", Kind.DATE),
                ask("clock", Kind.TIME),
                ask("moment", Kind.DATETIME),
                ask("level", Kind.SELECT_ONE, list_name="levels"),
                ask("several", Kind.SELECT_MULTIPLE, list_name="levels"),
                ask("rank", Kind.RANK, list_name="levels"),
                ask("agreed", Kind.ACKNOWLEDGE),
                ask("total", Kind.CALCULATE, calculation="${staff} + 1"),
                ask("fixed", Kind.INTEGER, read_only="yes"),
                ask("more", Kind.TEXT, relevant="${staff} > 5"),
            ),
        ),
        Group(
            name="lists",
            label={"vi": "Bảng"},
            children=(
                Table(
                    name="budget",
                    label={"vi": "Kinh phí"},
                    row_list="sources",
                    closed="row() = 'state' and . = 'loan'",
                    columns=(
                        ask("planned", Kind.DECIMAL, missing=(MissingCode.NOT_APPLICABLE,)),
                        ask("loan", Kind.DECIMAL),
                    ),
                ),
                Repeat(
                    name="people",
                    label={"vi": "Người"},
                    children=(
                        ask("who", Kind.TEXT),
                        ask("age", Kind.INTEGER),
                        ask("skills", Kind.SELECT_MULTIPLE, list_name="levels"),
                    ),
                ),
            ),
        ),
    ),
    lists={
        "levels": ChoiceList(name="levels", choices=LEVELS),
        "sources": ChoiceList(
            name="sources",
            choices=(Choice(name="state", label={"vi": "NS"}), Choice(name="oda", label={})),
        ),
    },
)
FORM: Final[Form] = compile_definition(DEFINITION)

Cells = Sequence[Any]
Sheets = dict[str, list[Cells]]

COLUMNS: Final = (
    "ks:columns",
    "ks:number",
    "ks:label",
    "ks:answer",
    "ks:unit",
    "ks:missing",
    "ks:reason",
    "ks:expected",
    "ks:explanation",
)


def question(name: str, answer: Any = None, *more: Any) -> Cells:
    """The row of a question: its answer, unit, missing code, reason, expected day, explanation."""
    return (f"question:{name}", None, name, answer, *more)


def general(*rows: Cells) -> Sheets:
    """One sheet with loose questions."""
    return {"Chung": [COLUMNS, ("ks:text", "STT", "Câu hỏi", "Trả lời"), *rows]}


def budget(*rows: Cells) -> Sheets:
    """One sheet with the table."""
    head = ("table:budget", "ks:label", "column:planned", "column:loan", "ks:total")
    return {"Bảng": [head, ("ks:text", "", "Dự toán", "Vay"), *rows]}


def people(*rows: Cells) -> Sheets:
    """One sheet with the repeat."""
    head = ("repeat:people", "ks:label", "column:who", "column:age", "column:skills")
    return {"Người": [head, ("ks:text", "", "Tên", "Tuổi", "Kỹ năng"), *rows]}


def workbook(
    sheets: Sheets,
    *,
    meta: dict[str, str] | None = None,
    change: Callable[[Workbook], object] | None = None,
) -> bytes:
    """The workbook as .xlsx."""
    made = Workbook()
    front: Worksheet = made.worksheets[0]
    front.title = "Hướng dẫn"
    front["B2"] = "Tỉnh Lào Cai"
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
    hidden = made.create_sheet("_ks")
    hidden.sheet_state = "veryHidden"
    for pair in (META if meta is None else meta).items():
        hidden.append(pair)
    if change is not None:
        change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def given(data: bytes) -> Returned:
    """What the workbook says of which answer."""
    return returned(read_workbook(data, "phieu.xlsx"), FORM)


def state(answers: dict[str, Any] | None = None, **documents: Any) -> FormState:
    """A draft."""
    context = Context(today=date(2026, 11, 22), now=NOW)
    return FormState(FORM, answers=answers or {}, context=context, **documents)


def compared(
    sheets: Sheets,
    answers: dict[str, Any] | None = None,
    terms: Terms | None = None,
    *,
    change: Callable[[Workbook], object] | None = None,
    **documents: Any,
) -> Comparison:
    """The workbook against a draft with these answers."""
    return compare(
        given(workbook(sheets, change=change)), state(answers, **documents), terms or Terms()
    )


def line(sheets: Sheets, answers: dict[str, Any] | None = None, **more: Any) -> Line:
    """The only line of it."""
    (found,) = compared(sheets, answers, **more).lines
    return found
