"""The functions and operators, one Python function each, in one table."""

from surveys.engine.expressions.functions import choices, dates, numbers, operators, texts
from surveys.engine.expressions.functions.table import FUNCTIONS, Function

__all__ = ["FUNCTIONS", "Function", "choices", "dates", "numbers", "operators", "texts"]
