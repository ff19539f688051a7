"""Definition and form state become form fields, fragments and grids; knows no response."""

from surveys.rendering.controls import (
    Drawing,
    accepted,
    attached_panel,
    cell_text,
    control_for,
    most_bytes,
    value_text,
)
from surveys.rendering.figures import show_change, show_date, show_figure, show_number
from surveys.rendering.findings import FindingWriter, summary
from surveys.rendering.messages import missing_code_label
from surveys.rendering.naming import label_of, name_of, number_of, own_label
from surveys.rendering.page import (
    Block,
    Control,
    FindingLine,
    GroupBlock,
    QuestionBlock,
    RepeatBlock,
    SectionPage,
    TableBlock,
    TableCell,
    html_id,
    walk_blocks,
)
from surveys.rendering.readings import reading_of
from surveys.rendering.searching import choice_words, find_choices, is_searched
from surveys.rendering.sections import changed_page, section_page
from surveys.rendering.seen import Seen, read, seen_at, seen_in, sign

__all__ = [
    "Block",
    "Control",
    "Drawing",
    "FindingLine",
    "FindingWriter",
    "GroupBlock",
    "QuestionBlock",
    "RepeatBlock",
    "SectionPage",
    "Seen",
    "TableBlock",
    "TableCell",
    "accepted",
    "attached_panel",
    "cell_text",
    "changed_page",
    "choice_words",
    "control_for",
    "find_choices",
    "html_id",
    "is_searched",
    "label_of",
    "missing_code_label",
    "most_bytes",
    "name_of",
    "number_of",
    "own_label",
    "read",
    "reading_of",
    "section_page",
    "seen_at",
    "seen_in",
    "show_change",
    "show_date",
    "show_figure",
    "show_number",
    "sign",
    "summary",
    "value_text",
    "walk_blocks",
]
