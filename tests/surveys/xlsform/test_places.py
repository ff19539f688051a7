"""Every problem stands at a cell: its sheet, its column and its row."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from surveys.engine.problems import Problem
from surveys.xlsform import read_sheets
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.xform import xform_of

CELL: Final = re.compile(r"(survey|choices|settings|indicators|lookup\.\w+|Khác)![A-Z]+[1-9][0-9]*")
OF_FILES: Final = {
    *("delimited.py", "inspection.py", "package.py", "precheck.py", "sheet_inspection.py"),
    *("table_files.py", "workbook.py", "worker.py"),
}
"""Modules that see the file only; tests/surveys/xlsform/test_files.py has what they say."""

HEAD: Final = ["type", "name", "label"]
YES_NO: Final = [["list_name", "name", "label"], ["yn", "y", "Có"]]
ANSWERED: Final = ["text", "a", "A"]
Sheets = Mapping[str, list[list[str]]]


def survey(*rows: list[str], columns: str = "") -> Sheets:
    return {"survey": [[*HEAD, *columns.split()], *rows], "choices": YES_NO}


def choices(head: str, *rows: list[str]) -> Sheets:
    asked = ["select_multiple l", "a", "A"]
    return {"survey": [HEAD, asked], "choices": [head.split(), ["l", "x", "X"], *rows]}


def indicators(*rows: list[str]) -> Sheets:
    head = ["code", "label", "direction", "applies_to", "valid_from"]
    return {"survey": [HEAD, ANSWERED], "indicators": [head, *rows]}


def settings(head: str, *rows: list[str]) -> Sheets:
    return {"survey": [HEAD, ANSWERED], "settings": [head.split(), *rows]}


def table(*columns: list[str], more: str = "", text: str = "") -> Sheets:
    begin = ["begin_repeat", "t", "T", "yn", text]
    return survey(begin, *columns, ["end_repeat"], columns=f"row_list {more}")


FAULTY: Final[Mapping[str, Sheets]] = {
    "agency_type_unknown": indicators(["T1", "A", "", "nobody"]),
    "appearance_unsupported": survey([*ANSWERED, "year"], columns="appearance"),
    "begin_unmatched": survey(["begin_group", "g", "G"], ANSWERED),
    "cell_not_used": survey([*ANSWERED, "3"], columns="repeat_count"),
    "choice_name_blank": choices("list_name name label", ["l", "a b", "A"]),
    "choice_name_missing": choices("list_name name label", ["l", "", "A"]),
    "choice_twice": choices("list_name name label", ["l", "x", "X"]),
    "column_beside": {"survey": [[*HEAD, "label::vi"], [*ANSWERED, "B"]]},
    "column_missing": {"survey": [["type", "label"], ["text", "A"]]},
    "column_name_invalid": choices("list_name name label 2a"),
    "column_twice": survey([*ANSWERED, "1 = 1", ""], columns="relevant relevance"),
    "column_unsupported": survey([*ANSWERED, "a.mp3"], columns="audio"),
    "column_without_header": {"survey": [HEAD, [*ANSWERED, "x"]]},
    "content_beyond": {"survey": [HEAD, ANSWERED, *([[""]] * 61), ["text", "b", "B"]]},
    "end_mismatched": survey(["begin_group", "g", "G"], ANSWERED, ["end_repeat"], ["end_group"]),
    "end_unmatched": survey(ANSWERED, ["end_group"]),
    "group_empty": survey(ANSWERED, ["begin_group", "g", "G"], ["end_group"]),
    "header_unknown": survey([*ANSWERED, "x"], columns="relevnt"),
    "indicator_twice": indicators(["T1", "A"], ["T1", "B"]),
    "indicator_unknown": survey([*ANSWERED, "T1"], columns="indicator"),
    "label_missing": survey(["text", "a", ""]),
    "language_without_code": survey([*ANSWERED, "x"], columns="label::Klingonisch"),
    "list_missing": survey(["select_one", "a", "A"]),
    "list_name_missing": choices("list_name name label", ["", "z", "Z"]),
    "list_unknown": survey(["select_one nothing", "a", "A"]),
    "list_unused": survey(ANSWERED),
    "cell_too_long": {**survey(ANSWERED), "lookup.t": [["k", "v"], ["1", "x" * 10_001]]},
    "lookup_empty": {**survey(ANSWERED), "lookup.t": [["k", "v"]]},
    "table_too_large": {**survey(ANSWERED), "lookup.t": [[f"c{n}" for n in range(101)], ["1"]]},
    "name_case": survey(ANSWERED, ["text", "A", "B"]),
    "name_invalid": survey(["text", "2a", "A"]),
    "name_missing": survey(["text", "", "A"]),
    "name_reserved": survey(["text", "meta", "A"]),
    "name_twice": survey(ANSWERED, ANSWERED),
    "nested_too_deep": survey(
        *(["begin_group", f"g{number}", "G"] for number in range(21)),
        ANSWERED,
        *([["end_group"]] * 21),
    ),
    "or_other_filtered": survey(
        ["select_one yn or_other", "a", "A", "name = 'y'"], columns="choice_filter"
    ),
    "parameter_unknown": survey([*ANSWERED, "step=1"], columns="parameters"),
    "parameter_unreadable": survey(["range", "a", "A", "start=x"], columns="parameters"),
    "parameter_unsupported": survey([*ANSWERED, "rows=3"], columns="parameters"),
    "parameters_malformed": survey([*ANSWERED, "rows 3"], columns="parameters"),
    "range_impossible": survey(["range", "a", "A", "step=0"], columns="parameters"),
    "reference_unknown": survey(["text", "a", "${nobody}"]),
    "repeat_empty": survey(ANSWERED, ["begin_repeat", "r", "R"], ["end_repeat"]),
    "repeat_nested": survey(
        ["begin_repeat", "r", "R"], ["begin_repeat", "s", "S"], ANSWERED, ["end_repeat"], ["end_repeat"]
    ),
    "row_code_invalid": {
        "survey": table(["integer", "n", "N"])["survey"],
        "choices": [*YES_NO, ["yn", "a/b", "A"]],
    },
    "row_disabled": survey(ANSWERED, ["text", "b", "B", "yes"], columns="disabled"),
    "row_remark": survey(ANSWERED, ["", "", "", "x"], columns="hint"),
    "score_not_a_number": choices("list_name name label score", ["l", "z", "Z", "hai"]),
    "settings_row_surplus": settings("form_title", ["A"], ["B"]),
    "sheet_missing": {"Khác": [HEAD, ANSWERED]},
    "sheet_unknown": {"survey": [HEAD, ANSWERED], "Khác": [["a"]]},
    "survey_empty": {"survey": [HEAD]},
    "table_empty": table(),
    "table_holds_block": table(["begin_group", "g", "G"], ANSWERED, ["end_group"]),
    "title_missing": survey(ANSWERED),
    "title_too_long": settings("form_title", ["A" * 301]),
    "trigger_malformed": survey([*ANSWERED, "b", "'x'"], columns="trigger calculation"),
    "trigger_unseen": survey(
        ["hidden", "h", ""], [*ANSWERED, "${h}", "'x'"], columns="trigger calculation"
    ),
    "type_missing": survey(["", "a", "A"]),
    "type_unknown": survey(["intger", "a", "A"]),
    "type_unsupported": survey(ANSWERED, ["audio", "b", "B"]),
    "value_not_allowed": settings("clean_text_values", ["perhaps"]),
}  # fmt: skip
"""A workbook for each problem that the passes find."""

FOREIGN: Final[Mapping[str, Sheets]] = {
    "closed_by_itself_in_odk": table(["integer", "n", "N"], more="closed", text="${n} = 1"),
    "function_not_in_odk": survey([*ANSWERED, "previous(${a})"], columns="default"),
    "prefill_not_in_odk": survey([*ANSWERED, "prefill=agency_name"], columns="own_parameters"),
    "row_code_not_in_odk": {
        "survey": table(["integer", "n", "N"])["survey"],
        "choices": [*YES_NO, ["yn", "a b", "A"]],
    },
    "rule_not_in_odk": survey([*ANSWERED, ". != 'x'"], columns="warning"),
}
"""A workbook for each problem that the way to an XForm finds."""


def read(sheets: Sheets) -> tuple[Problem, ...]:
    opened = tuple(Sheet(name, rows) for name, rows in sheets.items())
    return read_sheets(opened, code="phieu", agency_types=["ministry"]).problems


def convert(sheets: Sheets) -> tuple[Problem, ...]:
    opened = tuple(Sheet(name, rows) for name, rows in sheets.items())
    definition = read_sheets(opened, code="phieu").definition
    assert definition is not None
    return xform_of(definition, version="1").problems


@pytest.mark.parametrize("code", sorted(FAULTY))
def test_a_problem_of_a_workbook_stands_at_a_cell(code: str):
    problems = read(FAULTY[code])

    assert code in {problem.code for problem in problems}
    assert [p for p in problems if not CELL.fullmatch(p.at)] == []


@pytest.mark.parametrize("code", sorted(FOREIGN))
def test_a_problem_of_an_xform_stands_at_a_cell(code: str):
    problems = convert(FOREIGN[code])

    assert code in {problem.code for problem in problems}
    assert [p for p in problems if not CELL.fullmatch(p.at)] == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("relevant", "${nobody} = 1"),
        ("required", "1 +"),
        ("read_only", "nothing()"),
        ("constraint", "'a' + 1 ="),
        ("warning", "..="),
        ("calculation", "${a} + 1"),
        ("default", "today("),
        ("choice_filter", "nowhere = 1"),
        ("trigger", "${nobody}"),
    ],
)
def test_what_the_engine_finds_stands_at_the_cell_of_the_rule(column: str, text: str):
    problems = read(survey(["select_one yn", "a", "A", "", "", text], columns=f"hint number {column}"))  # fmt: skip

    assert {p.at for p in problems if p.severity == "error"} == {"survey!F2"}


def test_every_problem_of_the_sources_has_its_workbook(repository: Path):
    package = repository / "surveys" / "xlsform"
    codes = {
        code
        for source in package.rglob("*.py")
        if source.name not in OF_FILES
        for code in codes_in(source)
    }

    assert codes - FAULTY.keys() - FOREIGN.keys() - LATER == set()


LATER: Final = {"xform_refused"}
"""What only a fault of ours could cause."""


def codes_in(source: Path) -> Iterator[str]:
    """The codes that a module gives to problems."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="Problem"), args=[ast.Constant(value=str(code)), *_]):
                yield code
            case ast.Call(
                func=ast.Attribute(attr="problem" | "_report"),
                args=[ast.Constant(value=str(code)), *_],
            ):
                yield code
