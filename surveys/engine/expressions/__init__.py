"""The expression language: XLSForm's syntax with one exact, typed meaning."""

from surveys.engine.expressions import lookups, specials
from surveys.engine.expressions.closures import nearest
from surveys.engine.expressions.code import CodeProblem, Compiled
from surveys.engine.expressions.compiler import compile_expression
from surveys.engine.expressions.errors import EvaluationError, ExpressionError
from surveys.engine.expressions.names import Holder, Name, Names, Place
from surveys.engine.expressions.nodes import Node
from surveys.engine.expressions.parser import parse
from surveys.engine.expressions.scope import Reader, Run, Scope
from surveys.engine.expressions.types import Type, Value

__all__ = [
    "CodeProblem",
    "Compiled",
    "EvaluationError",
    "ExpressionError",
    "Holder",
    "Name",
    "Names",
    "Node",
    "Place",
    "Reader",
    "Run",
    "Scope",
    "Type",
    "Value",
    "compile_expression",
    "lookups",
    "nearest",
    "parse",
    "specials",
]
