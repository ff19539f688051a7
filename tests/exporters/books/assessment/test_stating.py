"""A definition's formula as Excel writes it, and when it is left to the server."""

import pytest

from analytics.definitions.formulas import parse_formula
from exporters.books.assessment.stating import stated

CELLS = {"a": "F8", "b": "G8"}


def test_a_blank_makes_an_error_of_arithmetic():
    found = stated(parse_formula("${a} div ${b}"), CELLS)

    assert found == "((IF(ISNUMBER(F8),F8,NA()))/(IF(ISNUMBER(G8),G8,NA())))"


def test_sums_pass_over_cells_without_a_figure():
    found = stated(parse_formula("sum(${a}, ${b}, 2)"), CELLS)

    assert found == "IF(COUNT(F8,G8,2)=0,NA(),SUM(F8,G8,2))"


@pytest.mark.parametrize(
    "expression",
    [
        "pow(${a}, 2)",
        "${a} mod 2",
        "round(${a}, 1)",
        "log(${a})",
        "exp(${a})",
        "max(${a} + 1, ${b})",
        "${unknown} + 1",
    ],
)
def test_what_excel_computes_otherwise_is_left_to_the_server(expression):
    assert stated(parse_formula(expression), CELLS) is None
