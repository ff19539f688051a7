"""Which rows of a list can meet a condition, by index, where the condition asks for equality."""

from collections.abc import Iterable

from surveys.engine.expressions.code import Candidates, Code
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.nodes import Chain, Column
from surveys.engine.expressions.references import reads_column
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.tables import LookupTable


def of_equality(node: Chain, left: Code, right: Code, table: LookupTable) -> Candidates | None:
    """The rows of ``column = X``, where X is the same for every row; None for other conditions."""
    match node:
        case Chain(first=Column(name=column), rest=(("=", other),)):
            wanted = right.run
        case Chain(first=other, rest=(("=", Column(name=column)),)):
            wanted = left.run
        case _:
            return None
    if reads_column(other):
        return None

    def find(scope: Scope) -> tuple[int, ...] | None:
        try:
            return table.places(column, wanted(scope))
        except EvaluationError:
            return None  # the condition itself meets it, if it comes that far

    return find


def of_all(codes: Iterable[Code]) -> Candidates | None:
    """The rows that can meet every condition: those of the one that leaves fewest."""
    found = [code.candidates for code in codes if code.candidates is not None]
    if not found:
        return None

    def find(scope: Scope) -> tuple[int, ...] | None:
        known = [places for each in found if (places := each(scope)) is not None]
        return min(known, key=len, default=None)

    return find
