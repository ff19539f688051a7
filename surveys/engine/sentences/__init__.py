"""Expressions as sentences: what can be said of a condition in plain words, and its text again."""

from surveys.engine.sentences.model import (
    ALWAYS,
    NEVER,
    Comparison,
    Condition,
    Group,
    Joined,
    Term,
)
from surveys.engine.sentences.normal import normal
from surveys.engine.sentences.operands import bare, is_literal, is_sayable
from surveys.engine.sentences.reading import read
from surveys.engine.sentences.text import text_of_node
from surveys.engine.sentences.writing import node_of, write

__all__ = [
    "ALWAYS",
    "NEVER",
    "Comparison",
    "Condition",
    "Group",
    "Joined",
    "Term",
    "bare",
    "is_literal",
    "is_sayable",
    "node_of",
    "normal",
    "read",
    "text_of_node",
    "write",
]
