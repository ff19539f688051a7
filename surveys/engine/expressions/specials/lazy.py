"""Functions that evaluate only what they need, and the sign before a number."""

from typing import Final

from surveys.engine.expressions.code import Code, converted
from surveys.engine.expressions.compiler import Compiler, special
from surveys.engine.expressions.nodes import Call, Node
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    EXACT,
    number_of,
    text_of,
    text_or_blank,
    truth_of,
)

TEXTUAL: Final = {Type.TEXT, Type.CHOICE, Type.CHOICES}


@special("if", 3, 3)
def compile_if(compiler: Compiler, call: Call) -> Code:
    """``if(condition, then, else)``: only the chosen branch is evaluated."""
    condition = compiler.single(call.arguments[0]).run
    then, other = _alike(compiler, call, call.arguments[1:])
    first, second = then.run, other.run

    def run(scope: Scope) -> Value:
        return first(scope) if truth_of(condition(scope)) else second(scope)

    return Code(run, _common(then, other))


@special("coalesce", 1, None)
def compile_coalesce(compiler: Compiler, call: Call) -> Code:
    """``coalesce(a, b, …)``: the first that is not blank; the rest is not evaluated."""
    codes = _alike(compiler, call, call.arguments)
    runs = [code.run for code in codes]

    def run(scope: Scope) -> Value:
        for each in runs:
            if (value := each(scope)) is not None:
                return value
        return None

    return Code(run, _common(*codes))


@special("once", 1, 1)
def compile_once(compiler: Compiler, call: Call) -> Code:
    """``once(x)``: what stands there already, else ``x``."""
    compiler.is_once = True
    code = compiler.single(call.arguments[0])
    run_first = code.run

    def run(scope: Scope) -> Value:
        return scope.dot if scope.dot is not None else run_first(scope)

    return Code(run, code.type)


@special("-", 1, 1)
def compile_negation(compiler: Compiler, call: Call) -> Code:
    """Unary minus."""

    def negative(value: Value) -> Value:
        number = number_of(value)
        return None if number is None else EXACT.minus(number)

    return converted(compiler.single(call.arguments[0]), negative, Type.NUMBER)


def _alike(compiler: Compiler, call: Call, arguments: tuple[Node, ...]) -> list[Code]:
    """The arguments with one common type: unlike ones become text, with a warning."""
    codes = [compiler.single(argument) for argument in arguments]
    types = {code.type for code in codes} - {Type.BLANK, Type.ANY}
    if len(types) < 2 or types <= TEXTUAL:
        return codes
    compiler.warn(
        "types_unlike",
        f"{call.name}() joins {' and '.join(sorted(types))}; the result is text.",
        call.at,
    )
    return [converted(code, _as_text, Type.TEXT) for code in codes]


def _common(*codes: Code) -> Type:
    types = {code.type for code in codes} - {Type.BLANK}
    if len(types) == 1:
        return types.pop()
    if not types:
        return Type.BLANK
    return Type.TEXT if types <= TEXTUAL else Type.ANY


def _as_text(value: Value) -> Value:
    return text_or_blank(text_of(value))
