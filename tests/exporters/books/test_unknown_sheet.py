"""The figures that agencies do not have, in the workbook of a round."""

from datetime import UTC, date, datetime
from typing import Any

from analytics.answers import SignedAnswers
from analytics.dataset import Dataset, variables_of
from analytics.results.asked import Asked
from exporters.books.contents import FormContents, RoundContents
from exporters.books.unknown_sheet import unknown_sheets
from surveys.campaigns.models import Round
from surveys.engine import (
    Definition,
    Form,
    Kind,
    MissingCode,
    Question,
    Repeat,
    compile_definition,
)
from surveys.questionnaires.models import QuestionnaireVersion

AT = datetime(2026, 11, 20, tzinfo=UTC)
UNIT = {"agency_id": 1, "key": "lc", "name": "Lào Cai", "name_en": "Lao Cai"}


def made() -> Form:
    allowed = (MissingCode.NOT_YET,)
    asked = Question(name="staff", kind=Kind.INTEGER, label={"vi": "Biên chế"}, missing=allowed)
    private = Question(
        name="pay", kind=Kind.INTEGER, label={"vi": "Lương"}, missing=allowed, personal_data=True
    )
    inner = Question(name="cost", kind=Kind.INTEGER, label={"vi": "Kinh phí"}, missing=allowed)
    children = (asked, private, Repeat(name="works", children=(inner,)))
    return compile_definition(Definition(code="a", title={"vi": "A"}, children=children))


def rows_with(remarks: dict[str, Any], answers: dict[str, Any] | None = None) -> list[list[Any]]:
    form = made()
    signed = SignedAnswers(1, 1, 1, answers=answers or {}, remarks=remarks)
    dataset = Dataset(variables=variables_of(form), units=(UNIT,), rows=({},))
    contents = RoundContents(
        round=Round(),
        forms=(FormContents(1, Asked(QuestionnaireVersion(), form), dataset),),
        units=(UNIT,),
        submitted={1: signed},
        parts={},
        targets={},
        at=AT,
    )
    sheets = list(unknown_sheets(contents, "vi"))
    return [[cell.value for cell in row[2:]] for sheet in sheets for row in sheet.rows[1:]]


def test_a_missing_figure_stands_with_its_reason_and_its_day():
    remark = {"missing": "CCSL", "reason": "Chờ quyết toán", "expected": "2026-12-25"}

    assert rows_with({"staff": remark}) == [
        ["staff", None, "Biên chế", "CCSL", "Chờ quyết toán", date(2026, 12, 25)]
    ]


def test_a_reason_without_a_code_is_no_missing_figure():
    assert rows_with({"staff": {"reason": "cũ", "expected": "2026-12-25"}}) == []


def test_personal_data_stay_out():
    assert rows_with({"pay": {"missing": "CCSL", "reason": "Của ông A"}}) == []


def test_a_row_of_a_list_is_named_by_its_number():
    works = [{"_id": "x"}, {"_id": "y"}]

    assert rows_with({"works/y/cost": {"missing": "CCSL"}}, {"works": works}) == [
        ["cost", 2, "Kinh phí", "CCSL", None, None]
    ]
