"""A section as it stands on the screen: frozen data that templates walk through."""

from surveys.rendering.page.attached import AttachedLine, EvidencePanel
from surveys.rendering.page.blocks import (
    Block,
    GroupBlock,
    NoteBlock,
    QuestionBlock,
    RepeatBlock,
    RepeatRow,
    Run,
    SectionPage,
    controls_of,
    walk_blocks,
)
from surveys.rendering.page.control import (
    Control,
    ControlKind,
    Facts,
    FindingLine,
    Option,
    html_id,
    worst,
)
from surveys.rendering.page.table import Column, Sum, TableBlock, TableCell, TableRow

__all__ = [
    "AttachedLine",
    "Block",
    "Column",
    "Control",
    "ControlKind",
    "EvidencePanel",
    "Facts",
    "FindingLine",
    "GroupBlock",
    "NoteBlock",
    "Option",
    "QuestionBlock",
    "RepeatBlock",
    "RepeatRow",
    "Run",
    "SectionPage",
    "Sum",
    "TableBlock",
    "TableCell",
    "TableRow",
    "controls_of",
    "html_id",
    "walk_blocks",
    "worst",
]
