"""Indicators of a catalogue, and workbooks that carry some."""

from datetime import date
from typing import Any

from surveys.engine import Indicator
from surveys.models import Agency, CatalogueIndicator
from surveys.questionnaires.catalogue.services import add_indicator
from tests.factories import DepartmentFactory
from tests.surveys.questionnaires.factories import CHOICES, NOW, SETTINGS
from tests.surveys.xlsform.workbooks import Rows, workbook

TODAY = date(2026, 11, 20)


def facts(code: str = "T1", **told: Any) -> Indicator:
    """What is said of an indicator."""
    return Indicator(
        **{
            "code": code,
            "label": {"vi": "Cơ quan đã kiện toàn", "en": "Agencies strengthened"},
            "unit": {"vi": "%"},
            "target": "100",
            **told,
        }
    )


def listed(code: str = "T1", *, owner: Agency | None = None, **told: Any) -> CatalogueIndicator:
    """An indicator in the catalogue, made through the service."""
    return add_indicator(
        owner=owner or DepartmentFactory(), facts=facts(code, **told), actor=None, at=NOW
    )


def asking(*indicators: list[str], code: str = "T1") -> bytes:
    """A workbook with a choice that refers to ``code`` and these rows of the sheet indicators."""
    survey: Rows = [
        ["type", "name", "label", "label::English (en)", "indicator"],
        ["begin_group", "phan_a", "Phần A", "Part A"],
        ["select_one co_khong", "de_an", "Đã có đề án chưa?", "Is there a plan?", code],
        ["end_group"],
    ]
    head = ["code", "label", "label::English (en)", "target", "scoring"]
    sheets: dict[str, Rows] = {"indicators": [head, *indicators]} if indicators else {}
    return workbook(survey=survey, choices=CHOICES, settings=SETTINGS, **sheets)
