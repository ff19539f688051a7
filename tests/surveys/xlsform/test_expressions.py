"""What the engine finds stands at the cell that the expression came from."""

import pytest

from tests.surveys.xlsform.workbooks import Rows, found, read

HEAD = ["type", "name", "label", "relevant", "constraint", "calculation", "choice_filter", "closed"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["text", "b", "B", "${nobody} = 1"], ("reference_unknown", "survey!D3", "nobody")),
        (["text", "b", "B", "", "sqare(.) > 1"], ("function_unknown", "survey!E3", "sqare")),
        (["text", "b", "B", "", "(. > 1"], ("expression_unreadable", "survey!E3", "b")),
        (["calculate", "b", "", "", "", "${b} + 1"], ("cycle", "survey!F3", "b")),
    ],
)
def test_a_bad_expression_is_named_with_its_cell(row: list[object], expected: tuple[str, str, str]):
    assert found(read(survey=[HEAD, ["integer", "a", "A"], row])) == [expected]


def test_a_circular_calculation_names_its_members():
    rows: Rows = [
        ["calculate", "a", "", "", "", "${b} + 1"],
        ["calculate", "b", "", "", "", "${c} + 1"],
        ["calculate", "c", "", "", "", "${a} + 1"],
    ]

    problems = [p for p in read(survey=[HEAD, *rows]).problems if p.code == "cycle"]

    assert [p.at for p in problems] == ["survey!F2"]
    assert all(name in problems[0].advice for name in ("a", "b", "c"))


def test_an_expression_inside_a_group_and_a_repeat_is_found():
    rows: Rows = [
        ["begin_group", "g", "G"],
        ["begin_repeat", "r", "R"],
        ["integer", "a.b", "A", "", "${nobody} > ."],
        ["end_repeat"],
        ["end_group"],
    ]

    assert found(read(survey=[HEAD, *rows])) == [("reference_unknown", "survey!E4", "nobody")]


def test_a_relevance_of_a_group_is_found():
    rows: Rows = [["begin_group", "g", "G", "${nobody}"], ["text", "a", "A"], ["end_group"]]

    assert found(read(survey=[HEAD, *rows])) == [("reference_unknown", "survey!D2", "nobody")]


def test_an_expression_of_an_indicator_is_found_in_its_own_sheet():
    indicators: Rows = [["code", "label", "numerator"], ["T1.b", "Mục tiêu", "${nobody} > 0"]]

    result = read(survey=[HEAD, ["integer", "a", "A"]], indicators=indicators)

    assert found(result) == [("reference_unknown", "indicators!C2", "nobody")]


def test_a_reference_to_a_row_that_could_not_be_read_is_no_second_error():
    rows: Rows = [["intger", "a", "A"], ["text", "b", "B", "${a} = 1"]]

    assert found(read(survey=[HEAD, *rows])) == [("type_unknown", "survey!A2", "intger")]


def test_a_reference_to_a_row_that_is_left_out_is_an_error():
    rows: Rows = [["geopoint", "a", "A"], ["text", "b", "B", "${a} = 1"]]

    assert found(read(survey=[HEAD, *rows])) == [("reference_unknown", "survey!D3", "a")]
