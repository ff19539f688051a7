"""An agency's share in an indicator, and the code that stands where a figure would be."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from analytics.results.compute import missing_codes
from analytics.results.parts import Part, parts_of
from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Table,
    compile_definition,
)

AT = datetime(2026, 11, 22, tzinfo=UTC)
CODES = (MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET, MissingCode.RESTRICTED)


def number(name: str, **fields: Any) -> Question:
    return Question(name=name, kind=Kind.INTEGER, label={"vi": name}, missing=CODES, **fields)


FORM = compile_definition(
    Definition(
        code="phieu",
        title={"vi": "Phiếu"},
        children=(
            number("staff"),
            number("women"),
            Question(
                name="double", kind=Kind.CALCULATE, label={"vi": "x"}, calculation="${staff} * 2"
            ),
            Table(name="t", label={"vi": "t"}, row_list="rows", columns=(number("cell"),)),
        ),
        lists={"rows": ChoiceList(name="rows", choices=(Choice(name="r", label={"vi": "r"}),))},
        indicators=(
            Indicator(code="A", label={"vi": "A"}, numerator="${staff}"),
            Indicator(code="B", label={"vi": "B"}, numerator="${double}"),
            Indicator(code="C", label={"vi": "C"}, numerator="${women}"),
        ),
    )
)


def parts(answers: dict[str, str], **missing: str) -> dict[str, Part]:
    remarks = {path: {"missing": code} for path, code in missing.items()}
    return {part.code: part for part in parts_of(FORM, answers, remarks, agency_id=1, at=AT)}


def test_the_code_of_a_figure_that_is_not_there_is_told_also_through_a_calculation():
    found = parts({"women": "3"}, staff="CCSL")

    assert {code: (part.numerator, part.missing) for code, part in found.items()} == {
        "A": (None, "CCSL"),
        "B": (None, "CCSL"),
        "C": (Decimal(3), ""),
    }


def test_what_was_not_answered_has_no_code():
    assert parts({})["A"].missing == ""


@pytest.mark.parametrize("code", ["KAD", "CCSL", "HC"])
def test_a_code_is_out_of_the_figures_and_counted_apart(code):
    counted = missing_codes([*parts({}, women=code).values(), *parts({"women": "1"}).values()])

    assert counted == {"C": {code: 1}}
