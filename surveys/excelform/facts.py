"""What a workbook says besides the questionnaire and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """Texts in the reader's language, "" where there is none.

    ``questionnaire`` and ``version`` name what the workbook was made from, ``definition`` is the
    SHA-256 of that definition in hexadecimal digits. ``made_at`` knows its zone: it is the only time
    in the file. ``address`` is the page where the workbook is handed in; ``guidance`` what the
    department says about filling in, a paragraph each. ``conditions`` has, by the name of an element,
    the sentence that says when it is asked: without a full stop, ready to stand after "only if".
    """

    agency: str
    campaign: str
    period: str
    deadline: str
    basis: str
    questionnaire: str
    version: str
    definition: str
    made_at: datetime
    language: str = "vi"
    previous_period: str = ""
    address: str = ""
    guidance: tuple[str, ...] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
