"""What the builder shows of a draft: the outline, one section as respondents see it, problems."""

from surveys.questionnaires.builder.canvas import Canvas, CanvasItem, canvas_of, section_uid
from surveys.questionnaires.builder.changes import (
    Arrangement,
    Changes,
    Effect,
    changes_of,
    shares_list,
)
from surveys.questionnaires.builder.kinds import ADDABLE, Addable
from surveys.questionnaires.builder.outline import Node, node_of, outline_of

__all__ = [
    "ADDABLE",
    "Addable",
    "Arrangement",
    "Canvas",
    "CanvasItem",
    "Changes",
    "Effect",
    "Node",
    "canvas_of",
    "changes_of",
    "node_of",
    "outline_of",
    "section_uid",
    "shares_list",
]
