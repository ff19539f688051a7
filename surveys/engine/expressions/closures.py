"""The closures that compiled expressions are made of."""

import difflib
from collections.abc import Iterable
from typing import Final

from surveys.engine.expressions.code import Code
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.functions import Function
from surveys.engine.expressions.functions.operators import Operator
from surveys.engine.expressions.functions.table import READERS
from surveys.engine.expressions.names import Name
from surveys.engine.expressions.scope import Run, RunMany, Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import text_or_blank, truth_of

MAX_TEXT: Final = 100_000
"""Characters of a text that an expression makes: doubled forty times it would fill the memory."""

MAX_COMPARED: Final = 300
"""Of more names than this only those with the same beginning are compared, and so many of them."""


def nearest(name: str, known: Iterable[str], shape: str = "%s") -> str:
    """Advice that names the most similar known name, or nothing."""
    names = list(known)
    if len(names) > MAX_COMPARED:
        names = [each for each in names if each[:2] == name[:2]][:MAX_COMPARED]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f" Did you mean {shape % close[0]}?" if close else ""


def answer(name: Name, *, is_open: bool) -> Code:
    """One answer: the only one, or the one in the own row."""
    key = name.name
    if not name.owner:
        return Code(lambda scope: scope.reader.read(key, None), name.type, list_name=name.list_name)
    if is_open:
        return Code(lambda scope: scope.reader.read_open(key, scope.row), name.type)
    return Code(
        lambda scope: scope.reader.read(key, scope.row), name.type, list_name=name.list_name
    )


def sequence(name: Name) -> Code:
    """The answers of every row."""
    key = name.name

    def many(scope: Scope) -> tuple[Value, ...]:
        return scope.reader.read_all(key)

    return Code(nothing, name.type, many=many, list_name=name.list_name)


def check_length(*values: object, times: int = 1) -> None:
    """Refuse to put texts together that become too long. Raises EvaluationError."""
    length = times * sum(len(value) for value in values if isinstance(value, str))
    if length > MAX_TEXT:
        advice = f"The text would have {length} characters; {MAX_TEXT} are allowed."
        raise EvaluationError("text_too_long", advice)


def bind(known: Function, readers: list[Run], gather: RunMany | None) -> Run:
    """The call with each argument read as its parameter wants it."""
    call, in_scope, is_text = known.call, known.in_scope, known.returns is Type.TEXT
    steps = [
        (reader, READERS[parameter.kind], parameter.strict)
        for reader, parameter in zip(readers, known.parameters, strict=False)
    ]

    def run(scope: Scope) -> Value:
        values: list[object] = [scope] if in_scope else []
        for reader, convert, strict in steps:
            value = convert(reader(scope))
            if strict and value is None:
                return None
            values.append(value)
        if gather is not None:
            many = gather(scope)
            if is_text:
                check_length(*values, times=len(many))
                check_length(*many)
            values.append(many)
        result: Value = call(*values)
        return text_or_blank(result) if is_text and isinstance(result, str) else result

    return run


def gather(codes: list[Code]) -> RunMany:
    """All arguments as one sequence."""
    if len(codes) == 1 and codes[0].many is not None:
        return codes[0].many
    parts = [(code.run, code.many) for code in codes]

    def run(scope: Scope) -> tuple[Value, ...]:
        values: list[Value] = []
        for one, many in parts:
            if many is None:
                values.append(one(scope))
            else:
                values.extend(many(scope))
        return tuple(values)

    return run


def chained(first: Run, steps: list[tuple[Operator, Run]]) -> Run:
    """Operands joined from the left, in a loop: a long sum must not nest."""
    if len(steps) == 1:
        ((apply, second),) = steps

        def run_pair(scope: Scope) -> Value:
            return apply(first(scope), second(scope))

        return run_pair

    def run(scope: Scope) -> Value:
        value = first(scope)
        for apply, operand in steps:
            value = apply(value, operand(scope))
        return value

    return run


def all_of(runs: list[Run]) -> Run:
    """``and``: stops at the first that is false."""

    def run(scope: Scope) -> Value:
        for each in runs:  # noqa: SIM110 - a generator would double the depth of the calls
            if not truth_of(each(scope)):
                return False
        return True

    return run


def any_of(runs: list[Run]) -> Run:
    """``or``: stops at the first that is true."""

    def run(scope: Scope) -> Value:
        for each in runs:  # noqa: SIM110 - as above
            if truth_of(each(scope)):
                return True
        return False

    return run


def read_dot(scope: Scope) -> Value:
    """``.``"""
    return scope.dot


def nothing(_: Scope) -> Value:
    """Blank."""
    return None


class _Nowhere:
    """A scope for constants, which never look at it."""


NOWHERE: Final = Scope(_Nowhere())  # type: ignore[arg-type]  # constants read nothing
