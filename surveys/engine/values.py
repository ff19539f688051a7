"""Values on their way to people."""

from surveys.engine.model import Question
from surveys.engine.results import JSONValue


def format_value(question: Question, value: JSONValue, *, language: str = "vi") -> str:
    """The value as people of that language write it; choices stay codes."""
    raise NotImplementedError


def new_row_id(random_bytes: bytes) -> str:
    """A short row id from bytes the caller drew (6 are plenty)."""
    raise NotImplementedError
