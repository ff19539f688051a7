"""The column ``appearance``: which of its words have an effect here."""

from collections.abc import Iterator
from typing import Final

from surveys.engine.model import Question
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.rows import Row

_READ: Final = frozenset({"minimal", "multiline", "likert"})


def appearance_problems(question: Question, row: Row) -> Iterator[Problem]:
    """Words without effect on our pages; they are kept, and go out with workbook and XForm."""
    for word in dict.fromkeys(question.appearance.split()):
        if question.is_answerable and word not in _READ:
            advice = "The word is kept for other tools and has no effect here."
            yield row.problem(
                "appearance_unsupported", "appearance", word, advice, Severity.IGNORED
            )
