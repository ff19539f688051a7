"""``python -m surveys.engine evaluate``."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from surveys.engine.__main__ import answer, main


def ask(**case: Any) -> dict[str, Any]:
    return answer(json.dumps(case))


@pytest.mark.parametrize(
    ("expression", "answers", "value", "kind"),
    [
        ("${a} + 0.2", {"a": 0.1}, "0.3", "number"),
        ("${a} and true()", {"a": False}, False, "boolean"),
        ("${a}", {"a": None}, None, "blank"),
        ("${a}", {"a": ["x", "y"]}, ["x", "y"], "choices"),
        ("concat(${a}, '!')", {"a": "Đắk"}, "Đắk!", "text"),
        ("date('2024-02-29')", {}, "2024-02-29", "date"),
        ("sum(${n})", {"r": [{"n": 1}, {"n": 2}]}, "3", "number"),
        ("cell(${c}, 'x')", {"t": {"x": {"c": 4}}}, "4", "number"),
        ("${inner}", {"g": {"inner": 7}}, "7", "number"),
    ],
)
def test_a_line_is_answered_with_value_and_type(
    expression: str, answers: dict[str, Any], value: object, kind: str
):
    assert ask(id="1", expression=expression, answers=answers) == {
        "id": "1",
        "value": value,
        "type": kind,
    }


def test_the_day_and_the_moment_come_with_the_line():
    assert ask(expression="today()", today="2026-01-02")["value"] == "2026-01-02"
    assert ask(expression="now()", now="2026-01-02T03:04")["value"] == "2026-01-02T03:04"
    assert ask(expression="today()", now="2026-01-02T03:04")["value"] == "2026-01-02"


def test_months_are_named_in_english_without_a_definition():
    assert ask(expression="format-date('2026-12-31', '%b')")["value"] == "Dec"


def test_months_are_named_in_the_default_language_of_the_definition():
    answered = ask(expression="format-date('2026-12-31', '%b')", definition={"children": []})

    assert answered["value"] == "Th12"


def test_a_definition_gives_the_types():
    definition = {
        "code": "d",
        "title": {},
        "children": [
            {"element": "question", "name": "a", "kind": "integer", "missing": ["KAD"]},
            {
                "element": "group",
                "name": "g",
                "children": [
                    {"element": "question", "name": "b", "kind": "select_one", "list_name": "l"}
                ],
            },
        ],
        "lists": {"l": {"name": "l", "choices": [{"name": "x", "label": {"vi": "Ích"}}]}},
    }

    answered = ask(
        expression="concat(${a} + 1, jr:choice-name(${b}, '${b}'))",
        answers={"a": "4", "b": "x"},
        definition=definition,
    )

    assert answered["value"] == "5Ích"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"id": 1, "expression": "1 +"}', "expression_unreadable"),
        ('{"id": 1, "expression": "${none}"}', "reference_unknown"),
        ('{"id": 1, "expression": "date(concat(1, \'x\'))"}', "date_impossible"),
        (
            '{"id": 1, "expression": "1", "definition": {"children": [{"knid": 1}]}}',
            "definition_malformed",
        ),
        ('{"id": 1}', "line_unreadable"),
        ("[1]", "line_unreadable"),
        ("{", "line_unreadable"),
    ],
)
def test_a_line_that_cannot_be_answered_gets_a_problem(line: str, code: str):
    assert answer(line)["problem"]["code"] == code


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ({"expression": "1 +"}, "expression_unreadable"),
        ({"expression": "date(${a})", "answers": {"a": "2026-02-30"}}, "date_impossible"),
        ({"expression": "1", "definition": {"children": [{"knid": 1}]}}, "definition_malformed"),
    ],
)
def test_a_problem_carries_the_id_of_its_line(case: dict[str, Any], code: str):
    told = ask(id="k", **case)

    assert (told["id"], told["problem"]["code"]) == ("k", code)


def test_each_line_gets_one_line():
    out = io.StringIO()

    assert main(["evaluate"], ['{"id": 1, "expression": "1"}\n', "\n", "{\n"], out) == 0

    first, second = map(json.loads, out.getvalue().splitlines())
    assert first == {"id": 1, "value": "1", "type": "number"}
    assert (second["id"], second["problem"]["code"]) == (None, "line_unreadable")


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ({"expression": "today()", "today": "2026-11-05"}, "2026-11-05"),
        ({"expression": "today()", "now": "2026-11-05T23:30"}, "2026-11-05"),
        ({"expression": "now()", "now": "2026-11-05T09:30:00Z"}, "2026-11-05T16:30"),
        ({"expression": "today()", "now": "2026-11-05T09:30", "today": "2026-11-06"}, "2026-11-06"),
        ({"expression": "date(now())", "today": "2026-11-05"}, "2026-11-05"),
    ],
)
def test_the_day_is_the_moments_where_only_that_is_given(case: dict[str, Any], value: str):
    assert ask(**case)["value"] == value


def test_another_command_is_refused(capsys: pytest.CaptureFixture[str]):
    assert main([], [], io.StringIO()) == 2
    assert "usage" in capsys.readouterr().err


def test_the_module_runs_without_django():
    code = (
        "import sys; from surveys.engine.__main__ import main;"
        'status = main([\'evaluate\'], [\'{"id": 1, "expression": "1"}\'], sys.stdout);'
        "sys.exit(status or any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, json.loads(done.stdout)["value"]) == (0, "1")
