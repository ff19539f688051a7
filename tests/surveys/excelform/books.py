"""Small questionnaires, their workbooks, and how the tests look into them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    Document,
    Element,
    FormState,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    Totals,
    compile_definition,
)
from surveys.excelform import BookFacts, questionnaire_workbook

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
FACTS = BookFacts(
    agency="UBND tỉnh Lào Cai",
    campaign="Báo cáo chuyển đổi số",
    period="Năm 2026",
    deadline="24:00 ngày 30/11/2026",
    basis="Quyết định 1690/QĐ-TTg",
    questionnaire="phieu",
    version="1",
    definition="ab" * 32,
    made_at=NOW,
)

YES_NO = ChoiceList(
    "yes_no", (Choice("yes", {"vi": "Có", "en": "Yes"}), Choice("no", {"vi": "Không", "en": "No"}))
)
GROUPS = ChoiceList("groups", (Choice("it", {"vi": "CNTT"}), Choice("law", {"vi": "Pháp chế"})))
STAFF = Table(
    name="staff",
    label={"vi": "Nhân lực"},
    number="4",
    row_list="groups",
    totals=Totals.BOTH,
    columns=(
        Question(
            name="men",
            kind=Kind.INTEGER,
            label={"vi": "Nam"},
            missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET),
        ),
        Question(name="women", kind=Kind.INTEGER, label={"vi": "Nữ"}),
    ),
)
PROJECTS = Repeat(
    name="projects",
    label={"vi": "Dự án"},
    number="5",
    children=(
        Question(name="title", kind=Kind.TEXT, label={"vi": "Tên"}),
        Question(name="cost", kind=Kind.DECIMAL, label={"vi": "Kinh phí"}),
    ),
)
SINGLES: tuple[Element, ...] = (
    Question(
        name="people",
        kind=Kind.INTEGER,
        label={"vi": "Số người"},
        number="1",
        unit={"vi": "người"},
        missing=(MissingCode.NOT_YET,),
    ),
    Question(
        name="has_unit", kind=Kind.SELECT_ONE, label={"vi": "Có đơn vị?"}, number="2",
        list_name="yes_no",
    ),
    Question(name="since", kind=Kind.DATE, label={"vi": "Từ ngày"}, number="3"),
    Question(name="remark", kind=Kind.TEXT, label={"vi": "Ghi chú"}),
)  # fmt: skip


def definition(*elements: Element) -> Definition:
    """One section of these elements; by default single questions, a table and a repeat."""
    inside = elements or (*SINGLES, STAFF, PROJECTS)
    return Definition(
        code="phieu",
        title={"vi": "Phiếu khảo sát", "en": "Questionnaire"},
        children=(Group(name="s1", label={"vi": "1. Chung"}, children=inside),),
        lists={each.name: each for each in (YES_NO, GROUPS)},
    )


def state_of(
    *elements: Element,
    answers: Document | None = None,
    remarks: Document | None = None,
    typed: Document | None = None,
    previous: Document | None = None,
) -> FormState:
    """The state of a draft with these answers."""
    return FormState(
        compile_definition(definition(*elements)),
        answers=answers or {},
        remarks=remarks,
        typed=typed,
        context=Context(date(2026, 11, 22), NOW, "vi", previous),
    )


def written(state: FormState, **facts: object) -> Workbook:
    """The workbook as openpyxl opens it, formulas as formulas."""
    return load_workbook(BytesIO(questionnaire_workbook(state, replace(FACTS, **facts))))  # type: ignore[arg-type]  # names of facts


def cached(state: FormState) -> Workbook:
    """The workbook with the values that stand behind its formulas."""
    return load_workbook(BytesIO(questionnaire_workbook(state, FACTS)), data_only=True)


def section(book: Workbook) -> Worksheet:
    """The sheet of the first section."""
    return book.worksheets[1]


def row_of(sheet: Worksheet, code: str) -> int:
    """The row of a code in the hidden column; the first of several."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def column_of(sheet: Worksheet, head: str, code: str) -> int:
    """The column of a code in a row of codes."""
    row = row_of(sheet, head)
    return next(c for c in range(1, sheet.max_column + 1) if sheet.cell(row, c).value == code)


def value_at(sheet: Worksheet, code: str, head: str, column: str) -> object:
    """What stands in the row of one code and the column of another."""
    return sheet.cell(row_of(sheet, code), column_of(sheet, head, column)).value
