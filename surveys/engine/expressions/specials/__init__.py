"""Functions that are lazy, or that need to know which question their argument is."""

from surveys.engine.expressions.specials import lazy, patterns, questions, rows, tables

__all__ = ["lazy", "patterns", "questions", "rows", "tables"]
