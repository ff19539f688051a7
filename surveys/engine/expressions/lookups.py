"""Choice lists in expressions: columns of the list that is being filtered, and lookups."""

from surveys.engine.expressions.closures import nearest
from surveys.engine.expressions.code import Code
from surveys.engine.expressions.compiler import COMPILERS, Compiler
from surveys.engine.expressions.names import Place
from surveys.engine.expressions.nodes import Column, Lookup
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.tables import LookupTable
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import text_or_blank, truth_of


def compile_column(compiler: Compiler, node: Column) -> Code:
    """A bare name: a column of the list that is being filtered."""
    if compiler.place.list_name is None:
        return compiler.refuse(
            "expression_unreadable",
            f"'{node.name}' is not understood here; write ${{{node.name}}} for a question "
            f"or '{node.name}' for a text.",
            node.at,
            name=node.name,
        )
    column = node.name
    known = compiler.names.tables.get(compiler.place.list_name)
    if known is not None and column not in known.columns:
        return refuse_column(compiler, known, column, node.at)

    def run(scope: Scope) -> Value:
        assert scope.item is not None
        return text_or_blank(scope.item.get(column, ""))

    return Code(run, Type.TEXT)


def compile_lookup(compiler: Compiler, node: Lookup) -> Code:
    """``instance('list')/root/item[condition]/column``: the first row that meets the condition."""
    table = compiler.names.tables.get(node.list_name)
    if table is None:
        return refuse_table(compiler, node.list_name, node.at)
    outer = compiler.place
    compiler.place = Place(outer.owner, outer.dot, outer.name, node.list_name, outer.is_open)
    condition = compiler.single(node.condition)
    compile_column(compiler, Column(node.column, node.at))
    compiler.place = outer
    meets, find, column = condition.run, condition.candidates, node.column

    def run(scope: Scope) -> Value:
        places = find(scope) if find is not None else None
        rows = table.rows
        inner = Scope(scope.reader, scope.row, scope.dot)
        for place in range(len(rows)) if places is None else places:
            inner.item = rows[place]
            if truth_of(meets(inner)):
                return text_or_blank(inner.item.get(column, ""))
        return None

    return Code(run, Type.TEXT)


def refuse_table(compiler: Compiler, name: str, at: int) -> Code:
    """There is neither a lookup table nor a choice list of that name."""
    advice = f"there is no table '{name}'.{nearest(name, compiler.names.tables)}"
    return compiler.refuse("table_unknown", advice, at, name=name)


def refuse_column(compiler: Compiler, table: LookupTable, column: str, at: int) -> Code:
    """The list or table lacks the column."""
    advice = f"the list {table.name} has no column {column}.{nearest(column, table.columns)}"
    return compiler.refuse("column_unknown", advice, at, name=column)


COMPILERS[Column] = compile_column
COMPILERS[Lookup] = compile_lookup
