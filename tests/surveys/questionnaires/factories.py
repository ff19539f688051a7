"""Workbooks and questionnaires for tests."""

from datetime import UTC, datetime

from surveys.models import Agency, QuestionnaireVersion
from surveys.questionnaires.services import import_workbook
from tests.factories import DepartmentFactory
from tests.surveys.xlsform.workbooks import Rows, workbook

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""09:30 of 20/11/2026 in Viet Nam."""

SURVEY: Rows = [
    ["type", "name", "label", "label::English (en)", "constraint", "constraint_message", "number"],
    ["begin_group", "phan_a", "Phần A", "Part A"],
    ["integer", "bien_che", "Biên chế được giao", "Posts", ". >= 0", "Không được âm", "A4"],
    ["select_one co_khong", "de_an", "Đã có đề án chưa?", "Is there a plan?", "", "", "A11"],
    ["end_group"],
]
CHOICES: Rows = [
    ["list_name", "name", "label", "label::English (en)"],
    ["co_khong", "co", "Có", "Yes"],
    ["co_khong", "khong", "Không", "No"],
]
SETTINGS: Rows = [["form_title", "form_title::English (en)"], ["Phiếu tổ chức", "Organisation"]]
GOOD = workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS)
BAD = workbook(survey=[["type", "name", "label"], ["intger", "a", "A"]], settings=SETTINGS)


def imported(
    data: bytes = GOOD,
    *,
    code: str = "to-chuc",
    owner: Agency | None = None,
    at: datetime = NOW,
) -> QuestionnaireVersion:
    """A draft, made through the service."""
    return import_workbook(
        data=data,
        filename="phieu.xlsx",
        code=code,
        owner=owner or DepartmentFactory(),
        actor=None,
        at=at,
    )


def survey_of(*rows: list[str]) -> bytes:
    """A workbook with these rows in one section."""
    head = ["type", "name", "label", "label::English (en)", "required", "successor_of"]
    section = [["begin_group", "phan_a", "Phần A", "Part A"], *rows, ["end_group"]]
    return workbook(survey=[head, *section], choices=CHOICES, settings=SETTINGS)
