"""Drafts in two languages for tests."""

from typing import Any

from surveys.definitions import load
from surveys.engine import Form, compile_definition
from surveys.questionnaires.translating.grid import Pair

PAIR = Pair("vi", "en")


def question(uid: str, **values: Any) -> dict[str, Any]:
    return {"element": "question", "uid": uid, "name": uid, "kind": "integer", **values}


def document(*children: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "code": "phieu",
        "title": {"vi": "Phiếu", "en": "Form"},
        "languages": ["vi", "en"],
        "children": list(children),
        **values,
    }


def form(*children: dict[str, Any], **values: Any) -> Form:
    return compile_definition(load(document(*children, **values)))


SECTION = {
    "element": "group",
    "uid": "a",
    "name": "phan_a",
    "label": {"vi": "Phần A", "en": "Part A"},
    "children": [
        question("q1", number="1", label={"vi": "Số người"}, unit={"vi": "người", "en": "people"}),
        question(
            "q2",
            kind="select_one",
            list_name="co_khong",
            label={"vi": "Có đề án?", "en": "A plan?"},
            required="yes",
            required_message={"vi": "Cần trả lời", "en": " "},
        ),
    ],
}
LISTS = {
    "co_khong": {
        "uid": "l",
        "name": "co_khong",
        "choices": [
            {"uid": "c1", "name": "co", "label": {"vi": "Có", "en": "Yes"}},
            {"uid": "c2", "name": "khong", "label": {"vi": "Không"}},
        ],
    }
}
INDICATORS = [{"uid": "i", "code": "T1", "label": {"vi": "Tỷ lệ"}, "unit": {"vi": "%", "en": "%"}}]


def whole() -> dict[str, Any]:
    """A draft with texts of every sort."""
    return document(SECTION, lists=LISTS, indicators=INDICATORS)


def whole_form() -> Form:
    return compile_definition(load(whole()))
