"""The column ``appearance``: which of its words have an effect here."""

from collections.abc import Iterator
from typing import Final

from surveys.engine.model import Element, Question
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.rows import Row

_READ: Final = frozenset({"minimal", "multiline", "likert"})


def appearance_problems(element: Element, row: Row) -> Iterator[Problem]:
    """Words without effect on our pages; they are kept, and go out with workbook and XForm."""
    if isinstance(element, Question) and not element.is_answerable:
        return
    for word in dict.fromkeys(element.appearance.split()):
        if word not in _READ:
            advice = "The word is kept for other tools and has no effect here."
            yield row.problem(
                "appearance_unsupported", "appearance", word, advice, Severity.IGNORED
            )
