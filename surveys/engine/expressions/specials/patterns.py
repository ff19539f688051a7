"""Whether a text matches a pattern, in linear time."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import re2

from surveys.engine.expressions.code import Code
from surveys.engine.expressions.compiler import Compiler, special
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.nodes import Call
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    text_of,
)


@special("regex", 2, 2)
def compile_regex(compiler: Compiler, call: Call) -> Code:
    """``regex(q, pattern)``: whether the whole text matches, in linear time."""
    text = compiler.single(call.arguments[0]).run
    pattern = compiler.single(call.arguments[1])
    if pattern.literal is not None:
        try:
            matcher(pattern.literal)
        except EvaluationError as refusal:
            return compiler.refuse(refusal.code, refusal.advice, call.arguments[1].at)
    run_pattern = pattern.run

    def run(scope: Scope) -> Value:
        whole = matcher(text_of(run_pattern(scope)))
        return whole(_encodable(text_of(text(scope)))) is not None

    return Code(run, Type.BOOLEAN)


@lru_cache(maxsize=512)
def matcher(pattern: str) -> Callable[[str], Any]:
    """The whole-text match of a pattern. Raises EvaluationError for one RE2 cannot take."""
    options = re2.Options()
    options.log_errors = False
    try:
        whole: Callable[[str], Any] = re2.compile(pattern, options).fullmatch
    except (re2.error, UnicodeEncodeError) as refusal:
        reason = refusal.args[0] if refusal.args else ""
        shown = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise EvaluationError("pattern_unreadable", f"the pattern is refused: {shown}") from refusal
    return whole


def _encodable(text: str) -> str:
    """The text, half characters replaced by question marks: RE2 reads UTF-8, which has none."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
