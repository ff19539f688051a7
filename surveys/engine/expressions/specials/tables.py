"""Looking things up in tables."""

from surveys.engine.expressions.code import Code
from surveys.engine.expressions.compiler import Compiler, special
from surveys.engine.expressions.lookups import refuse_column, refuse_table
from surveys.engine.expressions.nodes import Call
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    text_of,
    text_or_blank,
)


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
