"""Chosen codes."""

from collections.abc import Sequence
from decimal import Decimal

from surveys.engine.expressions.functions.table import function
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import truth_of


@function("selected", takes="items text", returns=Type.BOOLEAN)
def selected(items: Sequence[str], item: str) -> bool:
    """Whether the item was chosen."""
    return item.strip() in items


@function("selected-at", takes="items number", returns=Type.TEXT)
def selected_at(items: Sequence[str], index: Decimal) -> str:
    """The item at an index counted from 0; nothing outside."""
    at = int(index)
    return items[at] if 0 <= at < len(items) else ""


@function("count-selected", takes="items", returns=Type.NUMBER)
def count_selected(items: Sequence[str]) -> Decimal:
    """How many were chosen."""
    return Decimal(len(items))


@function("checklist", takes="number number value*", returns=Type.BOOLEAN)
def checklist(least: Decimal, most: Decimal, ticks: Sequence[Value]) -> bool:
    """Whether the number of true values lies between; -1 sets no limit."""
    ticked = sum(map(truth_of, ticks))
    return (least < 0 or ticked >= least) and (most < 0 or ticked <= most)
