"""What was said about answers: why there is no figure, when it will be there, why it is as it is."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from exporters.raw.columns import Planned, Reading
from exporters.raw.plans import ColumnPlan
from exporters.raw.sources import RawSource
from exporters.raw.units import KEYS, fact_column, unit_columns
from exporters.raw.words import CODES, told
from surveys.engine import Form

REMARKS: Final = "remarks"
PARTS: Final = ("table", "row_id", "column", "label", "code", "reason", "expected", "explanation")


def remark_columns(source: RawSource, plan: ColumnPlan) -> tuple[Planned, ...]:
    """The columns of the table of remarks: whose, of which cell, and what was said."""
    columns = (
        *unit_columns(source, plan.languages, KEYS),
        *(fact_column(name, plan.languages, CODES if name == "code" else None) for name in PARTS),
    )
    return tuple(Planned(each, Reading.GIVEN, each.name) for each in columns)


def remarks_of(
    form: Form, remarks: Mapping[str, Any], plan: ColumnPlan
) -> Iterator[dict[str, Any]]:
    """The remarks of a frozen response in the order of their paths, as rows of ``PARTS``.

    What was said about personal data stays out, as they do.
    """
    for path in sorted(remarks):
        holder, _slash, rest = path.partition("/")
        row, _slash, name = rest.rpartition("/")
        question = form.question(name or holder)
        is_chosen = plan.questions is None or holder in plan.questions
        if question.personal_data or not is_chosen:
            continue
        said = remarks[path]
        yield {
            "table": holder if row else None,
            "row_id": row or None,
            "column": name or holder,
            "label": told(question.label, plan.languages),
            "code": said.get("missing"),
            "reason": said.get("reason"),
            "expected": _day(said.get("expected")),
            "explanation": said.get("explanation"),
        }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
