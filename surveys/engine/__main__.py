"""``python -m surveys.engine evaluate``: expressions in as JSON lines, values out as JSON lines."""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from typing import Any, Final, TextIO

from surveys.engine.answers import stored_of
from surveys.engine.compilation import compile_definition
from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions import EvaluationError, ExpressionError, Scope, Type, Value
from surveys.engine.expressions.values import LOCAL, parse_date, parse_moment
from surveys.engine.plain import PlainDefinitionWrong, definition_of, guessed
from surveys.engine.problems import Severity
from surveys.engine.results import Context

USAGE: Final = "usage: python -m surveys.engine evaluate < cases.jsonl"
TYPES: Final[dict[type, Type]] = {
    bool: Type.BOOLEAN,
    Decimal: Type.NUMBER,
    str: Type.TEXT,
    datetime: Type.DATETIME,
    date: Type.DATE,
    clock: Type.TIME,
    tuple: Type.CHOICES,
}


def main(arguments: list[str], lines: Iterable[str], out: TextIO) -> int:
    """Answer each line with one line. Returns the exit status."""
    if arguments != ["evaluate"]:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    for line in lines:
        if line.strip():
            out.write(json.dumps(answer(line), ensure_ascii=False) + "\n")
    return 0


def answer(line: str) -> dict[str, Any]:
    """``{"id", "value", "type"}`` or ``{"id", "problem"}`` for one line."""
    case: Any = None
    try:
        case = json.loads(line, parse_float=Decimal)
        if not isinstance(case, dict) or not isinstance(case.get("expression"), str):
            return _problem(case, "line_unreadable", 'Write {"id", "expression", "answers"}.')
        value, kind = evaluate(case)
    except (json.JSONDecodeError, RecursionError) as refusal:
        return _problem(case, "line_unreadable", f"This is no JSON: {refusal}.")
    except PlainDefinitionWrong as refusal:
        return _problem(case, "definition_malformed", str(refusal))
    except ExpressionError as refusal:
        return _problem(case, refusal.code, refusal.advice)
    except EvaluationError as refusal:
        return _problem(case, refusal.code, refusal.advice)
    return {"id": case.get("id"), "value": stored_of(value), "type": kind}


def evaluate(case: Mapping[str, Any]) -> tuple[Value, str]:
    """The value of a case's expression and its type.

    Months and days are named in the definition's default language, in English without one.
    """
    answers = case.get("answers") or {}
    if case.get("definition") is not None:
        definition = definition_of(case["definition"])
    else:
        definition, answers = guessed(answers)
    form = compile_definition(definition)
    compiled = form.compile(case["expression"])
    for problem in compiled.problems:
        if problem.severity is Severity.ERROR:
            raise ExpressionError(problem.code, problem.advice, position=problem.position)
    language = definition.default_language if case.get("definition") is not None else "en"
    state = Evaluation(form, answers, {}, {}, context_of(case, language))
    value = compiled.run(Scope(state))
    kind = compiled.type
    if kind in {Type.ANY, Type.BLANK}:
        kind = Type.BLANK if value is None else TYPES[type(value)]
    return value, str(kind)


def context_of(case: Mapping[str, Any], language: str) -> Context:
    """The case's day and moment; the machine's where it gives none."""
    moment = parse_moment(str(case["now"])) if case.get("now") else None
    if not isinstance(moment, datetime):
        moment = datetime.fromtimestamp(time.time(), LOCAL).replace(tzinfo=None)
        if case.get("today"):
            moment = datetime.combine(parse_date(str(case["today"])), clock())
    today = parse_date(str(case["today"])) if case.get("today") else moment.date()
    return Context(today=today, now=moment, language=language)


def _problem(case: Any, code: str, advice: str) -> dict[str, Any]:
    name = case.get("id") if isinstance(case, dict) else None
    return {"id": name, "problem": {"code": code, "advice": advice}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout))
