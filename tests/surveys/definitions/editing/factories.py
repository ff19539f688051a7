"""A small draft with readable uids, and a source of new ones."""

from collections.abc import Callable
from itertools import count
from typing import Any

Data = dict[str, Any]


def uids(prefix: str = "n") -> Callable[[], str]:
    """new1, new2, …"""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


def question(name: str, kind: str = "text", **fields: Any) -> Data:
    """A question whose uid is ``u_`` and its name."""
    return {"element": "question", "name": name, "kind": kind, "uid": f"u_{name}", **fields}


def draft(**fields: Any) -> Data:
    """Two sections, a table and two lists."""
    return {
        "schema": 1,
        "code": "demo",
        "title": {"vi": "Phiếu"},
        "children": [
            {
                "element": "group",
                "name": "s1",
                "uid": "u_s1",
                "children": [
                    question("a", label={"vi": "Câu A", "en": "Question A"}),
                    question("b", "integer", relevant="${a} != ''"),
                    question("c", "select_one", list_name="yes_no"),
                ],
            },
            {
                "element": "table",
                "name": "t",
                "uid": "u_t",
                "row_list": "rows",
                "columns": [question("x", "integer")],
            },
        ],
        "lists": {
            "yes_no": {
                "name": "yes_no",
                "uid": "u_yes_no",
                "choices": [
                    {"name": "yes", "label": {"vi": "Có"}, "uid": "u_yes"},
                    {"name": "no", "label": {"vi": "Không"}, "uid": "u_no"},
                ],
            },
            "rows": {
                "name": "rows",
                "uid": "u_rows",
                "choices": [{"name": "r1", "label": {"vi": "Hàng"}, "uid": "u_r1"}],
            },
        },
        **fields,
    }
