"""What is written is read back equal, and pyxform converts it."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from surveys.engine.model import Choice, ChoiceList, Definition, Kind, Question
from surveys.xlsform import pack, read_sheets, read_workbook, sheets_of
from surveys.xlsform.workbook import Sheet, open_workbook
from tests.surveys.definitions.strategies import definitions
from tests.surveys.xlsform.meaningful import meaningful
from tests.surveys.xlsform.readable import readable

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture
def library(repository: Path) -> Definition:
    """The questionnaire that comes with the product."""
    file = repository / "surveys/questionnaires/library/tochuc_1690.xlsx"
    found = read_workbook(file.read_bytes(), file.name, code="tochuc").definition
    assert found is not None
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(definitions.map(readable))
def test_the_sheets_of_a_definition_are_read_back_equal(definition: Definition):
    result = read_sheets(sheets_of(definition), code=definition.code)

    assert result.definition == definition, result.problems


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(definitions.map(readable))
def test_the_file_of_a_definition_is_read_back_equal(definition: Definition):
    data = pack(sheets_of(definition))

    assert read_workbook(data, "a.xlsx", code=definition.code).definition == definition


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(meaningful())
def test_a_definition_that_means_something_is_read_back_equal_and_pyxform_converts_it(
    definition: Definition,
):
    sheets = sheets_of(definition)

    result = read_sheets(sheets, code=definition.code)

    assert result.definition == definition, result.problems
    assert "<h:html" in convert(xlsform=pack(sheets), file_type=".xlsx").xform


def test_the_library_is_read_back_equal_and_without_a_remark(library: Definition):
    result = read_workbook(pack(sheets_of(library)), "a.xlsx", code="tochuc")

    assert result == (type(result))(library, ())


def test_pyxform_converts_the_library(library: Definition):
    converted = convert(xlsform=pack(sheets_of(library)), file_type=".xlsx")

    assert converted.warnings == []
    assert 'id="tochuc_1690"' in converted.xform


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CALCULATE])
def test_pyxform_converts_every_kind_of_question_with_parameters_of_ours(kind: Kind):
    listed = kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}
    question = Question(
        name="q",
        kind=kind,
        label={"vi": "Câu hỏi"},
        list_name="yn" if listed else "",
        parameters={"prefill": "x", "unique": "yes", "rows": "3"},
        calculation="1" if kind is Kind.HIDDEN else "",
    )
    lists = {"yn": ChoiceList("yn", (Choice("y", {"vi": "Có"}, extra={"area": "1"}),))}
    definition = Definition(
        code="a", title={"vi": "A", "en": "B"}, children=(question,), lists=lists
    )

    assert "<q" in convert(xlsform=pack(sheets_of(definition)), file_type=".xlsx").xform


def test_blanks_within_texts_are_kept():
    question = Question(name="q", kind=Kind.TEXT, label={"vi": "một  hai\u00a0ba"})
    definition = Definition(code="a", title={"vi": "A"}, children=(question,))

    assert read_sheets(sheets_of(definition), code="a").definition == definition


def test_the_same_definition_gives_the_same_bytes(library: Definition):
    assert pack(sheets_of(library)) == pack(sheets_of(library))


def test_a_package_keeps_line_breaks_markup_and_what_looks_like_an_escape():
    rows = [["a", "b"], ["_x0041_ & <é>", 'x\r\ny "z"\n 5']]

    assert open_workbook(pack([Sheet("survey", rows)]), "a.xlsx").sheets[0].rows == rows


def test_openpyxl_opens_the_package():
    book = load_workbook(BytesIO(pack([Sheet("survey", [["a", "b"], ["", "007"]])])))

    assert list(book["survey"].values) == [("a", "b"), (None, "007")]


def test_hidden_ids_have_no_column():
    question = Question(name="q", kind=Kind.TEXT, label={"vi": "Q"}, uid="k3v9")
    definition = Definition(code="a", title={"vi": "A"}, children=(question,))

    assert "uid" not in str(sheets_of(definition))
