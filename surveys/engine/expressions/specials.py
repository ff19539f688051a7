"""Functions that are lazy, or that need to know which question their argument is."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import re2

from surveys.engine.expressions.closures import check_length, nearest
from surveys.engine.expressions.code import Code, constant, converted
from surveys.engine.expressions.compiler import Compiler, special
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.lookups import refuse_column, refuse_table
from surveys.engine.expressions.nodes import Call, Node, Parent, Reference, Text
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Holder, Name, Type, Value
from surveys.engine.expressions.values import (
    EXACT,
    items_of,
    number_of,
    text_of,
    text_or_blank,
    truth_of,
)
from surveys.engine.others import OTHER, OTHER_CHOICE

TEXTUAL: Final = {Type.TEXT, Type.CHOICE, Type.CHOICES}
QUOTED: Final = re.compile(r"\s*\$\{\s*([^{}]+?)\s*\}\s*")


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


@special("count", 1, 1)
def compile_count(compiler: Compiler, call: Call) -> Code:
    """``count(${repeat})`` or ``count(${question})``: rows, answered or not."""
    argument = call.arguments[0]
    found = compiler.find(argument.name, argument.at) if isinstance(argument, Reference) else None
    if isinstance(argument, Reference) and found is None:
        return constant(None, Type.NUMBER)
    owner = _rows_of(found)
    if not owner:
        return compiler.refuse("argument_unsuitable", "count() wants a repeat.", call.at)
    assert found is not None
    compiler.references.anywhere.add(owner)
    return Code(lambda scope: Decimal(len(scope.reader.row_ids(owner))), Type.NUMBER)


@special("position", 0, 1)
def compile_position(compiler: Compiler, call: Call) -> Code:
    """``position(..)``: the number of the row, from 1."""
    if call.arguments and not isinstance(call.arguments[0], Parent):
        return compiler.refuse("path_unsupported", "write position(..).", call.at)
    owner = compiler.place.owner
    if not owner:
        return compiler.refuse(
            "outside_repeat", "position(..) has a meaning inside a repeat only.", call.at
        )
    compiler.references.anywhere.add(owner)

    def run(scope: Scope) -> Value:
        rows = scope.reader.row_ids(owner)
        return Decimal(rows.index(scope.row) + 1) if scope.row in rows else None

    return Code(run, Type.NUMBER)


@special("indexed-repeat", 3, 3)
def compile_indexed(compiler: Compiler, call: Call) -> Code:
    """``indexed-repeat(${q}, ${repeat}, n)``: the answer in the nth row, from 1."""
    found = compiler.question(call.arguments[0], "indexed-repeat()")
    index = compiler.single(call.arguments[2]).run
    if found is None or not _is_owner(compiler, found, call.arguments[1]):
        return constant(None, Type.ANY)
    compiler.refer(found, same_row=False)
    compiler.references.anywhere.add(found.owner)
    key, owner = found.name, found.owner

    def run(scope: Scope) -> Value:
        at = number_of(index(scope))
        rows = scope.reader.row_ids(owner)
        if at is None or not 1 <= int(at) <= len(rows):
            return None
        return scope.reader.read(key, rows[int(at) - 1])

    return Code(run, found.type, list_name=found.list_name)


@special("cell", 2, 2)
def compile_cell(compiler: Compiler, call: Call) -> Code:
    """``cell(${column}, 'ROW')``: one cell of a table."""
    found = compiler.question(call.arguments[0], "cell()")
    row = compiler.single(call.arguments[1])
    if found is None:
        return constant(None, Type.ANY)
    table = compiler.names.by_name.get(found.owner)
    if table is None or table.holder is not Holder.TABLE:
        return compiler.refuse(
            "argument_unsuitable", f"${{{found.name}}} is no column of a table.", call.at
        )
    codes = compiler.names.tables[table.list_name].codes
    if row.literal is not None and row.literal not in codes:
        advice = f"the table {table.name} has no row '{row.literal}'.{nearest(row.literal, codes)}"
        return compiler.refuse("row_unknown", advice, call.arguments[1].at, name=row.literal)
    compiler.refer(found, same_row=False)
    key, known, run_row = found.name, codes, row.run

    def run(scope: Scope) -> Value:
        code = text_of(run_row(scope))
        return scope.reader.read(key, code) if code in known else None

    return Code(run, found.type, list_name=found.list_name)


@special("row", 0, 0)
def compile_row(compiler: Compiler, call: Call) -> Code:
    """``row()``: the code of the table's row."""
    owner = compiler.names.by_name.get(compiler.place.owner)
    if owner is None or owner.holder is not Holder.TABLE:
        return compiler.refuse("outside_table", "row() has a meaning inside a table only.", call.at)
    return Code(lambda scope: scope.row, Type.CHOICE, list_name=owner.list_name)


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


@special("pulldata", 4, 4)
def compile_pulldata(compiler: Compiler, call: Call) -> Code:
    """``pulldata('table', 'column', 'key', value)``: the first row whose key is the value."""
    literals = [compiler.single(argument).literal for argument in call.arguments[:3]]
    value = compiler.single(call.arguments[3]).run
    list_name, column, key = literals
    if list_name is None or column is None or key is None:
        return compiler.refuse(
            "argument_unsuitable", "pulldata() wants its table and columns as texts.", call.at
        )
    table = compiler.names.tables.get(list_name)
    if table is None:
        return refuse_table(compiler, list_name, call.at)
    for name in (column, key):
        if name not in table.columns:
            return refuse_column(compiler, table, name, call.at)
    rows, index = table.rows, table.by_text(key)
    if (
        twice := next((item for item, places in index.items() if len(places) > 1), None)
    ) is not None:
        compiler.warn("key_repeated", f"'{twice}' stands twice in {list_name}.", call.at)

    def run(scope: Scope) -> Value:
        places = index.get(text_or_blank(text_of(value(scope))))
        return text_or_blank(rows[places[0]].get(column, "")) if places else None

    return Code(run, Type.TEXT)


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


def _rows_of(found: Name | None) -> str:
    if found is None or found.holder is Holder.GROUP:
        return ""
    return found.owner if found.holder is Holder.QUESTION else found.name


def _is_owner(compiler: Compiler, question: Name, node: Node) -> bool:
    owner = compiler.find(node.name, node.at) if isinstance(node, Reference) else None
    if owner is not None and owner.name == question.owner:
        return True
    if owner is not None or not isinstance(node, Reference):
        advice = f"${{{question.name}}} does not stand in that repeat."
        compiler.refuse("argument_unsuitable", advice, node.at)
    return False


def _is_single(compiler: Compiler, question: Name, call: Call) -> bool:
    if not question.owner or compiler.is_same_row(question):
        return True
    advice = f"${{{question.name}}} has many rows; ask inside its repeat or table."
    compiler.refuse("sequence_for_value", advice, call.at, name=question.name)
    return False
