"""Functions over the rows of repeats and tables: how many, which one, another one."""

from decimal import Decimal

from surveys.engine.expressions.closures import nearest
from surveys.engine.expressions.code import Code, constant
from surveys.engine.expressions.compiler import Compiler, special
from surveys.engine.expressions.names import Holder, Name
from surveys.engine.expressions.nodes import Call, Node, Parent, Reference
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    number_of,
    text_of,
)


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
