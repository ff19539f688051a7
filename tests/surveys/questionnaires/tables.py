"""A draft with one table of any size."""

from typing import Any

from surveys.models import QuestionnaireVersion
from tests.surveys.definitions.editing.factories import draft, question

Data = dict[str, Any]


def wide(columns: int, rows: int, *, named: bool = True) -> Data:
    """A definition whose second element is a table u_t; without labels where it is not ``named``."""
    document = draft()
    document["children"][1]["columns"] = [
        question(
            f"cot_{n}", "integer", label={"vi": f"Cột số {n}", "en": f"Column {n}"} if named else {}
        )
        for n in range(columns)
    ]
    document["lists"]["rows"]["choices"] = [
        {"name": f"h{n}", "label": {"vi": f"Hàng số {n}"} if named else {}, "uid": f"u_h{n}"}
        for n in range(rows)
    ]
    return document | {"languages": ["vi", "en"]}


def table_of(version: QuestionnaireVersion) -> Data:
    """Its table."""
    table: Data = version.definition["children"][1]
    return table
