"""Functions that ask about a question itself: its last answer, its missing code, its choices."""

import re
from typing import Final

from surveys.engine.expressions.closures import check_length
from surveys.engine.expressions.code import Code, constant
from surveys.engine.expressions.compiler import Compiler, special
from surveys.engine.expressions.names import Name
from surveys.engine.expressions.nodes import Call, Reference, Text
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    items_of,
    text_or_blank,
)
from surveys.engine.others import OTHER, OTHER_CHOICE

QUOTED: Final = re.compile(r"\s*\$\{\s*([^{}]+?)\s*\}\s*")


@special("previous", 1, 1)
def compile_previous(compiler: Compiler, call: Call) -> Code:
    """``previous(${q})``: the answer of the round before."""
    found = compiler.question(call.arguments[0], "previous()")
    if found is None or not _is_single(compiler, found, call):
        return constant(None, Type.ANY)
    key = found.name

    def run(scope: Scope) -> Value:
        return scope.reader.previous(key, scope.row)

    return Code(run, found.type, list_name=found.list_name)


@special("missing-code", 1, 1)
def compile_missing(compiler: Compiler, call: Call) -> Code:
    """``missing-code(${q})``: why there is no figure, or blank."""
    found = compiler.question(call.arguments[0], "missing-code()")
    if found is None or not _is_single(compiler, found, call):
        return constant(None, Type.ANY)
    compiler.refer(found, same_row=compiler.is_same_row(found))
    key, inside = found.name, bool(found.owner)

    def run(scope: Scope) -> Value:
        return scope.reader.missing_code(key, scope.row if inside else None)

    return Code(run, Type.TEXT)


@special("jr:choice-name", 2, 2)
def compile_choice_name(compiler: Compiler, call: Call) -> Code:
    """``jr:choice-name(value, '${q}')``: the label of a choice."""
    value, name_node = compiler.single(call.arguments[0]).run, call.arguments[1]
    if isinstance(name_node, Text) and (found := QUOTED.fullmatch(name_node.value)):
        name_node = Reference(found.group(1), name_node.at)
    question = compiler.question(name_node, "jr:choice-name()")
    if question is None:
        return constant(None, Type.TEXT)
    choices = compiler.names.lists.get(question.list_name)
    if choices is None:
        return compiler.refuse(
            "argument_unsuitable", f"${{{question.name}}} has no choices.", name_node.at
        )
    labels = {choice.name: choice.label for choice in choices.choices}
    if question.has_other:
        labels.setdefault(OTHER, OTHER_CHOICE.label)
    default, in_reader = compiler.names.default_language, compiler.place.name == ""

    def run(scope: Scope) -> Value:
        language = scope.reader.language if in_reader else default
        codes = items_of(value(scope))
        found = [labels[code] for code in codes if code in labels]
        texts = [label.get(language) or label.get(default, "") for label in found]
        check_length(*texts)
        return text_or_blank(", ".join(texts))

    return Code(run, Type.TEXT)


def _is_single(compiler: Compiler, question: Name, call: Call) -> bool:
    if not question.owner or compiler.is_same_row(question):
        return True
    advice = f"${{{question.name}}} has many rows; ask inside its repeat or table."
    compiler.refuse("sequence_for_value", advice, call.at, name=question.name)
    return False
